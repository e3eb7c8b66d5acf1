"""The axes of the output path, which hold still while a slider moves."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ramp155.model.scenario.horizon import FORECAST_START, MONTHS
from ramp155.pictures.grammar.rounds import MILLION_TENTHS
from ramp155.pictures.palette import BASELINE, LINE_WIDTH, NOTE_SIZE, QUIET

OUTPUT_TOP = 2_600_000  # the output axis holds still while a slider moves
MONTH_STARTS = pd.to_datetime([f"{month}-01" for month in [*MONTHS, "2031-01"]])


def output_years_axis() -> alt.X:
    domain = ["2021-06-01", "2032-03-01"]  # room for the pre-war report and the labels
    return (
        alt.X("date:T")
        .title(None)
        .scale(domain=domain, nice=False)
        .axis(format="%Y", tickCount="year", grid=False)
    )


def output_rounds_axis(field: str, title: str | None = None) -> alt.Y:
    scale = alt.Scale(domain=[-230_000, OUTPUT_TOP], nice=False, clamp=True)
    ticks = list(range(0, OUTPUT_TOP, 500_000))
    axis = alt.Axis(values=ticks, labelExpr=MILLION_TENTHS, title=title, style="bare")
    return alt.Y(f"{field}:Q", scale=scale, axis=axis)


def draw_output_forecast(x_axis: alt.X) -> alt.LayerChart:
    start = alt.Chart(alt.Data(values=[{"date": f"{FORECAST_START}-01", "y": OUTPUT_TOP}]))
    rule = start.mark_rule(color=BASELINE, strokeDash=[2, 3], strokeWidth=LINE_WIDTH).encode(x_axis)
    note = start.mark_text(align="left", dx=4, dy=6, color=QUIET, fontSize=NOTE_SIZE).encode(
        x_axis, output_rounds_axis("y"), text=alt.value("forecast")
    )
    return alt.layer(rule, note)
