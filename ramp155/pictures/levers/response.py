"""Output in one month against nitrocellulose supply: rows, spec and picture."""

from __future__ import annotations

from typing import Literal

import altair as alt
import numpy as np
import pandas as pd

from ramp155.answers.output.central import FINE_SUPPLY_GRID, sweep_supply
from ramp155.answers.output.outlook import Outlook
from ramp155.answers.output.response import find_turns
from ramp155.answers.output.surface import SUPPLY_GRID
from ramp155.base.memory import remember_asset
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.simulation.plans import find_chain
from ramp155.pictures.builder import build_native_chart, remember_picture
from ramp155.pictures.grammar.rounds import MILLION_TENTHS, build_rounds_tip
from ramp155.pictures.grammar.spec import Spec, finish_chart
from ramp155.pictures.palette import EUROPE, HANDLE, LINE_WIDTH, NAMEPLATE, QUIET
from ramp155.pictures.picture import Picture
from ramp155.pictures.source import MODEL_NOTE, write_source_line
from ramp155.pictures.view import View, run_pictured_outlook
from ramp155.text.numbers import say_month
from ramp155.text.output.title import write_response_title
from ramp155.text.stages import name_stages


def list_response_rows(
    model: Model, result: Outlook, labels: dict[str, str], kinks: pd.DataFrame
) -> pd.DataFrame:
    """The rows behind `draw_response`: the curve at every whole percent, its kinks (`find_turns`) and
    the current position."""
    curve = result.response
    percent = FINE_SUPPLY_GRID * 100
    rounds_by_supply, binding_stages = sweep_supply(model, result.scenario)
    month = MONTHS.index(result.month)
    stages = list(find_chain(model.record).order)
    kinks = kinks[kinks["rounds_per_year"] > 0.05 * curve["rounds_per_year"].max()]
    kink_texts = {
        round(supply * 100): f"{labels[stage]} takes over at {supply:.0%}".replace("%", " %")
        for supply, stage in zip(kinks["nitrocellulose"], kinks["stage"], strict=True)
    }
    current_rounds = result.path["rounds_per_year"].to_numpy()[MONTHS.index(result.month)]
    return pd.DataFrame(
        {
            "percent": percent,
            "rounds_per_year": rounds_by_supply[month] * 12,
            "p10": np.interp(percent, SUPPLY_GRID * 100, curve["p10"]),
            "p90": np.interp(percent, SUPPLY_GRID * 100, curve["p90"]),
            "stage": [labels[stages[k]] for k in binding_stages[month]],
            "kink": [kink_texts.get(round(p), "") for p in percent],
            "side": np.where(percent < 100, "left", "right"),
            "here": result.scenario.nitrocellulose * 100,
            "here_rounds": current_rounds,
        }
    )


@remember_asset
def draw_response(height: int) -> Spec:
    """Output at one month against nitrocellulose supply; data: `list_response_rows`.

    Parameters
    ----------
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
        return alt.Y(f"{field}:Q", scale=scale, axis=axis, title="rounds a year")

    band = (
        alt.Chart()
        .mark_area(color=EUROPE, opacity=0.18)
        .encode(x_axis, y_axis("p10"), alt.Y2("p90"))
    )
    line = (
        alt.Chart()
        .mark_line(color=EUROPE, strokeWidth=3)
        .encode(
            x_axis,
            y_axis("rounds_per_year"),
            tooltip=[
                alt.Tooltip("percent:Q", format=".0f", title="Nitrocellulose, %"),
                build_rounds_tip("rounds_per_year", "Rounds a year"),
                alt.Tooltip("stage:N", title="Held back by"),
            ],
        )
    )
    kinks = alt.Chart().transform_filter("datum.kink != ''")
    turns = kinks.mark_tick(color=EUROPE, orient="vertical", thickness=3, size=14).encode(
        x_axis, y_axis("rounds_per_year")
    )
    labels = []
    sides: tuple[tuple[Literal["left", "right"], int], ...] = (("left", 4), ("right", -4))
    for side, dx in sides:
        labels.append(
            kinks.transform_filter(f"datum.side == '{side}'")
            .mark_text(align=side, dx=dx, dy=-24, style="name", color=QUIET)
            .encode(x_axis, y_axis("rounds_per_year"), text="kink:N")
        )
    first_row = alt.Chart().transform_filter("datum.percent == 0")
    rule = first_row.mark_rule(color=NAMEPLATE, strokeDash=[4, 3], strokeWidth=LINE_WIDTH).encode(
        alt.X("here:Q")
    )
    current = first_row.mark_tick(color=HANDLE, orient="horizontal", thickness=4, size=20).encode(
        alt.X("here:Q"), y_axis("here_rounds")
    )
    return finish_chart(alt.layer(band, line, turns, *labels, rule, current), height)


@remember_picture
def build_response_picture(model: Model, view: View) -> Picture:
    """Output in one month against nitrocellulose supply."""
    answers = run_pictured_outlook(model, view.scenario, view.month)
    kinks = find_turns(model, view.scenario, view.month)
    curve = answers.response
    supply = [f"{p * 100:.0f} %" for p in curve["nitrocellulose"]]
    series = {"Low": curve["p10"], "High": curve["p90"], "Output": curve["rounds_per_year"]}
    return Picture(
        "response",
        finding=write_response_title(model.record, view.scenario, kinks, view.month),
        spec=draw_response(190),
        source=write_source_line(model, f"Output in {say_month(view.month)}. {MODEL_NOTE}"),
        data=list_response_rows(model, answers, name_stages(model.record), kinks),
        alt="Curve of output over nitrocellulose supply from 0 to 200 % of the baseline",
        native=build_native_chart(
            "line",
            supply,
            series=series,
            colours=[EUROPE] * 3,
            unit="rounds a year",
            dashed=("Low", "High"),
        ),
    )
