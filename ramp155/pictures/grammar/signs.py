"""Signs as marks of a chart: one layer a sign, so that a mark is drawn as what it is and no other."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from ramp155.pictures.palette import LINE_WIDTH, PAPER
from ramp155.text.signs import BOUND_SIGNS, SIGN_OF, Sign


def draw_sign(base: alt.Chart, sign: Sign, size: int = 70, **mark: Any) -> alt.Chart:  # noqa: ANN401
    """The rows of a chart as one sign.

    Parameters
    ----------
    base : alt.Chart
        The rows.
    sign : Sign
        How they are drawn: hollow figures are filled with paper, so that lines under them do not show.
    size : int
        Area of the mark, square pixels.
    **mark
        Other properties of the mark, as its colour.

    Returns
    -------
    alt.Chart
        Marks that wait for their places.
    """
    ground: dict[str, Any] = {} if sign.is_filled else {"strokeWidth": LINE_WIDTH}
    if sign.kind and not sign.is_filled:
        ground["fill"] = PAPER
    drawn: alt.Chart = base.mark_point(
        shape=sign.shape, filled=sign.is_filled, size=size, opacity=1, **ground, **mark
    )
    return drawn


def draw_signs(
    base: alt.Chart,
    signs: Iterable[Sign],
    *channels: alt.X | alt.Y | alt.Color | list[alt.Tooltip],
    size: int = 70,
    **mark: Any,  # noqa: ANN401
) -> list[alt.Chart]:
    """The rows of a chart, each as the sign that its column `sign` names.

    Parameters
    ----------
    base : alt.Chart
        Rows with a column `sign`.
    signs : iterable of Sign
        Those that may occur.
    *channels
        Places, colour and the lines of the tooltip.
    size : int
        Area of a mark, square pixels.
    **mark
        Other properties of the marks, as their colour.

    Returns
    -------
    list of alt.Chart
        One layer a sign.
    """
    encodings = [channel for channel in channels if not isinstance(channel, list)]
    tips = [tip for channel in channels if isinstance(channel, list) for tip in channel]
    return [
        draw_sign(base.transform_filter(f"datum.sign == '{sign.name}'"), sign, size, **mark).encode(
            *encodings, tooltip=tips
        )
        for sign in dict.fromkeys(signs)
    ]


def draw_bounds(
    base: alt.Chart,
    *channels: alt.X | alt.Y | alt.Color,
    **mark: Any,  # noqa: ANN401
) -> list[alt.Chart]:
    """Arrows below what was only said to be a most, above what was said to be a least.

    Parameters
    ----------
    base : alt.Chart
        Rows with a column `bound`.
    *channels
        Places and colour.
    **mark
        Other properties of the marks, as their colour.

    Returns
    -------
    list of alt.Chart
        One layer a side.
    """
    return [
        base.transform_filter(f"datum.bound == '{sign.name}'")
        .mark_point(
            shape=sign.shape,
            filled=False,
            size=100,
            opacity=1,
            strokeWidth=LINE_WIDTH,
            yOffset=drop,
            **mark,
        )
        .encode(*channels)
        for sign, drop in zip(BOUND_SIGNS, (12, -12), strict=True)
    ]


def list_signs(names: Iterable[str]) -> list[Sign]:
    """The signs of these names, each once, in the order in which they occur."""
    return [SIGN_OF[name] for name in dict.fromkeys(names)]


def list_sign_series(
    rows: pd.DataFrame, months: Sequence[str], column: str
) -> tuple[dict[str, list[float | None]], dict[str, Sign]]:
    """Marks as series of a native chart: one a sign, a further one where a month has a second mark.

    Parameters
    ----------
    rows : DataFrame
        Columns date (ISO), sign and the figure.
    months : sequence of str
        YYYY-MM, what the series share; marks outside are left out.
    column : str
        The figure's column, in the chart's unit.

    Returns
    -------
    tuple of dict
        The numbers by name of the series, None in months without a mark, and the sign of each.
    """
    series: dict[str, list[float | None]] = {}
    signs: dict[str, Sign] = {}
    place_of = {month: place for place, month in enumerate(months)}
    for date, sign_name, figure in zip(rows["date"], rows["sign"], rows[column], strict=True):
        place = place_of.get(date[:7])
        if place is None:
            continue
        words = SIGN_OF[sign_name].words.capitalize()
        names = itertools.chain([words], (f"{words} ({number})" for number in itertools.count(2)))
        name = next(name for name in names if series.get(name, [None] * (place + 1))[place] is None)
        series.setdefault(name, [None] * len(months))[place] = float(figure)
        signs[name] = SIGN_OF[sign_name]
    return dict(sorted(series.items())), signs


def list_sign_words(
    rows: pd.DataFrame,
    months: Sequence[str],
    series: Mapping[str, Sequence[float | None]],
    column: str,
    words: str,
) -> dict[str, tuple[str, ...]]:
    """What stands beside the marks of `list_sign_series`, by name of the series.

    Parameters
    ----------
    rows : DataFrame
        Columns date (ISO), the figure and its words, "" for none.
    months : sequence of str
        YYYY-MM, what the series share.
    series : mapping, each (months,)
        The marks, in the chart's unit.
    column, words : str
        The figure's column, in that unit, and that of its words.

    Returns
    -------
    dict of tuple of str, each (months,)
        Words by name of the series, "" where there are none.
    """
    place_of = {month: place for place, month in enumerate(months)}
    beside = {name: [""] * len(months) for name in series}
    for date, figure, text in zip(rows["date"], rows[column], rows[words], strict=True):
        place = place_of.get(date[:7])
        names = (
            [] if place is None else [n for n, marks in series.items() if marks[place] == figure]
        )
        if text and place is not None and names:
            beside[names[0]][place] = text
    return {name: tuple(texts) for name, texts in beside.items()}
