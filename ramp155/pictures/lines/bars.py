"""Rows of bars that stand on each other, each with its name over it and its figures at its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt

from ramp155.pictures.grammar.labels import colour_marks, name_rows
from ramp155.pictures.grammar.spec import Spec, chart_rows, join_layers
from ramp155.pictures.palette import QUIET

_ROW_HEIGHT, _LOW_ROW, _HIGH_ROW = (
    44,
    25,
    62,
)  # pixels: the name over the bar, beside it, and words under it too
_ROOM = 1.5  # how much longer the axis is than the longest bar


def draw_rows(
    rows: Sequence[Mapping[str, object]],
    colours: Mapping[str, str],
    tip_title: str,
    is_beside: bool = False,
    is_under: bool = False,
    room: float = _ROOM,
) -> Spec:
    """Bars in rows, in the order given.

    Parameters
    ----------
    rows : sequence of mappings
        label (a row's name), part (whose colour it has), low and high (where the bar begins and ends), said (its words
        at the row's end; only of the last part).
    colours : mapping of str to str
        part -> #RRGGBB.
    tip_title : str
        What the numbers count.
    is_beside : bool
        Whether names stand beside their bars, where they are short and rows many.
    is_under : bool
        Whether words stand under their bars, where they are long.
    room : float
        Length of the axis as a share of the longest bar (a ratio of 1 or more), where words stand beside bars.

    Returns
    -------
    Spec
        A Vega-Lite spec.
    """
    labels = list(dict.fromkeys(str(bar["label"]) for bar in rows))
    longest = max(float(str(bar["high"])) for bar in rows) or 1.0
    base = chart_rows([{**bar, "size": _measure(bar)} for bar in rows])
    y_axis = alt.Y("label:N", sort=labels, title=None)
    y_axis = y_axis.axis(style="bare", labelLimit=170) if is_beside else y_axis.axis(None)
    x_axis = alt.X(
        "low:Q",
        axis=None,
        scale=alt.Scale(domain=[0, longest * (1 if is_under else room)], nice=False),
    )
    tip = [
        alt.Tooltip("label:N", title="Of"),
        alt.Tooltip("part:N", title="What"),
        alt.Tooltip("size:Q", title=tip_title, format=",.0f"),
    ]
    words = base.transform_filter("datum.said != ''").mark_text(
        align="left",
        dx=0 if is_under else 8,
        dy=17 if is_under else 0,
        style="figure",
        color=QUIET,
    )
    bars = base.mark_bar(height=15).encode(
        x_axis, alt.X2("high:Q"), y_axis, colour_marks("part", colours), tooltip=tip
    )
    words_at = alt.value(0) if is_under else alt.X("high:Q")
    layers = [bars, words.encode(x=words_at, y=y_axis, text="said:N")]
    if not is_beside:
        names = chart_rows([{"label": label, "what": label} for label in labels])
        layers.append(name_rows(names, y_axis))
    row_height = _LOW_ROW if is_beside else _HIGH_ROW if is_under else _ROW_HEIGHT
    return join_layers(layers, alt.Step(row_height))


def _measure(row: Mapping[str, object]) -> float:
    return float(str(row["high"])) - float(str(row["low"]))
