"""One line's rates over time, reached and promised: rows and spec."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ramp155.base.memory import remember_asset
from ramp155.model.model import Model
from ramp155.pictures.grammar.axes import build_years_axis, find_mid_month
from ramp155.pictures.grammar.spec import Spec, chart_table, join_layers
from ramp155.pictures.palette import EUROPE, NAMEPLATE


def list_ramp_rows(model: Model, line_ids: list[str]) -> pd.DataFrame:
    """Every rate reported or promised for some lines.

    Columns: line_id, date, rate, unit, kind ("reached" or "promised"), said_on, basis.
    """
    rates = []
    for line_id in line_ids:
        for event in model.record.events_of[line_id]:
            if event.rate is None or event.scope != "site":
                continue
            day = event.date or event.reported_on
            if day:
                rates.append(
                    {
                        "line_id": line_id,
                        "date": find_mid_month(day),
                        "rate": event.rate,
                        "unit": event.unit,
                        "kind": "reached" if event.rate_status == "done" else "promised",
                        "said_on": event.reported_on or "undated",
                        "basis": event.basis,
                    }
                )
    columns = ["line_id", "date", "rate", "unit", "kind", "said_on", "basis"]
    return pd.DataFrame(rates, columns=columns)


def draw_ramp(rates: pd.DataFrame, height: int) -> Spec:
    """One line's rates over time: reached as dots on a line, promised as hollow diamonds.

    Parameters
    ----------
    rates : DataFrame
        Rows of `list_ramp_rows` of one line and unit.
    height : int
        Height of the chart, pixels.

    Returns
    -------
    Spec
        A Vega-Lite spec.
    """
    start = min("2021-01-01", rates["date"].min())
    return {**_build_ramp_spec(rates["unit"].iloc[0], start, height), "datasets": {"rates": rates}}


@remember_asset
def _build_ramp_spec(unit: str, start: str, height: int) -> Spec:
    """The chart of one unit's rates, `height` in pixels; rows are put in afterwards."""
    base = chart_table("rates")
    x_axis = build_years_axis(start, "2031-01-01", digits=2, within=False)
    y_axis = alt.Y(
        "rate:Q", title=None, axis=alt.Axis(format="~s", tickCount=3), scale=alt.Scale(zero=True)
    )
    tooltip = [
        alt.Tooltip("date:T", format="%b %Y", title="For"),
        alt.Tooltip("rate:Q", format=",.0f", title=unit),
        alt.Tooltip("kind:N", title="Is"),
        alt.Tooltip("said_on:N", title="Said on"),
        alt.Tooltip("basis:N", title="What"),
    ]
    reached = base.transform_filter("datum.kind == 'reached'")
    promised = base.transform_filter("datum.kind == 'promised'")
    return join_layers(
        [
            reached.mark_line(strokeWidth=2.5, color=EUROPE).encode(x_axis, y_axis),
            reached.mark_point(filled=True, size=60, opacity=1, color=EUROPE).encode(
                x_axis, y_axis, tooltip=tooltip
            ),
            promised.mark_point(
                shape="diamond", size=70, filled=False, strokeWidth=2, color=NAMEPLATE
            ).encode(x_axis, y_axis, tooltip=tooltip),
        ],
        height,
    )
