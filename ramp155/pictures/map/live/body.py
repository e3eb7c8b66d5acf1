"""All that the map that plays needs but what is chosen on it, as JSON: where every plant stands in every month, where marks
and names go at every zoom, and the words for all of it.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ramp155.base.memory import remember
from ramp155.history.standing.months import MARK_BITS, STATUS_CODES
from ramp155.history.standing.sites import AHEAD_WORDS, SITE_MARKS, STATUS_GROUPS
from ramp155.model.model import Model
from ramp155.pictures.map.colours import BADGE_COLOURS, BASE_COLOURS, CHOSEN_COLOURS, format_hex
from ramp155.pictures.map.live.ladder import COUNTRY_HEIGHT, TOWN_HEIGHT, build_ladder, measure_name
from ramp155.pictures.map.live.line_days import list_steps
from ramp155.pictures.map.live.site_days import (
    LATE_BIT,
    SIZE_UNIT,
    SiteDays,
    list_group_codes,
    tabulate_site_days,
)
from ramp155.pictures.map.names import list_country_names
from ramp155.pictures.map.symbols import (
    FLAG_PLACE,
    FLAG_RADIUS,
    LATE_COLOURS,
    OPEN_STATUSES,
    OUTLINE_WIDTH,
    SILENT_OPACITY,
    STATUS_COLOURS,
    STATUS_PATHS,
)
from ramp155.record.records import Records
from ramp155.record.schema.vocabulary import PRODUCTS
from ramp155.text.months import (
    say_known_on,
    say_step,
    write_late,
    write_opened,
    write_shown,
    write_soon,
)
from ramp155.text.signs import LATE_WORDS, SILENT_WORDS, STATUS_WORDS

_OFFSET_UNIT = 0.1  # pixels


@remember
def build_map_body(
    model: Model,
    days: tuple[dt.date, ...],
    line_ids: tuple[str, ...],
    pick: str = "",
    statuses: tuple[str, ...] = (),
    theme: str = "light",
) -> bytes:
    """Build all that the map needs but what is chosen on it, as JSON text.

    Parameters
    ----------
    model : Model
        The record with its draws.
    days : tuple of date
        The days it can show, (days,).
    line_ids : tuple of str
        The lines that are meant, whatever the day.
    pick : str
        One of `PICKS`: which of them are shown.
    statuses : tuple of str
        The statuses of plants that are shown; none given: all.
    theme : str
        `light` or `dark`.

    Returns
    -------
    bytes
        JSON in UTF-8.
    """
    known = [
        tabulate_site_days(model, days, hindsight, line_ids, pick, statuses)
        for hindsight in (False, True)
    ]
    return json.dumps(
        {
            "days": [day.isoformat() for day in days],
            "sites": _list_sites(model.record, known[0].site_ids, line_ids),
            "known": [
                _pack_days(model.record, site_days, days, bool(hindsight))
                for hindsight, site_days in enumerate(known)
            ],
            "ladder": _pack_ladder(model),
            "words": _list_words(model.record),
            "key": {"groups": [*STATUS_GROUPS], "codes": list_group_codes()},
            "marks": _list_marks(theme),
            "colours": _list_colours(theme),
            "dot": {"place": FLAG_PLACE, "radius": FLAG_RADIUS},
            "silent": SILENT_OPACITY,
            "sizeUnit": SIZE_UNIT,
            "bits": {**MARK_BITS, "late": LATE_BIT},
        },
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()


def _list_sites(
    records: Records, site_ids: tuple[str, ...], line_ids: tuple[str, ...]
) -> list[dict[str, Any]]:
    """What is said of plants whatever the day."""
    country_names = dict(zip(records.countries["country"], records.countries["name"], strict=True))
    meant_lines = records.lines[records.lines["line_id"].isin(line_ids)]
    own_sites = set(meant_lines.loc[meant_lines["line_id"].isin(records.own_lines), "site_id"])
    products_of = meant_lines.groupby("site_id")["product"].unique()
    sites = []
    for site_id in site_ids:
        site = records.site(site_id)
        products = [label for product, label in PRODUCTS.items() if product in products_of[site_id]]
        sites.append(
            {
                "id": site_id,
                "name": site.name + (" (your data)" if site_id in own_sites else ""),
                "maker": site.operator,
                "products": ", ".join(product.split(" (")[0].lower() for product in products),
                "town": site.town,
                "country": country_names[site.country],
            }
        )
    return sites


def _pack_days(
    records: Records, site_days: SiteDays, days: tuple[dt.date, ...], hindsight: bool
) -> dict[str, Any]:
    """Where plants stand day by day, and the sentences of each day."""
    counts = {name: numbers.tolist() for name, numbers in site_days.counts.items()}
    heading = [
        f"{write_shown(lines, plants)}{say_known_on(day, records.end, hindsight)}"
        for lines, plants, day in zip(counts["lines"], counts["plants"], days, strict=True)
    ]
    arrays = (
        "status",
        "marks",
        "lateness",
        "late_products",
        "ahead",
        "size",
        "coming",
        "reached",
        "groups",
    )
    return {
        **{name: _encode(getattr(site_days, name)) for name in arrays},
        "heading": heading,
        "opened": [write_opened(number) for number in counts["opened"]],
        "late": [write_late(number) for number in counts["late"]],
        "soon": [write_soon(number, day) for number, day in zip(counts["soon"], days, strict=True)],
    }


@remember
def _pack_ladder(model: Model) -> dict[str, Any]:
    """Places of marks and names by zoom; the same whatever is shown."""
    ladder = build_ladder(model)
    names = list_country_names(model)
    offsets = np.round(ladder.offsets / _OFFSET_UNIT).astype(np.int16)
    sites = model.record.sites.set_index("site_id").loc[list(ladder.site_ids)]
    return {
        "zooms": ladder.zooms,
        "scales": ladder.scales,
        "offsets": _encode(offsets),
        "offsetUnit": _OFFSET_UNIT,
        "sites": ladder.site_ids,
        "lat": sites["lat"].tolist(),
        "lon": sites["lon"].tolist(),
        "slots": [round(slot, 1) for slot in ladder.slots],
        "names": [
            [name, bool(recorded), round(measure_name(name), 1)]
            for name, recorded in zip(names["name"], names["recorded"], strict=True)
        ],
        "nameRungs": ladder.names,
        "townRungs": ladder.towns,
        "towns": sites["town"].str.replace(r"\s*\(.*", "", regex=True).tolist(),
        "heights": [COUNTRY_HEIGHT, TOWN_HEIGHT],
    }


@remember
def _list_words(records: Records) -> dict[str, Any]:
    """The words for codes: statuses, what is to come, marks, and steps as coming, due and reached."""
    steps = list_steps(records)
    return {
        "statuses": [STATUS_WORDS[status] for status in STATUS_CODES],
        "ahead": ["", *reversed(AHEAD_WORDS.values())],
        "products": ["", *(name.split(" (")[0].lower() for name in PRODUCTS.values())],
        "marks": {mark: words for mark, words in SITE_MARKS.items() if mark != "late"},
        "coming": ["", *(say_step(*step, "coming") for step in steps)]
        + [say_step(*step, "due") for step in steps],
        "reached": ["", *(say_step(*step, "reached") for step in steps)],
        "late": LATE_WORDS,
        "silent": SILENT_WORDS,
    }


def _list_marks(theme: str) -> list[dict[str, Any]]:
    """The mark of each status by code, in a square from -1 to 1."""
    return [
        {
            "path": STATUS_PATHS.get(status, ""),
            "colour": STATUS_COLOURS[theme].get(status, ""),
            "line": OUTLINE_WIDTH if status in OPEN_STATUSES else 0,
        }
        for status in STATUS_CODES
    ]


def _list_colours(theme: str) -> dict[str, str]:
    base = BASE_COLOURS[theme]
    return {
        **{
            name: format_hex(base[name])
            for name in ("sea", "land", "elsewhere", "country", "around", "town")
        },
        **BADGE_COLOURS[theme],
        "chosen": CHOSEN_COLOURS[theme],
        "late": LATE_COLOURS[theme],
    }


def _encode(array: NDArray[Any]) -> str:
    """An array's bytes, row by row, as base64."""
    return base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()
