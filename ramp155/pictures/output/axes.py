"""The axes of the output path, which hold still while a slider moves."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ramp155.model.scenario.horizon import MONTHS
from ramp155.pictures.grammar.axes import build_years_axis
from ramp155.pictures.grammar.rounds import MILLION_TENTHS

OUTPUT_TOP = 3_000_000  # the output axis holds still while a slider moves
MONTH_STARTS = pd.to_datetime([f"{month}-01" for month in [*MONTHS, "2031-01"]])


def build_output_years_axis() -> alt.X:
    """The years of the path, with room for the pre-war report and for the labels."""
    return build_years_axis("2021-06-01", "2032-03-01", within=False)


def build_output_rounds_axis(field: str, title: str | None = None, top: int = OUTPUT_TOP) -> alt.Y:
    """Rounds a year on an axis that holds still, with room for the strip below nought.

    Parameters
    ----------
    field : str
        The field with rounds a year.
    title : str, optional
        What stands beside the axis.
    top : int
        Upper end of the axis, rounds a year.

    Returns
    -------
    alt.Y
        Encoding of the vertical axis.
    """
    scale = alt.Scale(domain=[-530_000, top], nice=False, clamp=True)
    ticks = list(range(0, top, 500_000))
    axis = alt.Axis(values=ticks, labelExpr=MILLION_TENTHS, title=title, style="bare")
    return alt.Y(f"{field}:Q", scale=scale, axis=axis)
