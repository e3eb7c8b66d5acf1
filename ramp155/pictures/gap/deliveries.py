"""Rounds given to Ukraine or bought by Russia, a month, each a path with the band of its claims."""

from __future__ import annotations

import altair as alt

from ramp155.base.memory import remember
from ramp155.model.model import Model
from ramp155.pictures.grammar.axes import build_monthly_rounds_axis, build_years_axis
from ramp155.pictures.grammar.labels import (
    build_line_dashes,
    colour_letters,
    colour_marks,
    draw_free_words,
    spread_labels,
)
from ramp155.pictures.grammar.rounds import build_rounds_tip
from ramp155.pictures.grammar.signs import draw_sign
from ramp155.pictures.grammar.spec import Spec, chart_rows, join_layers
from ramp155.pictures.palette import EUROPE, OTHER, RUSSIA, US
from ramp155.record.dates import month_number, month_text
from ramp155.text.signs import ESTIMATE

_GIVER_COLOURS = {"kp-ru": RUSSIA, "cz-ua": OTHER, "eu-ua": EUROPE, "us-ua": US}
_GIVER_NAMES = {"kp-ru": "N. Korea", "cz-ua": "Czech in.", "eu-ua": "EU", "us-ua": "US"}


@remember
def draw_deliveries(model: Model, height: int) -> Spec:
    """Rounds given or bought, a month, each a path with the band of its claims.

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
    deliveries = model.record.estimates[model.record.estimates["actor"] == "deliveries"]
    deliveries = deliveries.assign(
        date=[f"{month_text(month_number(month))}-15" for month in deliveries["month"]],
        **{name: deliveries[name] / 12 for name in ("low", "mode", "high")},
    )
    last = deliveries.groupby("estimate_id", sort=False).tail(1)
    top = 270_000
    places = spread_labels(dict(zip(last["estimate_id"], last["mode"], strict=True)), top / 14)
    last = last.assign(
        short=last["estimate_id"].map(_GIVER_NAMES), place=last["estimate_id"].map(places)
    )
    x_axis = build_years_axis("2022-01-01", "2028-01-01", named_to="2026-01-01")
    colour = colour_marks("estimate_id", _GIVER_COLOURS)
    dash = build_line_dashes(
        "estimate_id", {"kp-ru": [], "cz-ua": [3, 3], "eu-ua": [], "us-ua": [9, 3]}
    )
    base = chart_rows(deliveries)
    names = chart_rows(last)
    tip = [
        alt.Tooltip("label:N", title="From and to"),
        alt.Tooltip("date:T", format="%Y", title="In"),
        build_rounds_tip("mode", "Rounds a month"),
        build_rounds_tip("low", "At least"),
        build_rounds_tip("high", "At most"),
        alt.Tooltip("reasoning:N", title="From"),
    ]
    words = draw_free_words(names, align="left", dx=7, style="name")
    layers = [
        base.mark_area(opacity=0.2).encode(
            x_axis, build_monthly_rounds_axis("low", top), alt.Y2("high"), colour
        ),
        base.mark_line(strokeWidth=3).encode(
            x_axis, build_monthly_rounds_axis("mode", top), colour, dash
        ),
        draw_sign(base, ESTIMATE, 60).encode(
            x_axis, build_monthly_rounds_axis("mode", top), colour, tooltip=tip
        ),
        words.encode(
            x_axis,
            build_monthly_rounds_axis("place", top),
            color=colour_letters("estimate_id", _GIVER_COLOURS),
            text="short:N",
        ),
    ]
    return join_layers(layers, height)
