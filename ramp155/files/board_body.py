"""All that the board of lines needs but the month, as JSON: its rows for every month, its groups, and
the words and marks it is drawn with.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ramp155.base.memory import remember
from ramp155.history.standing.months import LATE_CODES, MARK_BITS, tabulate_months
from ramp155.history.standing.sites import RUNNING_STATUSES
from ramp155.history.status import STATUSES
from ramp155.model.model import Model
from ramp155.pictures.board.months import pack_lines
from ramp155.pictures.board.rows import (
    BROKEN_STATUSES,
    FIRST_YEAR,
    GROUP_COLUMNS,
    STATUS_FILLS,
    find_last_year,
    find_place,
    list_board_lines,
    order_groups,
    say_board_subject,
)
from ramp155.pictures.map.symbols import OPEN_STATUSES, STATUS_COLOURS, STATUS_PATHS
from ramp155.pictures.palette import OVERDUE, adapt_colour, choose_letter_colour
from ramp155.pictures.view import View
from ramp155.text.board import (
    BOARD_PATTERNS,
    MARK_MEANINGS,
    NONE_WORDS,
)
from ramp155.text.signs import (
    EARLIER_PROMISE,
    MARK_SIGNS,
    PROMISE,
    REPORT,
    STATUS_WORDS,
    name_status,
)

_DATE_SIGNS = {"earlier promise": EARLIER_PROMISE, "promise": PROMISE, "delivery": REPORT}


@remember
def build_board_body(model: Model, view: View, group: str, sort: str) -> bytes:
    """Build all that the board needs but the month, as JSON text.

    Parameters
    ----------
    model : Model
        Whose lines are shown.
    view : View
        Which lines; its date does not count.
    group, sort : str
        Of `BOARD_GROUPS` and `BOARD_SORTS`.

    Returns
    -------
    bytes
        JSON in UTF-8.
    """
    records = model.record
    rows = list_board_lines(records, view)
    groups = order_groups(rows, group)
    packed = {hindsight: pack_lines(model, hindsight) for hindsight in (False, True)}
    others = [column for name, column in GROUP_COLUMNS.items() if name != group][:2]
    words: dict[str, int] = {}
    packed_rows = [
        {
            "id": row["line_id"],
            "site": row["site_id"],
            "name": row["name"],
            "aside": " · ".join(filter(None, [row["aside"], *_list_beside(row, others)])),
            "group": groups.index(row[GROUP_COLUMNS[group]]),
            "country": row["country"],
            "then": _number_words(packed[False][row["line_id"]], words),
            "today": _number_words(packed[True][row["line_id"]], words),
        }
        for row in rows.to_dict("records")
    ]
    body = {
        "days": [day.isoformat() for day in tabulate_months(records).days],
        "ends": [round(find_place(day), 2) for day in tabulate_months(records).days],
        "firstYear": FIRST_YEAR,
        "lastYear": find_last_year(records),
        "group": group,
        "sort": sort,
        "lateOnly": view.late_only,
        "subject": say_board_subject(records, view),
        "groups": groups,
        "countries": dict(sorted(zip(rows["country"], rows["country_name"], strict=True))),
        "chosen": [*view.countries],
        "rows": packed_rows,
        "words": list(words),
        **_describe_marks(),
    }
    return json.dumps(body, ensure_ascii=False).encode()


def _number_words(months: Any, words: dict[str, int]) -> Any:  # noqa: ANN401
    """What `pack_lines` gives of a line with a number for each text: its place in `words`, where each stands once."""
    if isinstance(months, str):
        return words.setdefault(months, len(words))
    if isinstance(months, Mapping):
        return {key: _number_words(entry, words) for key, entry in months.items()}
    if isinstance(months, list | tuple):
        return [_number_words(entry, words) for entry in months]
    return months


def _list_beside(row: Mapping[Any, Any], columns: list[str]) -> list[str]:
    """What a line's group does not say of it: its stage, or its country."""
    return [str(row[column]) for column in columns if column != "maker"]


def _write_colour(light: str) -> str:
    """A colour of the palette as a browser takes the one of its ground, also where that is changed under it."""
    return f"light-dark({light}, {adapt_colour('dark', light)})"


def _describe_marks() -> dict[str, Any]:
    """What the board is drawn and worded with."""
    colours = STATUS_COLOURS["light"]
    statuses = [
        {
            "word": STATUS_WORDS[status],
            "name": name_status(status),
            "meaning": meaning,
            "colour": _write_colour(colours[status]) if status in colours else "",
            "path": STATUS_PATHS.get(status, ""),
            "isOutline": status in OPEN_STATUSES,
            "isBroken": status in BROKEN_STATUSES,
            "fill": STATUS_FILLS.get(status, 1.0),
            "delivers": status in RUNNING_STATUSES,
        }
        for status, meaning in STATUSES.items()
    ]
    small_marks = [
        {
            "bit": MARK_BITS[flag],
            "glyph": (MARK_SIGNS.get(flag) or MARK_SIGNS["inferred"]).glyph,
            "word": (MARK_SIGNS.get(flag) or MARK_SIGNS["inferred"]).words,
            "meaning": meaning,
        }
        for flag, meaning in MARK_MEANINGS.items()
    ]
    dates = {
        kind: {"path": sign.path, "words": "delivered" if kind == "delivery" else sign.words}
        for kind, sign in _DATE_SIGNS.items()
    }
    return {
        "statuses": statuses,
        "smallMarks": small_marks,
        "dates": dates,
        "late": LATE_CODES,
        "overdue": _write_colour(OVERDUE),
        "overdueWords": _write_colour(choose_letter_colour(OVERDUE)),
        "patterns": BOARD_PATTERNS,
        "none": NONE_WORDS,
    }
