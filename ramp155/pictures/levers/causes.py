"""A change of output as steps from the baseline to the scenario."""

from __future__ import annotations

import altair as alt

from ramp155.pictures.grammar.labels import colour_marks
from ramp155.pictures.grammar.rounds import MILLION_TENTHS
from ramp155.pictures.grammar.spec import Spec, chart_rows, finish_chart
from ramp155.pictures.palette import BASELINE, EUROPE, QUIET
from ramp155.text.numbers import say_rounds


def draw_causes(causes: list[tuple[str, float]], before: float, height: int) -> Spec:
    """A change as steps from `before` to after: (what, rounds a year) in order."""
    rows, level = [{"what": "baseline", "low": 0.0, "high": before, "kind": "level"}], before
    for cause, value in causes:
        rows.append({"what": cause, "low": level, "high": level + value, "kind": "step"})
        level += value
    rows.append({"what": "scenario", "low": 0.0, "high": level, "kind": "level"})
    for row in rows:
        change = row["high"] - row["low"]
        row["text"] = (
            say_rounds(change)
            if row["kind"] == "level"
            else f"{round(change, -4 if abs(change) >= 1e5 else -3):+,.0f}"
        )
        row["top"] = max(row["low"], row["high"])
    most = max(row["top"] for row in rows)
    base = chart_rows(rows)
    x_axis = (
        alt.X("what:N", sort=[r["what"] for r in rows])
        .title(None)
        .axis(labelAngle=0, labelLimit=160)
    )
    scale = alt.Scale(domain=[0, most * 1.12])  # room for the words
    y_axis = (
        alt.Y("low:Q", scale=scale)
        .title("rounds a year")
        .axis(labelExpr=MILLION_TENTHS, tickCount=5)
    )
    bars = base.mark_bar(width={"band": 0.6}).encode(
        x_axis,
        y_axis,
        alt.Y2("high:Q"),
        colour_marks("kind", {"level": BASELINE, "step": EUROPE}),
    )
    figures = base.mark_text(dy=-9, style="figure", color=QUIET).encode(
        x_axis, alt.Y("top:Q"), text="text:N"
    )
    return finish_chart(alt.layer(bars, figures), height)
