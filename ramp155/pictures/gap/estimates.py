"""Every named estimate of Russia in a year, counted alike, beside NATO's own: rows, spec and
picture.
"""

from __future__ import annotations

import altair as alt
import pandas as pd

from ramp155.answers.gap.comparison import Comparison
from ramp155.answers.gap.rates import list_named_rates
from ramp155.answers.gap.ratios import compute_gap
from ramp155.base.memory import remember
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.builder import build_native_chart, build_range_row, remember_picture
from ramp155.pictures.grammar.labels import colour_marks, name_rows
from ramp155.pictures.grammar.rounds import MILLIONS, build_rounds_tip
from ramp155.pictures.grammar.spec import Spec, chart_rows, join_layers
from ramp155.pictures.palette import INK, NATO, QUIET, RUSSIA
from ramp155.pictures.picture import MarkRow, Picture
from ramp155.pictures.source import write_source_line
from ramp155.pictures.view import View
from ramp155.record.grades import list_witnesses
from ramp155.text.gap.counting import say_counting
from ramp155.text.gap.rates import write_estimates_title
from ramp155.text.headlines.gap import write_named_headline
from ramp155.text.numbers import say_rounds

ESTIMATE_YEAR = "2024"  # the year most estimates of Russia speak of


def draw_named_estimates(table: pd.DataFrame, chosen: str, nato: pd.Series, height: int) -> Spec:
    """What each estimate comes to, counted alike, beside NATO's own (p10, p50, p90).

    Parameters
    ----------
    table : DataFrame
        One row an estimate: p10, p50, p90 (rounds a year).
    chosen : str
        The estimate that is chosen, by its id.
    nato : Series, (3,)
        NATO's p10, p50 and p90, rounds a year.
    height : int
        Height of the chart, pixels.

    Returns
    -------
    Spec
        A Vega-Lite spec.
    """
    estimates = table.assign(who="russia").sort_values("p50")
    nato_row = pd.DataFrame(
        [{"estimate_id": "nato", "label": "NATO (this model)", "who": "nato", **nato}]
    )
    estimates = pd.concat([estimates, nato_row], ignore_index=True)
    estimates["mark"] = [
        estimate.estimate_id in (chosen, "nato") for estimate in estimates.itertuples()
    ]
    estimates["what"] = estimates["label"]
    estimates["text"] = [say_rounds(v) for v in estimates["p50"]]
    base = chart_rows(estimates)
    y_axis = alt.Y("label:N", sort=list(estimates["label"]), title=None)
    y_axis = y_axis.axis(None)  # names stand over their bars: a phone has no room beside them
    x_axis = alt.X("p10:Q", title=None, scale=alt.Scale(domain=[0, estimates["p90"].max() * 1.45]))
    x_axis = x_axis.axis(labelExpr=MILLIONS, tickCount=4, style="bare")
    colour = colour_marks("who", {"russia": RUSSIA, "nato": NATO})
    emphasis = alt.condition("datum.mark", alt.value(1.0), alt.value(0.6))
    tip = [
        alt.Tooltip("label:N", title="Whose figure"),
        build_rounds_tip("p50", "Rounds, counted alike"),
        build_rounds_tip("p10", "Likely, from"),
        build_rounds_tip("p90", "Likely, to"),
    ]
    spans = base.mark_rule(strokeWidth=5, strokeCap="round").encode(
        x_axis, alt.X2("p90:Q"), y_axis, colour, opacity=emphasis, tooltip=tip
    )
    middles = base.mark_tick(thickness=4, size=18).encode(
        alt.X("p50:Q"), y_axis, colour, opacity=emphasis, tooltip=tip
    )
    figures = base.mark_text(align="left", dx=8, style="name", color=QUIET).encode(
        alt.X("p90:Q"), y_axis, text="text:N"
    )
    return join_layers([spans, middles, figures, name_rows(base, y_axis)], height)


@remember_picture
def build_named_estimates_picture(model: Model, view: View) -> Picture:
    """Every named estimate of Russia in a year, counted alike, beside NATO's own."""
    table, nato_rates = compare_named_estimates(model, view.comparison)
    ranked = table.sort_values("p50")
    names = [*ranked["label"], "NATO (this model)"]
    russia_rows = list(range(len(names), 1, -1))
    middles, lows, highs = (
        [*map(float, ranked[name]), float(nato_rates[name])] for name in ("p50", "p10", "p90")
    )
    russian_estimates = model.record.estimates[model.record.estimates["actor"] == "RU"]
    source_ids = list_witnesses(model.record, " ".join(russian_estimates["claim_ids"]).split())
    return Picture(
        "named",
        finding=write_estimates_title(table, nato_rates, ESTIMATE_YEAR, view.comparison),
        headline=write_named_headline(table, nato_rates, ESTIMATE_YEAR),
        detail=f"Counted: {say_counting(view.comparison)}.",
        spec=draw_named_estimates(table, view.comparison.russia, nato_rates, 320),
        source=write_source_line(model, f"Counted: {say_counting(view.comparison)}.", source_ids),
        key="Bars: the likely range (8 of 10 runs lie in it), with the median.",
        alt=f"Ranges with their middle, one an estimate of Russia's {ESTIMATE_YEAR}, lowest first, and NATO",
        native=build_native_chart(
            "rows",
            names,
            series={},
            colours=[],
            unit="rounds a year",
            key="Tick: the median.",
            rows=(
                *(
                    build_range_row(
                        f"{who}, likely range",
                        lows[part],
                        highs[part],
                        heights,
                        tone,
                        words=[say_rounds(middle) for middle in middles[part]],
                    )
                    for who, part, heights, tone in (
                        ("Russia", slice(None, -1), russia_rows, RUSSIA),
                        ("NATO", slice(-1, None), [1], NATO),
                    )
                ),
                MarkRow(
                    "Median",
                    tuple(middles),
                    tuple(map(float, [*russia_rows, 1])),
                    INK,
                ),
            ),
        ),
    )


@remember
def compare_named_estimates(model: Model, chosen: Comparison) -> tuple[pd.DataFrame, pd.Series]:
    """Every estimate of Russia in the year counted alike, and NATO's own mean of it.

    Parameters
    ----------
    model : Model
        The record with its draws.
    chosen : Comparison
        How rounds are counted.

    Returns
    -------
    tuple of DataFrame and Series, (3,)
        The estimates, and NATO's p10, p50 and p90, rounds a year.
    """
    path = compute_gap(model, Scenario(), chosen).path
    nato_rates = path[(path["actor"] == "nato") & path["month"].str.startswith(ESTIMATE_YEAR)]
    return list_named_rates(model, chosen, ESTIMATE_YEAR), nato_rates[["p10", "p50", "p90"]].mean()
