"""Lines that broke ground, and that opened or first delivered, counted up: rows, spec and picture."""

from __future__ import annotations

import datetime as dt

import altair as alt
import pandas as pd

from ramp155.base.memory import remember
from ramp155.history.milestones import list_milestones
from ramp155.history.openings import find_counted_openings
from ramp155.model.model import Model
from ramp155.pictures.builder import build_native_chart, remember_picture
from ramp155.pictures.grammar.axes import build_years_axis, find_mid_month
from ramp155.pictures.grammar.labels import build_line_dashes, colour_letters, colour_marks
from ramp155.pictures.grammar.spec import Spec, chart_rows, join_layers
from ramp155.pictures.palette import BASELINE, EUROPE
from ramp155.pictures.picture import Picture
from ramp155.pictures.plants.policies import POLICY_AXIS_WIDTH, POLICY_SPAN
from ramp155.pictures.source import list_event_sources, write_source_line
from ramp155.pictures.view import View
from ramp155.text.demand.policy import find_first_policy_day, write_policy_title
from ramp155.text.headlines.plants import write_starts_headline

_END_NAMES = {
    "ground broken, where reported": "ground\nbroken",
    "opened or first output": "opened or\nfirst output",
}


@remember
def draw_starts(model: Model, height: int) -> Spec:
    """Lines that broke ground, and that opened or first delivered, counted up on the policies' axis.

    Parameters
    ----------
    model : Model
        The record with its draws.
    height : int
        Height of the chart, pixels.

    Returns
    -------
    Spec
        A Vega-Lite spec.
    """
    counts = count_starts(model)
    names = ["ground broken, where reported", "opened or first output"]
    colours = dict(zip(names, (BASELINE, EUROPE), strict=True))
    colour = colour_marks("what", colours)
    x_axis = build_years_axis(*POLICY_SPAN, field="day", within=False, named_to="2026-12-31")
    y_axis = alt.Y("count:Q", title="lines, in all").axis(
        tickCount=4,
        style="bare",
        minExtent=POLICY_AXIS_WIDTH,
        maxExtent=POLICY_AXIS_WIDTH,
    )
    base = chart_rows(counts)
    ends = counts.drop_duplicates("what", keep="last")
    last = chart_rows(ends.assign(name=ends["what"].map(_END_NAMES)))
    tip = [
        alt.Tooltip("what:N", title="Lines"),
        alt.Tooltip("count:Q", title="In all"),
        alt.Tooltip("day:T", format="%B %Y", title="By"),
    ]
    layers = [
        base.mark_line(strokeWidth=3, interpolate="step-after").encode(
            x_axis,
            y_axis,
            colour,
            build_line_dashes("what", dict(zip(names, ([6, 3], []), strict=True))),
            tooltip=tip,
        ),
        last.mark_text(align="left", dx=5, style="name", lineBreak="\n").encode(
            x_axis,
            y_axis,
            color=colour_letters("what", colours),
            text="name:N",
        ),
    ]
    return join_layers(layers, height)


def count_starts(model: Model) -> pd.DataFrame:
    """Lines that had broken ground, and that opened or delivered, by day: what, day, count."""
    return pd.concat(
        [_count_lines_by_day(model, "groundbreaking"), _count_lines_by_day(model, "opened")]
    )


def _count_lines_by_day(model: Model, milestone: str) -> pd.DataFrame:
    """Lines that had broken ground, or opened or delivered, by day: what, day, count."""
    first = find_first_policy_day(model.record)
    if milestone == "opened":
        days = sorted(map(_find_drawn_day, find_counted_openings(model.record, first)["date"]))
        label = "opened or first output"
    else:
        dated_milestones = list_milestones(model.record)
        delivered = dated_milestones[
            (dated_milestones["milestone"] == milestone) & (dated_milestones["delivered"] != "")
        ]
        drawn_days = map(_find_drawn_day, delivered["delivered"])
        days = sorted(day for day in drawn_days if day >= first)
        label = "ground broken, where reported"
    counts_by_day = [(label, first.isoformat(), 0)]
    counts_by_day += [(label, day.isoformat(), place + 1) for place, day in enumerate(days)]
    counts_by_day.append((label, model.record.end.isoformat(), len(days)))
    return pd.DataFrame(counts_by_day, columns=["what", "day", "count"])


def _find_drawn_day(date: str) -> dt.date:
    """Where a date is drawn: in the middle of what it names."""
    return dt.date.fromisoformat(find_mid_month(date) or date)


@remember_picture
def build_starts_picture(model: Model, view: View) -> Picture:
    """Lines that broke ground, and that opened or first delivered, counted up."""
    counts = count_starts(model)
    wide = counts.pivot_table(index="day", columns="what", values="count", aggfunc="max").ffill()
    series = {str(name): wide[name] for name in wide.columns}
    return Picture(
        "starts",
        finding=write_policy_title(model.record),
        headline=write_starts_headline(model.record),
        spec=draw_starts(model, 150),
        source=write_source_line(
            model,
            "Lines counted up from the first joint policy at the reported date of the event; a date given only as a year is drawn at mid-year.",
            list_event_sources(model),
        ),
        alt="Two stepped lines that count lines up by date",
        native=build_native_chart(
            "line",
            list(wide.index),
            series=series,
            colours=[BASELINE, EUROPE],
            unit="lines",
        ),
    )
