"""What the model would have said with what was known before, and what came: spec and picture."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ramp155.model.hindcast.hindcast import CUTOFFS, run_hindcast
from ramp155.model.model import Model
from ramp155.pictures.builder import build_native_chart, remember_picture
from ramp155.pictures.grammar.axes import build_years_axis
from ramp155.pictures.grammar.rounds import MILLIONS, build_rounds_tip
from ramp155.pictures.grammar.spec import Spec, chart_rows, join_layers
from ramp155.pictures.palette import BASELINE, EUROPE, GOOD, LINE_WIDTH, MISS
from ramp155.pictures.picture import Picture
from ramp155.pictures.source import write_source_line
from ramp155.pictures.view import View
from ramp155.text.evidence.hindcast import write_hindcast_title


def draw_hindcast(
    path: pd.DataFrame, known: pd.DataFrame, totals: pd.DataFrame, cutoff: str, height: int
) -> Spec:
    """One observable: the band from the cut-off on, what was known (grey) and what came (hit or miss).

    Parameters
    ----------
    path : DataFrame
        Columns month, p10, p50, p90 (rounds a year).
    known : DataFrame
        Totals known at the cut-off, rounds a year.
    totals : DataFrame
        Later totals with whether each was hit.
    cutoff : str
        Day of the forecast, ISO.
    height : int
        Height of the chart, pixels.

    Returns
    -------
    Spec
        A Vega-Lite spec.
    """
    ahead = path.assign(date=[f"{month}-15" for month in path["month"]])
    ahead = ahead[ahead["date"] >= f"{int(cutoff[:4]) - 1}-12-01"]
    x_axis = build_years_axis("2022-01-01", "2026-03-01", digits=2, within=False)
    y_axis = alt.Y("low:Q", title=None, scale=alt.Scale(domain=[0, 2_100_000], clamp=True))
    y_axis = y_axis.axis(
        labelExpr=MILLIONS,
        values=[0, 500_000, 1_000_000, 1_500_000, 2_000_000],
        style="bare",
    )

    def place_reports(rows: pd.DataFrame) -> pd.DataFrame:
        placed_reports = rows.assign(
            date=[
                f"{year}-12-15" if observable == "nameplate" else f"{year}-07-01"
                for year, observable in zip(rows["year"], rows["observable"], strict=True)
            ],
            left=rows["low"].fillna(rows["high"]),
            right=rows["high"].fillna(rows["low"]),
            bound=["at most" if is_open else "" for is_open in rows["low"].isna()],
        )
        return placed_reports.drop(columns="known_on")

    band = chart_rows(ahead)
    before = chart_rows(place_reports(known))
    later = chart_rows(place_reports(totals))
    tip = [
        alt.Tooltip("basis:N", title="What"),
        alt.Tooltip("bound:N", title="Reads"),
        build_rounds_tip("left", "From"),
        build_rounds_tip("right", "To"),
        alt.Tooltip("said_on:N", title="Said on"),
    ]
    outcome = alt.condition("datum.hit", alt.value(GOOD), alt.value(MISS))
    hit_shape = alt.condition("datum.hit", alt.value("circle"), alt.value("cross"))
    bounds = later.transform_filter("datum.bound != ''")
    figures = later.transform_filter("datum.bound == ''")
    cutoff_mark = chart_rows([{"date": cutoff}])
    low, high, middle = alt.Y("left:Q"), alt.Y2("right:Q"), "(datum.left + datum.right) / 2"
    return join_layers(
        [
            band.mark_area(opacity=0.25, color=EUROPE).encode(
                x_axis, alt.Y("p10:Q", title=None), alt.Y2("p90:Q")
            ),
            band.mark_line(strokeWidth=2.5, color=EUROPE).encode(x_axis, alt.Y("p50:Q")),
            cutoff_mark.mark_rule(color=BASELINE, strokeDash=[3, 3], strokeWidth=LINE_WIDTH).encode(
                x_axis
            ),
            before.transform_calculate(low=middle)
            .mark_circle(color=BASELINE, size=60)
            .encode(x_axis, y_axis, tooltip=tip),
            figures.mark_rule(strokeWidth=3, opacity=0.6).encode(
                x_axis, low, high, color=outcome, tooltip=tip
            ),
            figures.transform_calculate(low=middle)
            .mark_point(filled=True, size=95, opacity=1)
            .encode(x_axis, y_axis, color=outcome, shape=hit_shape, tooltip=tip),
            bounds.transform_calculate(low=middle)
            .mark_point(filled=False, size=80, strokeWidth=2, shape="triangle-down", opacity=1)
            .encode(x_axis, y_axis, color=outcome, tooltip=tip),
        ],
        height,
    )


@remember_picture
def build_hindcast_picture(model: Model, view: View) -> Picture:
    """What the model would have said of output at the end of 2023, and what came."""
    hindcasts = [run_hindcast(model.record, cutoff) for cutoff in CUTOFFS]
    hindcast_2023 = hindcasts[1]

    def only_output(rows: pd.DataFrame) -> pd.DataFrame:
        return rows[rows["observable"] == "output"]

    path = only_output(hindcast_2023.path)
    series = {name.upper(): path[name] for name in ("p10", "p50", "p90")}
    return Picture(
        "hindcast",
        finding=write_hindcast_title(hindcasts),
        spec=draw_hindcast(
            only_output(hindcast_2023.path),
            only_output(hindcast_2023.known),
            only_output(hindcast_2023.totals),
            hindcast_2023.cutoff.isoformat(),
            165,
        ),
        source=write_source_line(
            model,
            f"Complete rounds a year as forecast with what was known at the end of {hindcast_2023.cutoff.year} (dashed); dots: later reports.",
        ),
        alt=f"Band of the forecast made at the end of {hindcast_2023.cutoff.year}, with later reports",
        native=build_native_chart(
            "line",
            list(path["month"]),
            series=series,
            colours=[EUROPE] * 3,
            unit="rounds a year",
            dashed=("P10", "P90"),
        ),
    )
