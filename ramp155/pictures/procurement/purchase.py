"""Rounds a sum buys at published prices beside the rounds Europe can make: spec and picture."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from ramp155.answers.money import Purchase, compute_purchase
from ramp155.base.memory import remember_asset
from ramp155.model.model import Model
from ramp155.pictures.builder import build_native_chart, remember_picture
from ramp155.pictures.grammar.labels import colour_marks, name_rows
from ramp155.pictures.grammar.rounds import MILLIONS
from ramp155.pictures.grammar.spec import Spec, chart_table, fill_tables, join_layers
from ramp155.pictures.palette import EUROPE, OTHER, QUIET
from ramp155.pictures.picture import Picture
from ramp155.pictures.source import write_source_line
from ramp155.pictures.view import View
from ramp155.record.grades import list_witnesses
from ramp155.text.demand.money import write_purchase
from ramp155.text.headlines.gap import write_purchase_headline
from ramp155.text.numbers import say_rounds


def draw_purchase(bought: Purchase, height: int) -> Spec:
    """Rounds a sum buys at published prices beside the rounds Europe makes from 2026 to 2030.

    Parameters
    ----------
    bought : Purchase
        Rounds the money buys and rounds made, each low, middle and high.
    height : int
        Height of the chart, pixels.

    Returns
    -------
    Spec
        A Vega-Lite spec.
    """
    sides = [
        ("What the money buys, by price", bought.rounds, "buys"),
        ("What Europe makes, 2026 to 2030", bought.made, "makes"),
    ]
    table = pd.DataFrame(
        [
            {"what": label, "low": low, "middle": middle, "high": high, "side": side}
            for label, (low, middle, high), side in sides
        ]
    )
    table["text"] = [say_rounds(v) for v in table["middle"]]
    axis_end = float(np.ceil(table["high"].max() * 1.3 / 1e6) * 1e6)
    return fill_tables(_build_purchase_spec(tuple(table["what"]), axis_end, height), parts=table)


@remember_asset
def _build_purchase_spec(order: tuple[str, ...], most: float, height: int) -> Spec:
    """The chart for an axis up to `most` rounds; rows are put in afterwards."""
    base = chart_table("parts")
    y_axis = alt.Y("what:N", sort=list(order), title=None).axis(None)
    x_axis = alt.X("low:Q", title=None, scale=alt.Scale(domain=[0, most])).axis(
        labelExpr=MILLIONS, tickCount=5
    )
    colour = colour_marks("side", {"buys": OTHER, "makes": EUROPE})
    layers = [
        base.mark_bar(height=14, opacity=0.35).encode(x_axis, alt.X2("high:Q"), y_axis, colour),
        base.mark_tick(thickness=4, size=20).encode(alt.X("middle:Q"), y_axis, colour),
        base.mark_text(align="left", dx=8, style="figure", color=QUIET).encode(
            alt.X("high:Q"), y_axis, text="text:N"
        ),
        name_rows(base, y_axis),
    ]
    return join_layers(layers, height)


@remember_picture
def build_purchase_picture(model: Model, view: View) -> Picture:
    """Rounds a share of Readiness 2030 buys beside what Europe can make."""
    bought = compute_purchase(model, view.scenario, view.spend / 100)
    dear, middle, cheap = bought.rounds
    series = {"Rounds, median or middle price": [bought.made[1], middle]}
    spans = {name: ((bought.made[0], dear), (bought.made[2], cheap)) for name in series}
    source_ids = list_witnesses(
        model.record, ["seed-eu-readiness-2030", "eu-policy-money-readiness2030-2030-01"]
    )
    return Picture(
        "purchase",
        finding=write_purchase(bought, view.spend / 100),
        headline=write_purchase_headline(bought, view.spend / 100),
        spec=draw_purchase(bought, 140),
        source=write_source_line(
            model, "Rounds at published European prices; rounds made from 2026 to 2030.", source_ids
        ),
        alt="Bars of rounds: what the money buys, and what can be made",
        native=build_native_chart(
            "bar",
            ["Europe can make, 2026 to 2030", f"{view.spend:g} % of Readiness 2030 buys"],
            series=series,
            colours=[EUROPE],
            unit="rounds",
            spans=spans,
            key="Bars: median, and the middle price; lines through their ends: likely range, and range of prices.",
        ),
    )
