"""The entries of one screen in a story file: read into a screen and its view, with errors that name
the screen and the entry at fault.
"""

from __future__ import annotations

from typing import Any

from ramp155.answers.gap.estimates import check_comparison
from ramp155.base.foreign_text import CONTROLS
from ramp155.files.story.answers import find_answer_fault
from ramp155.files.story.dial import SCREEN_LEVERS
from ramp155.files.story.story import Screen, StoryError
from ramp155.model.coefficients.edits import check_edits
from ramp155.model.scenario.codec import format_entry, read_scenario_settings, read_settings
from ramp155.model.scenario.field import Field
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.catalogue import CATALOGUE, OLD_NAMES, list_pages
from ramp155.pictures.fields import change_view, list_view_fields
from ramp155.pictures.view import View
from ramp155.record.records import Records

SCREEN_ENTRIES = (
    "answer",
    "as_of",
    "claims",
    "headline",
    "lever",
    "look",
    "month",
    "note",
    "page",
    "picture",
    "scenario",
    "settings",
    "title",
    "unknown",
)
MOST_UNKNOWN = 4  # lines on what is not known: what a screen has room for
OWN_ENTRIES = ("month", "as_of")  # fields of a view that are entries of the screen, not settings

# How a page's view stood in its address before; such addresses are still read.
_OLD_VIEW_KEYS = {"gap?show=": "gap?gap_view=", "evidence?look=": "evidence?evidence_view="}


def modernise_address(address: str) -> str:
    """A page with its view under the name that links now use."""
    for old_start, new_start in _OLD_VIEW_KEYS.items():
        if address.startswith(old_start):
            return new_start + address.removeprefix(old_start)
    return address


def read_screen(records: Records, entries: dict[str, Any], number: int) -> Screen:
    """One screen of a story from its TOML table.

    Parameters
    ----------
    records : Records
        The record that its claims, estimates and topics must be in.
    entries : dict
        The table.
    number : int
        Its place in the story, from 1, for the error.

    Returns
    -------
    Screen
        With its view.

    Raises
    ------
    StoryError
        For an entry that is unknown, or that cannot be read.
    """
    where = f"screen {number}"
    for name in sorted(set(entries) - set(SCREEN_ENTRIES)):
        raise StoryError(f"{where}: {name!r} is not one of {', '.join(SCREEN_ENTRIES)}")
    picture_text = read_text_entry(entries, "picture", where)
    picture = OLD_NAMES.get(picture_text, picture_text)
    if picture not in CATALOGUE:
        raise StoryError(f"{where}: picture {picture!r} is not one of {', '.join(CATALOGUE)}")
    catalogued = CATALOGUE[picture]
    page = modernise_address(read_text_entry(entries, "page", where)) or catalogued.page
    if page not in list_pages():
        raise StoryError(f"{where}: page {page!r} is not one of {', '.join(list_pages())}")
    lever = read_text_entry(entries, "lever", where) or catalogued.lever
    if lever and (lever not in SCREEN_LEVERS or not catalogued.lever):
        known_levers = (
            ", ".join(SCREEN_LEVERS) if catalogued.lever else "none, for this picture has no lever"
        )
        raise StoryError(f"{where}: lever {lever!r} is not one of {known_levers}")
    claims = entries.get("claims", [])
    if not isinstance(claims, list):
        raise StoryError(f"{where}: claims must be a list of claim ids")
    for claim in claims:
        if not isinstance(claim, str) or claim not in set(records.claims["claim_id"]):
            raise StoryError(f"{where}: claim {claim!r} is not in the record")
    view = read_view(records, entries, where)
    return Screen(
        read_text_entry(entries, "title", where),
        picture,
        page,
        view,
        lever,
        read_text_entry(entries, "note", where),
        tuple(claims),
        read_answer_entry(entries, "answer", where),
        read_answer_entry(entries, "look", where),
        read_unknown_entry(entries, where),
        read_answer_entry(entries, "headline", where),
    )


def read_answer_entry(entries: dict[str, Any], name: str, where: str) -> str:
    """An entry whose figures are named in braces. Raises StoryError for one that is typed, or not known."""
    text = read_text_entry(entries, name, where)
    fault = find_answer_fault(text)
    if fault:
        raise StoryError(f"{where}: {name}: {fault}")
    return text


def read_unknown_entry(entries: dict[str, Any], where: str) -> tuple[str, ...]:
    """The lines on what is not known. Raises StoryError for what is no list of texts, or has a figure typed."""
    lines = entries.get("unknown", [])
    if not isinstance(lines, list) or len(lines) > MOST_UNKNOWN:
        raise StoryError(f"{where}: unknown must be a list of at most {MOST_UNKNOWN} texts")
    return tuple(read_answer_entry({"unknown": line}, "unknown", where) for line in lines)


def read_text_entry(entries: dict[str, Any], name: str, where: str) -> str:
    """An entry that is a text, empty where it is left out. Raises StoryError for anything else."""
    text = entries.get(name, "")
    if not isinstance(text, str) or len(text) > 4_000:
        raise StoryError(f"{where}: {name} must be a text of at most 4,000 characters")
    return CONTROLS.sub("", text).strip()


def read_view(records: Records, entries: dict[str, Any], where: str) -> View:
    """The view a screen asks of. Raises StoryError."""
    settings = entries.get("settings", {})
    levers = entries.get("scenario", {})
    if not isinstance(settings, dict) or not isinstance(levers, dict):
        raise StoryError(f"{where}: scenario and settings must be tables")
    view_settings = {name: entries[name] for name in OWN_ENTRIES if entries.get(name)}
    try:
        scenario = read_scenario_settings(
            {name: format_entry(entry) for name, entry in levers.items()}
        )
        check_edits(records, scenario.assume)
        for name in settings:
            if name not in list_setting_fields(records):
                raise ValueError(f"{name!r} is not a setting")
        return read_view_settings(
            records,
            scenario,
            {name: format_entry(entry) for name, entry in (view_settings | settings).items()},
        )
    except ValueError as error:
        raise StoryError(f"{where}: {error}") from None


def list_setting_fields(records: Records) -> dict[str, Field]:
    """The fields of a view that a screen has under its settings, by name."""
    return {
        name: field
        for name, field in list_view_fields(records).items()
        if field.part != "scenario" and name not in OWN_ENTRIES
    }


def read_view_settings(records: Records, scenario: Scenario, settings: dict[str, str]) -> View:
    """A view of a scenario with month, date, figures, demand and the rest set. Raises ValueError."""
    table = list_view_fields(records)
    view = change_view(View(scenario), table, read_settings(table, settings))
    check_comparison(records, view.comparison)
    return view
