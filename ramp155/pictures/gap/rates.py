"""Rounds a year of Russia, NATO, Europe and the US: spec and picture."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from ramp155.answers.gap.ratios import Gap
from ramp155.base.memory import remember
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS, find_forecast_month
from ramp155.pictures.builder import (
    build_band,
    build_native_chart,
    find_lever_window,
    remember_picture,
)
from ramp155.pictures.gap.actors import ACTOR_COLOURS, ACTOR_NAMES
from ramp155.pictures.gap.sources import write_gap_source_line
from ramp155.pictures.grammar.axes import (
    PATH_END,
    build_moving_domain,
    build_years_axis,
    date_months,
    draw_forecast,
    hold_axis,
    tabulate_axis,
)
from ramp155.pictures.grammar.labels import (
    build_line_dashes,
    colour_letters,
    colour_marks,
    spread_labels,
)
from ramp155.pictures.grammar.rounds import MILLIONS, build_rounds_tip
from ramp155.pictures.grammar.spec import Spec, chart_table, fill_tables, join_layers
from ramp155.pictures.picture import Picture
from ramp155.pictures.view import View, compare_pictured_gap
from ramp155.record.records import Records
from ramp155.text.gap.rates import write_rates_title
from ramp155.text.headlines.gap import write_rates_headline

RATES_ALT = "Lines of rounds a year by month"
_RATE_ACTORS = ("russia", "nato", "europe", "us")


def draw_rates(model: Model, compared: Gap, height: int) -> Spec:
    """Rounds a year of Europe, the US, NATO and Russia, with bands for the last two.

    Parameters
    ----------
    model : Model
        The record with its draws.
    compared : Gap
        Rates of all sides and their ratios, with quantiles of the draws.
    height : int
        Height of the chart, pixels.

    Returns
    -------
    Spec
        A Vega-Lite spec.
    """
    return fill_tables(_build_rates_spec(model.record, height), **tabulate_rates(compared))


def tabulate_rates(compared: Gap) -> dict[str, pd.DataFrame]:
    """The rows of the picture, by the names they have in its spec.

    Parameters
    ----------
    compared : Gap
        Rates of all sides, rounds a year.

    Returns
    -------
    dict of DataFrame
        Rounds a year.
    """
    paths = date_months(compared.path[compared.path["actor"].isin(_RATE_ACTORS)])
    top = float(np.ceil(paths["p90"].max() / 1e6) * 1e6)
    last_month = paths[paths["month"] == MONTHS[-1]]
    places = spread_labels(dict(zip(last_month["actor"], last_month["p50"], strict=True)), top / 16)
    labels = last_month.assign(
        place=[places[actor] for actor in last_month["actor"]],
        name=[ACTOR_NAMES[actor] for actor in last_month["actor"]],
    )
    return {"rates": paths, "labels": labels, "axis": tabulate_axis(0.0, top)}


@remember
def _build_rates_spec(records: Records, height: int) -> Spec:
    """The chart, `height` in pixels; rows and the ends of its axis are put in afterwards."""
    x_axis = build_years_axis(last="2032-06-01", named_to=PATH_END)
    axis = alt.Axis(labelExpr=MILLIONS, tickCount=5, style="bare")

    def y_axis(field: str) -> alt.Y:
        scale = alt.Scale(domain=build_moving_domain(), nice=False)
        return alt.Y(f"{field}:Q", scale=scale, axis=axis, title="rounds a year")

    colour = colour_marks("actor", {actor: ACTOR_COLOURS[actor] for actor in _RATE_ACTORS})
    dash = build_line_dashes("actor", {"russia": [], "nato": [], "europe": [9, 3], "us": [3, 3]})
    base = chart_table("rates")
    tip = [
        alt.Tooltip("actor:N", title="Who"),
        alt.Tooltip("date:T", format="%B %Y", title="Month"),
        build_rounds_tip("p50", "Rounds a year, median"),
        build_rounds_tip("p10", "Likely, from"),
        build_rounds_tip("p90", "Likely, to"),
    ]
    banded = base.transform_filter("datum.actor == 'russia' || datum.actor == 'nato'")
    names = chart_table("labels").mark_text(align="left", dx=5, style="name")
    layers = [
        banded.mark_area(opacity=0.16).encode(x_axis, y_axis("p10"), alt.Y2("p90"), colour),
        base.mark_line(strokeWidth=3).encode(x_axis, y_axis("p50"), colour, dash, tooltip=tip),
        *draw_forecast(records, x_axis),
        hold_axis(y_axis("bottom")),
        names.encode(
            x_axis, y_axis("place"), color=colour_letters("actor", ACTOR_COLOURS), text="name:N"
        ),
    ]
    return join_layers(layers, height)


def draw_rates_chart(model: Model, view: View) -> Spec:
    """The chart of the picture alone, for a page that draws it at every move of a lever."""
    return draw_rates(model, compare_pictured_gap(model, view), 262)


@remember_picture
def build_rates_picture(model: Model, view: View) -> Picture:
    """Rounds a year of Russia, NATO, Europe and the US."""
    compared = compare_pictured_gap(model, view)
    wide, low, high = (
        compared.path.pivot(index="month", columns="actor", values=name)
        for name in ("p50", "p10", "p90")
    )
    series = {ACTOR_NAMES[actor]: wide[actor] for actor in _RATE_ACTORS}
    return Picture(
        "rates",
        finding=write_rates_title(compared, view.month),
        headline=write_rates_headline(compared, view.month),
        spec=draw_rates_chart(model, view),
        source=write_gap_source_line(model, view),
        alt=RATES_ALT,
        native=build_native_chart(
            "line",
            list(wide.index),
            series=series,
            colours=[ACTOR_COLOURS[actor] for actor in _RATE_ACTORS],
            unit="rounds a year",
            dashed=(ACTOR_NAMES["europe"], ACTOR_NAMES["us"]),
            bands=tuple(
                build_band(
                    f"{ACTOR_NAMES[actor]}, likely range",
                    low[actor],
                    high[actor],
                    ACTOR_COLOURS[actor],
                    0.18,
                )
                for actor in ("russia", "nato")
            ),
            window=find_lever_window(view.scenario, "The lever acts"),
            forecast=find_forecast_month(model.record),
        ),
    )
