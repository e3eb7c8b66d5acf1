"""Policies at their dates by strand of NATO's plan, and the time axis they share with the lines
counted up.
"""

from __future__ import annotations

import altair as alt
import pandas as pd

from ramp155.base.memory import remember
from ramp155.model.model import Model
from ramp155.pictures.grammar.labels import colour_marks, draw_free_words
from ramp155.pictures.grammar.spec import Spec, chart_rows, join_layers
from ramp155.pictures.palette import LABEL_SIZE, LINE_WIDTH, STRAND_COLOURS
from ramp155.record.dates import month_number, month_text

POLICY_SPAN = ("2022-09-01", "2027-09-01")
POLICY_AXIS_WIDTH = (
    46  # both charts of the timeline keep as much room for the axis, so that months line up
)


@remember
def draw_policies(model: Model, height: int) -> Spec:
    """Policies at their dates, by strand of NATO's plan.

    Parameters
    ----------
    model : Model
        The record with its draws.
    height : int
        Height of the chart, pixels.

    Returns
    -------
    Spec
        A Vega-Lite spec.
    """
    policies = model.record.policies[model.record.policies["settings"] == ""].sort_values("date")
    label_levels = _stack_policy_labels(policies)
    levels = max(label_levels)
    marks = policies.assign(
        day=[f"{month_text(month_number(date))}-15" for date in policies["date"]],
        level=[levels + 1 - level for level in label_levels],
    )
    colour = colour_marks("strand", STRAND_COLOURS)
    tip = [
        alt.Tooltip("label:N", title="Policy"),
        alt.Tooltip("date:N", title="Date"),
        alt.Tooltip("strand:N", title="Strand"),
        alt.Tooltip("reasoning:N", title="What"),
    ]
    x_axis = alt.X("day:T", title=None, scale=alt.Scale(domain=list(POLICY_SPAN))).axis(None)
    blank_axis = alt.Axis(
        labelOpacity=0,
        titleOpacity=0,
        grid=False,
        style="bare",
        minExtent=POLICY_AXIS_WIDTH,
        maxExtent=POLICY_AXIS_WIDTH,
    )
    scale = alt.Scale(domain=[0.3, levels + 0.6], nice=False)
    y_axis = alt.Y("level:Q", title="lines", scale=scale, axis=blank_axis)
    base = chart_rows(marks)
    words = draw_free_words(base, align="left", dx=7, fontSize=LABEL_SIZE)
    layers = [
        base.mark_rule(opacity=0.5, strokeWidth=LINE_WIDTH).encode(
            x_axis, y_axis, y2=alt.datum(0.3), color=colour, tooltip=tip
        ),
        base.mark_tick(orient="horizontal", thickness=4, size=10).encode(
            x_axis, y_axis, colour, tooltip=tip
        ),
        words.encode(x_axis, y_axis, colour, text="label:N", tooltip=tip),
    ]
    return join_layers(layers, height)


def _stack_policy_labels(rows: pd.DataFrame) -> list[int]:
    """A level for each policy, in order of date, such that no label runs into the next one of its level."""
    ends: list[float] = []
    label_levels = []
    for date, label in zip(rows["date"], rows["label"], strict=True):
        start = month_number(date)
        free_level = next((k for k, end in enumerate(ends) if end <= start), len(ends))
        ends[free_level : free_level + 1] = [
            start + 2 + 0.6 * len(label)
        ]  # months a label takes on a small screen
        label_levels.append(free_level + 1)
    return label_levels
