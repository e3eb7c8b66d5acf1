"""The board of lines as a picture for the wall, slides and files: those that are late most, one row each."""

from __future__ import annotations

import datetime as dt
from typing import Any

import altair as alt
import pandas as pd

from ramp155.answers.ramp_ups import count_group
from ramp155.base.memory import remember_asset
from ramp155.history.standing.months import tabulate_months
from ramp155.model.model import Model
from ramp155.pictures.board.late_table import build_late_table
from ramp155.pictures.board.native import (
    BOARD_SLIDE_KEY,
    count_days,
    list_board_marks,
    name_board_rows,
)
from ramp155.pictures.board.rows import (
    BROKEN_STATUSES,
    FIRST_YEAR,
    GROUP_COLUMNS,
    STATUS_FILLS,
    find_last_year,
    find_month,
    list_board_rows,
    order_groups,
    say_board_subject,
    sort_board_rows,
    trace_status,
)
from ramp155.pictures.builder import build_native_chart, draw_nothing, remember_picture
from ramp155.pictures.grammar.events import EVENT_TIP, describe_event
from ramp155.pictures.grammar.labels import break_name
from ramp155.pictures.grammar.signs import draw_signs
from ramp155.pictures.grammar.spec import Spec, chart_table, join_layers
from ramp155.pictures.map.symbols import STATUS_COLOURS
from ramp155.pictures.palette import (
    BASELINE,
    INK,
    LINE_WIDTH,
    NOTE_SIZE,
    OVERDUE,
    PAPER,
    choose_letter_colour,
)
from ramp155.pictures.picture import Picture
from ramp155.pictures.source import write_source_line
from ramp155.pictures.view import View, find_known_record
from ramp155.record.dates import find_span
from ramp155.record.schema.vocabulary import PRODUCTS
from ramp155.text.board import MILESTONE_NAMES, write_board_title
from ramp155.text.headlines.plants import write_board_headline
from ramp155.text.months import say_known_on
from ramp155.text.numbers import count_words
from ramp155.text.signs import EARLIER_PROMISE, PROMISE, REPORT, STATUS_WORDS

READABLE_LINES = 8  # two lines of letters each: what can be read from the back of a room
_ORDER_WORDS = {"late": "those late most", "size": "the largest"}
_LABEL_WIDTH = 34  # letters
_SLIP_COLUMNS = ["place", "label", "from", "to", "months", "late", "is_ahead"]
_AHEAD = {
    "filled": False,
    "strokeWidth": 1.2,
}  # how the part of a delay after the record's last day is drawn
_MARK_COLUMNS = "place label sign is milestone date event_id who said_on confidence basis".split()  # noqa: SIM905
_DATE_SIGNS = {"earlier promise": EARLIER_PROMISE, "promise": PROMISE, "delivery": REPORT}
BOARD_KEY = (
    f"Bars fill up from announced to delivering; red: by how much a line is late, from the end of its first promise, in outline where put off "
    f"to a later date. {EARLIER_PROMISE.glyph} first promise, since moved; {PROMISE.glyph} promised; {REPORT.glyph} delivered."
)


def list_board_tables(model: Model, view: View, rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """What is drawn of some rows of `list_board_rows`: `bars`, `slips`, `marks`, `words` and `today`.

    Every table has place and label (lines parted by a newline); dates are ISO days, nothing before the left edge.
    """
    known_record = find_known_record(model, view)
    table = tabulate_months(model.record, view.hindsight)
    until = find_month(table, known_record.end)
    first_day = dt.date(FIRST_YEAR, 1, 1)
    month_end = _find_first_of_month(until + 1)
    bars: list[dict[str, Any]] = []
    slips: list[dict[str, Any]] = []
    marks: list[dict[str, Any]] = []
    words: list[dict[str, Any]] = []
    for place, board_row in enumerate(rows.to_dict("records")):
        product = PRODUCTS[board_row["product"]].split(" (")[0].lower()
        label = break_name(f"{board_row['label']} ({product})", _LABEL_WIDTH)
        at_row = {"place": place, "label": label}
        runs = trace_status(table, board_row["line_id"], until)
        ends = [start for start, _ in runs[1:]]
        for (start, status), end in zip(runs, [*ends, None], strict=True):
            end_day = known_record.end if end is None else _find_first_of_month(end)
            bars.append(
                at_row
                | {
                    "status": status,
                    "from": _find_first_of_month(start).isoformat(),
                    "to": end_day.isoformat(),
                    "fill": 0.0 if status in BROKEN_STATUSES else STATUS_FILLS.get(status, 1.0),
                }
            )
        if not pd.isna(board_row["slip_first"]):
            span = [
                _find_first_of_month(int(board_row[f"slip_{side}"])) for side in ("first", "last")
            ]
            first, last = (max(day, first_day) for day in span)
            today = min(max(month_end, first), last)
            # What lies ahead is a later promise, no delay that has been.
            slips += [
                at_row
                | {
                    "from": part[0].isoformat(),
                    "to": part[1].isoformat(),
                    "months": board_row["lateness_months"],
                    "late": board_row["late_words"],
                    "is_ahead": part[0] == today,
                }
                for part in ((first, today), (today, last))
                if part[0] < part[1]
            ]
        for mark in board_row["ramp_up"].date_marks:
            said = describe_event(model, model.record.event(mark.event_id))
            middle = _find_middle(mark.date)
            if mark.kind == "delivery" and middle < first_day:
                continue
            marks.append(
                at_row
                | said
                | {
                    "sign": _DATE_SIGNS[mark.kind].name,
                    "is": "delivered" if mark.kind == "delivery" else _DATE_SIGNS[mark.kind].words,
                    "milestone": MILESTONE_NAMES[mark.milestone],
                    "date": max(middle, first_day).isoformat(),
                }
            )
        words.append(
            at_row | {"status": STATUS_WORDS[board_row["status"]], "late": board_row["late_words"]}
        )
    return {
        "bars": pd.DataFrame(bars),
        "slips": pd.DataFrame(slips, columns=_SLIP_COLUMNS),
        "marks": pd.DataFrame(marks, columns=_MARK_COLUMNS),
        "words": pd.DataFrame(words),
        "today": pd.DataFrame([{"day": known_record.end.isoformat()}]),
    }


def _find_first_of_month(place: int) -> dt.date:
    """The first day of the month that stands at a place of the axis."""
    return dt.date(FIRST_YEAR + place // 12, place % 12 + 1, 1)


def _find_middle(date: str) -> dt.date:
    first_day, last_day = find_span(date)
    return first_day + (last_day - first_day) / 2


def draw_board(tables: dict[str, pd.DataFrame], last_year: int) -> Spec:
    """The bars, slips and dates of some lines, one row each.

    Parameters
    ----------
    tables : dict of DataFrame
        Of `list_board_tables`.
    last_year : int
        The year at whose end the axis ends.

    Returns
    -------
    Spec
        A Vega-Lite spec.
    """
    return {**_build_board_spec(last_year), "datasets": tables}


@remember_asset
def _build_board_spec(last_year: int) -> Spec:
    y_axis = alt.Y("label:N", sort=alt.EncodingSortField("place", op="min"), title=None).axis(
        labelLimit=330,
        labelExpr="split(datum.value, '\\n')",
        labelLineHeight=12,
        labelColor=INK,
        labelPadding=8,
        ticks=False,
        labelOverlap=False,
        minExtent=200,
    )

    def x_axis(field: str) -> alt.X:
        axis = alt.Axis(format="%Y", tickCount="year", orient="top", title=None)
        domain = [f"{FIRST_YEAR}-01-01", f"{last_year}-12-31"]
        return alt.X(
            f"{field}:T", axis=axis, scale=alt.Scale(domain=domain, clamp=True, nice=False)
        )

    colours = STATUS_COLOURS["light"]
    colour_scale = alt.Scale(domain=list(colours), range=list(colours.values()))
    bars, slips, marks = chart_table("bars"), chart_table("slips"), chart_table("marks")
    bar_tip = [
        alt.Tooltip("label:N", title="Line"),
        alt.Tooltip("status:N", title="Known to be"),
        alt.Tooltip("from:T", format="%b %Y", title="From"),
        alt.Tooltip("to:T", format="%b %Y", title="To"),
    ]
    broken = " || ".join(f"datum.status == '{status}'" for status in BROKEN_STATUSES)
    outlines = bars.mark_bar(height=9, yOffset=-2, fill=PAPER, strokeWidth=1.5).encode(
        x_axis("from"),
        alt.X2("to:T"),
        y_axis,
        stroke=alt.Stroke("status:N", scale=colour_scale),
        strokeDash=alt.condition(broken, alt.value([3, 2]), alt.value([1, 0])),
        tooltip=bar_tip,
    )
    fills = [
        bars.transform_filter(f"datum.fill == {fill}")
        .mark_bar(height=9 * fill, yOffset=-2 + 9 * (1 - fill) / 2)
        .encode(
            x_axis("from"), alt.X2("to:T"), y_axis, fill=alt.Fill("status:N", scale=colour_scale)
        )
        for fill in sorted({*STATUS_FILLS.values(), 1.0} - {0.0})
    ]
    slip_tip = [alt.Tooltip("label:N", title="Line"), alt.Tooltip("late:N", title="Is")]
    red = [
        slips.transform_filter(f"datum.is_ahead == {is_ahead}")
        .mark_bar(height=4, yOffset=7, color=OVERDUE, **look)
        .encode(x_axis("from"), alt.X2("to:T"), y_axis, tooltip=slip_tip)
        for is_ahead, look in (("false", dict[str, Any]()), ("true", _AHEAD))
    ]
    today = chart_table("today").mark_rule(color=INK, strokeWidth=LINE_WIDTH).encode(x_axis("day"))
    tip = [
        alt.Tooltip("label:N", title="Line"),
        alt.Tooltip("milestone:N", title="Milestone"),
        alt.Tooltip("is:N", title="Is"),
        alt.Tooltip("date:T", format="%b %Y", title="For"),
        *EVENT_TIP,
    ]
    places = (x_axis("date"), y_axis, tip)
    earlier = draw_signs(marks, [EARLIER_PROMISE], *places, size=55, color=BASELINE, yOffset=-2)
    others = draw_signs(marks, [PROMISE, REPORT], *places, size=70, color=INK, yOffset=-2)
    words = chart_table("words")
    at_right: dict[str, Any] = {"align": "left", "fontSize": NOTE_SIZE, "dx": 6}
    status_words = words.mark_text(**at_right, dy=-6).encode(
        x=alt.value("width"), y=y_axis, text="status:N"
    )
    late_words = words.mark_text(
        **at_right, dy=7, color=choose_letter_colour(OVERDUE), fontWeight=600
    ).encode(x=alt.value("width"), y=y_axis, text="late:N")
    layers = [outlines, *fills, *red, today, *earlier, *others, status_words, late_words]
    return join_layers(layers, alt.Step(28))


def _choose_rows(rows: pd.DataFrame, view: View) -> pd.DataFrame:
    """The first rows as the board is sorted; but by product, those of a group stand together."""
    if rows.empty:
        return rows
    first_rows = sort_board_rows(rows, view.board_sort).head(READABLE_LINES)
    if view.board_group == "product":
        return first_rows
    names = order_groups(rows, view.board_group)
    places = first_rows[GROUP_COLUMNS[view.board_group]].map(names.index)
    return first_rows.loc[places.sort_values(kind="stable").index]


@remember_picture
def build_board_picture(model: Model, view: View) -> Picture:
    """The lines that are late most: their bars, promises and slips."""
    board_rows = list_board_rows(model, view)
    known_record = find_known_record(model, view)
    subject = say_board_subject(model.record, view)
    when = say_known_on(known_record.end, model.record.end, view.hindsight)
    title = write_board_title(count_group(model.record, board_rows), view.late_only)
    shown_rows = _choose_rows(board_rows, view)
    source_ids = [
        event.source_id
        for line_id in shown_rows.get("line_id", [])
        for event in known_record.events_of[line_id]
    ]
    tables = list_board_tables(model, view, shown_rows) if len(board_rows) else {}
    return Picture(
        "board",
        finding=f"{subject[:1].upper()}{subject[1:]}{when}: {title}",
        headline=write_board_headline(
            count_group(model.record, board_rows),
            "" if subject == "all products" else subject,
            view.late_only,
        ),
        spec=draw_board(tables, find_last_year(model.record))
        if len(board_rows)
        else draw_nothing("No line was reported by this date."),
        source=write_source_line(
            model,
            f"Drawn: {count_words(len(shown_rows), 'line')} of {len(board_rows)}, {_ORDER_WORDS[view.board_sort]}.",
            source_ids,
        ),
        key=BOARD_KEY if len(board_rows) else "",
        table=build_late_table(model, board_rows),
        alt=f"{count_words(len(shown_rows), 'line')}, each with a bar through its statuses, promised dates and how late it is",
        native=build_native_chart(
            "rows",
            name_board_rows(shown_rows),
            series={},
            colours=[],
            unit="",
            is_dated=True,
            ends=(
                count_days(f"{FIRST_YEAR}-01-01"),
                count_days(f"{find_last_year(model.record)}-12-31"),
            ),
            rows=list_board_marks(tables),
            key=BOARD_SLIDE_KEY,
        )
        if len(board_rows)
        else None,
    )
