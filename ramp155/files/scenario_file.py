"""A scenario as a file of one's own (TOML): its levers and why it is asked for, written and read back."""

from __future__ import annotations

import tomllib
from typing import Any

from ramp155.model.coefficients.edits import check_edits
from ramp155.model.scenario.codec import (
    format_entry,
    read_scenario_settings,
    read_settings,
    write_entries,
    write_scenario_entries,
)
from ramp155.model.scenario.note import MOST_SOURCES, ScenarioNote
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.fields import list_note_fields
from ramp155.record.records import Records

MOST_SCENARIO_BYTES = 20_000
SCENARIO_TYPE = "application/toml"
_LEVERS = "scenario"


class ScenarioFileError(ValueError):
    """A scenario file that cannot be used: which entry, and what was expected."""


def write_scenario_file(records: Records, scenario: Scenario, note: ScenarioNote) -> str:
    """Write a scenario and its note as the text of a TOML file; what is as usual is left out."""
    import tomli_w

    table = {field.name: field for field in list_note_fields(records)}
    entries = write_entries(table, {name: getattr(note, name) for name in table})
    return tomli_w.dumps(entries | {_LEVERS: write_scenario_entries(scenario)})


def read_scenario_file(records: Records, text: str) -> tuple[Scenario, ScenarioNote]:
    """Read a scenario and its note from the text of a TOML file.

    Raises ScenarioFileError naming the entry at fault.
    """
    try:
        document: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ScenarioFileError(f"This is not a scenario file: {error}") from None
    except (ValueError, RecursionError):
        raise ScenarioFileError("This is not a scenario file: it cannot be read") from None
    levers = document.pop(_LEVERS, {})
    table = {field.name: field for field in list_note_fields(records)}
    for name in document:
        if name not in table:
            raise ScenarioFileError(
                f"{name!r} is not one of {', '.join((*table, _LEVERS))}; levers stand under [scenario]"
            )
    if not isinstance(levers, dict):
        raise ScenarioFileError("scenario must be a table of levers: [scenario]")
    sources = document.get("sources", [])
    if not isinstance(sources, list) or len(sources) > MOST_SOURCES:
        raise ScenarioFileError(f"sources: a list of at most {MOST_SOURCES} was expected")
    try:
        scenario = read_scenario_settings(
            {name: format_entry(entry) for name, entry in levers.items()}
        )
        check_edits(records, scenario.assume)
        stored = read_settings(
            table, {name: format_entry(entry) for name, entry in document.items()}
        )
    except (ValueError, OverflowError) as error:
        raise ScenarioFileError(str(error)) from None
    return scenario, ScenarioNote(**stored)
