"""What Ukraine said it needs, was said to fire, and may make with mortar bombs."""

from __future__ import annotations

import altair as alt

from ramp155.base.memory import remember
from ramp155.model.model import Model
from ramp155.pictures.grammar.axes import build_monthly_rounds_axis, build_years_axis
from ramp155.pictures.grammar.claims import RATE_CLAIM_TIP, list_rate_claims
from ramp155.pictures.grammar.labels import colour_marks
from ramp155.pictures.grammar.signs import draw_bounds, draw_signs, list_signs
from ramp155.pictures.grammar.spec import Spec, chart_rows, join_layers
from ramp155.pictures.palette import UKRAINE, UNMET


@remember
def draw_ukrainian_need(model: Model, height: int) -> Spec:
    """What Ukraine said it needs, was said to fire, and may make with mortar bombs, rounds a month.

    Parameters
    ----------
    model : Model
        The record with its draws.
    height : int
        Height of the chart, pixels.

    Returns
    -------
    Spec
        A Vega-Lite spec.
    """
    estimates = model.record.estimates[model.record.estimates["actor"] == "UA"]
    band = [
        {"date": day, "low": low / 12, "high": high / 12, "reasoning": reasoning}
        for month, low, high, reasoning in zip(
            estimates["month"],
            estimates["low"],
            estimates["high"],
            estimates["reasoning"],
            strict=True,
        )
        for day in (f"{month[:4]}-01-01", f"{month[:4]}-12-31")
    ]
    production = chart_rows(band)
    need_claims = list_rate_claims(model, "UA", ["need", "consumption"])
    need_claims["high"] = need_claims["high"].clip(upper=460_000)
    base = chart_rows(need_claims)
    x_axis = build_years_axis("2022-01-01", "2026-12-01")
    top = 460_000
    colour = colour_marks("quantity", {"need": UNMET, "consumption": UKRAINE})
    layers = [
        production.mark_area(color=UKRAINE, opacity=0.2).encode(
            x_axis,
            build_monthly_rounds_axis("low", top),
            alt.Y2("high"),
            tooltip=[alt.Tooltip("reasoning:N", title="Makes, with mortar bombs")],
        ),
        base.mark_rule(strokeWidth=2).encode(
            x_axis, build_monthly_rounds_axis("low", top), alt.Y2("high"), colour
        ),
        *draw_bounds(base, x_axis, build_monthly_rounds_axis("middle", top), colour),
        *draw_signs(
            base,
            list_signs(need_claims["sign"]),
            x_axis,
            build_monthly_rounds_axis("middle", top),
            colour,
            RATE_CLAIM_TIP,
            size=75,
        ),
    ]
    return join_layers(layers, height)
