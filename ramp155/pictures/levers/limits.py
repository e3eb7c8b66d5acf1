"""Which stages limit output over time, as shares of runs that stand on each other: spec and picture."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ramp155.answers.stages.locks import share_limits
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import find_forecast_month
from ramp155.pictures.builder import build_native_chart, find_lever_window, remember_picture
from ramp155.pictures.grammar.axes import build_years_axis
from ramp155.pictures.grammar.labels import colour_marks
from ramp155.pictures.grammar.spec import Spec, chart_rows, join_layers
from ramp155.pictures.palette import EDGE, LINE_WIDTH, NOTE_SIZE, ON_STAGE, STAGE_COLOURS
from ramp155.pictures.picture import Picture
from ramp155.pictures.source import write_source_line
from ramp155.pictures.view import View
from ramp155.text.headlines.output import write_limits_headline
from ramp155.text.output.locks import write_limits
from ramp155.text.stages import name_stages

_FIRST_MONTH = "2024-01"  # earlier ones are of the record, not of the forecast
_FIRST_NAME, _LAST_NAME = "2027-10-01", "2029-10-01"  # a name nearer to an end would run over it
_LEAST_ROOM = 0.08  # share of the height that a name takes


def stack_limits(shares: pd.DataFrame, labels: dict[str, str]) -> pd.DataFrame:
    """Shares of `share_limits` as areas on each other: date, label, low and high (0 to 1)."""
    limit_rows = shares.assign(
        date=[f"{month}-01" for month in shares["month"]], label=shares["stage"].map(labels)
    )
    limit_rows["high"] = limit_rows.groupby("month")["share"].cumsum()
    limit_rows["low"] = limit_rows["high"] - limit_rows["share"]
    return limit_rows


def draw_limits(
    shares: pd.DataFrame, labels: dict[str, str], height: int, forecast_month: str
) -> Spec:
    """Which stages limit output, month by month, as shares of runs.

    Parameters
    ----------
    shares : DataFrame
        Rows of `share_limits`: month, stage, share (0 to 1).
    labels : dict of str
        The name of each stage.
    height : int
        Height of the chart, pixels.
    forecast_month : str
        YYYY-MM, the month after the record's last.

    Returns
    -------
    Spec
        A Vega-Lite spec.
    """
    limit_rows = stack_limits(shares, labels)
    x_axis = build_years_axis("2024-01-01", "2031-01-01", within=False)
    scale = alt.Scale(domain=[0, 1], nice=False)
    y_axis = alt.Y("low:Q", scale=scale, title="share of runs it limits")
    y_axis = y_axis.axis(format=".0%", tickCount=5, style="bare")
    areas = (
        chart_rows(limit_rows)
        .mark_area(stroke=EDGE, strokeWidth=0.5)
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
    names = chart_rows(place_limit_names(limit_rows)).mark_text(style="name", color=ON_STAGE)
    forecast = chart_rows([{"date": f"{forecast_month}-01", "top": 1.0, "said": "forecast"}])
    rule = forecast.mark_rule(color=ON_STAGE, strokeDash=[2, 3], strokeWidth=LINE_WIDTH)
    note = forecast.mark_text(align="left", dx=4, dy=8, color=ON_STAGE, fontSize=NOTE_SIZE)
    return join_layers(
        [
            areas,
            names.encode(x_axis, alt.Y("at:Q"), text="label:N"),
            rule.encode(x_axis),
            note.encode(x_axis, alt.Y("top:Q"), text="said:N"),
        ],
        height,
    )


def place_limit_names(rows: pd.DataFrame) -> pd.DataFrame:
    """Where each stage's name stands: where its area is thickest, so far from the ends that the name has room.

    Parameters
    ----------
    rows : DataFrame
        Rows of `stack_limits`.

    Returns
    -------
    DataFrame
        date, label and at (0 to 1), for stages whose area can hold a name.
    """
    roomy = rows[(rows["date"] >= _FIRST_NAME) & (rows["date"] <= _LAST_NAME)]
    thickest = roomy.loc[roomy.groupby("stage", sort=False)["share"].idxmax()]
    thickest = thickest[thickest["share"] >= _LEAST_ROOM]
    return thickest.assign(at=(thickest["low"] + thickest["high"]) / 2)[["date", "label", "at"]]


@remember_picture
def build_limits_picture(model: Model, view: View) -> Picture:
    """Which stages limit output over time, as shares of runs."""
    shares = share_limits(model, view.scenario)
    shares = shares[shares["month"] >= _FIRST_MONTH]
    labels = name_stages(model.record)
    by_stage = {str(stage): limit_rows for stage, limit_rows in shares.groupby("stage", sort=False)}
    months = list(dict.fromkeys(shares["month"]))
    return Picture(
        "limits",
        finding=write_limits(model.record, shares, view.month),
        headline=write_limits_headline(model.record, shares, view.month),
        spec=draw_limits(shares, labels, 270, find_forecast_month(model.record)),
        source=write_source_line(
            model,
            "Share of runs in which each stage limits output of complete 155 mm rounds. No public source tells "
            "which does: it is assumed.",
        ),
        alt="Areas on each other, one a stage of the chain: the share of runs it limits, month by month",
        native=build_native_chart(
            "area",
            months,
            series={labels[stage]: limit_rows["share"] for stage, limit_rows in by_stage.items()},
            colours=[STAGE_COLOURS[stage] for stage in by_stage],
            unit="share of runs",
            number="0%",
            stacked=True,
            forecast=find_forecast_month(model.record),
            window=find_lever_window(view.scenario, "The lever acts"),
        ),
    )
