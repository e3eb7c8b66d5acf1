"""NATO's and Russia's parts of economies and of ammunition."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ramp155.base.memory import remember_asset
from ramp155.pictures.gap.actors import ACTOR_NAMES
from ramp155.pictures.grammar.labels import colour_marks, name_rows
from ramp155.pictures.grammar.spec import Spec, chart_table, fill_tables, join_layers
from ramp155.pictures.palette import NATO, PAPER, RUSSIA, choose_letter_colour
from ramp155.text.numbers import say_percent


def draw_balance(table: pd.DataFrame, height: int) -> Spec:
    """NATO's and Russia's parts of economies and of ammunition.

    Parameters
    ----------
    table : DataFrame
        Columns what, nato (share, 0 to 1).
    height : int
        Height of the chart, pixels.

    Returns
    -------
    Spec
        A Vega-Lite spec.
    """
    shares = []
    for balance_name, nato in zip(table["what"], table["nato"], strict=True):
        for actor, low, high in (("nato", 0.0, nato), ("russia", nato, 1.0)):
            share = high - low
            text = f"{ACTOR_NAMES[actor]} {say_percent(share)}" if share > 0.22 else ""
            shares.append((balance_name, actor, low, high, (low + high) / 2, text))
    bar_parts = pd.DataFrame(shares, columns=["what", "who", "low", "high", "middle", "text"])
    return fill_tables(_build_balance_spec(tuple(table["what"]), height), parts=bar_parts)


@remember_asset
def _build_balance_spec(order: tuple[str, ...], height: int) -> Spec:
    """The chart, `height` in pixels; rows are put in afterwards."""
    base = chart_table("parts")
    y_axis = alt.Y("what:N", sort=list(order), title=None).axis(None)
    x_axis = alt.X("low:Q", title=None, scale=alt.Scale(domain=[0, 1])).axis(None)
    colour = colour_marks(
        "who", {"nato": choose_letter_colour(NATO), "russia": choose_letter_colour(RUSSIA)}
    )
    bars = base.mark_bar(height=20).encode(x_axis, alt.X2("high:Q"), y_axis, colour)
    figures = base.mark_text(style="figure", color=PAPER).encode(
        alt.X("middle:Q"), y_axis, text="text:N"
    )
    names = name_rows(base.transform_filter("datum.who == 'nato'"), y_axis)
    return join_layers([bars, figures, names], height)
