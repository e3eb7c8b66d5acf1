"""What the US reported and planned, and the path drawn through it: spec and picture."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ramp155.base.memory import remember
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import find_forecast_month
from ramp155.pictures.builder import build_band, build_native_chart, remember_picture
from ramp155.pictures.grammar.axes import (
    build_monthly_rounds_axis,
    build_years_axis,
    date_months,
    draw_forecast,
)
from ramp155.pictures.grammar.claims import RATE_CLAIM_TIP, list_rate_claims
from ramp155.pictures.grammar.labels import colour_marks
from ramp155.pictures.grammar.signs import draw_bounds, draw_signs, list_sign_series, list_signs
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
from ramp155.text.headlines.gap import write_us_headline
from ramp155.text.signs import write_key

LEAST_PROMISE = 55_000  # rounds a month: lower promises have been overtaken


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
def list_us_claims(model: Model) -> pd.DataFrame:
    """What was said of US output and capacity, a row a claim; of promises those above the rate of 2025.

    Columns as `list_rate_claims` gives them.
    """
    claims = list_rate_claims(model, "US", ["round_output", "round_capacity"])
    return claims[(claims["kind"] != "promise") | (claims["middle"] >= LEAST_PROMISE)]


@remember
def _build_us_spec(model: Model, height: int) -> Spec:
    """The chart of rounds a month, `height` in pixels; rows are put in afterwards."""
    claims = list_us_claims(model)
    x_axis = build_years_axis("2022-01-01", "2031-02-01")
    top = 120_000
    base = chart_table("path")
    marks = chart_rows(claims)
    tone = colour_marks(
        "kind",
        dict.fromkeys(("report", "estimate"), choose_letter_colour(US)) | {"promise": TARGET},
    )
    layers = [
        base.mark_area(color=US, opacity=0.25).encode(
            x_axis, build_monthly_rounds_axis("p10", top), alt.Y2("p90")
        ),
        base.mark_line(color=US, strokeWidth=3).encode(
            x_axis, build_monthly_rounds_axis("p50", top)
        ),
        *draw_bounds(marks, x_axis, build_monthly_rounds_axis("middle", top), tone),
        *draw_signs(
            marks,
            list_signs(claims["sign"]),
            x_axis,
            build_monthly_rounds_axis("middle", top),
            tone,
            RATE_CLAIM_TIP,
        ),
        *draw_forecast(model.record, x_axis, top, build_monthly_rounds_axis("top", top)),
    ]
    return join_layers(layers, height)


@remember_picture
def build_us_picture(model: Model, view: View) -> Picture:
    """What the US reported and planned, and the path drawn through it."""
    path = compare_pictured_gap(model, view).path
    path = path[path["actor"] == "us"]
    claims = list_us_claims(model)
    series = {"US, median": path["p50"] / 12}
    marked_series, signs = list_sign_series(claims, list(path["month"]), "middle")
    tones = [
        TARGET if signs[name].kind == "promise" else choose_letter_colour(US)
        for name in marked_series
    ]
    return Picture(
        "us",
        finding=write_us_title(model.record),
        headline=write_us_headline(model.record),
        spec=draw_us_output(model, path, 210),
        source=write_source_line(
            model,
            "155 mm rounds a month, promises at the date promised for.",
            list_witnesses(model.record, list(claims["claim_id"])),
        ),
        key=f"Marks: {write_key(list_signs(claims['sign']))}.",
        alt="Path of US output with reported rates and plans by month",
        native=build_native_chart(
            "line",
            list(path["month"]),
            series={**series, **marked_series},
            colours=[US, *tones],
            unit="rounds a month",
            signs=signs,
            bands=(build_band("Likely range", path["p10"] / 12, path["p90"] / 12, US, 0.25),),
            forecast=find_forecast_month(model.record),
        ),
    )
