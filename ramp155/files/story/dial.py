"""The lever of a screen as a dial: whole steps between two ends with a unit or words, where a view
has it, and a view with it set.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from ramp155.answers.gap.comparison import RUSSIA_RATE_LEVER, Comparison
from ramp155.answers.procurement.terms import DEMAND_LEVERS, Terms
from ramp155.base.memory import remember
from ramp155.history.replay_days import FIRST_REPLAY_DAY, list_month_ends
from ramp155.model.scenario.levers import LEVER_BY_NAME, Lever
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.view import View
from ramp155.record.records import Records


@dataclass(frozen=True)
class LeverDial:
    """A lever as a screen shows it: whole steps from `low` to `high`, told with a unit or in words.

    `words` are what the steps are called where they are no numbers (dates).
    """

    name: str
    label: str
    unit: str
    low: int
    high: int
    step: int = 1
    words: tuple[str, ...] = ()


@remember
def build_dial(records: Records, name: str) -> LeverDial:
    """The lever of a screen by name. Raises KeyError for one that is not known."""
    if name == "as_of":
        days = list_month_ends(FIRST_REPLAY_DAY, records.end)
        return LeverDial(
            name, "As known on", "", 0, len(days) - 1, 1, tuple(f"{day:%b %Y}" for day in days)
        )
    if name == "spend":
        return LeverDial(name, "Part of Readiness 2030", "%", 0, 10)
    lever = find_dial_lever(name)
    step = max(round(lever.step * lever.scale), 1)
    unit = "%" if lever.unit == "%" else lever.unit.replace("thousand", "")
    low, high = round(lever.low * lever.scale), round(lever.high * lever.scale)
    return LeverDial(name, lever.label, unit, low, high, 1 if name == "nitrocellulose" else step)


def find_dial_lever(name: str) -> Lever:
    others = {lever.name: lever for lever in (*DEMAND_LEVERS, RUSSIA_RATE_LEVER)}
    return LEVER_BY_NAME.get(name) or others[name]


def lever_position(records: Records, view: View, name: str) -> int:
    """Where a view has a lever, in the dial's steps (a day between two month ends counts to the next)."""
    if name == "as_of":
        days = list_month_ends(FIRST_REPLAY_DAY, records.end)
        return next(step for step, day in enumerate(days) if day >= (view.as_of or records.end))
    if name == "spend":
        return round(view.spend)
    lever = find_dial_lever(name)
    return round(getattr(find_lever_owner(view, name), name) * lever.scale)


def set_lever(records: Records, view: View, name: str, value: float) -> View:
    """A view with one lever at a position of its dial. Raises ValueError for one that is out of range."""
    lever_dial = build_dial(records, name)
    if not lever_dial.low <= value <= lever_dial.high or value != int(value):
        raise ValueError(
            f"{name}: a whole number from {lever_dial.low} to {lever_dial.high} was expected"
        )
    if name == "as_of":
        day = list_month_ends(FIRST_REPLAY_DAY, records.end)[int(value)]
        return dataclasses.replace(view, as_of=None if day == records.end else day)
    if name == "spend":
        return dataclasses.replace(view, spend=float(value))
    lever = find_dial_lever(name)
    is_whole = lever.unit in ("months", "years")
    owner = find_lever_owner(view, name)
    changed = dataclasses.replace(owner, **{name: int(value) if is_whole else value / lever.scale})
    field_of_type = {Scenario: "scenario", Terms: "terms", Comparison: "comparison"}
    return dataclasses.replace(view, **{field_of_type[type(owner)]: changed})


def find_lever_owner(view: View, name: str) -> Any:  # noqa: ANN401
    """The part of a view that holds a lever."""
    if name in LEVER_BY_NAME:
        return view.scenario
    return view.comparison if name == RUSSIA_RATE_LEVER.name else view.terms
