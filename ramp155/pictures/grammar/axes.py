"""Axes and marks in time that several pictures share: years, rounds a month, the rule where the forecast begins."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ramp155.model.scenario.horizon import FORECAST_START
from ramp155.pictures.grammar.spec import chart_rows
from ramp155.pictures.palette import BASELINE, LINE_WIDTH, NOTE_SIZE, QUIET
from ramp155.record.dates import month_number, month_text


def mid_month_date(period: str) -> str | None:
    return f"{month_text(month_number(period))}-15" if period else None


def years_axis(
    first: str = "2022-01-01",
    last: str = "2031-10-01",
    field: str = "date",
    digits: int = 4,
    within: bool = True,
) -> alt.X:
    """Years from the first to the last day, in four digits or two.

    `within` leaves out a label that would run over an end.
    """
    axis = alt.Axis(format="%Y" if digits == 4 else "%y", tickCount="year", grid=False)
    if within:
        axis.labelFlush, axis.labelBound = False, True
    return alt.X(f"{field}:T", title=None, axis=axis).scale(domain=[first, last], nice=False)


def date_months(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(date=[f"{month}-01" for month in table["month"]])


def draw_forecast(x_axis: alt.X, top: float, y_axis: alt.Y, drop: int = 7) -> list[alt.Chart]:
    """The rule where the forecast begins, with its name at the top of the axis."""
    base = chart_rows([{"date": f"{FORECAST_START}-01", "top": top}])
    rule = base.mark_rule(color=BASELINE, strokeDash=[2, 3], strokeWidth=LINE_WIDTH).encode(x_axis)
    note = base.mark_text(align="left", dx=4, dy=drop, color=QUIET, fontSize=NOTE_SIZE)
    return [rule, note.encode(x_axis, y_axis, text=alt.value("forecast"))]


def monthly_rounds_axis(field: str, top: float) -> alt.Y:
    axis = alt.Axis(format=",.0f", tickCount=5, style="bare")
    scale = alt.Scale(domain=[0, top], nice=True, clamp=True)
    return alt.Y(f"{field}:Q", scale=scale, axis=axis, title="rounds a month")
