"""Rounds missing by the end of 2030 against the European preference: spec and picture."""

from __future__ import annotations

import dataclasses

import altair as alt
import numpy as np
import pandas as pd

from ramp155.answers.procurement.rule import compute_preference_curve
from ramp155.base.memory import remember_asset
from ramp155.model.model import Model
from ramp155.pictures.builder import build_band, build_native_chart, remember_picture
from ramp155.pictures.grammar.axes import build_moving_domain, hold_axis, tabulate_axis
from ramp155.pictures.grammar.rounds import MILLIONS, build_rounds_tip
from ramp155.pictures.grammar.spec import Spec, chart_table, fill_tables, join_layers
from ramp155.pictures.palette import LINE_WIDTH, QUIET, UNMET
from ramp155.pictures.picture import Picture
from ramp155.pictures.source import write_source_line
from ramp155.pictures.view import View
from ramp155.text.demand.preference import write_preference_title
from ramp155.text.headlines.gap import write_preference_headline

PREFERENCE_ALT = "Rounds missing against the share of demand reserved for European makers"


def draw_preference(table: pd.DataFrame, preference: float, height: int) -> Spec:
    """Rounds missing by the end of 2030 against the European preference.

    Parameters
    ----------
    table : DataFrame
        Columns preference (share, 0 to 1), mean, p10, p90 (rounds missing).
    preference : float
        The preference in force, share 0 to 1.
    height : int
        Height of the chart, pixels.

    Returns
    -------
    Spec
        A Vega-Lite spec.
    """
    return fill_tables(_build_preference_spec(height), **tabulate_preference(table, preference))


def tabulate_preference(table: pd.DataFrame, preference: float) -> dict[str, pd.DataFrame]:
    """The rows of the picture, by the names they have in its spec.

    Parameters
    ----------
    table : DataFrame
        Columns preference (share, 0 to 1), mean, p10, p90 (rounds missing).
    preference : float
        The preference in force, share 0 to 1.

    Returns
    -------
    dict of DataFrame
        Rounds missing, and shares in percent.
    """
    missing_by_percent = table.assign(percent=table["preference"] * 100)
    top = float(np.ceil(max(missing_by_percent["p90"].max(), 1.0) / 1e6) * 1e6)
    missing = float(
        np.interp(preference, missing_by_percent["preference"], missing_by_percent["mean"])
    )
    here = pd.DataFrame([{"percent": preference * 100, "mean": missing}])
    return {"rules": missing_by_percent, "here": here, "axis": tabulate_axis(0.0, top)}


@remember_asset
def _build_preference_spec(height: int) -> Spec:
    """The chart, `height` in pixels; rows and the ends of its axis are put in afterwards."""
    x_axis = alt.X("percent:Q", title="European preference, %").axis(
        values=[0, 25, 50, 65, 75, 100], grid=False
    )
    axis = alt.Axis(labelExpr=MILLIONS, tickCount=4, style="bare")

    def y_axis(field: str) -> alt.Y:
        scale = alt.Scale(domain=build_moving_domain(), nice=False)
        return alt.Y(f"{field}:Q", scale=scale, axis=axis, title="rounds missing by 2031")

    tip = [
        alt.Tooltip("percent:Q", format=".0f", title="Preference, %"),
        build_rounds_tip("mean", "Missing on average"),
        build_rounds_tip("p10", "P10"),
        build_rounds_tip("p90", "P90"),
    ]
    base, here = chart_table("rules"), chart_table("here")
    layers = [
        hold_axis(y_axis("bottom")),
        base.mark_area(color=UNMET, opacity=0.2).encode(x_axis, y_axis("p10"), alt.Y2("p90")),
        base.mark_line(color=UNMET, strokeWidth=3).encode(x_axis, y_axis("mean"), tooltip=tip),
        here.mark_rule(color=QUIET, strokeDash=[4, 3], strokeWidth=LINE_WIDTH).encode(x_axis),
        here.mark_tick(color=UNMET, orient="horizontal", thickness=4, size=20, clip=True).encode(
            x_axis, y_axis("mean")
        ),
    ]
    return join_layers(layers, height)


def draw_preference_chart(model: Model, view: View) -> Spec:
    """The chart of the picture alone, for a page that draws it at every move of a lever."""
    return draw_preference(_find_curve(model, view), view.terms.preference, 330)


def _find_curve(model: Model, view: View) -> pd.DataFrame:
    open_terms = dataclasses.replace(view.terms, preference=0.0)
    return compute_preference_curve(model, view.scenario, open_terms, view.comparison.us)


@remember_picture
def build_preference_picture(model: Model, view: View) -> Picture:
    """Rounds missing by the end of 2030 against the European preference."""
    table = _find_curve(model, view)
    series = {"Mean of runs": table["mean"]}
    return Picture(
        "preference",
        finding=write_preference_title(table),
        headline=write_preference_headline(table),
        spec=draw_preference_chart(model, view),
        source=write_source_line(
            model,
            "155 mm rounds missing by the end of 2030: aid and training never given, and what stocks lack. Shaded: the likely range (8 of 10 runs lie in it).",
        ),
        alt=PREFERENCE_ALT,
        native=build_native_chart(
            "line",
            [f"{p * 100:.0f}" for p in table["preference"]],
            series=series,
            colours=[UNMET],
            unit="rounds missing; along: % that must be European",
            bands=(build_band("Likely range (8 of 10 runs)", table["p10"], table["p90"], UNMET),),
        ),
    )
