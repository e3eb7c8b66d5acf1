"""The fields of a scenario: its levers, the month from which they act, countries on request,
assumptions of one's own.
"""

from __future__ import annotations

import math

from ramp155.model.scenario.field import Field
from ramp155.model.scenario.horizon import FORECAST_START, LAST_MONTH, MONTHS
from ramp155.model.scenario.levers import LEVERS
from ramp155.model.scenario.readers import build_lever_field, parse_number, write_number
from ramp155.model.scenario.scenario import COUNTRIES_ON_REQUEST

START_MONTHS = MONTHS[MONTHS.index(FORECAST_START) :]


def read_start(text: str) -> str:
    """The month from which levers act."""
    if text not in START_MONTHS:
        raise ValueError(f"a month from {FORECAST_START} to {LAST_MONTH} was expected")
    return text


def read_country(text: str) -> str:
    """A country that is counted on request."""
    if text not in COUNTRIES_ON_REQUEST:
        raise ValueError(f"one of {', '.join(COUNTRIES_ON_REQUEST)} was expected")
    return text


def read_edit_setting(text: str) -> tuple[str, float]:
    """A coefficient at a value of one's own, from ID:NUMBER.

    Parameters
    ----------
    text : str
        The assumption's id and the number, with a colon between them.

    Returns
    -------
    tuple of str and float
        The id, and the number in the assumption's unit (months, fraction ...).

    Raises
    ------
    ValueError
        If what stands behind the colon is no finite number.
    """
    assumption_id, _, number_text = text.partition(":")
    number = parse_number(f"assume.{assumption_id}", number_text)
    if not math.isfinite(number):
        raise ValueError(f"assume.{assumption_id}: {number} is not a finite number")
    return assumption_id, number


def read_edit(text: str) -> tuple[str, float]:
    """The same from a link, whose error says how it is written.

    Parameters
    ----------
    text : str
        The assumption's id and the number, with a colon between them.

    Returns
    -------
    tuple of str and float
        The id, and the number in the assumption's unit (months, fraction ...).

    Raises
    ------
    ValueError
        If what stands behind the colon is no finite number.
    """
    try:
        return read_edit_setting(text)
    except ValueError:
        expected = "a coefficient's id and a number, as in utilisation:0.9, was expected"
        raise ValueError(expected) from None


def write_edit(edit: tuple[str, float]) -> str:
    """A coefficient at a value of one's own as ID:NUMBER.

    Parameters
    ----------
    edit : tuple of str and float
        The assumption's id, and the number in its unit (months, fraction ...).

    Returns
    -------
    str
        Both with a colon between them.
    """
    assumption_id, number = edit
    return f"{assumption_id}:{write_number(number)}"


def build_scenario_fields() -> dict[str, Field]:
    """The table, by name: levers first, in the order of a link."""
    lever_fields = [build_lever_field(lever, "scenario", is_whole=False) for lever in LEVERS]
    other_fields = [
        Field("start", "start", FORECAST_START, read_start, read_setting=str, part="scenario"),
        Field("also", "also", (), read_country, read_setting=str.upper, many=True, part="scenario"),
        Field(
            "assume",
            "assume",
            (),
            read_edit,
            write_edit,
            read_edit_setting,
            many=True,
            part="scenario",
        ),
    ]
    return {field.name: field for field in (*lever_fields, *other_fields)}


SCENARIO_FIELDS = build_scenario_fields()
EDIT_PREFIX = "assume."  # of a setting that is an assumption of one's own, followed by its id
SETTING_NAMES = (*(lever.name for lever in LEVERS), "start", "also", f"{EDIT_PREFIX}ID")
