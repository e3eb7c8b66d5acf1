"""The board of lines as marks that a slide program draws: bars of statuses, slips, dates, and today."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from ramp155.pictures.builder import build_range_row, build_sign_rows
from ramp155.pictures.map.symbols import STATUS_COLOURS
from ramp155.pictures.palette import INK, OVERDUE
from ramp155.pictures.picture import MarkRow
from ramp155.text.signs import STATUS_WORDS

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
            9,
            0.0,
        )
        for status in statuses
    ]
    if len(slips):
        drawn.append(draw_spans("Late", slips, OVERDUE, 4, 0.3))
    today = count_days(str(tables["today"]["day"].iloc[0]))
    rule = MarkRow("As known on", (today, today), (0.4, count + 0.6), INK, width=1.5, is_rule=True)
    signs = (
        build_sign_rows(
            marks.assign(across=[count_days(day) for day in marks["date"]], up=stand(marks)), INK
        )
        if len(marks)
        else ()
    )
    return (*drawn, rule, *signs)
