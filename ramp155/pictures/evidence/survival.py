"""The share of lines whose step still lasts, by months since it began."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ramp155.history.slips import FEWEST_FOR_RANGE
from ramp155.pictures.grammar.spec import Spec, chart_rows, join_layers
from ramp155.pictures.palette import EUROPE


def draw_survival(curve: pd.DataFrame, height: int) -> Spec:
    """The share of lines whose step still lasts, as steps with their range, as
    far as enough lines were followed.

    Parameters
    ----------
    curve : DataFrame
        Columns months, share, low, high (0 to 1), at_risk (lines).
    height : int
        Height of the chart, pixels.

    Returns
    -------
    Spec
        A Vega-Lite spec.
    """
    base = chart_rows(curve[curve["at_risk"] >= FEWEST_FOR_RANGE])
    x_axis = alt.X("months:Q", title="months since it began").axis(grid=False, tickCount=8)
    y_axis = alt.Y("share:Q", title=None, scale=alt.Scale(domain=[0, 1]))
    y_axis = y_axis.axis(format="%", values=[0, 0.5, 1], style="bare")
    tip = [
        alt.Tooltip("months:Q", title="After months"),
        alt.Tooltip("share:Q", format=".0%", title="Not there yet"),
        alt.Tooltip("at_risk:Q", title="Lines followed so long"),
    ]
    return join_layers(
        [
            base.mark_area(interpolate="step-after", opacity=0.18, color=EUROPE).encode(
                x_axis, alt.Y("low:Q"), alt.Y2("high:Q")
            ),
            base.mark_line(interpolate="step-after", color=EUROPE, strokeWidth=3).encode(
                x_axis, y_axis, tooltip=tip
            ),
        ],
        height,
    )
