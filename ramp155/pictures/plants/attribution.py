"""How much of a stage's capacity the record can pin to named lines: spec and picture."""

from __future__ import annotations

import altair as alt

from ramp155.answers.stages.on_record import compute_attributed_capacity
from ramp155.model.model import Model
from ramp155.pictures.builder import build_native_chart, remember_picture
from ramp155.pictures.grammar.labels import colour_letters, colour_marks
from ramp155.pictures.grammar.rounds import MILLION_TENTHS, build_rounds_tip
from ramp155.pictures.grammar.spec import Spec, chart_rows, join_layers
from ramp155.pictures.palette import BASELINE, EUROPE, LINE_WIDTH, NOTE_SIZE, QUIET, UNATTRIBUTED
from ramp155.pictures.picture import Picture
from ramp155.pictures.source import write_source_line
from ramp155.pictures.view import View
from ramp155.text.headlines.output import write_pinned_headline
from ramp155.text.output.capacity import write_attributed_capacity_title

_ATTRIBUTION_NAMES = {"attributed": "named lines", "unattributed": "no line named"}
_END_NAMES = {"named lines": "named\nlines", "no line named": "no line\nnamed"}
_BLANK_YEARS = [" ", "  "]  # two blank years, where the last bar's parts are named


def draw_attribution(model: Model, stage: str, height: int) -> Spec:
    """How much of a stage's capacity the record can pin to named lines, by year's end.

    Parameters
    ----------
    model : Model
        The record with its draws.
    stage : str
        The stage whose capacity is drawn, rounds a year.
    height : int
        Height of the chart, pixels.

    Returns
    -------
    Spec
        A Vega-Lite spec.
    """
    capacity = compute_attributed_capacity(model)
    capacity = capacity[(capacity["stage"] == stage) & capacity["month"].str.endswith("-12")]
    bar_parts = capacity.melt(["month", "stage"], ["attributed", "unattributed"], "part", "rounds")
    bar_parts["year"] = bar_parts["month"].str[:4]
    bar_parts["said"] = bar_parts["part"].map(_ATTRIBUTION_NAMES)
    years = sorted(bar_parts["year"].unique())
    colours = {"attributed": EUROPE, "unattributed": UNATTRIBUTED}
    colour = colour_marks("part", colours)
    x_axis = alt.X("year:O", title=None, scale=alt.Scale(domain=[*years, *_BLANK_YEARS]))
    x_axis = x_axis.axis(labelAngle=0, style="bare")
    bar_parts = bar_parts.sort_values(["month", "part"], ascending=[True, False])
    bar_parts["high"] = bar_parts.groupby("year")[
        "rounds"
    ].cumsum()  # the named lines stand on the rest
    bar_parts["low"] = bar_parts["high"] - bar_parts["rounds"]
    y_axis = alt.Y("low:Q", title="rounds a year").axis(labelExpr=MILLION_TENTHS, tickCount=5)
    bars = chart_rows(bar_parts).mark_bar()
    last_parts = bar_parts[bar_parts["year"] == years[-1]]
    last_parts = last_parts.assign(
        at=(last_parts["low"] + last_parts["high"]) / 2, year=_BLANK_YEARS[0]
    )
    last_parts["said"] = last_parts["said"].map(_END_NAMES)
    label_rows = last_parts[["part", "said", "year", "at"]].to_dict("records")
    names = chart_rows(label_rows).mark_text(align="left", style="name", lineBreak="\n")
    tip = [
        alt.Tooltip("year:O", title="End of"),
        alt.Tooltip("said:N", title="Capacity of"),
        build_rounds_tip("rounds", "Rounds a year"),
    ]
    ahead = [year for year in years if f"{year}-12" > f"{model.record.end:%Y-%m}"]
    start = chart_rows([{"year": year, "said": "forecast"} for year in ahead[:1]])
    forecast_at = alt.X("year:O", bandPosition=0)
    rule = start.mark_rule(color=BASELINE, strokeDash=[2, 3], strokeWidth=LINE_WIDTH)
    note = start.mark_text(align="left", dx=4, color=QUIET, fontSize=NOTE_SIZE)
    return join_layers(
        [
            bars.encode(x_axis, y_axis, alt.Y2("high:Q"), colour, tooltip=tip),
            rule.encode(forecast_at),
            note.encode(forecast_at, y=alt.value(7), text="said:N"),
            names.encode(
                alt.X("year:O", bandPosition=0),
                alt.Y("at:Q"),
                text="said:N",
                color=colour_letters("part", colours),
            ),
        ],
        height,
    )


@remember_picture
def build_attribution_picture(model: Model, view: View) -> Picture:
    """How much of the filling capacity claimed the record can pin to named lines."""
    capacity = compute_attributed_capacity(model)
    capacity = capacity[(capacity["stage"] == "projectile") & capacity["month"].str.endswith("-12")]
    series = {
        "Named lines": capacity["attributed"],
        "Not attributed to any line": capacity["unattributed"],
    }
    return Picture(
        "pinned",
        finding=write_attributed_capacity_title(capacity),
        headline=write_pinned_headline(capacity),
        spec=draw_attribution(model, "projectile", 240),
        source=write_source_line(
            model,
            "Filling and assembly capacity at each year's end; what no named line explains is an assumption.",
        ),
        alt="Stacked columns by year: capacity of named lines, and the rest",
        native=build_native_chart(
            "column",
            list(capacity["month"].str[:4]),
            series=series,
            colours=[EUROPE, BASELINE],
            unit="rounds a year",
            stacked=True,
        ),
    )
