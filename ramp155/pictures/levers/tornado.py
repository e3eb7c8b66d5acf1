"""What the answer hangs on, one assumption at a time: spec and picture."""

from __future__ import annotations

from functools import partial
from typing import Any, Literal

import altair as alt
import pandas as pd

from ramp155.answers.output.outlook import run_outlook
from ramp155.answers.sensitivity.tornado import compute_tornado
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.pictures.builder import build_native_chart, build_range_row, remember_picture
from ramp155.pictures.grammar.labels import BROKEN_NAMES, break_name, colour_marks
from ramp155.pictures.grammar.rounds import MILLION_TENTHS, build_rounds_tip
from ramp155.pictures.grammar.spec import Spec, chart_rows, join_layers
from ramp155.pictures.palette import BASELINE, EDGE, EUROPE, INK, LABEL_SIZE, QUIET
from ramp155.pictures.picture import MarkRow, Picture
from ramp155.pictures.source import write_source_line
from ramp155.pictures.view import View
from ramp155.text.headlines.output import write_tornado_headline
from ramp155.text.output.sensitivity import write_tornado_title


def draw_tornado(table: pd.DataFrame, middle: float, height: int, *, is_wide: bool = False) -> Spec:
    """Output of the runs with one assumption low and of those with it high.

    Parameters
    ----------
    table : DataFrame
        Rows of `compute_tornado`: label, low, high, rounds_at_low, rounds_at_high.
    middle : float
        Rounds a year, median of all runs.
    height : int
        Height of the chart, pixels.
    is_wide : bool
        Whether names have room to stand in one line.

    Returns
    -------
    Spec
        A Vega-Lite spec.
    """
    name = str if is_wide else break_name
    ends_of_bars = [
        {
            "label": name(str(coefficient.label)),
            "end": end,
            "value": rounds,
            "middle": middle,
            "range": f"{coefficient.low} to {coefficient.high}",
            "at": setting,
        }
        for coefficient in table.itertuples()
        for end, rounds, setting in (
            ("lowest fifth", coefficient.rounds_at_low, coefficient.low),
            ("highest fifth", coefficient.rounds_at_high, coefficient.high),
        )
    ]
    y_axis = (
        alt.Y("label:N", sort=[name(str(label)) for label in table["label"]])
        .title(None)
        .axis(
            **BROKEN_NAMES,
            labelLimit=380,
            ticks=False,
            labelFontSize=LABEL_SIZE,
        )
    )
    base = chart_rows(ends_of_bars)
    ends = {"lowest fifth": BASELINE, "highest fifth": EUROPE}
    bars = base.mark_bar(height={"band": 0.62}, stroke=EDGE, strokeWidth=1).encode(
        alt.X("value:Q", scale=alt.Scale(domain=_find_tornado_domain(ends_of_bars), nice=False))
        .title("rounds a year")
        .axis(labelExpr=f"datum.value < 0 ? '' : {MILLION_TENTHS}", tickCount=6),
        y_axis,
        alt.X2("middle:Q"),
        colour_marks("end", ends),
        tooltip=[
            alt.Tooltip("label:N", title="Assumption"),
            alt.Tooltip("range:N", title="Range"),
            alt.Tooltip("end:N", title="Runs with it in the"),
            build_rounds_tip("value", "Rounds a year (median)"),
        ],
    )
    rule = chart_rows([{"value": middle}]).mark_rule(color=INK, strokeWidth=2)
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
        label = chart_rows([bar]).mark_text(
            align=align, dx=dx, dy=-6, style="name", color=QUIET, lineBreak=" "
        )
        labels.append(label.encode(alt.X("value:Q"), y_axis, text="end:N"))
    return labels


@remember_picture
def build_tornado_picture(model: Model, view: View) -> Picture:
    """What the answer hangs on, one assumption at a time."""
    table = compute_tornado(model, view.scenario, view.month)
    path = run_outlook(model, view.scenario).path
    middle = float(path["rounds_per_year"].to_numpy()[MONTHS.index(view.month)])
    top = table.head(10)
    heights = [float(len(top) - place) for place in range(len(top))]
    return Picture(
        "tornado",
        finding=write_tornado_title(table, view.month),
        headline=write_tornado_headline(table),
        spec=draw_tornado(top, middle, 410),
        wide=partial(draw_tornado, top, middle, 330, is_wide=True),
        source=write_source_line(
            model,
            "Medians of the runs with an assumption in the lowest and in the highest fifth of its values; all else varies.",
        ),
        alt="Bars of output in the runs with each assumption low and in those with it high",
        native=build_native_chart(
            "rows",
            list(top["label"]),
            series={},
            colours=[],
            unit="rounds a year",
            rows=(
                *(
                    build_range_row(
                        f"Runs with it in the {words}",
                        [middle] * len(top),
                        list(map(float, top[column])),
                        heights,
                        tone,
                        14,
                    )
                    for words, column, tone in (
                        ("lowest fifth", "rounds_at_low", BASELINE),
                        ("highest fifth", "rounds_at_high", EUROPE),
                    )
                ),
                MarkRow(
                    "Median of all runs",
                    (middle,) * 2,
                    (0.4, len(top) + 0.6),
                    INK,
                    width=2.5,
                    is_rule=True,
                ),
            ),
        ),
    )
