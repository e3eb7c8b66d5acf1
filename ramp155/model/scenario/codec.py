"""The one codec: a table of fields read from a link and written into one, and read from settings
(`--set`, presets.csv, TOML) and written as such.

Defaults are left out; what is not understood is named. With it the two forms of a scenario.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ramp155.base.foreign_text import cut_foreign_text
from ramp155.model.scenario.field import Field, find_field
from ramp155.model.scenario.fields import EDIT_PREFIX, SCENARIO_FIELDS, SETTING_NAMES
from ramp155.model.scenario.scenario import Scenario


def read_query(
    table: Mapping[str, Field], query: Iterable[tuple[str, str]], page: str = ""
) -> tuple[dict[str, Any], list[str]]:
    """What a link says of a table's fields, as stored and by place in the table, and what was not understood.

    That is one line for each part. Parts that belong to something else are passed over. Where one
    field is said twice, the last that can be read counts.
    """
    stored: dict[str, Any] = {}
    notes = []
    for key, text in query:
        entry = find_field(table, key, page)
        if not entry:
            continue
        place, field = entry
        try:
            single = field.read(text)
        except ValueError as error:
            link_part = cut_foreign_text(f"{key}={text}")
            notes.append(f"The link says {link_part}: {error}, so it is ignored.")
        else:
            stored[place] = (*stored.get(place, ()), single) if field.many else single
    return stored, notes


def write_query(table: Mapping[str, Field], stored: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The parts of a link that say what is stored, as (key, text); defaults are left out."""
    return [
        (field.key, text)
        for place, field in table.items()
        if place in stored
        for text in field.write_all(stored[place])
    ]


def read_settings(table: Mapping[str, Field], settings: Mapping[str, str]) -> dict[str, Any]:
    """What settings say of a table's fields, as stored. Raises ValueError for a text that cannot be read.

    Every setting must be in the table.
    """
    stored: dict[str, Any] = {}
    for name, text in settings.items():
        field = table[name]
        texts = _split(text) if field.many else [text]
        singles = [field.read_setting(single_text) for single_text in texts]
        stored[name] = tuple(dict.fromkeys(singles)) if field.many else singles[0]
    return stored


def _split(text: str) -> list[str]:
    """The parts of a setting that says many: a line each, as lists come, else apart by commas or spaces."""
    if "\n" in text:
        return [part.strip() for part in text.split("\n") if part.strip()]
    return text.replace(",", " ").split()


def write_entries(table: Mapping[str, Field], stored: Mapping[str, Any]) -> dict[str, Any]:
    """What is stored as values of a TOML table: numbers, switches and texts as they are, many as a list."""
    return {
        name: list(stored[name]) if field.many else stored[name]
        for name, field in table.items()
        if name in stored and stored[name] != field.default
    }


def format_entry(entry: object) -> str:
    """A value of a TOML table as the text of a setting; a list has a line for each."""
    if isinstance(entry, bool):
        return str(entry).lower()
    return "".join(f"{part}\n" for part in entry) if isinstance(entry, list) else str(entry)


def list_scenario_values(scenario: Scenario) -> dict[str, Any]:
    """What a scenario stores, by field."""
    return {name: getattr(scenario, name) for name in SCENARIO_FIELDS}


def read_scenario_settings(settings: Mapping[str, str]) -> Scenario:
    """A scenario from names and texts, as in `--set nitrocellulose=0.7`.

    Raises ValueError naming the setting that is unknown, not a number or out of range.
    """
    plain_settings: dict[str, str] = {}
    edits = []
    for name, text in settings.items():
        if name.startswith(EDIT_PREFIX):
            edits.append(
                SCENARIO_FIELDS["assume"].read_setting(f"{name.removeprefix(EDIT_PREFIX)}:{text}")
            )
        elif name in SCENARIO_FIELDS and name != "assume":
            plain_settings[name] = text
        else:
            raise ValueError(f"{name} is not a lever; levers are {', '.join(SETTING_NAMES)}")
    return Scenario(**read_settings(SCENARIO_FIELDS, plain_settings), assume=tuple(edits))


def write_scenario_entries(scenario: Scenario) -> dict[str, Any]:
    """A scenario as values of a TOML table; baseline values are left out."""
    entries = write_entries(SCENARIO_FIELDS, list_scenario_values(scenario))
    entries.pop("assume", None)
    return entries | {f"{EDIT_PREFIX}{name}": number for name, number in scenario.assume}


def write_scenario_query(scenario: Scenario) -> list[tuple[str, str]]:
    """The parts of a link that restore the scenario, as (name, text); baseline values are left out."""
    return write_query(SCENARIO_FIELDS, list_scenario_values(scenario))


def read_scenario_query(query: Iterable[tuple[str, str]]) -> tuple[Scenario, list[str]]:
    """The scenario a link stands for, and one line for every part of it that was not understood.

    A name may stand more than once only for countries and assumptions. Parts that belong to something else
    (another page's filters) are passed over.
    """
    stored, notes = read_query(SCENARIO_FIELDS, query)
    return Scenario(**stored), notes
