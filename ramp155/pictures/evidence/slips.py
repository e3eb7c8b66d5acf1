"""Every milestone with two dates by how far it moved: spec and picture."""

from __future__ import annotations

import dataclasses

import altair as alt
import pandas as pd

from ramp155.history.slips import Spread, list_dated_milestones, read_slips
from ramp155.model.model import Model
from ramp155.pictures.builder import (
    build_native_chart,
    build_sign_rows,
    draw_nothing,
    remember_picture,
)
from ramp155.pictures.grammar.events import describe_event
from ramp155.pictures.grammar.labels import keep_inside
from ramp155.pictures.grammar.signs import draw_sign
from ramp155.pictures.grammar.spec import Spec, chart_rows, join_layers
from ramp155.pictures.palette import BASELINE, EUROPE, OVERDUE, choose_letter_colour
from ramp155.pictures.picture import MarkRow, Picture
from ramp155.pictures.plants.lines import list_shown_lines, say_view_lines
from ramp155.pictures.source import write_source_line
from ramp155.pictures.view import View
from ramp155.text.evidence.promises import say_slip, write_slips
from ramp155.text.headlines.plants import write_slips_headline
from ramp155.text.numbers import count_words
from ramp155.text.signs import PROMISE, REPORT

SLIP_SIGNS = {"delivered": REPORT, "promised": PROMISE}


def draw_slips(dated: pd.DataFrame, spread: Spread, height: int) -> Spec:
    """Every slip, read strictly, as a mark over its months; the median and the P90 with their ranges.

    Reported where delivered, else a promise.

    Parameters
    ----------
    dated : DataFrame
        One row a milestone, as `list_slip_rows` gives them.
    spread : Spread
        Median and P90 of the strict slips with their ranges, months.
    height : int
        Height of the chart, pixels.

    Returns
    -------
    Spec
        A Vega-Lite spec.
    """
    milestones = stack_slips(dated)
    milestones["what"] = milestones["milestone"].str.replace("_", " ")
    ranges = zip(milestones["slip_low"], milestones["slip_high"], strict=True)
    milestones["slip"] = [say_slip(low, high) for low, high in ranges]
    top = max(int(milestones["level"].max()) + 2, 6)
    low, high = milestones["strict_months"].min() - 3, milestones["strict_months"].max() + 3

    def x_axis(field: str) -> alt.X:
        axis = alt.Axis(
            title="months later than first promised, at least", grid=False, tickCount=10
        )
        return alt.X(f"{field}:Q", axis=axis, scale=alt.Scale(domain=[low, high], nice=False))

    def y_axis(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, top]))

    tip = [
        alt.Tooltip("name:N", title="Line"),
        alt.Tooltip("product:N", title="Product"),
        alt.Tooltip("what:N", title="Milestone"),
        alt.Tooltip("first_promise:N", title="First promised for"),
        alt.Tooltip("first_who:N", title="First promised by"),
        alt.Tooltip("end:N", title="Then"),
        alt.Tooltip("kept:N", title="Is"),
        alt.Tooltip("end_who:N", title="Who says so"),
        alt.Tooltip("end_said:N", title="Said on"),
        alt.Tooltip("end_confidence:N", title="Confidence"),
        alt.Tooltip("slip:N", title="Slip, as the dates allow"),
    ]
    base = chart_rows(milestones)
    dots = [
        draw_sign(base.transform_filter(f"datum.kept == '{kept}'"), sign, 85, color=EUROPE).encode(
            x_axis("strict_months"), y_axis("level"), tooltip=tip
        )
        for kept, sign in SLIP_SIGNS.items()
    ]
    marks = pd.DataFrame(
        [
            ("median", spread.median, *spread.median_range, f"median {spread.median:.0f}"),
            ("p90", spread.p90, *spread.p90_range, f"one in ten: {spread.p90:.0f} or more"),
        ],
        columns=["name", "at", "low", "high", "text"],
    ).assign(top=top, bottom=0)
    lines = chart_rows(marks)
    return join_layers(
        [
            lines.mark_rect(opacity=0.09, color=OVERDUE).encode(
                x_axis("low"), alt.X2("high:Q"), y_axis("bottom"), alt.Y2("top:Q")
            ),
            lines.mark_rule(color=OVERDUE, strokeWidth=2).encode(
                x_axis("at"), y_axis("bottom"), alt.Y2("top:Q")
            ),
            lines.mark_text(
                **keep_inside("at", 140, 5),
                dy=alt.ExprRef("datum.name == 'median' ? 8 : 24"),
                color=choose_letter_colour(OVERDUE),
                style="name",
            ).encode(x_axis("at"), y_axis("top"), text="text:N"),
            *dots,
        ],
        height,
    )


def stack_slips(dated: pd.DataFrame) -> pd.DataFrame:
    """Rows of `list_slip_rows` by months, with their level: how many marks of the same months stand under each."""
    milestones = dated.sort_values(["strict_months", "kept"]).copy()
    milestones["level"] = milestones.groupby(milestones["strict_months"].round()).cumcount() + 1
    return milestones


def _list_slip_rules(spread: Spread, top: float) -> tuple[MarkRow, ...]:
    """The median and what one in ten reaches, as lines up through the marks."""
    rules = (
        (f"Median: {count_words(round(spread.median), 'month')}", spread.median),
        (f"One in ten: {spread.p90:.0f} months or more", spread.p90),
    )
    return tuple(
        MarkRow(words, (float(months),) * 2, (0.4, top + 1.0), tone, width=2.5, is_rule=True)
        for (words, months), tone in zip(rules, (OVERDUE, BASELINE), strict=True)
    )


def list_slip_rows(model: Model, view: View) -> pd.DataFrame:
    """Rows of `list_dated_milestones` of the lines that a view means, with who spoke: first_who, end_who and end_confidence.

    Lines that kept their dates count as well where only late ones are shown beside: how many slipped is asked of all.
    """
    milestones = list_dated_milestones(model.record)
    lines = list_shown_lines(model, count_late_or_not(view))
    milestones = milestones[milestones["line_id"].isin(lines["line_id"])]
    first, end = (
        [describe_event(model, model.record.event(event_id)) for event_id in milestones[column]]
        for column in ("first_event", "end_event")
    )
    return milestones.assign(
        first_who=[said["who"] for said in first],
        end_who=[said["who"] for said in end],
        end_confidence=[said["confidence"] for said in end],
    )


def count_late_or_not(view: View) -> View:
    """The lines that a view means on the record's last day, late or not."""
    return dataclasses.replace(view, late_only=False, as_of=None)


@remember_picture
def build_slips_picture(model: Model, view: View) -> Picture:
    """Every milestone with two dates of the lines that are meant, by how far it moved."""
    moved_milestones = list_slip_rows(model, view)
    meant = say_view_lines(model.record, count_late_or_not(view))
    readings = read_slips(moved_milestones)
    marks = stack_slips(moved_milestones)
    source_ids = [*moved_milestones["first_source"], *moved_milestones["end_source"]]
    return Picture(
        "slips",
        finding=write_slips(readings, meant),
        headline=write_slips_headline(readings, meant),
        spec=draw_slips(moved_milestones, readings.strict, 290)
        if readings.strict.count
        else draw_nothing(),
        source=write_source_line(
            model,
            "Milestones of single lines promised for two dates, or promised and delivered, by the least the slip can be.",
            source_ids,
        ),
        key=f"{REPORT.glyph} delivered, {PROMISE.glyph} still promised.",
        alt="Marks, one a milestone, over the months it moved",
        native=build_native_chart(
            "rows",
            [""],
            series={},
            colours=[],
            unit="months later than first promised, at least",
            number="0",
            rows=(
                *build_sign_rows(
                    marks.assign(
                        across=marks["strict_months"],
                        up=marks["level"],
                        sign=[SLIP_SIGNS[kept].name for kept in marks["kept"]],
                    ),
                    EUROPE,
                ),
                *_list_slip_rules(
                    readings.strict, float(marks["level"].max()) if len(marks) else 1.0
                ),
            ),
        ),
    )
