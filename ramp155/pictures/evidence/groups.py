"""Median and P90 of each group's slips."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ramp155.pictures.grammar.spec import Spec, chart_rows, join_layers
from ramp155.pictures.palette import BASELINE, EUROPE, OVERDUE


def draw_slip_groups(table: pd.DataFrame, column: str, names: dict[str, str], height: int) -> Spec:
    """Median to P90 of each group's slips, with how many milestones stand behind it.

    Parameters
    ----------
    table : DataFrame
        One row a group: count, late (share), median and p90 with their ranges (months).
    column : str
        The column that names the group.
    names : dict of str
        What a group is called.
    height : int
        Height of the chart, pixels.

    Returns
    -------
    Spec
        A Vega-Lite spec.
    """
    groups = table.copy()
    groups["label"] = [
        f"{names.get(name, name)} ({count})"
        for name, count in zip(groups[column], groups["count"], strict=True)
    ]
    base = chart_rows(groups)
    y_axis = alt.Y("label:N", sort=list(groups["label"]), title=None)
    y_axis = y_axis.axis(labelLimit=190, style="bare", labelOverlap=False, labelPadding=9)
    x_axis = alt.X("median:Q", title="slip in months")
    x_axis = x_axis.axis(tickCount=6, domain=False)
    strength = alt.condition("datum.count < 5", alt.value(0.45), alt.value(1.0))
    tip = [
        alt.Tooltip("label:N", title="Group"),
        alt.Tooltip("late:Q", format=".0%", title="Late"),
        alt.Tooltip("median:Q", format=".0f", title="Median"),
        alt.Tooltip("median_low:Q", format=".0f", title="from"),
        alt.Tooltip("median_high:Q", format=".0f", title="to"),
        alt.Tooltip("p90:Q", format=".0f", title="P90"),
        alt.Tooltip("p90_low:Q", format=".0f", title="from"),
        alt.Tooltip("p90_high:Q", format=".0f", title="to"),
    ]
    return join_layers(
        [
            base.mark_rule(color=BASELINE, strokeWidth=3).encode(
                x_axis, alt.X2("p90:Q"), y_axis, opacity=strength, tooltip=tip
            ),
            base.mark_tick(color=OVERDUE, thickness=4, size=14).encode(
                alt.X("p90:Q"), y_axis, opacity=strength, tooltip=tip
            ),
            base.mark_tick(color=EUROPE, thickness=5, size=18).encode(
                x_axis, y_axis, opacity=strength, tooltip=tip
            ),
        ],
        height,
    )
