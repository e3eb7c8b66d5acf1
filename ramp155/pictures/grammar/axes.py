"""Axes and marks in time that several pictures share: years, rounds a month, the rule where the
forecast begins.
"""

from __future__ import annotations

import altair as alt
import pandas as pd

from ramp155.model.scenario.horizon import FORECAST_START
from ramp155.pictures.palette import BASELINE, LINE_WIDTH, NOTE_SIZE, QUIET
from ramp155.record.dates import month_number, month_text


def mid_month_date(period: str) -> str | None:
    return f"{month_text(month_number(period))}-15" if period else None


def years_axis(first: str = "2022-01-01", last: str = "2031-10-01") -> alt.X:
    axis = alt.Axis(format="%Y", tickCount="year", grid=False, labelFlush=False, labelBound=True)
    return alt.X("date:T", title=None, axis=axis).scale(domain=[first, last], nice=False)


def date_months(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(date=[f"{month}-01" for month in table["month"]])


def draw_forecast(x_axis: alt.X, top: float, y_axis: alt.Y) -> list[alt.Chart]:
    base = alt.Chart(alt.Data(values=[{"date": f"{FORECAST_START}-01", "top": top}]))
    rule = base.mark_rule(color=BASELINE, strokeDash=[2, 3], strokeWidth=LINE_WIDTH).encode(x_axis)
    note = base.mark_text(align="left", dx=4, dy=7, color=QUIET, fontSize=NOTE_SIZE)
    return [rule, note.encode(x_axis, y_axis, text=alt.value("forecast"))]


def monthly_rounds_axis(field: str, top: float) -> alt.Y:
    axis = alt.Axis(format=",.0f", tickCount=5, domain=False, ticks=False)
    scale = alt.Scale(domain=[0, top], nice=True, clamp=True)
    return alt.Y(f"{field}:Q", scale=scale, axis=axis, title="rounds a month")
