"""The strip under the output path: in what share of runs each stage limits output, month by month."""

from __future__ import annotations

from typing import Any

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ramp155.answers.output.surface import compute_surface, interpolate_position
from ramp155.base.shipped import read_shipped_rows
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.grammar.labels import NARROW, show_where_wide, spread_labels
from ramp155.pictures.palette import EDGE, NOTE_SIZE, ON_STAGE, QUIET, STAGE_COLOURS
from ramp155.text.numbers import say_percent

# Where there is no room for the stage's name.
SHORT_STAGE_NAMES = {
    row["stage"]: row["short"]
    for row in read_shipped_rows("stages", ("stage", "short"))
    if row["short"]
}
STRIP_SPAN = -510_000, -70_000  # where the strip lies under the zero line, rounds a year
END_NAMES = 3  # stages named at the strip's end
_LEAST_NAMED = 0.05  # share of runs from which a stage is named
_LEAST_INSIDE = 0.4  # share of runs from which a name has room inside the strip
_LEAST_MONTHS = 6  # that hold a short name; a full one takes a month and a bit for each letter
_END_GAP = 160_000  # between two names at the end, rounds a year
_END_MONTH = f"end of {MONTHS[-1][:4]}:"  # whose shares stand at the strip's end


def find_limiting_shares(model: Model, scenario: Scenario) -> pd.DataFrame:
    """The share of runs in which each stage limits output.

    Parameters
    ----------
    model : Model
        The record with its draws.
    scenario : Scenario
        Where the levers stand.

    Returns
    -------
    DataFrame, (months, stages)
        Shares, 0 to 1; columns in the chain's order.
    """
    surface = compute_surface(model, scenario)
    shares = interpolate_position(surface.binds[None], scenario.nitrocellulose)[0]
    return pd.DataFrame(shares, columns=list(surface.order))


def list_strip_columns(
    shares: pd.DataFrame, labels: dict[str, str], tallness: float = 1.0
) -> dict[str, Any]:
    """The columns behind the strip: each stage's band, its name inside, names at the end, all in words.

    Parameters
    ----------
    shares : DataFrame, (months, stages)
        As `find_limiting_shares`.
    labels : dict of str
        The name of each stage.
    tallness : float
        By how much the axis is taller than usual, so that the strip keeps its place on the picture.

    Returns
    -------
    dict
        By column: STAGE_low and STAGE_high (rounds a year, where the band lies), limits (words),
        strip_text and strip_height, end_text_K and end_height_K, end_month_height, strip_middle; each (months,).
    """
    bottom, top = STRIP_SPAN
    totals = np.maximum(shares.to_numpy().sum(axis=1, keepdims=True), 1e-9)
    highs = top - (top - bottom) * np.hstack(
        [np.zeros((len(shares), 1)), np.cumsum(shares.to_numpy() / totals, axis=1)]
    )
    columns: dict[str, Any] = {}
    for place, stage in enumerate(shares.columns):
        columns[f"{stage}_low"] = highs[:, place + 1]
        columns[f"{stage}_high"] = highs[:, place]
    middles = pd.DataFrame((highs[:, 1:] + highs[:, :-1]) / 2, columns=shares.columns)
    columns["limits"] = _say_shares(shares, labels)
    columns |= _place_names_inside(shares, middles, labels)
    columns |= _place_names_at_end(shares, middles)
    columns["strip_middle"] = (bottom + top) / 2
    for name, heights in columns.items():
        if not name.endswith(("_low", "_high", "_middle")) and "_height" not in name:
            continue
        columns[name] = heights * tallness
    return columns


def _say_shares(shares: pd.DataFrame, labels: dict[str, str]) -> list[str]:
    """The stages that limit output in some runs, the most frequent first: powder 48 %, ..."""
    phrases = []
    for row in shares.to_numpy():
        ranked = [k for k in np.argsort(-row, kind="stable") if row[k] >= _LEAST_NAMED]
        phrases.append(
            ", ".join(f"{labels[shares.columns[k]]} {say_percent(row[k])}" for k in ranked)
        )
    return phrases


def _place_names_inside(
    shares: pd.DataFrame, middles: pd.DataFrame, labels: dict[str, str]
) -> dict[str, Any]:
    """A stage's name in the middle of its longest stretch that is wide and long enough to hold it."""
    texts, heights = [""] * len(shares), np.full(len(shares), np.nan)
    for stage in shares.columns:
        first, last = _find_longest_stretch(shares[stage].to_numpy() >= _LEAST_INSIDE)
        place = (first + last) // 2
        if last - first >= _LEAST_MONTHS and not texts[place]:
            is_long = last - first >= len(labels[stage]) + 4
            texts[place] = labels[stage] if is_long else SHORT_STAGE_NAMES.get(stage, "")
            heights[place] = middles[stage].iloc[place]
    return {"strip_text": texts, "strip_height": heights}


def _find_longest_stretch(holds: NDArray[np.bool_]) -> tuple[int, int]:
    """First month and month after the last of the longest unbroken stretch; (0, 0) for none."""
    edges = np.flatnonzero(np.diff(np.r_[False, holds, False].astype(int)))
    stretches = list(zip(edges[::2], edges[1::2], strict=True))
    first, after = max(stretches, key=lambda ends: ends[1] - ends[0], default=(0, 0))
    return int(first), int(after)


def _place_names_at_end(shares: pd.DataFrame, middles: pd.DataFrame) -> dict[str, Any]:
    """The most frequent stages of the last month with their shares, one beneath the other."""
    last = shares.iloc[-1]
    named = last[last >= _LEAST_NAMED].sort_values(ascending=False, kind="stable").index[:END_NAMES]
    lowest = STRIP_SPAN[0] + 55_000
    heights = spread_labels({s: middles[s].iloc[-1] for s in named}, _END_GAP, lowest)
    over = max(heights.values(), default=0.0) - (STRIP_SPAN[1] - 40_000)
    columns: dict[str, Any] = {}
    for place in range(END_NAMES):
        stage = named[place] if place < len(named) else ""
        text = f"{SHORT_STAGE_NAMES.get(stage, stage)} {say_percent(last[stage])}" if stage else ""
        columns[f"end_text_{place}"] = text
        columns[f"end_height_{place}"] = heights[stage] - max(over, 0.0) if stage else np.nan
    columns["end_month_height"] = max(heights.values(), default=0.0) - max(over, 0.0) + _END_GAP
    return columns


def draw_strip(x_axis: alt.X, stages: tuple[str, ...]) -> list[alt.Chart]:
    """The strip, a band for each stage as wide as the share of runs it limits.

    Parameters
    ----------
    x_axis : alt.X
        The axis of time.
    stages : tuple of str
        Stages in the chain's order.

    Returns
    -------
    list of alt.Chart
        One layer a stage; rows: `list_strip_columns`.
    """
    return [
        alt.Chart()
        .mark_area(
            color=STAGE_COLOURS.get(stage, EDGE), stroke=EDGE, strokeWidth=1, strokeOpacity=0.6
        )
        .encode(x_axis, alt.Y(f"{stage}_low:Q"), alt.Y2(f"{stage}_high"))
        for stage in stages
    ]


def draw_strip_names(x_axis: alt.X) -> list[alt.Chart]:
    """The names of the stages inside the strip, and at its end with their shares."""
    opacity = show_where_wide(NARROW)
    inside = (
        alt.Chart()
        .transform_filter("datum.strip_text != ''")
        .mark_text(style="name", fontSize=NOTE_SIZE, color=ON_STAGE)
        .encode(x_axis, alt.Y("strip_height:Q"), text="strip_text:N")
    )
    at_end = [
        alt.Chart()
        .transform_filter(f"datum.month == '{MONTHS[-1]}' && datum.end_text_{place} != ''")
        .mark_text(align="left", dx=5, fontSize=NOTE_SIZE, color=QUIET, opacity=opacity)
        .encode(x_axis, alt.Y(f"end_height_{place}:Q"), text=f"end_text_{place}:N")
        for place in range(END_NAMES)
    ]
    dated = (
        alt.Chart()
        .transform_filter(f"datum.month == '{MONTHS[-1]}'")
        .mark_text(align="left", dx=5, fontSize=NOTE_SIZE, color=QUIET, opacity=opacity)
        .encode(x_axis, alt.Y("end_month_height:Q"), text=alt.value(_END_MONTH))
    )
    what = (
        alt.Chart()
        .transform_filter(f"datum.month == '{MONTHS[0]}'")
        .mark_text(
            align="right",
            dx=-4,
            dy=-13,
            lineBreak="\n",
            fontSize=NOTE_SIZE,
            color=QUIET,
            opacity=opacity,
        )
        .encode(x_axis, alt.Y("strip_middle:Q"), text=alt.value("limits\noutput\n(assumed)"))
    )
    return [inside, *at_end, dated, what]
