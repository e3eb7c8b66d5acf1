"""Published prices of a round over time."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ramp155.model.model import Model
from ramp155.pictures.grammar.axes import build_years_axis
from ramp155.pictures.grammar.claims import CLAIM_TIP, describe_claim
from ramp155.pictures.grammar.signs import draw_signs, list_signs
from ramp155.pictures.grammar.spec import Spec, chart_rows, join_layers
from ramp155.pictures.palette import EUROPE, RUSSIA


def list_price_marks(model: Model, table: pd.DataFrame) -> pd.DataFrame:
    """Rows of `list_prices` with what `describe_claim` says of each."""
    described = [describe_claim(model, model.record.claim(name)) for name in table["claim_id"]]
    return table[["low", "middle", "high", "date", "russia"]].assign(
        **{field: [said[field] for said in described] for field in described[0]}, bound=""
    )


def draw_prices(model: Model, table: pd.DataFrame, height: int) -> Spec:
    """Published prices of a round over time.

    Parameters
    ----------
    model : Model
        The record with its draws.
    table : DataFrame
        Rows of `list_prices`.
    height : int
        Height of the chart, pixels.

    Returns
    -------
    Spec
        A Vega-Lite spec.
    """
    prices = list_price_marks(model, table)
    base = chart_rows(prices)
    x_axis = build_years_axis("2021-10-01", "2026-01-01")
    y_axis = alt.Y("low:Q", title="euro a round").axis(format=",.0f", tickCount=5, domain=False)
    colour = alt.condition("datum.russia", alt.value(RUSSIA), alt.value(EUROPE))
    tip = [alt.Tooltip("middle:Q", format=",.2r", title="Euro a round"), *CLAIM_TIP]
    layers = [
        base.mark_rule(strokeWidth=3, opacity=0.5).encode(
            x_axis, y_axis, alt.Y2("high"), color=colour
        ),
        *(
            layer.encode(color=colour)
            for layer in draw_signs(
                base, list_signs(prices["sign"]), x_axis, alt.Y("middle:Q"), tip, size=70
            )
        ),
    ]
    return join_layers(layers, height)
