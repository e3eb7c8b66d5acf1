"""The strip under the output path that names the stage which holds it back, stretch by stretch."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ramp155.base.shipped import read_shipped_rows
from ramp155.pictures.grammar.labels import colour_marks
from ramp155.pictures.output.axes import MONTH_STARTS
from ramp155.pictures.palette import EDGE, NOTE_SIZE, ON_STAGE, STAGE_COLOURS

# Where a stretch of the strip is too short for the stage's name.
SHORT_STAGE_NAMES = {
    row["stage"]: row["short"]
    for row in read_shipped_rows("stages", ("stage", "short"))
    if row["short"]
}
STRIP_SPAN = -205_000, -45_000  # where the bottleneck strip lies under the zero line


def place_strip_marks(
    stages: NDArray[np.str_], labels: dict[str, str], shortest: int = 15
) -> tuple[pd.DatetimeIndex, list[str]]:
    """Each stretch of one bottleneck: its end at its first month, its name at its middle.

    Stretches too short to hold a word stay without; NaT where no stretch begins.

    Parameters
    ----------
    stages : Array, (months,)
        The stage that holds output back in each month.
    labels : dict of str
        The name of each stage.
    shortest : int
        Fewest months that hold a stage's name.

    Returns
    -------
    tuple of DatetimeIndex and list of str, each (months,)
        The end of each stretch at its first month, its name at its middle.
    """
    starts = np.flatnonzero(np.r_[True, stages[1:] != stages[:-1]])
    ends = np.full(len(stages), np.datetime64("NaT"), dtype="datetime64[ns]")
    texts = [""] * len(stages)
    for start, end in zip(starts, np.r_[starts[1:], len(stages)], strict=True):
        ends[start] = MONTH_STARTS[end]
        name = stages[start]
        if end - start >= shortest:
            texts[(start + end) // 2] = labels[name]
        elif end - start >= shortest * 0.4:
            texts[(start + end) // 2] = SHORT_STAGE_NAMES.get(name, "")
    return pd.DatetimeIndex(ends), texts


def draw_strip(x_axis: alt.X) -> alt.Chart:
    """The strip, one stretch for each stage that holds output back; rows: `list_path_rows`."""
    strip: alt.Chart = (
        alt.Chart()
        .transform_filter("isValid(datum.strip_end)")
        .transform_calculate(low=str(STRIP_SPAN[0]), high=str(STRIP_SPAN[1]))
        .mark_rect(stroke=EDGE, strokeWidth=1)
        .encode(
            x_axis,
            alt.X2("strip_end:T"),
            alt.Y("low:Q"),
            alt.Y2("high:Q"),
            colour_marks("bottleneck", STAGE_COLOURS),
            tooltip=[
                alt.Tooltip("stage:N", title="Output is held back by"),
                alt.Tooltip("date:T", format="%B %Y", title="From"),
                alt.Tooltip("strip_end:T", format="%B %Y", title="Until"),
                alt.Tooltip("bottleneck_share:Q", format=".0%", title="Draws that agree"),
            ],
        )
    )
    return strip


def draw_strip_names(x_axis: alt.X) -> alt.Chart:
    """The names of the stages on the strip."""
    middle = str(sum(STRIP_SPAN) / 2)
    names: alt.Chart = (
        alt.Chart()
        .transform_filter("datum.strip_text != ''")
        .transform_calculate(middle=middle)
        .mark_text(style="name", fontSize=NOTE_SIZE, color=ON_STAGE)
        .encode(x_axis, alt.Y("middle:Q"), text="strip_text:N")
    )
    return names
