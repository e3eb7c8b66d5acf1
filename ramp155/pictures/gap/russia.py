"""Every named Russian estimate as its source counts it, with the claims behind it."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ramp155.base.memory import remember
from ramp155.model.model import Model
from ramp155.pictures.grammar.axes import build_monthly_rounds_axis, build_years_axis
from ramp155.pictures.grammar.claims import RATE_CLAIM_TIP, list_rate_claims
from ramp155.pictures.grammar.labels import draw_free_words
from ramp155.pictures.grammar.rounds import build_rounds_tip
from ramp155.pictures.grammar.signs import draw_bounds, draw_sign, draw_signs, list_signs
from ramp155.pictures.grammar.spec import Spec, chart_rows, join_layers
from ramp155.pictures.palette import BASELINE, LINE_WIDTH, RUSSIA, choose_letter_colour
from ramp155.record.dates import month_number, month_text
from ramp155.text.signs import ESTIMATE


def list_russian_claims(model: Model) -> pd.DataFrame:
    """What was said of Russia's output as rates, a row a claim, as `list_rate_claims` gives them."""
    quantities = ["round_output", "round_output_incl_refurbished", "round_output_152mm"]
    return list_rate_claims(model, "RU", quantities)


@remember
def draw_russian_estimates(model: Model, chosen: str, height: int) -> Spec:
    """Every named Russian estimate as its source counts it, the chosen one drawn strongly.

    Parameters
    ----------
    model : Model
        The record with its draws.
    chosen : str
        The estimate drawn strongly, by its id.
    height : int
        Height of the chart, pixels.

    Returns
    -------
    Spec
        A Vega-Lite spec.
    """
    estimates = model.record.estimates[model.record.estimates["actor"] == "RU"]
    estimates = estimates.assign(
        date=[f"{month_text(month_number(month))}-15" for month in estimates["month"]],
        middle=estimates["mode"] / 12,
        chosen=estimates["estimate_id"] == chosen,
    )
    reports = list_russian_claims(model)
    top = 700_000
    x_axis = build_years_axis("2021-01-01", "2027-01-01")
    marks = chart_rows(reports)
    base = chart_rows(estimates)
    emphasis = alt.condition("datum.chosen", alt.value(1.0), alt.value(0.35))
    detail = alt.Detail("estimate_id:N")
    tip = [
        alt.Tooltip("label:N", title="Whose figure"),
        build_rounds_tip("middle", "Rounds a month"),
        alt.Tooltip("reasoning:N", title="What it counts"),
    ]
    chosen_end = estimates[estimates["chosen"]].iloc[-1:]
    chosen_name = chart_rows(chosen_end)
    layers = [
        marks.mark_rule(strokeWidth=LINE_WIDTH, color=BASELINE).encode(
            x_axis, build_monthly_rounds_axis("low", top), alt.Y2("high")
        ),
        *draw_bounds(marks, x_axis, build_monthly_rounds_axis("middle", top), color=BASELINE),
        *draw_signs(
            marks,
            list_signs(reports["sign"]),
            x_axis,
            build_monthly_rounds_axis("middle", top),
            RATE_CLAIM_TIP,
            size=50,
            color=BASELINE,
        ),
        base.mark_line(color=RUSSIA, strokeWidth=3).encode(
            x_axis, build_monthly_rounds_axis("middle", top), detail, opacity=emphasis
        ),
        draw_sign(base, ESTIMATE, 80, color=RUSSIA).encode(
            x_axis, build_monthly_rounds_axis("middle", top), detail, opacity=emphasis, tooltip=tip
        ),
        draw_free_words(
            chosen_name,
            align="right",
            dx=-9,
            dy=-9,
            style="name",
            color=choose_letter_colour(RUSSIA),
        ).encode(x_axis, build_monthly_rounds_axis("middle", top), text="label:N"),
    ]
    return join_layers(layers, height)
