"""A line's ramp as a Vega-Lite spec: rates over time, and under them its steps on the same axis."""

from __future__ import annotations

import math
from collections.abc import Callable

import altair as alt
import pandas as pd

from ramp155.pictures.grammar.axes import build_years_axis
from ramp155.pictures.grammar.events import EVENT_TIP
from ramp155.pictures.grammar.labels import colour_letters
from ramp155.pictures.grammar.signs import draw_signs
from ramp155.pictures.grammar.spec import Spec, chart_rows, join_layers
from ramp155.pictures.palette import (
    BASELINE,
    EUROPE,
    FIGURE_SIZE,
    LINE_WIDTH,
    MISS,
    NAMEPLATE,
    NOTE_SIZE,
    PAPER,
    QUIET,
)
from ramp155.pictures.plants.ramps import RATE_SIGNS
from ramp155.pictures.ramp.labels import PLOT_HEIGHT, SIDES, place_rate_labels
from ramp155.pictures.ramp.rows import RampRows
from ramp155.text.plant.promises import say_unit
from ramp155.text.signs import EARLIER_PROMISE, PROMISE, REPORT

YAxis = Callable[[str], alt.Y]  # the axis of rates for a field
_STEP_HEIGHT, _GAP = 27, 22  # pixels of a step's row, and between rates and steps
_FLAT_HEIGHT = 90  # pixels of rates where there is but one
_NARROW = 560  # pixels of width below which only the newest promises bear words
_HEADROOM, _FLAT_HEADROOM = 1.16, 1.5  # of the axis over the highest rate, for words


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
    has_rates = len(rows.rates) > 0
    step_count = len(rows.slips)
    rates_height = _choose_height(rows) if has_rates else 34
    height = rates_height + (_GAP if has_rates and step_count else 0) + step_count * _STEP_HEIGHT
    top = _find_top(rows)
    floor = -top * (height - rates_height) / rates_height
    x_axis = build_years_axis(rows.first, rows.last, within=False)
    scale = alt.Scale(domain=[floor, top], nice=False, zero=False)
    axis = (
        _build_rate_axis(rows.unit, top, 2 if rates_height == _FLAT_HEIGHT else 5)
        if has_rates
        else None
    )

    def y_axis(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", axis=axis, scale=scale)

    layers = _draw_as_of(as_of, as_of_words, x_axis, y_axis, top)
    layers += _draw_rates(rows, x_axis, y_axis, as_of, top) if has_rates else []
    if step_count:
        row_height = top * _STEP_HEIGHT / rates_height
        first_row = -top * _GAP / rates_height if has_rates else 0.0
        layers += _draw_steps(rows, x_axis, y_axis("level"), first_row, row_height)
    return join_layers(layers, height)


def _choose_height(rows: RampRows) -> int:
    """Less height for a line of which one rate is all there is."""
    is_flat = len(rows.rates) == 1 and (rows.reading.empty or rows.reading["high"].nunique() == 1)
    return _FLAT_HEIGHT if is_flat else PLOT_HEIGHT


def _find_top(rows: RampRows) -> float:
    """Upper end of the axis: over every rate and over the likely range."""
    if rows.rates.empty:
        return 1.0
    highest = max([float(rows.rates["rate"].max()), *rows.reading["high"]])
    return highest * (_FLAT_HEADROOM if _choose_height(rows) == _FLAT_HEIGHT else _HEADROOM)


def _build_rate_axis(unit: str, top: float, steps: int) -> alt.Axis:
    """The axis of rates: its unit over it, no figure under 0, where the steps stand."""
    return alt.Axis(
        format=",.0f",
        values=_list_ticks(top, steps),
        title=say_unit(unit),
        titleAnchor="end",
        titleAngle=0,
        titleAlign="left",
        titleX=4,
        titleY=0,
        domain=False,
        ticks=False,
    )


def _list_ticks(top: float, steps: int) -> list[float]:
    """Round figures from 0 up to the top of the axis, at most so many steps."""
    rough = top / steps
    magnitude = 10 ** math.floor(math.log10(rough))
    step = next(magnitude * factor for factor in (1, 2, 2.5, 5, 10) if magnitude * factor >= rough)
    return [step * place for place in range(int(top / step) + 1)]


def _draw_rates(
    rows: RampRows, x_axis: alt.X, y_axis: YAxis, as_of: str, top: float
) -> list[alt.Chart]:
    """Our reading with its band, promises statement by statement, reports, and the words beside them."""

    rates = rows.rates.drop(columns="line_id")
    base = chart_rows(rates)
    tooltip = [
        alt.Tooltip("date:T", format="%b %Y", title="For"),
        alt.Tooltip("rate:Q", format=",.0f", title=rows.unit),
        alt.Tooltip("kind:N", title="Is"),
        alt.Tooltip("counts:N", title="Counts"),
        *EVENT_TIP,
    ]
    fade = alt.Opacity("fade:Q", scale=None, legend=None)
    promised = base.transform_filter("datum.kind == 'promise'")
    reached = base.transform_filter("datum.kind == 'report'")
    marks = [
        *draw_signs(
            base, RATE_SIGNS[2:], x_axis, y_axis("rate"), tooltip, size=80, color=NAMEPLATE
        ),
        *draw_signs(base, RATE_SIGNS[:2], x_axis, y_axis("rate"), tooltip, size=90, color=EUROPE),
    ]
    return [
        *_draw_reading(rows.reading, x_axis, y_axis),
        promised.mark_line(strokeWidth=LINE_WIDTH, strokeDash=[5, 4], color=NAMEPLATE).encode(
            x_axis, y_axis("rate"), alt.Detail("statement:N"), opacity=fade
        ),
        reached.mark_line(strokeWidth=3, color=EUROPE).encode(
            x_axis, y_axis("rate"), alt.Detail("sign:N")
        ),
        *(mark.encode(opacity=fade) for mark in marks),
        *_draw_words(place_rate_labels(rows, as_of, top), x_axis, y_axis("rate")),
    ]


def _draw_reading(reading: pd.DataFrame, x_axis: alt.X, y_axis: YAxis) -> list[alt.Chart]:
    """The likely range as a band, its middle as a line, and its name at the line's end."""
    if reading.empty:
        return []
    base = chart_rows(reading)
    tooltip = [
        alt.Tooltip("date:T", format="%b %Y", title="Our reading for"),
        alt.Tooltip("middle:Q", format=",.0f", title="Middle"),
        alt.Tooltip("low:Q", format=",.0f", title="Likely from"),
        alt.Tooltip("high:Q", format=",.0f", title="to"),
    ]
    name = chart_rows(reading.tail(1).assign(name="our reading"))
    return [
        base.mark_area(color=EUROPE, opacity=0.16, clip=True).encode(
            x_axis, y_axis("low"), alt.Y2("high"), tooltip=tooltip
        ),
        base.mark_line(color=EUROPE, strokeWidth=LINE_WIDTH, opacity=0.75, clip=True).encode(
            x_axis, y_axis("middle"), tooltip=tooltip
        ),
        name.mark_text(align="right", dy=-9, dx=-2, style="name", color=EUROPE).encode(
            x_axis, y_axis("middle"), text="name:N"
        ),
    ]


def _draw_words(labels: pd.DataFrame, x_axis: alt.X, y_axis: alt.Y) -> list[alt.Chart]:
    """The words beside rates, a layer for each side of a mark; where there is little room, fewer."""
    layers = []
    for side in SIDES:
        for kind, colour, weight in (("report", EUROPE, 600), ("promise", NAMEPLATE, 400)):
            words = labels[(labels["side"] == side.name) & (labels["kind"] == kind)]
            if words.empty:
                continue
            least_width = _NARROW if kind == "promise" else 0
            halo, ink = _set_words(
                words,
                align=side.align,
                dx=side.dx,
                dy=side.dy,
                fontWeight=weight,
                opacity={"expr": f"width < {least_width} && datum.fade < 1 ? 0 : 1"},
            )
            layers += [
                halo.encode(x_axis, y_axis, text="text:N"),
                ink.encode(x_axis, y_axis, color=alt.value(colour), text="text:N"),
            ]
    return layers


def _set_words(words: pd.DataFrame, **look: object) -> tuple[alt.Chart, alt.Chart]:
    """Words as letters, and under them the same in paper, so that lines do not run through them."""
    base = chart_rows(words)
    halo: alt.Chart = base.mark_text(
        color=PAPER, stroke=PAPER, strokeWidth=4, fontSize=FIGURE_SIZE, **look
    )
    ink: alt.Chart = base.mark_text(fontSize=FIGURE_SIZE, **look)
    return halo, ink


def _draw_as_of(
    as_of: str, words: str, x_axis: alt.X, y_axis: YAxis, top: float
) -> list[alt.Chart]:
    """The day of the record, from top to bottom."""
    base = chart_rows([{"date": as_of, "top": top, "words": words}])
    rule = base.mark_rule(color=QUIET, strokeDash=[2, 3], strokeWidth=LINE_WIDTH).encode(x_axis)
    note = base.mark_text(align="right", dx=-5, dy=6, color=QUIET, fontSize=NOTE_SIZE)
    return [rule, note.encode(x_axis, y_axis("top"), text="words:N")]


def _draw_steps(
    rows: RampRows, x_axis: alt.X, y_axis: alt.Y, first_row: float, row_height: float
) -> list[alt.Chart]:
    """A row a step: what was promised, what came, and between them how late it is."""

    def place_rows(table: pd.DataFrame) -> pd.DataFrame:
        return table.assign(
            level=[first_row - (place + 0.5) * row_height for place in table["place"]]
        )

    slips, marks = place_rows(rows.slips), chart_rows(place_rows(rows.steps))
    middle = pd.Timestamp(rows.first) + 0.62 * (pd.Timestamp(rows.last) - pd.Timestamp(rows.first))
    is_right = pd.to_datetime(slips["right"]) <= middle
    slips = slips.assign(tone=["late" if is_late else "kept" for is_late in slips["is_late"]])
    base = chart_rows(slips)
    left_axis, right_axis = (
        build_years_axis(rows.first, rows.last, f, within=False) for f in ("left", "right")
    )
    colours = {"late": MISS, "kept": BASELINE}
    tone = alt.Color("tone:N", scale=alt.Scale(domain=list(colours), range=list(colours.values())))
    tooltip = [
        alt.Tooltip("what:N", title="Step"),
        alt.Tooltip("for:N", title="For"),
        *EVENT_TIP,
    ]
    span = base.mark_rule(strokeWidth=5, strokeCap="round").encode(
        left_axis, alt.X2("right:T"), y_axis, tone, tooltip=["label:N"]
    )
    letters = colour_letters("tone", colours)
    words: list[alt.Chart] = []
    for right_side, align, dx, axis in (
        (True, "left", 11, right_axis),
        (False, "right", -11, left_axis),
    ):
        beside = slips[is_right == right_side]
        if len(beside):
            halo, ink = _set_words(beside, align=align, dx=dx)
            words += [
                halo.encode(axis, y_axis, text="label:N"),
                ink.encode(axis, y_axis, letters, text="label:N"),
            ]
    places = (x_axis, y_axis, tooltip)
    return [
        span,
        *draw_signs(marks, [EARLIER_PROMISE, PROMISE], *places, size=80, color=NAMEPLATE),
        *draw_signs(marks, [REPORT], *places, size=100, color=EUROPE),
        *words,
    ]
