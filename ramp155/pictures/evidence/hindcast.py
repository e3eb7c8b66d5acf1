"""What the model would have said with what was known before, and what came: spec and picture."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ramp155.model.hindcast.hindcast import CUTOFFS, run_hindcast
from ramp155.model.model import Model
from ramp155.pictures.builder import build_native_chart, remember_picture
from ramp155.pictures.grammar.axes import build_years_axis
from ramp155.pictures.grammar.claims import CLAIM_TIP, describe_claim
from ramp155.pictures.grammar.rounds import MILLIONS, build_rounds_tip
from ramp155.pictures.grammar.signs import (
    draw_bounds,
    draw_sign,
    draw_signs,
    list_sign_series,
    list_signs,
)
from ramp155.pictures.grammar.spec import Spec, chart_rows, join_layers
from ramp155.pictures.palette import BASELINE, EUROPE, GOOD, LINE_WIDTH, MISS
from ramp155.pictures.picture import Picture
from ramp155.pictures.source import write_source_line
from ramp155.pictures.view import View
from ramp155.text.evidence.hindcast import write_hindcast_title
from ramp155.text.signs import FAILS, HOLDS, Sign, write_key

# In words: the letters of posters have neither a tick nor a cross.
HINDCAST_KEY = "a tick: inside the band, a cross: outside it, an arrow: only an upper bound"


def draw_hindcast(
    path: pd.DataFrame, known: pd.DataFrame, totals: pd.DataFrame, cutoff: str, height: int
) -> Spec:
    """One observable: the band from the cut-off on, what was known (grey) and what came (hit or miss).

    Parameters
    ----------
    path : DataFrame
        Columns month, p10, p50, p90 (rounds a year).
    known : DataFrame
        Totals known at the cut-off, rounds a year, as `list_hindcast_totals` gives them.
    totals : DataFrame
        Later totals with whether each was hit, as `list_hindcast_totals` gives them.
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
            bound=[
                "at most" if is_open_below else "at least" if is_open_above else ""
                for is_open_below, is_open_above in zip(
                    rows["low"].isna(), rows["high"].isna(), strict=True
                )
            ],
        )
        return placed_reports.drop(columns="known_on")

    band = chart_rows(ahead)
    before = chart_rows(place_reports(known))
    later = chart_rows(place_reports(totals))
    tip = [build_rounds_tip("left", "From"), build_rounds_tip("right", "To"), *CLAIM_TIP]
    outcome = alt.condition("datum.hit", alt.value(GOOD), alt.value(MISS))
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
            *draw_bounds(before.transform_calculate(low=middle), x_axis, y_axis, color=BASELINE),
            *draw_signs(
                before.transform_calculate(low=middle),
                list_signs(known["sign"]),
                *(x_axis, y_axis, tip),
                size=60,
                color=BASELINE,
            ),
            later.mark_rule(strokeWidth=3, opacity=0.6).encode(
                x_axis, low, high, color=outcome, tooltip=tip
            ),
            *_draw_outcomes(
                later.transform_calculate(low=middle),
                list_signs(totals["sign"]),
                x_axis,
                y_axis,
                tip,
            ),
        ],
        height,
    )


def _draw_outcomes(
    base: alt.Chart, signs: list[Sign], x_axis: alt.X, y_axis: alt.Y, tip: list[alt.Tooltip]
) -> list[alt.Chart]:
    """Later totals by their sign, with an arrow at a bound, and beside each whether the band held it."""
    layers = []
    for is_hit, verdict, colour in (("", HOLDS, GOOD), ("!", FAILS, MISS)):
        rows = base.transform_filter(f"{is_hit}datum.hit")
        layers += draw_bounds(rows, x_axis, y_axis, color=colour)
        layers += draw_signs(rows, signs, x_axis, y_axis, tip, size=70, color=colour)
        layers.append(draw_sign(rows, verdict, 55, color=colour, xOffset=11).encode(x_axis, y_axis))
    return layers


def list_hindcast_totals(model: Model, totals: pd.DataFrame) -> pd.DataFrame:
    """Totals of a hindcast with what `describe_claim` says of each, its sign as the fit reads it."""
    described = [
        describe_claim(model, model.record.claim(claim_id), observable)
        for claim_id, observable in zip(totals["claim_id"], totals["observable"], strict=True)
    ]
    fields = "subject sign kind counting period who confidence".split()  # noqa: SIM905
    return totals.assign(**{field: [said[field] for said in described] for field in fields})


@remember_picture
def build_hindcast_picture(model: Model, view: View) -> Picture:
    """What the model would have said of output at the end of 2023, and what came."""
    hindcasts = [run_hindcast(model.record, cutoff) for cutoff in CUTOFFS]
    hindcast_2023 = hindcasts[1]

    def only_output(rows: pd.DataFrame) -> pd.DataFrame:
        return rows[rows["observable"] == "output"]

    path = only_output(hindcast_2023.path)
    known, totals = (
        list_hindcast_totals(model, only_output(rows))
        for rows in (hindcast_2023.known, hindcast_2023.totals)
    )
    names = {"p10": "Low", "p50": "Middle", "p90": "High"}
    series = {words: path[name] for name, words in names.items()}
    marks = totals.assign(
        date=[f"{year}-07" for year in totals["year"]],
        middle=totals[["low", "high"]].mean(axis=1),
    )
    months = list(path["month"])
    marked_series, signs = list_sign_series(marks, months, "middle")
    return Picture(
        "hindcast",
        finding=write_hindcast_title(hindcasts),
        spec=draw_hindcast(
            only_output(hindcast_2023.path),
            known,
            totals,
            hindcast_2023.cutoff.isoformat(),
            165,
        ),
        source=write_source_line(
            model,
            f"Complete rounds a year as forecast with what was known at the end of {hindcast_2023.cutoff.year}.",
        ),
        key=f"{write_key(list_signs([*known['sign'], *totals['sign']]))}, grey where known then; {HINDCAST_KEY}.",
        alt=f"Band of the forecast made at the end of {hindcast_2023.cutoff.year}, with later reports",
        native=build_native_chart(
            "line",
            months,
            series={**series, **marked_series},
            colours=[EUROPE] * 3 + [GOOD] * len(marked_series),
            unit="rounds a year",
            dashed=("Low", "High"),
            signs=signs,
            key="Marks: totals said later.",
        ),
    )
