"""Published prices of a round over time."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ramp155.pictures.grammar.axes import build_years_axis
from ramp155.pictures.grammar.spec import Spec, chart_rows, join_layers
from ramp155.pictures.palette import EUROPE, RUSSIA


def draw_prices(table: pd.DataFrame, height: int) -> Spec:
    """Published prices of a round over time.

    Parameters
    ----------
    table : DataFrame
        Columns low, middle, high (euro a round), date, who, basis, russia.
    height : int
        Height of the chart, pixels.

    Returns
    -------
    Spec
        A Vega-Lite spec.
    """
    base = chart_rows(table)
    x_axis = build_years_axis("2021-10-01", "2026-01-01")
    y_axis = alt.Y("low:Q", title="euro a round").axis(format=",.0f", tickCount=5, domain=False)
    colour = alt.condition("datum.russia", alt.value(RUSSIA), alt.value(EUROPE))
    tip = [
        alt.Tooltip("middle:Q", format=",.2r", title="Euro a round"),
        alt.Tooltip("date:T", format="%B %Y", title="When"),
        alt.Tooltip("who:N", title="Where"),
        alt.Tooltip("basis:N", title="What"),
    ]
    layers = [
        base.mark_rule(strokeWidth=3, opacity=0.5).encode(
            x_axis, y_axis, alt.Y2("high"), color=colour
        ),
        base.mark_point(size=70, filled=True, opacity=0.85).encode(
            x_axis, alt.Y("middle:Q"), color=colour, tooltip=tip
        ),
    ]
    return join_layers(layers, height)
