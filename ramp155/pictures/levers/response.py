"""The rounds of a calendar year against nitrocellulose supply: rows, spec and picture."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from ramp155.answers.output.medians import FINE_SUPPLY_GRID, MEDIAN_PLACE
from ramp155.answers.output.response import find_supply_effect
from ramp155.answers.output.surface import SUPPLY_GRID, compute_surface
from ramp155.base.memory import remember_asset
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import YEARS
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.builder import build_band, build_native_chart, remember_picture
from ramp155.pictures.grammar.rounds import MILLION_TENTHS, build_rounds_tip
from ramp155.pictures.grammar.spec import Spec, finish_chart
from ramp155.pictures.palette import EUROPE, HANDLE, LINE_WIDTH, NAMEPLATE
from ramp155.pictures.picture import Picture
from ramp155.pictures.source import MEDIAN_NOTE, write_source_line
from ramp155.pictures.view import View
from ramp155.text.evidence.track import write_short_track
from ramp155.text.headlines.output import write_response_headline
from ramp155.text.output.title import write_response_title


def list_response_rows(model: Model, scenario: Scenario, year: int) -> pd.DataFrame:
    """The rows behind `draw_response`: the curve at every whole percent and the current position.

    Parameters
    ----------
    model : Model
        The record with its draws.
    scenario : Scenario
        Where the levers stand.
    year : int
        Calendar year of the horizon.

    Returns
    -------
    DataFrame, (201,)
        percent of supply; rounds (median), p10, p90 in the year; here (percent) and here_rounds.
    """
    quantiles = compute_surface(model, scenario).years[:, :, YEARS.index(year)]
    low, middle, high = (
        np.interp(FINE_SUPPLY_GRID, SUPPLY_GRID, quantiles[place])
        for place in (0, MEDIAN_PLACE, -1)
    )
    here = scenario.nitrocellulose
    return pd.DataFrame(
        {
            "percent": FINE_SUPPLY_GRID * 100,
            "rounds": middle,
            "p10": low,
            "p90": high,
            "here": here * 100,
            "here_rounds": float(np.interp(here, FINE_SUPPLY_GRID, middle)),
        }
    )


@remember_asset
def draw_response(year: int, height: int) -> Spec:
    """The rounds of a year against nitrocellulose supply; data: `list_response_rows`.

    Parameters
    ----------
    year : int
        Calendar year, for the axis.
    height : int
        Height of the chart, pixels.

    Returns
    -------
    Spec
        A Vega-Lite spec.
    """
    x_axis = (
        alt.X("percent:Q")
        .title("nitrocellulose supply, % of baseline")
        .scale(domain=[0, 200], nice=False)
        .axis(values=[0, 50, 100, 150, 200], grid=False)
    )
    scale = alt.Scale(domain=[0, 2_000_000], nice=False, clamp=True)
    axis = alt.Axis(values=[0, 500_000, 1_000_000, 1_500_000, 2_000_000], labelExpr=MILLION_TENTHS)

    def y_axis(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", scale=scale, axis=axis, title=f"rounds in {year}")

    band = (
        alt.Chart()
        .mark_area(color=EUROPE, opacity=0.22)
        .encode(x_axis, y_axis("p10"), alt.Y2("p90"))
    )
    line = (
        alt.Chart()
        .mark_line(color=EUROPE, strokeWidth=3)
        .encode(
            x_axis,
            y_axis("rounds"),
            tooltip=[
                alt.Tooltip("percent:Q", format=".0f", title="Nitrocellulose, %"),
                build_rounds_tip("rounds", f"Rounds in {year} (median)"),
                build_rounds_tip("p10", "Likely, from"),
                build_rounds_tip("p90", "Likely, to"),
            ],
        )
    )
    first_row = alt.Chart().transform_filter("datum.percent == 0")
    rule = first_row.mark_rule(color=NAMEPLATE, strokeDash=[4, 3], strokeWidth=LINE_WIDTH).encode(
        alt.X("here:Q")
    )
    current = first_row.mark_tick(color=HANDLE, orient="horizontal", thickness=4, size=20).encode(
        alt.X("here:Q"), y_axis("here_rounds")
    )
    return finish_chart(alt.layer(band, line, rule, current), height)


@remember_picture
def build_response_picture(model: Model, view: View) -> Picture:
    """The rounds of the year of the month against nitrocellulose supply."""
    year = int(view.month[:4])
    response_rows = list_response_rows(model, view.scenario, year)
    grid = response_rows.iloc[::10]
    here = view.scenario.nitrocellulose * 100
    series = {"Output, median": grid["rounds"]}
    return Picture(
        "response",
        finding=write_response_title(model, view.scenario, view.month),
        headline=write_response_headline(
            find_supply_effect(model, view.scenario, year), view.month[:4]
        ),
        spec=draw_response(year, 190),
        source=write_source_line(
            model,
            f"Complete 155 mm rounds in {year}. {MEDIAN_NOTE} {write_short_track()}",
        ),
        data=response_rows,
        alt="Curve of output over nitrocellulose supply from 0 to 200 % of the baseline",
        native=build_native_chart(
            "line",
            [f"{percent:.0f}" for percent in grid["percent"]],
            series=series,
            colours=[EUROPE],
            unit=f"rounds in {year}; along: nitrocellulose, % of what is now expected",
            bands=(build_band("Likely range (8 of 10 runs)", grid["p10"], grid["p90"], EUROPE),),
            here=(f"{here:.0f}", f"As set: {here:.0f} %" if here != 100 else "As now expected"),
        ),
    )
