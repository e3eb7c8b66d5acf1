"""One scenario among others: its path and band over the baseline, what limits output below."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ramp155.pictures.grammar.labels import colour_marks
from ramp155.pictures.grammar.rounds import build_rounds_tip
from ramp155.pictures.grammar.spec import Spec, chart_rows, finish_chart
from ramp155.pictures.output.axes import build_output_rounds_axis
from ramp155.pictures.output.strip import STRIP_SPAN
from ramp155.pictures.palette import BASELINE, EDGE, STAGE_COLOURS


def draw_compared_path(
    path: pd.DataFrame, colour: str, labels: dict[str, str], height: int
) -> Spec:
    """One scenario among others: path and band over the baseline, what binds below.

    Parameters
    ----------
    path : DataFrame
        `Outlook.path`: rounds a year by month, with bottleneck.
    colour : str
        #RRGGBB.
    labels : dict of str
        The name of each stage.
    height : int
        Height of the chart, pixels.

    Returns
    -------
    Spec
        A Vega-Lite spec.
    """
    months = path[path["month"] >= "2025-01"].reset_index(drop=True)
    months = months.assign(
        date=[f"{month}-01" for month in months["month"]], stage=months["bottleneck"].map(labels)
    )
    starts = months[months["bottleneck"] != months["bottleneck"].shift()]
    stretches = starts[["date", "bottleneck", "stage"]].assign(
        end=[*starts["date"].iloc[1:], "2031-01-01"], low=STRIP_SPAN[0], high=STRIP_SPAN[1]
    )
    x_axis = alt.X("date:T").title(None).axis(format="%Y", tickCount="year", grid=False)
    base = chart_rows(months)
    tip = [
        alt.Tooltip("date:T", format="%B %Y", title="Month"),
        build_rounds_tip("rounds_per_year", "Rounds a year"),
        build_rounds_tip("p10", "P10"),
        build_rounds_tip("p90", "P90"),
        alt.Tooltip("stage:N", title="Held back by"),
    ]
    band = base.mark_area(color=colour, opacity=0.2).encode(
        x_axis, build_output_rounds_axis("p10"), alt.Y2("p90")
    )
    baseline = base.mark_line(color=BASELINE, strokeWidth=2)
    line = base.mark_line(color=colour, strokeWidth=3)
    strip_base = chart_rows(stretches)
    strip = strip_base.mark_rect(stroke=EDGE, strokeWidth=1).encode(
        x_axis,
        alt.X2("end:T"),
        alt.Y("low:Q"),
        alt.Y2("high:Q"),
        colour_marks("bottleneck", STAGE_COLOURS),
        tooltip=[
            alt.Tooltip("stage:N", title="Held back by"),
            alt.Tooltip("date:T", format="%B %Y", title="From"),
            alt.Tooltip("end:T", format="%B %Y", title="Until"),
        ],
    )
    layers = [
        band,
        baseline.encode(x_axis, build_output_rounds_axis("baseline_rounds_per_year")),
        strip,
        line.encode(x_axis, build_output_rounds_axis("rounds_per_year"), tooltip=tip),
    ]
    return finish_chart(alt.layer(*layers), height)
