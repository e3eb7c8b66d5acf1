"""The EU's ammunition grants (ASAP) by stage."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ramp155.pictures.grammar.spec import Spec, chart_rows, join_layers
from ramp155.pictures.palette import MONEY, QUIET


def draw_grants(table: pd.DataFrame, labels: dict[str, str], height: int) -> Spec:
    """The EU's ammunition grants by stage.

    Parameters
    ----------
    table : DataFrame
        Columns stage, eur_m (million euro).
    labels : dict of str
        The name of each stage.
    height : int
        Height of the chart, pixels.

    Returns
    -------
    Spec
        A Vega-Lite spec.
    """
    grants = table.assign(
        label=[labels.get(s, "missiles, testing, fees") for s in table["stage"]],
        text=[f"{v:,.0f} m" for v in table["eur_m"]],
    )
    base = chart_rows(grants)
    y_axis = alt.Y("label:N", sort=list(grants["label"]), title=None)
    y_axis = y_axis.axis(labelLimit=200, style="bare")
    x_axis = alt.X("eur_m:Q", title=None, scale=alt.Scale(domain=[0, grants["eur_m"].max() * 1.4]))
    bars = base.mark_bar(height={"band": 0.65}, color=MONEY).encode(x_axis.axis(None), y_axis)
    figures = base.mark_text(align="left", dx=5, style="name", color=QUIET).encode(
        x_axis, y_axis, text="text:N"
    )
    return join_layers([bars, figures], height)
