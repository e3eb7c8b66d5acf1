"""Which stages limit output over time, as shares of runs that stand on each other: spec and picture."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ramp155.answers.stages.locks import share_limits
from ramp155.model.model import Model
from ramp155.pictures.builder import build_native_chart, remember_picture
from ramp155.pictures.grammar.axes import build_years_axis, draw_forecast
from ramp155.pictures.grammar.labels import colour_marks, spread_labels
from ramp155.pictures.grammar.spec import Spec, chart_rows, join_layers
from ramp155.pictures.palette import EDGE, NOTE_SIZE, QUIET, STAGE_COLOURS
from ramp155.pictures.picture import Picture
from ramp155.pictures.source import write_source_line
from ramp155.pictures.view import View
from ramp155.text.output.locks import write_limits
from ramp155.text.stages import name_stages

_LAST_DAY = "2030-12-01"
_NAMED_FROM = 0.02  # a stage is named at the end where it limits at least this share of runs


def stack_limits(shares: pd.DataFrame, labels: dict[str, str]) -> pd.DataFrame:
    """Shares of `share_limits` as areas on each other: date, label, low and high (0 to 1)."""
    rows = shares.assign(
        date=[f"{month}-01" for month in shares["month"]], label=shares["stage"].map(labels)
    )
    rows["high"] = rows.groupby("month")["share"].cumsum()
    rows["low"] = rows["high"] - rows["share"]
    return rows


def draw_limits(shares: pd.DataFrame, labels: dict[str, str], height: int) -> Spec:
    """Which stages limit output, month by month, as shares of runs.

    Parameters
    ----------
    shares : DataFrame
        Rows of `share_limits`: month, stage, share (0 to 1).
    labels : dict of str
        The name of each stage.
    height : int
        Height of the chart, pixels.

    Returns
    -------
    Spec
        A Vega-Lite spec.
    """
    rows = stack_limits(shares, labels)
    x_axis = build_years_axis("2022-01-01", "2033-09-01", within=False)
    scale = alt.Scale(domain=[0, 1], nice=False)
    y_axis = alt.Y("low:Q", scale=scale, title="share of runs it limits")
    y_axis = y_axis.axis(format=".0%", tickCount=5, style="bare")
    areas = (
        chart_rows(rows)
        .mark_area(stroke=EDGE, strokeWidth=1)
        .encode(
            x_axis,
            y_axis,
            alt.Y2("high:Q"),
            colour_marks("stage", STAGE_COLOURS),
            tooltip=[
                alt.Tooltip("date:T", format="%B %Y", title="Month"),
                alt.Tooltip("label:N", title="Stage"),
                alt.Tooltip("share:Q", format=".0%", title="Runs it limits (assumed)"),
            ],
        )
    )
    last = rows[(rows["date"] == _LAST_DAY) & (rows["share"] >= _NAMED_FROM)]
    heights = spread_labels(
        dict(zip(last["label"], (last["low"] + last["high"]) / 2, strict=True)), 0.09
    )
    names = chart_rows(
        [{"date": _LAST_DAY, "low": heights[label], "label": label} for label in heights]
    )
    words = names.mark_text(align="left", dx=6, style="name", color=QUIET, fontSize=NOTE_SIZE)
    top = alt.Y("top:Q")
    return join_layers(
        [areas, *draw_forecast(x_axis, 1.0, top), words.encode(x_axis, y_axis, text="label:N")],
        height,
    )


@remember_picture
def build_limits_picture(model: Model, view: View) -> Picture:
    """Which stages limit output over time, as shares of runs."""
    shares = share_limits(model, view.scenario)
    labels = name_stages(model.record)
    by_stage = dict(iter(shares.groupby("stage", sort=False)))
    months = list(dict.fromkeys(shares["month"]))
    return Picture(
        "limits",
        finding=write_limits(model.record, shares, view.month),
        spec=draw_limits(shares, labels, 270),
        source=write_source_line(
            model,
            "Share of runs in which each stage limits output of complete 155 mm rounds. No public source tells "
            "which does: it is assumed.",
        ),
        alt="Areas on each other, one a stage of the chain: the share of runs it limits, month by month",
        native=build_native_chart(
            "area",
            months,
            series={labels[stage]: rows["share"] for stage, rows in by_stage.items()},
            colours=[STAGE_COLOURS[stage] for stage in by_stage],
            unit="share of runs",
            number="0%",
            stacked=True,
        ),
    )
