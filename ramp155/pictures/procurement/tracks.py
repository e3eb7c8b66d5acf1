"""Who meets the demand, month by month, what comes late and what is missing: spec and picture."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from ramp155.answers.procurement.flows import FATES, HORIZON, Flows, compute_flows
from ramp155.answers.procurement.rule import compute_preference_cost
from ramp155.base.memory import remember_asset
from ramp155.model.arrays import Array
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.pictures.builder import build_native_chart, remember_picture
from ramp155.pictures.gap.actors import ACTOR_COLOURS, ACTOR_NAMES
from ramp155.pictures.grammar.axes import (
    PATH_END,
    build_moving_domain,
    build_years_axis,
    hold_axis,
    tabulate_axis,
)
from ramp155.pictures.grammar.labels import colour_letters, colour_marks, draw_free_words
from ramp155.pictures.grammar.rounds import MILLIONS, build_rounds_tip
from ramp155.pictures.grammar.spec import Spec, chart_table, fill_tables, join_layers
from ramp155.pictures.palette import INK, PAPER, QUIET
from ramp155.pictures.picture import Picture
from ramp155.pictures.source import write_source_line
from ramp155.pictures.view import View
from ramp155.text.demand.tracks import write_tracks_title
from ramp155.text.headlines.gap import write_tracks_headline

TRACKS_ALT = (
    "Stacked areas: what becomes of the rounds that a month asks for. They come from Europe, stocks, the US or "
    "elsewhere, come late or are missing"
)


def draw_tracks(flows: Flows, height: int) -> Spec:
    """Demand met by source, month by month at yearly rates (mean of the draws), what comes late and what is missing.

    Parameters
    ----------
    flows : Flows
        Rounds a month of each source, by month and draw.
    height : int
        Height of the chart, pixels.

    Returns
    -------
    Spec
        A Vega-Lite spec.
    """
    return fill_tables(_build_tracks_spec(height), **tabulate_tracks(flows))


def tabulate_tracks(flows: Flows) -> dict[str, pd.DataFrame]:
    """The rows of the picture, by the names they have in its spec.

    Parameters
    ----------
    flows : Flows
        Rounds a month of each source, by month and draw.

    Returns
    -------
    dict of DataFrame
        Rounds a year, the mean of the draws.
    """
    months = HORIZON[: HORIZON.index(MONTHS[-1]) + 1]
    days = [f"{month}-01" for month in months]
    areas, bottom = [], np.zeros(len(months))
    for source, yearly_rate in _list_yearly_rates(flows).items():
        columns = {"date": days, "source": source, "name": ACTOR_NAMES[source], "rate": yearly_rate}
        areas.append(pd.DataFrame({**columns, "low": bottom, "high": bottom + yearly_rate}))
        bottom = bottom + yearly_rate
    stacked_areas = pd.concat(areas, ignore_index=True)
    stacked_areas["middle"] = (stacked_areas["low"] + stacked_areas["high"]) / 2
    demand = pd.DataFrame({"date": days, "demand": bottom})
    top = float(np.ceil(bottom.max() * 1.08 / 5e5) * 5e5)
    # A source is named at the right end, or near the left one if it has ended by then.
    ends = stacked_areas[(stacked_areas["date"] == days[-1]) & (stacked_areas["rate"] > top / 30)]
    starts = stacked_areas[(stacked_areas["date"] == days[2]) & (stacked_areas["rate"] > top / 20)]
    starts = starts[~starts["source"].isin(ends["source"])]
    word = demand.iloc[[len(demand) // 2]]
    return {
        "met": stacked_areas,
        "demand": demand,
        "ends": ends,
        "starts": starts,
        "word": word,
        "axis": tabulate_axis(0.0, top),
    }


def _list_yearly_rates(flows: Flows) -> dict[str, Array]:
    """What becomes of the rounds that a month asks for, by `FATES`: rounds a year by month, mean of the draws."""
    return {fate: rounds.mean(axis=1) * 12.0 for fate, rounds in flows.sort_fates().items()}


@remember_asset
def _build_tracks_spec(height: int) -> Spec:
    """The chart, `height` in pixels; rows and the ends of its axis are put in afterwards."""
    x_axis = build_years_axis("2026-01-01", "2032-05-01", named_to=PATH_END)
    axis = alt.Axis(labelExpr=MILLIONS, tickCount=5, style="bare")

    def y_axis(field: str) -> alt.Y:
        scale = alt.Scale(domain=build_moving_domain(), nice=False)
        return alt.Y(f"{field}:Q", scale=scale, axis=axis, title="rounds a year")

    colour = colour_marks("source", {source: ACTOR_COLOURS[source] for source in FATES})
    tip = [
        alt.Tooltip("name:N", title="From"),
        alt.Tooltip("date:T", format="%B %Y", title="Month"),
        build_rounds_tip("rate", "Rounds a year"),
    ]
    demand_line = chart_table("demand").mark_line(color=QUIET, strokeWidth=2.5, strokeDash=[6, 4])
    ends = chart_table("ends").mark_text(align="left", dx=5, style="figure")
    starts = draw_free_words(chart_table("starts"), align="left", dx=5, style="figure")
    word = chart_table("word").mark_text(dy=-13, style="name", color=QUIET)
    layers = [
        hold_axis(y_axis("bottom")),
        chart_table("met")
        .mark_area(opacity=0.9, stroke=PAPER, strokeWidth=1)
        .encode(x_axis, y_axis("low"), alt.Y2("high"), colour, tooltip=tip),
        demand_line.encode(x_axis, y_axis("demand")),
        ends.encode(
            x_axis, y_axis("middle"), color=colour_letters("source", ACTOR_COLOURS), text="name:N"
        ),
        starts.encode(x_axis, y_axis("middle"), text="name:N", color=alt.value(INK)),
        word.encode(x_axis, y_axis("demand"), text=alt.value("demand")),
    ]
    return join_layers(layers, height)


def draw_tracks_chart(model: Model, view: View) -> Spec:
    """The chart of the picture alone, for a page that draws it at every move of a lever."""
    return draw_tracks(compute_flows(model, view.scenario, view.terms, view.comparison.us), 330)


@remember_picture
def build_tracks_picture(model: Model, view: View) -> Picture:
    """Who meets the demand, month by month, what comes late and what is missing."""
    us_estimate = view.comparison.us
    demand_flows = compute_flows(model, view.scenario, view.terms, us_estimate)
    rule = compute_preference_cost(model, view.scenario, view.terms, us_estimate)
    months = HORIZON[: HORIZON.index(MONTHS[-1]) + 1]
    series = {ACTOR_NAMES[fate]: rate for fate, rate in _list_yearly_rates(demand_flows).items()}
    asked: Array = np.sum(list(series.values()), axis=0)
    return Picture(
        "tracks",
        finding=write_tracks_title(demand_flows, rule),
        headline=write_tracks_headline(demand_flows),
        spec=draw_tracks_chart(model, view),
        source=write_source_line(
            model,
            "155 mm rounds a year, mean of the runs, each in the month that asks for it. Late: by 2031. Aid, training and stock targets are assumptions near published figures; European output is the model's.",
        ),
        alt=TRACKS_ALT,
        native=build_native_chart(
            "area",
            months,
            series={**series, "Asked for": asked},
            colours=[*(ACTOR_COLOURS[fate] for fate in FATES), QUIET],
            unit="rounds a year, mean of the runs",
            stacked=True,
            dashed=("Asked for",),
        ),
    )
