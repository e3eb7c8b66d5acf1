"""What the answer hangs on, one coefficient at a time: spec and picture."""

from __future__ import annotations

from typing import Any, Literal

import altair as alt
import pandas as pd

from ramp155.answers.output.outlook import run_outlook
from ramp155.answers.sensitivity.tornado import compute_tornado
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.pictures.builder import build_native_chart, remember_picture
from ramp155.pictures.grammar.labels import colour_marks
from ramp155.pictures.grammar.rounds import MILLION_TENTHS, build_rounds_tip
from ramp155.pictures.grammar.spec import Spec, chart_rows, join_layers
from ramp155.pictures.palette import BASELINE, EDGE, EUROPE, QUIET, STAGE_COLOURS
from ramp155.pictures.picture import Picture
from ramp155.pictures.source import write_source_line
from ramp155.pictures.view import View
from ramp155.text.output.sensitivity import write_tornado_title


def draw_tornado(table: pd.DataFrame, middle: float, height: int) -> Spec:
    """Output with one coefficient at its low and at its high.

    Parameters
    ----------
    table : DataFrame
        Rows of `compute_tornado`: label, low, high, rounds_at_low, rounds_at_high.
    middle : float
        Rounds a year at central coefficients.
    height : int
        Height of the chart, pixels.

    Returns
    -------
    Spec
        A Vega-Lite spec.
    """
    ends_of_bars = [
        {
            "label": coefficient.label,
            "end": end,
            "value": rounds,
            "middle": middle,
            "range": f"{coefficient.low} to {coefficient.high}",
            "at": setting,
        }
        for coefficient in table.itertuples()
        for end, rounds, setting in (
            ("at its low", coefficient.rounds_at_low, coefficient.low),
            ("at its high", coefficient.rounds_at_high, coefficient.high),
        )
    ]
    y_axis = (
        alt.Y("label:N", sort=list(table["label"]))
        .title(None)
        .axis(labelLimit=330, labelOverlap=False, ticks=False)
    )
    base = chart_rows(ends_of_bars)
    ends = {"at its low": STAGE_COLOURS["nitrocellulose"], "at its high": EUROPE}
    bars = base.mark_bar(height={"band": 0.62}, stroke=EDGE, strokeWidth=1).encode(
        alt.X("value:Q", scale=alt.Scale(domain=_find_tornado_domain(ends_of_bars), nice=False))
        .title("rounds a year")
        .axis(labelExpr=f"datum.value < 0 ? '' : {MILLION_TENTHS}", tickCount=6),
        y_axis,
        alt.X2("middle:Q"),
        colour_marks("end", ends),
        tooltip=[
            alt.Tooltip("label:N", title="Coefficient"),
            alt.Tooltip("range:N", title="Range"),
            alt.Tooltip("at:N", title="Set to"),
            build_rounds_tip("value", "Rounds a year"),
        ],
    )
    rule = chart_rows([{"value": middle}]).mark_rule(color=BASELINE, strokeWidth=2)
    return join_layers(
        [bars, rule.encode(alt.X("value:Q")), *_draw_tornado_ends(ends_of_bars, y_axis)], height
    )


def _find_tornado_domain(rows: list[dict[str, Any]]) -> list[float]:
    """An axis from nought to the largest bar, and as much further as the first bar's words take."""
    largest = max(max(bar["value"], bar["middle"]) for bar in rows)
    ends = [bar["value"] for bar in rows if bar["label"] == rows[0]["label"]]
    return [min(0.0, min(ends) - largest * 0.3), max(largest * 1.05, max(ends) + largest * 0.3)]


def _draw_tornado_ends(rows: list[dict[str, Any]], y_axis: alt.Y) -> list[alt.Chart]:
    """The ends of the first bar say which is its low and which its high."""
    first_bar = [bar for bar in rows if bar["label"] == rows[0]["label"]]
    first_bar.sort(key=lambda bar: bar["value"])
    labels = []
    sides: tuple[tuple[Literal["right", "left"], int], ...] = (("right", -5), ("left", 5))
    for bar, (align, dx) in zip(first_bar, sides, strict=True):
        label = chart_rows([bar]).mark_text(align=align, dx=dx, style="name", color=QUIET)
        labels.append(label.encode(alt.X("value:Q"), y_axis, text="end:N"))
    return labels


@remember_picture
def build_tornado_picture(model: Model, view: View) -> Picture:
    """What the answer hangs on, one coefficient at a time."""
    table = compute_tornado(model.record, view.scenario, view.month)
    path = run_outlook(model.central, view.scenario).path
    middle = float(path["rounds_per_year"].to_numpy()[MONTHS.index(view.month)])
    top = table.head(10)
    series = {"at its low": top["rounds_at_low"][::-1], "at its high": top["rounds_at_high"][::-1]}
    return Picture(
        "tornado",
        finding=write_tornado_title(table, view.month),
        spec=draw_tornado(top, middle, 330),
        source=write_source_line(
            model, "Each coefficient alone goes from the low to the high end of its range."
        ),
        alt="Bars of output with each coefficient at its low and at its high end",
        native=build_native_chart(
            "bar",
            list(top["label"][::-1]),
            series=series,
            colours=[BASELINE, EUROPE],
            unit="rounds a year",
        ),
    )
