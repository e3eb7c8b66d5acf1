"""The board of lines as marks that a slide program draws: bars of statuses, slips, dates, and today."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pandas as pd

from ramp155.pictures.board.late_table import shorten_name
from ramp155.pictures.builder import build_range_row, build_sign_rows
from ramp155.pictures.map.symbols import STATUS_COLOURS
from ramp155.pictures.palette import BASELINE, INK, OVERDUE
from ramp155.pictures.picture import MarkRow
from ramp155.record.schema.vocabulary import PRODUCTS
from ramp155.text.signs import EARLIER_PROMISE, PROMISE, REPORT, STATUS_WORDS

BOARD_SLIDE_KEY = (
    f"Red: by how much a line is late, from the end of its first promise, thin where put off to a later date. Grey {PROMISE.glyph} first promise, since moved; "
    f"black {PROMISE.glyph} promised; {REPORT.glyph} delivered."
)

# Of a row: programs differ in whether a bar hides a mark of the same place, so marks stand over their bars.
_BAR_DROP, _LATE_DROP, _MARK_RISE = 0.12, 0.34, 0.18
_DAY_ONE = dt.date(1899, 12, 30)  # from which spreadsheets count days


def count_days(day: str) -> float:
    """A day as a spreadsheet counts it.

    Parameters
    ----------
    day : str
        YYYY-MM-DD.

    Returns
    -------
    float
        Days since the end of 1899.
    """
    return float((dt.date.fromisoformat(day) - _DAY_ONE).days)


def name_board_rows(rows: pd.DataFrame) -> list[str]:
    """What the rows of `list_board_rows` are called where each has one line: plant, product, and whether it is for 155 mm."""
    return [
        f"{shorten_name(name)}, {PRODUCTS[product].partition(' (')[0].lower()}"
        + ("" if for_155 != "no" else " · not 155 mm")
        for name, product, for_155 in zip(
            rows["name"], rows["product"], rows["for_155"], strict=True
        )
    ]


def list_board_marks(tables: dict[str, pd.DataFrame]) -> tuple[MarkRow, ...]:
    """Of `list_board_tables` all that is drawn: a bar for each status, the part by which a line is late, promised dates and deliveries.

    Parameters
    ----------
    tables : dict of DataFrame
        Dates as ISO days (YYYY-MM-DD), lateness in months.
    """
    count = len(tables["words"])

    def stand(rows: pd.DataFrame) -> list[float]:
        return [float(count - place) for place in rows["place"]]

    def draw_spans(
        name: str, rows: pd.DataFrame, colour: str, width: float, drop: float
    ) -> MarkRow:
        return build_range_row(
            name,
            [count_days(day) for day in rows["from"]],
            [count_days(day) for day in rows["to"]],
            [height - drop for height in stand(rows)],
            colour,
            width,
            list(rows["late"]) if "late" in rows else (),
        )

    bars, slips, marks = tables["bars"], tables["slips"], tables["marks"]
    statuses = dict.fromkeys(bars["status"])
    drawn = [
        draw_spans(
            STATUS_WORDS[status].capitalize(),
            bars[bars["status"] == status],
            STATUS_COLOURS["light"][status],
            7,
            _BAR_DROP,
        )
        for status in statuses
    ]
    for is_ahead, name, width in ((False, "Late", 4), (True, "Put off to a later date", 1.5)):
        spans = slips[slips["is_ahead"] == is_ahead]
        if len(spans):
            # How late a line is stands at the end of its delay, once.
            last_parts = slips.drop_duplicates("place", keep="last").index
            spans = spans.assign(late=spans["late"].where(spans.index.isin(last_parts), ""))
            drawn.append(draw_spans(name, spans, OVERDUE, width, _LATE_DROP))
    today = count_days(str(tables["today"]["day"].iloc[0]))
    rule = MarkRow("As known on", (today, today), (0.4, count + 0.6), INK, width=1.5, is_rule=True)
    if marks.empty:
        return (*drawn, rule)
    marks = marks.assign(
        across=[count_days(day) for day in marks["date"]],
        up=[height + _MARK_RISE for height in stand(marks)],
    )
    # What was first promised and since moved is paler, as on the page, where its triangle is turned too.
    is_moved = marks["sign"] == EARLIER_PROMISE.name
    dates = (*build_sign_rows(marks[is_moved], BASELINE), *build_sign_rows(marks[~is_moved], INK))
    # A line may be promised too: the dates have names of their own.
    return (*drawn, rule, *(dataclasses.replace(row, name=f"{row.name}, date") for row in dates))
