"""The entries of one screen in a story file: read into a screen and its view, with errors that name
the screen and the entry at fault.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from ramp155.answers.gap.estimates import check_comparison
from ramp155.answers.procurement.terms import DEMAND_LEVERS
from ramp155.files.story.homes import LEVER_NAMES, PAGE_PICTURES, PICTURE_LEVERS, find_home_page
from ramp155.files.story.story import Screen, StoryError
from ramp155.model.coefficients.edits import check_edits
from ramp155.model.scenario.codec import read_scenario_settings
from ramp155.model.scenario.horizon import DEFAULT_MONTH, check_month
from ramp155.pictures.catalogue import BUILDERS
from ramp155.pictures.view import View
from ramp155.record.dates import last_day
from ramp155.record.records import Records
from ramp155.record.schema.vocabulary import PRODUCTS

COMPARED_SETTINGS = ("russia", "us", "russia_rate", "calibres", "made", "counts")


def read_screen(records: Records, entries: dict[str, Any], number: int) -> Screen:
    where = f"screen {number}"
    known_entries = {
        "title",
        "picture",
        "page",
        "lever",
        "note",
        "claims",
        "as_of",
        "month",
        "scenario",
        "settings",
    }
    for name in sorted(set(entries) - known_entries):
        raise StoryError(f"{where}: {name!r} is not one of {', '.join(sorted(known_entries))}")
    picture = read_text_entry(entries, "picture", where)
    if picture not in BUILDERS:
        raise StoryError(f"{where}: picture {picture!r} is not one of {', '.join(BUILDERS)}")
    page = read_text_entry(entries, "page", where) or find_home_page(picture)
    if page not in PAGE_PICTURES:
        raise StoryError(f"{where}: page {page!r} is not one of {', '.join(PAGE_PICTURES)}")
    lever = read_text_entry(entries, "lever", where) or PICTURE_LEVERS.get(picture, "")
    if lever and (lever not in LEVER_NAMES or picture not in PICTURE_LEVERS):
        known_levers = (
            ", ".join(LEVER_NAMES)
            if picture in PICTURE_LEVERS
            else "none, for this picture has no lever"
        )
        raise StoryError(f"{where}: lever {lever!r} is not one of {known_levers}")
    claims = entries.get("claims", [])
    if not isinstance(claims, list):
        raise StoryError(f"{where}: claims must be a list of claim ids")
    for claim in claims:
        if not isinstance(claim, str) or claim not in set(records.claims["claim_id"]):
            raise StoryError(f"{where}: claim {claim!r} is not in the record")
    view = read_view(records, entries, where)
    note = read_text_entry(entries, "note", where)
    return Screen(
        read_text_entry(entries, "title", where), picture, page, view, lever, note, tuple(claims)
    )


def read_text_entry(entries: dict[str, Any], name: str, where: str) -> str:
    value = entries.get(name, "")
    if not isinstance(value, str) or len(value) > 4_000:
        raise StoryError(f"{where}: {name} must be a text of at most 4,000 characters")
    return value.strip()


def read_view(records: Records, entries: dict[str, Any], where: str) -> View:
    """The view a screen asks of. Raises StoryError."""
    settings = entries.get("settings", {})
    levers = entries.get("scenario", {})
    if not isinstance(settings, dict) or not isinstance(levers, dict):
        raise StoryError(f"{where}: scenario and settings must be tables")
    try:
        parsed_scenario = read_scenario_settings(
            {name: format_setting(value) for name, value in levers.items()}
        )
        check_edits(records, parsed_scenario.assume)
        month = read_text_entry(entries, "month", where) or DEFAULT_MONTH
        check_month(month)
        if month[-2:] not in ("06", "12") or month < "2026-06":
            raise ValueError(f"month: {month!r} is not a June or December from 2026-06")
        return apply_settings(
            records,
            View(parsed_scenario, month, as_of=read_day(records, entries.get("as_of"))),
            settings,
        )
    except StoryError:
        raise
    except ValueError as error:
        raise StoryError(f"{where}: {error}") from None
    except OverflowError:
        raise StoryError(f"{where}: a number of its scenario or settings is too large") from None
    except TypeError:
        raise StoryError(
            f"{where}: an entry of its scenario or settings is of the wrong kind"
        ) from None


def format_setting(value: object) -> str:
    """A TOML value as a setting's text: several countries are joined."""
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def read_day(records: Records, entry: object) -> dt.date | None:
    if entry is None:
        return None
    day = entry if isinstance(entry, dt.date) else last_day(str(entry))
    if not dt.date(2022, 1, 1) <= day <= records.end:
        raise ValueError(f"as_of: the record runs from 2022-01-01 to {records.end}")
    return None if day == records.end else day


def apply_settings(records: Records, view: View, settings: dict[str, Any]) -> View:
    """A view with whose figures, demand, products and the rest set. Raises ValueError."""
    compared, terms, other_fields = {}, {}, {}
    for name, value in settings.items():
        if name in COMPARED_SETTINGS:
            compared[name] = value
        elif name in {lever.name for lever in DEMAND_LEVERS}:
            terms[name] = value
        elif name == "products":
            unknown = [product for product in value if product not in PRODUCTS]
            if unknown:
                raise ValueError(f"products: {unknown[0]!r} is not one of {', '.join(PRODUCTS)}")
            other_fields[name] = tuple(dict.fromkeys(value))
        elif name in ("hindsight", "topic", "spend"):
            other_fields[name] = value
        else:
            raise ValueError(f"{name!r} is not a setting")
    if "topic" in other_fields and other_fields["topic"] not in set(
        records.contradictions["topic"]
    ):
        raise ValueError(f"topic: {other_fields['topic']!r} is not in the record")
    if "spend" in other_fields and not 0 <= float(other_fields["spend"]) <= 10:
        raise ValueError("spend: percent of Readiness 2030, from 0 to 10, was expected")
    if not isinstance(other_fields.get("hindsight", False), bool):
        raise ValueError("hindsight: true or false was expected")
    for name in ("years", "delay"):
        if not isinstance(terms.get(name, 0), int):
            raise ValueError(f"{name}: a whole number was expected")
    comparison = dataclasses.replace(view.comparison, **compared)
    check_comparison(records, comparison)
    changed_terms = dataclasses.replace(view.terms, **terms)
    return dataclasses.replace(view, comparison=comparison, terms=changed_terms, **other_fields)
