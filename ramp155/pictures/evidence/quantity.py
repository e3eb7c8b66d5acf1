"""Claims of one quantity over the time they speak of."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ramp155.pictures.evidence.figures import build_counts_colour, list_claim_figures
from ramp155.pictures.grammar.claims import FIGURE_CLAIM_TIP
from ramp155.pictures.grammar.signs import draw_bounds, draw_signs, list_signs
from ramp155.pictures.grammar.spec import Spec, chart_rows, join_layers


def draw_quantity(rows: pd.DataFrame, height: int) -> Spec | None:
    """Claims of one quantity over the time they speak of, with ranges; None without a figure and a date.

    Each is drawn as what it is: reported, estimated or promised. Only the commonest unit is drawn.

    Parameters
    ----------
    rows : DataFrame
        Claims as `list_claims` gives them.
    height : int
        Height of the chart, pixels.

    Returns
    -------
    Spec or None
        A Vega-Lite spec.
    """
    figures = list_claim_figures(rows)
    figures = figures[figures["date"] != ""]
    if figures.empty:
        return None
    unit = figures["value_unit"].mode()[0]
    figures = figures[figures["value_unit"] == unit]
    base = chart_rows(figures)
    x_axis = alt.X("date:T", title=None).axis(format="%Y", grid=False, tickCount=8, offset=14)
    y_axis = alt.Y("left:Q", title=unit.replace("/yr", " a year"), scale=alt.Scale(zero=True))
    y_axis = y_axis.axis(format="~s", style="bare", tickCount=5, offset=10)
    return join_layers(
        [
            base.mark_rule(strokeWidth=4, opacity=0.6).encode(
                x_axis,
                y_axis,
                build_counts_colour(),
                y2=alt.Y2("right:Q"),
                tooltip=FIGURE_CLAIM_TIP,
            ),
            *draw_bounds(base, x_axis, alt.Y("middle:Q"), build_counts_colour()),
            *draw_signs(
                base,
                list_signs(figures["sign"]),
                x_axis,
                alt.Y("middle:Q"),
                build_counts_colour(),
                FIGURE_CLAIM_TIP,
                size=80,
            ),
        ],
        height,
    )
