"""The odds of a target against nitrocellulose supply: spec and pictures."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ramp155.answers.goal.odds import find_target_rounds, tabulate_odds_by_supply
from ramp155.answers.goal.supply import find_supply
from ramp155.base.memory import remember
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.builder import build_native_chart, remember_picture
from ramp155.pictures.grammar.spec import Spec, chart_rows, finish_chart
from ramp155.pictures.palette import EUROPE
from ramp155.pictures.picture import Picture
from ramp155.pictures.source import write_source_line
from ramp155.pictures.view import View
from ramp155.text.headlines.output import write_goal_headline
from ramp155.text.numbers import say_rounds
from ramp155.text.output.goal import write_supply_odds_title


def draw_goal_odds(odds: pd.DataFrame, height: int) -> Spec:
    """The chance of reaching a target against nitrocellulose supply.

    Parameters
    ----------
    odds : DataFrame
        Columns nitrocellulose (1.0 = baseline) and odds (0 to 1).
    height : int
        Height of the chart, pixels.

    Returns
    -------
    Spec
        A Vega-Lite spec.
    """
    odds_by_percent = odds.assign(percent=odds["nitrocellulose"] * 100)
    y_axis = (
        alt.Y("odds:Q")
        .title("share of our runs")
        .scale(domain=[0, 1])
        .axis(format=".0%", values=[0, 0.25, 0.5, 0.75, 1], style="bare")
    )
    x_axis = (
        alt.X("percent:Q")
        .title("nitrocellulose supply, % of baseline")
        .axis(values=[0, 50, 100, 150, 200], grid=False)
    )
    tip = [
        alt.Tooltip("percent:Q", format=".0f", title="Nitrocellulose, %"),
        alt.Tooltip("odds:Q", format=".0%", title="Share of runs"),
    ]
    base = chart_rows(odds_by_percent)
    area = base.mark_area(color=EUROPE, opacity=0.2, line={"color": EUROPE, "strokeWidth": 3})
    return finish_chart(area.encode(x_axis, y_axis, tooltip=tip), height)


@remember_picture
def build_goal_odds_picture(model: Model, view: View) -> Picture:
    """The odds of the target that is asked for against nitrocellulose supply."""
    target = find_target_rounds(model, view.target, view.target_rounds)
    return build_target_odds_picture(model, view.scenario, target, view.goal_month)


@remember
def build_target_odds_picture(
    model: Model, scenario: Scenario, target: float, month: str
) -> Picture:
    """The odds of a target against nitrocellulose supply.

    Parameters
    ----------
    model : Model
        The record with its draws.
    scenario : Scenario
        Where the levers stand.
    target : float
        Rounds a year.
    month : str
        YYYY-MM.

    Returns
    -------
    Picture
        With its finding and source.
    """
    table = tabulate_odds_by_supply(model, scenario, target, month)
    drawn = table.iloc[::2]  # as many as have room for their names
    here = scenario.nitrocellulose * 100
    supply = [f"{p * 100:.0f}" for p in drawn["nitrocellulose"]]
    return Picture(
        "goal_odds",
        finding=write_supply_odds_title(
            table, target, month, find_supply(model, scenario, target, month)
        ),
        headline=write_goal_headline(table, target, month),
        spec=draw_goal_odds(table, 190),
        source=write_source_line(
            model,
            f"Share of {model.draws:,} runs of the model, weighed by the reports.",
        ),
        alt="Area of odds over nitrocellulose supply from 0 to 200 % of the baseline",
        native=build_native_chart(
            "line",
            supply,
            series={f"Odds of {say_rounds(target)}": drawn["odds"]},
            colours=[EUROPE],
            unit="share of our runs; along: nitrocellulose, % of what is now expected",
            number="0%",
            here=(f"{here:.0f}", f"As set: {here:.0f} %" if here != 100 else "As now expected"),
        ),
    )
