"""Makers' own totals beside Europe's: what each was last said to make and what it promises, and the
likely range of all Europe: spec and picture.
"""

from __future__ import annotations

from functools import partial

import altair as alt
import numpy as np
import pandas as pd

from ramp155.answers.maker_totals import list_maker_claims, mark_counted, sum_counted
from ramp155.answers.output.year_range import find_year_range
from ramp155.base.memory import remember
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.plans import build_plan_capacity
from ramp155.pictures.builder import (
    build_native_chart,
    build_range_row,
    build_sign_rows,
    draw_nothing,
    remember_picture,
)
from ramp155.pictures.grammar.claims import FIGURE_CLAIM_TIP, describe_ledger_rows
from ramp155.pictures.grammar.labels import name_rows
from ramp155.pictures.grammar.rounds import MILLION_TENTHS, build_rounds_tip
from ramp155.pictures.grammar.signs import draw_signs, list_signs
from ramp155.pictures.grammar.spec import Spec, chart_rows, join_layers
from ramp155.pictures.palette import BASELINE, EUROPE, LABEL_SIZE, NAMEPLATE, QUIET
from ramp155.pictures.picture import MarkRow, Picture
from ramp155.pictures.source import write_source_line
from ramp155.pictures.view import View
from ramp155.text.gap.makers import write_label, write_makers_title
from ramp155.text.headlines.gap import write_makers_headline
from ramp155.text.numbers import say_rounds_range
from ramp155.text.signs import write_key

EUROPE_YEAR = 2025
_LOW_ROW, _HIGH_ROW = 15, 36  # pixels: the name beside the bar, and over it
_NO_MAKER = "No maker's own total is on record."


@remember
def list_maker_figures(model: Model) -> pd.DataFrame:
    """The last word on each maker: what it makes or can make, and what it promises; one row each.

    Columns of `list_maker_claims`, `describe_ledger_rows` and `mark_counted`, and middle (rounds a year), bound ("at most", "at
    least" or "") and label (the maker, with whose part it is). A figure that only a machine or a state's outlet
    gives is left out.
    """
    claims = describe_ledger_rows(list_maker_claims(model.record))
    claims = claims[claims["named"]]
    bounds = claims[["value_low", "value_high"]]
    claims = claims.assign(
        is_promise=claims["kind"] == "promise",
        middle=bounds.mean(axis=1),
        bound=np.select(
            [bounds["value_low"].isna(), bounds["value_high"].isna()], ["at most", "at least"], ""
        ),
    )
    # Of promises the last word counts; of reports the last word on the latest year.
    year = claims["period"].str[:4].where(~claims["is_promise"], "")
    last_said = claims.assign(year=year).sort_values(["year", "reported_on"], kind="stable")
    figures = last_said.groupby(["maker", "is_promise"], sort=True).tail(1)
    figures = mark_counted(figures.sort_values(["maker", "is_promise"], kind="stable"))
    labels = [
        f"{maker} (in {whole})" if whole else maker
        for maker, whole in zip(figures["maker"], figures["part_of"], strict=True)
    ]
    return figures.assign(label=labels).reset_index(drop=True)


@remember
def list_europe_ranges(model: Model) -> pd.DataFrame:
    """Europe's likely ranges of the year that reports speak of: label, low, high (rounds a year), colour."""
    capacity = build_plan_capacity(model, Scenario().plans).nameplate
    at_end = capacity[MONTHS.index(f"{EUROPE_YEAR}-12")] * 12
    rows = [
        (f"Europe: capacity, end of {EUROPE_YEAR}", *np.quantile(at_end, [0.1, 0.9]), NAMEPLATE),
        (
            f"Europe: complete rounds, {EUROPE_YEAR}",
            *find_year_range(model, Scenario(), EUROPE_YEAR),
            EUROPE,
        ),
    ]
    return pd.DataFrame(rows, columns=["label", "low", "high", "colour"])


def draw_makers(figures: pd.DataFrame, ranges: pd.DataFrame, *, is_wide: bool = False) -> Spec:
    """Makers one under the other, from the last report to the last promise, under Europe's ranges.

    Parameters
    ----------
    figures : DataFrame
        Rows of `list_maker_figures`, rounds a year.
    ranges : DataFrame
        Rows of `list_europe_ranges`, rounds a year.
    is_wide : bool
        Whether names have room beside their bars.

    Returns
    -------
    Spec
        A Vega-Lite spec.
    """
    order = [*ranges["label"], *dict.fromkeys(figures["label"])]
    top = (
        max(float(figures["middle"].max()), float(ranges["high"].max())) * 1.8
    )  # words stand right of bars
    y_axis = alt.Y("label:N", sort=order, title=None)
    # Else names stand over their bars: a phone has no room beside them.
    y_axis = (
        y_axis.axis(style="bare", labelLimit=260, labelPadding=14) if is_wide else y_axis.axis(None)
    )
    x_axis = alt.X("low:Q", title=None, scale=alt.Scale(domain=[0, top], nice=False))
    x_axis = x_axis.axis(labelExpr=MILLION_TENTHS, tickCount=6, style="bare")
    europe = chart_rows(
        ranges.assign(
            text=[
                say_rounds_range(low, high)
                for low, high in zip(ranges["low"], ranges["high"], strict=True)
            ]
        )
    )
    colour = alt.Color("colour:N", scale=None)
    range_tip = [
        alt.Tooltip("label:N", title="Of whom"),
        build_rounds_tip("low", "10th percentile"),
        build_rounds_tip("high", "90th percentile"),
    ]
    marks = chart_rows(
        figures.assign(
            widest=figures.groupby("label", sort=False)["middle"].transform("max"),
            text=[write_label(figure) for figure in figures.to_dict("records")],
        )
    )
    spans = figures.groupby("label", sort=False)["middle"].agg(["min", "max"]).reset_index()
    bars = europe.mark_bar(height={"band": 0.55}, opacity=0.75).encode(
        x_axis, alt.X2("high:Q"), y_axis, colour, tooltip=range_tip
    )
    words = europe.mark_text(align="left", dx=6, fontSize=LABEL_SIZE, color=QUIET)
    lines = chart_rows(spans).mark_rule(color=BASELINE, strokeWidth=2)
    texts = marks.transform_filter("datum.is_labelled").mark_text(
        align="left", dx=10, fontSize=LABEL_SIZE, color=QUIET
    )
    names = name_rows(chart_rows([{"label": label, "what": label} for label in order]), y_axis)
    return join_layers(
        [
            bars,
            words.encode(alt.X("high:Q"), y_axis, text="text:N"),
            lines.encode(alt.X("min:Q"), alt.X2("max:Q"), y_axis),
            *draw_signs(
                marks,
                list_signs(figures["sign"]),
                alt.X("middle:Q"),
                y_axis,
                [alt.Tooltip("maker:N", title="Maker"), *FIGURE_CLAIM_TIP],
                size=90,
                color=EUROPE,
            ),
            texts.encode(alt.X("widest:Q"), y_axis, text="text:N"),
            *([] if is_wide else [names]),
        ],
        alt.Step(_LOW_ROW if is_wide else _HIGH_ROW),
    )


@remember_picture
def build_makers_picture(model: Model, view: View) -> Picture:
    """Makers' own totals beside Europe's."""
    figures, ranges = list_maker_figures(model), list_europe_ranges(model)
    labels = [*ranges["label"], *dict.fromkeys(figures["label"])]
    height_of = {label: float(len(labels) - place) for place, label in enumerate(labels)}
    return Picture(
        "makers",
        finding=write_makers_title(figures, ranges, EUROPE_YEAR),
        headline=write_makers_headline(
            sum_counted(figures),
            (float(ranges["low"].iloc[1]), float(ranges["high"].iloc[1])),
            EUROPE_YEAR,
        )
        if len(figures)
        else _NO_MAKER,
        spec=draw_makers(figures, ranges) if len(figures) else draw_nothing(_NO_MAKER),
        wide=partial(draw_makers, figures, ranges, is_wide=True) if len(figures) else None,
        source=write_source_line(
            model,
            "Rounds a year as each maker or its reporter counts them; Europe: likely range (8 of 10 runs). Labels: the last promise, or the last report where none is; the sum is of the promises counted.",
            list(figures["witness"]),
        ),
        key=f"Marks: {write_key(list_signs(figures['sign']))}.",
        alt="Makers one under the other, from what was last reported to what was last promised, under Europe's ranges",
        native=build_native_chart(
            "rows",
            labels,
            series={},
            colours=[],
            unit="rounds a year",
            rows=_list_maker_marks(figures, ranges, height_of),
        ),
    )


def _list_maker_marks(
    figures: pd.DataFrame, ranges: pd.DataFrame, height_of: dict[str, float]
) -> tuple[MarkRow, ...]:
    """Europe's ranges as bars, and of each maker the way from its report to its promise with the marks at both."""
    bars = [
        build_range_row(
            f"{europe['label']}, likely range",
            [float(europe["low"])],
            [float(europe["high"])],
            [height_of[str(europe["label"])]],
            str(europe["colour"]),
            14,
        )
        for europe in ranges.to_dict("records")
    ]
    if figures.empty:
        return tuple(bars)
    spans = figures.groupby("label", sort=False)["middle"].agg(["min", "max"])
    heights = [height_of[str(label)] for label in spans.index]
    ways = build_range_row(
        "From report to promise", list(spans["min"]), list(spans["max"]), heights, BASELINE, 2
    )
    marks = figures.assign(
        across=figures["middle"],
        up=figures["label"].map(height_of),
        words=[
            write_label(figure) if figure["is_labelled"] else ""
            for figure in figures.to_dict("records")
        ],
    )
    return (*bars, ways, *build_sign_rows(marks, EUROPE))
