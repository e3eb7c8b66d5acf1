"""A scenario written as the parts of a link and read back, and read from names and texts as in `--set nitrocellulose=0.7`. Baseline values are left out; what is not understood is named."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping

from ramp155.base.foreign_text import cut_foreign_text
from ramp155.model.scenario.horizon import FORECAST_START, LAST_MONTH
from ramp155.model.scenario.levers import LEVER_BY_NAME, LEVERS, Lever
from ramp155.model.scenario.scenario import COUNTRIES_ON_REQUEST, Scenario

_LEVER_BY_KEY = {lever.key: lever for lever in LEVERS}


def read_scenario_settings(settings: Mapping[str, str]) -> Scenario:
    """A scenario from names and texts, as in `--set nitrocellulose=0.7`.

    Raises ValueError naming the setting that is unknown, not a number or out of range.
    """
    values: dict[str, object] = {}
    for name, setting in settings.items():
        if name == "start":
            values[name] = setting
        elif name == "also":
            values[name] = tuple(c for c in setting.upper().replace(",", " ").split() if c)
        elif name in LEVER_BY_NAME:
            values[name] = _require_whole_months(_parse_number(name, setting), LEVER_BY_NAME[name])
        elif name.startswith("assume."):
            edit = (name.removeprefix("assume."), _parse_number(name, setting))
            values["assume"] = (*values.get("assume", ()), edit)
        else:
            known = ", ".join([*LEVER_BY_NAME, "start", "also", "assume.ID"])
            raise ValueError(f"{name} is not a lever; levers are {known}")
    return Scenario(**values)


def write_scenario_query(scenario: Scenario) -> list[tuple[str, str]]:
    """The parts of a link that restore the scenario, as (name, text); baseline values are left out."""
    query = []
    for lever in LEVERS:
        value = getattr(scenario, lever.name)
        if value != lever.default:
            query.append((lever.key, f"{round(value * lever.scale, 6):g}"))
    if scenario.start != FORECAST_START:
        query.append(("start", scenario.start))
    query += [("also", country) for country in scenario.also]
    return query + [("assume", f"{name}:{value:.9g}") for name, value in scenario.assume]


def read_scenario_query(query: Iterable[tuple[str, str]]) -> tuple[Scenario, list[str]]:
    """The scenario a link stands for, and one line for every part of it that was not understood.

    A name may stand more than once only for countries and assumptions. Parts that belong to something else
    (another page's filters) are passed over.
    """
    scenario, notes = Scenario(), []
    for key, text in query:
        lever = _LEVER_BY_KEY.get(key)
        try:
            if lever:
                value = _parse_number(key, text) / lever.scale
                change: dict[str, object] = {lever.name: _require_whole_months(value, lever)}
            elif key == "start":
                change = {key: text}
            elif key == "also":
                change = {key: (*scenario.also, text)}
            elif key == "assume":
                name, _, value = text.partition(":")
                change = {key: (*scenario.assume, (name, _parse_number(name, value)))}
            else:
                continue
            scenario = dataclasses.replace(scenario, **change)
        except ValueError:
            notes.append(
                f"The link says {cut_foreign_text(f'{key}={text}')}: {_describe_expected(key)} was expected, so it is ignored."
            )
    return scenario, notes


def _describe_expected(key: str) -> str:
    """What a part of a link should have held, in words."""
    if key == "also":
        return "one of " + ", ".join(COUNTRIES_ON_REQUEST)
    if key == "assume":
        return "a coefficient's id and a number, as in utilisation:0.9,"
    if key == "start":
        return f"a month from {FORECAST_START} to {LAST_MONTH}"
    lever = _LEVER_BY_KEY[key]
    low, high = lever.low * lever.scale, lever.high * lever.scale
    return f"a number from {low:g} to {high:g} ({lever.label.lower()})"


def _require_whole_months(value: float, lever: Lever) -> float | int:
    """Months are counted whole; raises ValueError for a part of one."""
    if lever.unit != "months":
        return value
    if not float(value).is_integer():
        raise ValueError(f"{lever.name}: {value} is not a whole number of months")
    return int(value)


def _parse_number(name: str, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise ValueError(f"{name}: '{text}' is not a number") from None
    return value
