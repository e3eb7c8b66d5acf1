"""When output starts: promised against delivered, one row a line: rows, spec and picture."""

from __future__ import annotations

import math
from typing import Any

import altair as alt
import pandas as pd

from ramp155.base.memory import remember_asset
from ramp155.history.milestones import list_milestones
from ramp155.history.slips import read_strictly
from ramp155.model.model import Model
from ramp155.pictures.builder import (
    READABLE_ROWS,
    build_native_chart,
    draw_nothing,
    remember_picture,
)
from ramp155.pictures.grammar.axes import find_mid_month
from ramp155.pictures.grammar.events import EVENT_TIP, describe_event
from ramp155.pictures.grammar.signs import draw_signs
from ramp155.pictures.grammar.spec import Spec, chart_table, join_layers, list_values
from ramp155.pictures.palette import (
    BASELINE,
    EUROPE,
    LINE_WIDTH,
    NAMEPLATE,
    NOTE_SIZE,
    OVERDUE,
    QUIET,
)
from ramp155.pictures.picture import Picture
from ramp155.pictures.plants.lines import label_lines, say_view_lines
from ramp155.pictures.source import write_source_line
from ramp155.pictures.view import View, find_known_record
from ramp155.text.evidence.promises import say_slip, write_slip_title
from ramp155.text.signs import EARLIER_PROMISE, PROMISE, REPORT

_START_SIGNS = {"first": EARLIER_PROMISE, "latest": PROMISE, "delivered": REPORT}
START_KEY = (
    f"{EARLIER_PROMISE.glyph} first promise, since moved; {PROMISE.glyph} latest promise, orange where it "
    f"passed without a report; {REPORT.glyph} delivered."
)


def list_start_dates(model: Model, table: pd.DataFrame) -> pd.DataFrame:
    """First promise, latest promise and delivery of each line's start of output, one row a line.

    Lines whose start is not dated have no row. Columns: label, left and right (dates of the first and
    last mark), slip (months at least), slip_text, slip_words, overdue, status, milestone, and for first, latest and delivered
    the date (or None) and what `describe_event` says, as first_who.
    """
    starts = list_milestones(model.record)
    starts = starts[starts["milestone"].isin(["first_output", "opened"])]
    starts = starts.assign(strict_months=read_strictly(starts))
    rank = {"first_output": 0, "opened": 1}
    starts = starts.sort_values("milestone", key=lambda s: s.map(rank)).drop_duplicates("line_id")
    dated_starts = []
    for start in list_values(starts.merge(table, on="line_id", suffixes=("", "_line"))):
        dates = [start["first_promise"], start["latest_promise"], start["delivered"]]
        known_dates = [date for date in dates if date]
        slip = math.nan if start["strict_months"] is None else start["strict_months"]
        dated_starts.append(
            {
                "line_id": start["line_id"],
                "label": start["label"],
                **dict(zip(_START_SIGNS, map(find_mid_month, dates), strict=True)),
                **_describe_start(model, start),
                "left": find_mid_month(min(known_dates)),
                "right": find_mid_month(max(known_dates)),
                "slip": slip,
                "slip_words": ""
                if math.isnan(slip)
                else say_slip(start["slip_low"], start["slip_high"]),
                "slip_text": f"{slip:+.0f}" if abs(slip) >= 1 else "",
                "overdue": start["is_overdue"],
                "status": start["status"],
                "milestone": start["milestone"].replace("_", " "),
            }
        )
    dated_lines = pd.DataFrame(dated_starts)
    return dated_lines.sort_values(["right", "left"]) if len(dated_lines) else dated_lines


def _describe_start(model: Model, start: dict[str, Any]) -> dict[str, Any]:
    """Who said when of a start's promises and its delivery: first_who, latest_said_on ..."""
    return {
        f"{name}_{field}": said
        for name in _START_SIGNS
        if start[f"{name}_event"]
        for field, said in describe_event(model, model.record.event(start[f"{name}_event"])).items()
    }


def list_start_marks(dated_lines: pd.DataFrame) -> pd.DataFrame:
    """The marks of `list_start_dates`, one row each; a first promise that never moved is the latest one.

    Columns: label, milestone, date, sign, is, slip, overdue, who, said_on, confidence, basis.
    """
    marks = []
    for start in list_values(dated_lines):
        for name, sign in _START_SIGNS.items():
            # Two papers of one day disagree, they do not move a promise.
            has_moved = bool(start["slip_words"]) and start["first"] != start["latest"]
            if not start[name] or (name == "first" and not has_moved):
                continue
            said = {
                field: start.get(f"{name}_{field}")
                for field in ("event_id", "who", "said_on", "confidence", "basis")
            }
            line = {field: start[field] for field in ("label", "milestone", "overdue")}
            line["slip"] = start["slip_words"] or "none known"
            words = "delivered" if name == "delivered" else f"{name} promise"
            if not has_moved and name == "latest":
                words = "promise"
            marks.append({**line, "date": start[name], "sign": sign.name, "is": words, **said})
    return pd.DataFrame(marks)


def draw_milestones(dated_lines: pd.DataFrame, as_of: str) -> Spec:
    """Promised against delivered, one row a line, each mark with who said it.

    The spec is the same for every day, so that a step of the replay sends rows alone.
    """
    placed_lines = dated_lines.assign(place=range(len(dated_lines)))
    marks = list_start_marks(placed_lines)
    return {
        **_build_milestone_spec(),
        "datasets": {
            "rows": placed_lines[["label", "place", "left", "right", "slip_text"]],
            "marks": marks.merge(placed_lines[["label", "place"]], on="label"),
            "today": pd.DataFrame([{"day": as_of}]),
        },
    }


@remember_asset
def _build_milestone_spec() -> Spec:
    base, marks = chart_table("rows"), chart_table("marks")
    y_axis = alt.Y(
        "label:N",
        sort=alt.EncodingSortField("place", op="min"),
        title=None,
        axis=alt.Axis(labelLimit=330, ticks=False, labelOverlap=False),
    )

    def x_axis(field: str) -> alt.X:
        axis = alt.Axis(format="%Y", tickCount="year", orient="top", title=None)
        scale = alt.Scale(domain=["2021-06-01", "2031-01-01"], clamp=True)
        return alt.X(f"{field}:T", axis=axis, scale=scale)

    tip = [
        alt.Tooltip("label:N", title="Line"),
        alt.Tooltip("milestone:N", title="Milestone"),
        alt.Tooltip("is:N", title="Is"),
        alt.Tooltip("date:T", format="%b %Y", title="For"),
        *EVENT_TIP,
        alt.Tooltip("slip:N", title="Slip, as the dates allow"),
    ]
    span = base.mark_rule(color=BASELINE, strokeWidth=2.5).encode(
        x_axis("left"), alt.X2("right:T"), y_axis
    )
    late_colour = alt.condition("datum.overdue", alt.value(OVERDUE), alt.value(EUROPE))
    places = (x_axis("date"), y_axis, tip)
    first = draw_signs(marks, [EARLIER_PROMISE], *places, size=60, color=NAMEPLATE)
    latest = [
        layer.encode(color=late_colour) for layer in draw_signs(marks, [PROMISE], *places, size=85)
    ]
    delivered = draw_signs(marks, [REPORT], *places, size=110, color=EUROPE)
    slip_labels = base.mark_text(align="left", dx=9, fontSize=NOTE_SIZE, color=QUIET).encode(
        x_axis("right"), y_axis, text="slip_text:N"
    )
    today = (
        chart_table("today")
        .mark_rule(color=OVERDUE, strokeDash=[3, 3], strokeWidth=LINE_WIDTH)
        .encode(x_axis("day"))
    )
    return join_layers([span, today, *first, *latest, *delivered, slip_labels], alt.Step(19))


@remember_picture
def build_milestones_picture(model: Model, view: View) -> Picture:
    """When output starts: promised and delivered, the lines that slipped most."""
    past = find_known_record(model, view)
    table = label_lines(past, view)
    dated_milestones = list_milestones(past)
    shown_milestones = dated_milestones[dated_milestones["line_id"].isin(table["line_id"])]
    dated_lines = list_start_dates(model.with_record(past), table) if len(table) else pd.DataFrame()
    if len(dated_lines):
        most_moved = dated_lines["slip"].abs().fillna(-1).nlargest(READABLE_ROWS).index
        dated_lines = dated_lines.loc[dated_lines.index.isin(most_moved)]
    meant = say_view_lines(model.record, view) or "all products"
    source_ids = [
        event.source_id for line in dated_lines.get("line_id", []) for event in past.events_of[line]
    ]
    slips = list(dated_lines["slip"][::-1]) if len(dated_lines) else []
    labels = list(dated_lines["label"][::-1]) if len(dated_lines) else []
    return Picture(
        "milestones",
        finding=f"{meant[0].upper()}{meant[1:]}: {write_slip_title(past, table, shown_milestones)}",
        spec=draw_milestones(dated_lines, past.end.isoformat())
        if len(dated_lines)
        else draw_nothing(),
        source=write_source_line(
            model,
            f"Start of output of the {len(dated_lines)} lines whose dates moved most.",
            source_ids,
        ),
        key=START_KEY,
        alt=f"{len(dated_lines)} lines, each with first promise, latest promise and delivery of first output",
        native=build_native_chart(
            "bar",
            labels,
            series={"Slip, months": slips},
            colours=[EUROPE],
            unit="months",
            number="0",
            key="Bars: months from the first promise to the delivery, or else to the latest promise.",
        ),
    )
