"""The odds that NATO, and Europe alone, make as much as Russia, by half-year: spec and picture."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ramp155.answers.gap.ratios import Gap
from ramp155.base.memory import remember_asset
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.pictures.builder import build_native_chart, remember_picture
from ramp155.pictures.gap.actors import ACTOR_NAMES
from ramp155.pictures.gap.sources import write_gap_source_line
from ramp155.pictures.grammar.spec import Spec, chart_table, fill_tables, join_layers
from ramp155.pictures.palette import EMPTY_CELL, EUROPE, FULL_CELL, INK, NATO
from ramp155.pictures.picture import Picture
from ramp155.pictures.view import View, compare_pictured_gap
from ramp155.text.gap.ratio import write_parity
from ramp155.text.headlines.gap import write_parity_headline
from ramp155.text.numbers import say_short_month

PARITY_ALT = "Share of runs at parity with Russia, in %, by half-year"
# Odds in as few signs as a narrow cell holds, rounded as `say_chance` rounds them: <1, 43, >99.
_SHORT_ODDS = (
    "!isValid(datum.percent) ? '?' : datum.percent < 1 ? '<1' : datum.percent > 99 ? '>99' : "
    "'' + floor(round(datum.percent * 1e6) / 1e6 + 0.5)"
)


def draw_parity(compared: Gap, height: int) -> Spec:
    """The odds of parity at each half-year, for NATO and for Europe alone.

    Parameters
    ----------
    compared : Gap
        Rates of all sides and their ratios, with quantiles of the draws.
    height : int
        Height of the chart, pixels.

    Returns
    -------
    Spec
        A Vega-Lite spec.
    """
    return fill_tables(_build_parity_spec(height), **tabulate_parity(compared))


def tabulate_parity(compared: Gap) -> dict[str, pd.DataFrame]:
    """The rows of the picture, by the names they have in its spec.

    Parameters
    ----------
    compared : Gap
        Odds of parity, share of draws.

    Returns
    -------
    dict of DataFrame
        Odds as shares, 0 to 1.
    """
    half_years = compared.ratio
    half_years = half_years[
        (half_years["month"] >= "2025-06") & half_years["month"].str[-2:].isin(["06", "12"])
    ]
    half_years = half_years.assign(
        who=[ACTOR_NAMES[versus] for versus in half_years["versus"]],
        when=[say_short_month(month) for month in half_years["month"]],
        percent=half_years["odds"] * 100,
    )
    return {"odds": half_years.drop(columns=["p10", "p50", "p90"])}


@remember_asset
def _build_parity_spec(height: int) -> Spec:
    """The chart, `height` in pixels; rows are put in afterwards."""
    months = [month for month in MONTHS if month >= "2025-06" and month[-2:] in ("06", "12")]
    x_axis = alt.X("when:N", sort=[say_short_month(month) for month in months], title=None)
    x_axis = x_axis.axis(
        labelAngle=0, style="bare", labelOverlap=True, labelFlush=False, orient="top"
    )
    y_axis = alt.Y("who:N", sort=["NATO", "Europe"], title=None).axis(style="bare")
    scale = alt.Scale(domain=[0, 1], range=[EMPTY_CELL, FULL_CELL])
    tip = [
        alt.Tooltip("who:N", title="Who"),
        alt.Tooltip("when:N", title="Month"),
        alt.Tooltip("text:N", title="Odds of parity with Russia, %"),
    ]
    said = chart_table("odds").transform_calculate(text=_SHORT_ODDS)
    cells = said.mark_rect(cornerRadius=2)
    figures = said.mark_text(style="name", color=INK)
    layers = [
        cells.encode(x_axis, y_axis, alt.Color("odds:Q", scale=scale), tooltip=tip),
        figures.encode(x_axis, y_axis, text="text:N"),
    ]
    return join_layers(layers, height)


def draw_parity_chart(model: Model, view: View) -> Spec:
    """The chart of the picture alone, for a page that draws it at every move of a lever."""
    return draw_parity(compare_pictured_gap(model, view), 88)


@remember_picture
def build_parity_picture(model: Model, view: View) -> Picture:
    """The odds that NATO, and Europe alone, make as much as Russia, by half-year."""
    compared = compare_pictured_gap(model, view)
    half_years = compared.ratio
    half_years = half_years[
        (half_years["month"] >= "2025-06") & half_years["month"].str[-2:].isin(["06", "12"])
    ]
    wide = half_years.pivot(index="month", columns="versus", values="odds")
    series = {ACTOR_NAMES[versus]: wide[versus] for versus in ("nato", "europe")}
    return Picture(
        "parity",
        finding=write_parity(compared),
        headline=write_parity_headline(compared),
        spec=draw_parity_chart(model, view),
        source=write_gap_source_line(model, view),
        alt=PARITY_ALT,
        native=build_native_chart(
            "column",
            [say_short_month(month) for month in wide.index],
            series=series,
            colours=[NATO, EUROPE],
            unit="odds of parity",
            number="0%",
        ),
    )
