"""What the US reported and planned, and the path drawn through it: spec and picture."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ramp155.base.memory import remember
from ramp155.model.model import Model
from ramp155.pictures.builder import build_native_chart, remember_picture
from ramp155.pictures.grammar.axes import (
    build_monthly_rounds_axis,
    build_years_axis,
    date_months,
    draw_forecast,
)
from ramp155.pictures.grammar.claims import RATE_CLAIM_TIP, list_rate_claims
from ramp155.pictures.grammar.spec import (
    Spec,
    chart_rows,
    chart_table,
    fill_tables,
    join_layers,
)
from ramp155.pictures.palette import TARGET, US, choose_letter_colour
from ramp155.pictures.picture import Picture
from ramp155.pictures.source import write_source_line
from ramp155.pictures.view import View, compare_pictured_gap
from ramp155.record.grades import list_witnesses
from ramp155.text.gap.countries import write_us_title


def draw_us_output(model: Model, path: pd.DataFrame, height: int) -> Spec:
    """The US path (rows of `Gap.path`), what was reported, and every plan at the date it was for.

    Parameters
    ----------
    model : Model
        The record with its draws.
    path : DataFrame
        Rows of `Gap.path` of the US, rounds a year.
    height : int
        Height of the chart, pixels.

    Returns
    -------
    Spec
        A Vega-Lite spec.
    """
    monthly = date_months(path).assign(**{k: path[k] / 12 for k in ("p10", "p50", "p90")})
    return fill_tables(_build_us_spec(model, height), path=monthly)


@remember
def _build_us_spec(model: Model, height: int) -> Spec:
    """The chart of rounds a month, `height` in pixels; rows are put in afterwards."""
    claims = list_rate_claims(model, "US", ["round_output", "round_capacity"])
    reported = claims[claims["status"] != "target"]
    plans = claims[(claims["status"] == "target") & (claims["middle"] >= 55_000)]
    x_axis = build_years_axis("2022-01-01", "2031-02-01")
    top = 120_000
    base = chart_table("path")
    goals = chart_rows(plans)
    reports = chart_rows(reported)
    layers = [
        base.mark_area(color=US, opacity=0.25).encode(
            x_axis, build_monthly_rounds_axis("p10", top), alt.Y2("p90")
        ),
        base.mark_line(color=US, strokeWidth=3).encode(
            x_axis, build_monthly_rounds_axis("p50", top)
        ),
        reports.mark_point(
            size=60, color=choose_letter_colour(US), filled=True, opacity=0.9
        ).encode(x_axis, build_monthly_rounds_axis("middle", top), tooltip=RATE_CLAIM_TIP),
        goals.mark_point(
            shape="diamond", size=110, color=TARGET, strokeWidth=2, filled=False
        ).encode(x_axis, build_monthly_rounds_axis("middle", top), tooltip=RATE_CLAIM_TIP),
        *draw_forecast(x_axis, top, build_monthly_rounds_axis("top", top)),
    ]
    return join_layers(layers, height)


@remember_picture
def build_us_picture(model: Model, view: View) -> Picture:
    """What the US reported and planned, and the path drawn through it."""
    path = compare_pictured_gap(model, view).path
    path = path[path["actor"] == "us"]
    claim_ids = list_rate_claims(model, "US", ["round_output", "round_capacity"])["claim_id"]
    series = {name.upper(): path[name] / 12 for name in ("p10", "p50", "p90")}
    return Picture(
        "us",
        finding=write_us_title(model.record),
        spec=draw_us_output(model, path, 210),
        source=write_source_line(
            model,
            "155 mm rounds a month: ● reported, diamonds planned, at the date promised for.",
            list_witnesses(model.record, claim_ids),
        ),
        alt="Path of US output with reported rates and plans by month",
        native=build_native_chart(
            "line",
            list(path["month"]),
            series=series,
            colours=[US] * 3,
            unit="rounds a month",
            dashed=("P10", "P90"),
        ),
    )
