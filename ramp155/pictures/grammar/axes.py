"""Axes and marks in time that several pictures share: years, rounds a month, the rule where the
forecast begins.
"""

from __future__ import annotations

import altair as alt
import pandas as pd

from ramp155.model.scenario.horizon import MONTHS, find_forecast_month
from ramp155.pictures.grammar.spec import chart_rows, chart_table
from ramp155.pictures.palette import BASELINE, LINE_WIDTH, NOTE_SIZE, QUIET
from ramp155.record.dates import month_number, month_text
from ramp155.record.records import Records

# The first day after the model's last month.
PATH_END = f"{month_text(month_number(MONTHS[-1]) + 1)}-01"


def find_mid_month(period: str) -> str | None:
    """The middle of the month a period names or begins with, ISO; None for none."""
    return f"{month_text(month_number(period))}-15" if period else None


def build_years_axis(
    first: str = "2022-01-01",
    last: str = "2031-10-01",
    field: str = "date",
    digits: int = 4,
    within: bool = True,
    named_to: str = "",
) -> alt.X:
    """Years from the first to the last day, in four digits or two.

    No year is named where nothing is drawn: what lies behind `named_to` is room for the names of lines.

    Parameters
    ----------
    first : str
        First day, ISO.
    last : str
        Last day, ISO.
    field : str
        The field with the date.
    digits : int
        Digits of a year, 4 or 2.
    within : bool
        Whether a label that would run over an end is left out.
    named_to : str
        Last day whose year is named, ISO; the last of all if blank.

    Returns
    -------
    alt.X
        Encoding of the horizontal axis.
    """
    axis = alt.Axis(format="%Y" if digits == 4 else "%y", tickCount="year", grid=False)
    if named_to:
        axis.values = [alt.DateTime(year=year) for year in _list_years(first, named_to)]
        axis.domain = False
    if within:
        axis.labelFlush, axis.labelBound = False, True
    return alt.X(f"{field}:T", title=None, axis=axis).scale(domain=[first, last], nice=False)


def _list_years(first: str, last: str) -> range:
    """The years that begin between two days, ISO."""
    return range(int(first[:4]) + (first[4:] > "-01-01"), int(last[:4]) + 1)


def build_moving_domain() -> list[alt.ExprRef]:
    """The ends of an axis as the table `axis` of a picture has them (`tabulate_axis`).

    A spec whose axis stands in a table stays the same when the axis changes, so that no chart is made anew.
    """
    return [alt.ExprRef(f"data('axis')[0].{end}") for end in ("bottom", "top")]


def tabulate_axis(bottom: float, top: float, **others: float) -> pd.DataFrame:
    """The table `axis` of a picture: one row with the ends of an axis.

    Parameters
    ----------
    bottom, top : float
        In units of the axis: rounds a year, or times.
    **others : float
        What else of the axis the spec asks for, in units of the axis or as places among its ticks.

    Returns
    -------
    DataFrame
        Columns bottom and top, in units of the axis, and the others.
    """
    return pd.DataFrame([{"bottom": float(bottom), "top": float(top), **others}])


def hold_axis(y_axis: alt.Y) -> alt.Chart:
    """A mark that is not seen, which keeps the table `axis` in a spec; `y_axis` is of its field `bottom`."""
    mark: alt.Chart = chart_table("axis").mark_rule(opacity=0).encode(y_axis)
    return mark


def date_months(table: pd.DataFrame) -> pd.DataFrame:
    """A frame with the first day of its months, ISO, as `date`."""
    return table.assign(date=[f"{month}-01" for month in table["month"]])


def draw_forecast(
    records: Records,
    x_axis: alt.X,
    top: float = 0.0,
    y_axis: alt.Y | None = None,
    drop: int = 7,
) -> list[alt.Chart]:
    """The rule where the record ends and the forecast begins, with its name at the top of the axis.

    Parameters
    ----------
    records : Records
        The record.
    x_axis : alt.X
        The axis of time.
    top : float
        Where the name stands, in units of the other axis.
    y_axis : alt.Y, optional
        The other axis, of the field `top`; none given: the name stands at the upper end, wherever that is.
    drop : int
        How far the name stands below the top, pixels.

    Returns
    -------
    list of alt.Chart
        The rule and its name.
    """
    base = chart_rows([{"date": f"{find_forecast_month(records)}-01", "top": top}])
    rule = base.mark_rule(color=BASELINE, strokeDash=[2, 3], strokeWidth=LINE_WIDTH).encode(x_axis)
    note = base.mark_text(align="left", dx=4, dy=drop, color=QUIET, fontSize=NOTE_SIZE)
    height = alt.YValue(0) if y_axis is None else y_axis  # type: ignore[no-untyped-call]  # Altair types none
    return [rule, note.encode(x_axis, height, text=alt.value("forecast"))]


def build_monthly_rounds_axis(field: str, top: float) -> alt.Y:
    """Rounds a month from nought.

    Parameters
    ----------
    field : str
        The field with rounds a month.
    top : float
        Upper end of the axis, rounds a month.

    Returns
    -------
    alt.Y
        Encoding of the vertical axis.
    """
    axis = alt.Axis(format=",.0f", tickCount=5, style="bare")
    scale = alt.Scale(domain=[0, top], nice=True, clamp=True)
    return alt.Y(f"{field}:Q", scale=scale, axis=axis, title="rounds a month")
