"""A change of output as steps from the baseline to the scenario."""

from __future__ import annotations

from typing import NamedTuple

import altair as alt

from ramp155.pictures.grammar.labels import colour_marks
from ramp155.pictures.grammar.rounds import MILLION_TENTHS
from ramp155.pictures.grammar.spec import Spec, chart_rows, finish_chart
from ramp155.pictures.palette import BASELINE, EUROPE, QUIET
from ramp155.text.numbers import say_rounds, say_signed_rounds


class _CauseBar(NamedTuple):
    """A column: a level from nought, or the step from one level to the next (rounds a year)."""

    what: str
    low: float
    high: float
    kind: str

    @property
    def text(self) -> str:
        change = self.high - self.low
        return say_rounds(change) if self.kind == "level" else say_signed_rounds(change)

    @property
    def top(self) -> float:
        return max(self.low, self.high)


def draw_causes(causes: list[tuple[str, float]], before: float, height: int) -> Spec:
    """A change as steps from `before` to after: (what, rounds a year) in order.

    Parameters
    ----------
    causes : list of (str, float)
        What changed and by how many rounds a year, in order.
    before : float
        Rounds a year of the baseline.
    height : int
        Height of the chart, pixels.

    Returns
    -------
    Spec
        A Vega-Lite spec.
    """
    bars = [_CauseBar("baseline", 0.0, before, "level")]
    for cause, change in causes:
        level = bars[-1].high
        bars.append(_CauseBar(cause, level, level + change, "step"))
    bars.append(_CauseBar("scenario", 0.0, bars[-1].high, "level"))
    highest_top = max(bar.top for bar in bars)
    base = chart_rows([{**bar._asdict(), "text": bar.text, "top": bar.top} for bar in bars])
    x_axis = (
        alt.X("what:N", sort=[bar.what for bar in bars])
        .title(None)
        .axis(labelAngle=0, labelLimit=160)
    )
    scale = alt.Scale(domain=[0, highest_top * 1.12])  # room for the words
    y_axis = (
        alt.Y("low:Q", scale=scale)
        .title("rounds a year")
        .axis(labelExpr=MILLION_TENTHS, tickCount=5)
    )
    columns = base.mark_bar(width={"band": 0.6}).encode(
        x_axis,
        y_axis,
        alt.Y2("high:Q"),
        colour_marks("kind", {"level": BASELINE, "step": EUROPE}),
    )
    figures = base.mark_text(dy=-9, style="figure", color=QUIET).encode(
        x_axis, alt.Y("top:Q"), text="text:N"
    )
    return finish_chart(alt.layer(columns, figures), height)
