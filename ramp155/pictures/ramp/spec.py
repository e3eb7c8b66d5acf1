"""A line's ramp as a Vega-Lite spec: rates over time, and under them its steps on the same axis.

The spec is built once; a line puts its rows, its axes and its height into it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from ramp155.base.memory import remember_asset
from ramp155.pictures.grammar.axes import build_years_axis
from ramp155.pictures.grammar.events import EVENT_TIP
from ramp155.pictures.grammar.labels import draw_free_words
from ramp155.pictures.grammar.signs import draw_signs
from ramp155.pictures.grammar.spec import Spec, chart_table, fill_tables, join_layers
from ramp155.pictures.palette import (
    BASELINE,
    EUROPE,
    FIGURE_SIZE,
    LINE_WIDTH,
    NAMEPLATE,
    NOTE_SIZE,
    OVERDUE,
    QUIET,
    choose_letter_colour,
)
from ramp155.pictures.ramp.labels import (
    PLOT_HEIGHT,
    WORD_COLUMNS,
    name_reading,
    place_rate_labels,
)
from ramp155.pictures.ramp.rates import RATE_SIGNS
from ramp155.pictures.ramp.rows import RampRows
from ramp155.text.plant.promises import say_unit
from ramp155.text.signs import EARLIER_PROMISE, PROMISE, REPORT, Sign

_STEP_HEIGHT, _GAP = 27, 22  # pixels of a step's row, and between rates and steps
_FLAT_HEIGHT, _NO_HEIGHT = 110, 34  # pixels of rates where there is but one, and none
_LETTER = 0.5 * FIGURE_SIZE  # pixels that a letter takes at least
# Pixels of width and of height below which only the newest promises bear words.
_NARROW, _LOW = 560, 225
_HEADROOM, _FLAT_HEADROOM = 1.16, 1.5  # of the axis over the highest rate, for words
_DAY_ENDS = 0.3, 0.85  # of the axis: a day before or after has its words on the inner side
_MOST_RIGHT = 0.62  # of the axis: a step that ends further right has its words on its left
_STEP_SIGNS = (EARLIER_PROMISE, PROMISE, REPORT)
_WORD_TONES = {
    "report": EUROPE,
    "promise": NAMEPLATE,
    "late": choose_letter_colour(OVERDUE),
    "kept": QUIET,
    "quiet": QUIET,
}
# What a line puts into the spec.
_FIRST, _LAST, _FLOOR, _TOP, _UNIT, _TICKS = "FIRST", "LAST", "FLOOR", "TOP", "UNIT", "TICKS"


def draw_ramp_chart(rows: RampRows, as_of: str, as_of_words: str) -> Spec:
    """A line's ramp: its rates, our reading and its steps.

    Parameters
    ----------
    rows : RampRows
        What is drawn, with a rate or a step at least.
    as_of : str
        The day of the record, ISO, drawn as a line.
    as_of_words : str
        What stands beside that line.

    Returns
    -------
    Spec
        A Vega-Lite spec; taller with each step.
    """
    has_rates, step_count = len(rows.rates) > 0, len(rows.slips)
    rates_height = _choose_height(rows)
    gap = _GAP if has_rates and step_count else 0
    height = rates_height + gap + step_count * _STEP_HEIGHT
    top = _find_top(rows)
    pixel = top / rates_height  # units a year

    def place_rows(table: pd.DataFrame) -> pd.DataFrame:
        levels = [-pixel * (gap + (place + 0.5) * _STEP_HEIGHT) for place in table["place"]]
        return table.assign(level=levels)

    filled = {
        _FIRST: rows.first,
        _LAST: rows.last,
        _FLOOR: top - pixel * height,
        _TOP: top,
        _UNIT: say_unit(rows.unit) if has_rates else "",
    }
    ticks = _list_ticks(top, 2 if rates_height == _FLAT_HEIGHT else 5)
    slips = place_rows(rows.slips)
    words = [
        _say_day(as_of, as_of_words, top, rows),
        place_rate_labels(rows, as_of, top, rates_height),
        _name_reading(rows),
        _name_steps(slips, rows),
    ]
    rate_signs = tuple(sign for sign in RATE_SIGNS[::-1] if sign.name in set(rows.rates["sign"]))
    step_signs = tuple(sign for sign in _STEP_SIGNS if sign.name in set(rows.steps["sign"]))
    spec = _fill_in(_build_ramp_spec(has_rates, rate_signs, step_signs), filled, ticks)
    return {
        **fill_tables(
            spec,
            today=pd.DataFrame([{"date": as_of}]),
            reading=rows.reading,
            rates=rows.rates.drop(columns="line_id"),
            steps=place_rows(rows.steps),
            slips=slips,
            words=pd.concat([table for table in words if len(table)]),
        ),
        "height": height,
    }


def _fill_in(part: Any, filled: dict[str, Any], ticks: list[float]) -> Any:  # noqa: ANN401
    """A part of the spec with what a line puts in for the names that stand there."""
    if isinstance(part, str):
        return filled.get(part, part)
    if isinstance(part, dict):
        return {key: _fill_in(member, filled, ticks) for key, member in part.items()}
    if isinstance(part, list):
        return ticks if part == [_TICKS] else [_fill_in(member, filled, ticks) for member in part]
    return part


def _choose_height(rows: RampRows) -> int:
    """Less height for a line of which one rate is all there is."""
    if rows.rates.empty:
        return _NO_HEIGHT
    is_flat = len(rows.rates) == 1 and (rows.reading.empty or rows.reading["high"].nunique() == 1)
    return _FLAT_HEIGHT if is_flat else PLOT_HEIGHT


def _find_top(rows: RampRows) -> float:
    """Upper end of the axis: over every rate and over the likely range."""
    if rows.rates.empty:
        return 1.0
    highest = float(max([rows.rates["rate"].max(), *rows.reading["high"]]))
    return highest * (_FLAT_HEADROOM if _choose_height(rows) == _FLAT_HEIGHT else _HEADROOM)


def _list_ticks(top: float, steps: int) -> list[float]:
    """Round figures from 0 up to the top of the axis, at most so many steps."""
    rough = top / steps
    magnitude = 10 ** math.floor(math.log10(rough))
    step = next(magnitude * factor for factor in (1, 2, 2.5, 5, 10) if magnitude * factor >= rough)
    return [step * place for place in range(int(top / step) + 1)]


def _say_day(as_of: str, words: str, top: float, rows: RampRows) -> pd.DataFrame:
    """The words of the day of the record, over its line and all that is drawn, within the chart's ends."""
    first, day, last = map(pd.Timestamp, (rows.first, as_of, rows.last))
    share = (day - first) / (last - first)
    align = "left" if share < _DAY_ENDS[0] else "right" if share > _DAY_ENDS[1] else "center"
    return pd.DataFrame(
        [(as_of, top, words, align, 0, -10, "quiet", 400, True)], columns=WORD_COLUMNS
    )


def _name_reading(rows: RampRows) -> pd.DataFrame:
    """The name of our reading, over its end."""
    ends = rows.reading.tail(1)
    words = [
        (date, middle, name_reading(rows), "right", -2, -9, "quiet", 600, True)
        for date, middle in zip(ends["date"], ends["middle"], strict=True)
    ]
    return pd.DataFrame(words, columns=WORD_COLUMNS)


def _name_steps(slips: pd.DataFrame, rows: RampRows) -> pd.DataFrame:
    """The words of each step, on the side of its marks where there is room."""
    first, last = pd.Timestamp(rows.first), pd.Timestamp(rows.last)
    middle = (first + _MOST_RIGHT * (last - first)).date().isoformat()
    words = []
    for left, right, level, label, tone in zip(
        *(slips[name] for name in ("left", "right", "level", "label", "tone")), strict=True
    ):
        is_right = right <= middle
        side = (right, level, label, "left", 11) if is_right else (left, level, label, "right", -11)
        words.append((*side, 0, tone, 400, True))
    return pd.DataFrame(words, columns=WORD_COLUMNS)


@remember_asset
def _build_ramp_spec(
    has_rates: bool, rate_signs: tuple[Sign, ...], step_signs: tuple[Sign, ...]
) -> Spec:
    """The chart with names where a line puts its axes, and the signs it has; without rates it has no axis of them."""
    x_axis = build_years_axis(_FIRST, _LAST, within=False)
    axis = _build_rate_axis() if has_rates else None
    scale = alt.Scale(domain=[_FLOOR, _TOP], nice=False, zero=False)

    def y_axis(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", axis=axis, scale=scale)

    today = chart_table("today").mark_rule(color=QUIET, strokeDash=[2, 3], strokeWidth=LINE_WIDTH)
    layers = [
        today.encode(x_axis),
        *_draw_reading(x_axis, y_axis("low"), y_axis("middle")),
        *_draw_rates(rate_signs, x_axis, y_axis("rate")),
        *_draw_steps(step_signs, x_axis, y_axis("level")),
        _draw_words(x_axis, y_axis("level")),
    ]
    return join_layers(layers, PLOT_HEIGHT)


def _build_rate_axis() -> alt.Axis:
    """The axis of rates: its unit over it, no figure under 0, where the steps stand."""
    return alt.Axis(
        format=",.0f",
        values=[_TICKS],
        title=_UNIT,
        titleAnchor="end",
        titleAngle=0,
        titleAlign="left",
        titleX=4,
        titleY=-8,
        domain=False,
        ticks=False,
    )


def _draw_reading(x_axis: alt.X, low_axis: alt.Y, middle_axis: alt.Y) -> list[alt.Chart]:
    """The likely range as a band, and its middle as a line."""
    base = chart_table("reading")
    tooltip = [
        alt.Tooltip("date:T", format="%b %Y", title="Our reading for"),
        alt.Tooltip("middle:Q", format=",.0f", title="Middle"),
        alt.Tooltip("low:Q", format=",.0f", title="Likely from"),
        alt.Tooltip("high:Q", format=",.0f", title="to"),
    ]
    return [
        base.mark_area(color=EUROPE, opacity=0.16).encode(
            x_axis, low_axis, alt.Y2("high"), tooltip=tooltip
        ),
        # Dotted and grey: a full line in the colour of reports joins reports.
        base.mark_line(color=QUIET, strokeWidth=LINE_WIDTH + 0.5, strokeDash=[1.5, 3]).encode(
            x_axis, middle_axis, tooltip=tooltip
        ),
    ]


def _draw_rates(signs: Sequence[Sign], x_axis: alt.X, y_axis: alt.Y) -> list[alt.Chart]:
    """Promises joined statement by statement, the older the fainter, and what was reported."""
    base = chart_table("rates")
    tooltip = [
        alt.Tooltip("date:T", format="%b %Y", title="For"),
        alt.Tooltip("rate:Q", format=",.0f", title=_UNIT),
        alt.Tooltip("kind:N", title="Is"),
        alt.Tooltip("counts:N", title="Counts"),
        *EVENT_TIP,
    ]
    fade = alt.Opacity("fade:Q", scale=None)
    promised = base.transform_filter("datum.kind == 'promise'")
    reached = base.transform_filter("datum.kind == 'report'")
    places = (x_axis, y_axis, tooltip)
    marks = _draw_marks(base, signs, *places)
    return [
        promised.mark_line(strokeWidth=LINE_WIDTH, strokeDash=[5, 4], color=NAMEPLATE).encode(
            x_axis, y_axis, alt.Detail("statement:N"), opacity=fade
        ),
        reached.mark_line(strokeWidth=3, color=EUROPE).encode(x_axis, y_axis, alt.Detail("sign:N")),
        *(mark.encode(opacity=fade) for mark in marks),
    ]


def _draw_steps(signs: Sequence[Sign], x_axis: alt.X, y_axis: alt.Y) -> list[alt.Chart]:
    """A row a step: what was promised, what came, and between them how late it is."""
    slips = chart_table("slips")
    spans = [
        table.mark_rule(strokeWidth=width, color=colour).encode(
            build_years_axis(_FIRST, _LAST, left, within=False),
            alt.X2(f"{right}:T"),
            y_axis,
            tooltip=["label:N"],
        )
        for table, left, right, width, colour in (
            (slips, "left", "right", LINE_WIDTH, BASELINE),
            (slips.transform_filter("datum.late_left"), "late_left", "late_right", 5, OVERDUE),
        )
    ]
    tooltip = [
        alt.Tooltip("for:N", title="For"),
        alt.Tooltip("what:N", title="Is"),
        *EVENT_TIP,
    ]
    places = (x_axis, y_axis, tooltip)
    marks = chart_table("steps")
    return [
        *spans,
        *_draw_marks(marks, signs, *places),
    ]


def _draw_marks(
    base: alt.Chart, signs: Sequence[Sign], *places: alt.X | alt.Y | list[alt.Tooltip]
) -> list[alt.Chart]:
    """What was promised, and over it what was reported."""
    promised = [sign for sign in signs if not sign.is_filled]
    reported = [sign for sign in signs if sign.is_filled]
    return [
        *draw_signs(base, promised, *places, size=80, color=NAMEPLATE),
        *draw_signs(base, reported, *places, size=95, color=EUROPE),
    ]


def _draw_words(x_axis: alt.X, y_axis: alt.Y) -> alt.Chart:
    """The words beside marks, with an edge of paper."""
    base = chart_table("words")
    look: dict[str, Any] = {name: {"expr": f"datum.{name}"} for name in ("align", "dx", "dy")}
    look["fontWeight"] = {"expr": "datum.weight"}
    # Words that would run over the edge there are left to the tooltip.
    end = f"scale('x', toDate(datum.date)) + datum.dx + {_LETTER} * length(datum.text)"
    is_over = f"width < {_NARROW} && datum.align === 'left' && {end} > width"
    is_tight = f"(width < {_NARROW} || height < {_LOW})"
    look["opacity"] = {"expr": f"{is_tight} && !datum.stays || {is_over} ? 0 : 1"}
    # Where it is narrow "at least 6 months" is "6+ months", so that no word is cut at the edge.
    shorter = "replace(datum.text, regexp('at least ([0-9]+)'), '$1+')"
    look["text"] = {"expr": f"width < {_NARROW} ? {shorter} : datum.text"}
    tests = [
        {"test": f"datum.tone == '{tone}'", "value": colour} for tone, colour in _WORD_TONES.items()
    ]
    look["fontSize"] = {"expr": f"width < {_NARROW} ? {NOTE_SIZE} : {FIGURE_SIZE}"}
    words: alt.Chart = draw_free_words(base, **look).encode(
        x_axis, y_axis, alt.ColorValue(QUIET, condition=tests)
    )
    return words
