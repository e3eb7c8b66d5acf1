"""What each stage allows, narrowest first, and what raising it alone adds: spec and picture."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ramp155.answers.stages.locks import Locks, find_locks
from ramp155.model.model import Model
from ramp155.pictures.builder import build_native_chart, build_range_row, remember_picture
from ramp155.pictures.grammar.labels import colour_marks
from ramp155.pictures.grammar.rounds import MILLION_TENTHS, build_rounds_tip
from ramp155.pictures.grammar.spec import Spec, chart_rows, join_layers
from ramp155.pictures.palette import (
    BASELINE,
    EDGE,
    EUROPE,
    INK,
    LINE_WIDTH,
    NOTE_SIZE,
    QUIET,
    STAGE_COLOURS,
)
from ramp155.pictures.picture import MarkRow, Picture
from ramp155.pictures.source import write_source_line
from ramp155.pictures.view import View
from ramp155.text.headlines.output import write_locks_headline
from ramp155.text.numbers import say_month, say_percent
from ramp155.text.output.locks import say_gain, write_locks
from ramp155.text.stages import name_stages

LEAST_SHARE = 0.02  # of runs; a stage that limits fewer is not named for it
_LEAST_TOP = 3_600_000  # the axis holds still while most levers move


def list_lock_rows(locks: Locks, labels: dict[str, str]) -> pd.DataFrame:
    """The stages of `Locks` with what is written beside them: label, limits, adds."""
    return locks.stages.assign(
        label=locks.stages["stage"].map(labels),
        limits=[
            f"limits {say_percent(share)}" if share >= LEAST_SHARE else ""
            for share in locks.stages["binds_share"]
        ],
        adds=[say_gain(rounds, locks.output) for rounds in locks.stages["alone_adds_p50"]],
    )


def draw_locks(locks: Locks, labels: dict[str, str], height: int) -> Spec:
    """What each stage alone would allow: a bar from the 10th to the 90th percentile, a tick at the median.

    Parameters
    ----------
    locks : Locks
        Rounds a year by stage.
    labels : dict of str
        The name of each stage.
    height : int
        Height of the chart, pixels.

    Returns
    -------
    Spec
        A Vega-Lite spec.
    """
    lock_rows = list_lock_rows(locks, labels)
    top = max(_LEAST_TOP, float(lock_rows["allows_p90"].max()) * 1.02)
    x_axis = alt.X("allows_p10:Q", scale=alt.Scale(domain=[0, top], nice=False))
    x_axis = x_axis.title("rounds a year").axis(labelExpr=MILLION_TENTHS, tickCount=6)
    y_axis = alt.Y("label:N", sort=list(lock_rows["label"])).title(None)
    y_axis = y_axis.axis(labelLimit=200, labelOverlap=False, style="bare")
    base = chart_rows(lock_rows)
    tip = [
        alt.Tooltip("label:N", title="Stage"),
        build_rounds_tip("allows_p10", "Allows, 10th percentile"),
        build_rounds_tip("allows_p50", "Allows, median"),
        build_rounds_tip("allows_p90", "Allows, 90th percentile"),
        alt.Tooltip("binds_share:Q", format=".0%", title="Runs it limits (assumed)"),
        build_rounds_tip("alone_adds_p50", "Raising it alone adds"),
    ]
    bars = base.mark_bar(height={"band": 0.62}, stroke=EDGE, strokeWidth=1).encode(
        x_axis, y_axis, alt.X2("allows_p90:Q"), colour_marks("stage", STAGE_COLOURS), tooltip=tip
    )
    medians = base.mark_tick(thickness=3, height={"band": 0.62}, color=INK).encode(
        alt.X("allows_p50:Q"), y_axis
    )
    words = base.mark_text(align="left", dx=5, color=QUIET, fontSize=NOTE_SIZE).encode(
        alt.X("allows_p90:Q"), y_axis, text="limits:N"
    )
    output = chart_rows([{"output": locks.output, "said": "output"}])
    rule = output.mark_rule(color=EUROPE, strokeWidth=LINE_WIDTH, strokeDash=[5, 3]).encode(
        alt.X("output:Q")
    )
    note = output.mark_text(baseline="bottom", color=EUROPE, fontSize=NOTE_SIZE).encode(
        alt.X("output:Q"), y=alt.value(-3), text="said:N"
    )
    return join_layers([bars, medians, words, rule, note], height)


@remember_picture
def build_locks_picture(model: Model, view: View) -> Picture:
    """What each stage allows, narrowest first."""
    locks = find_locks(model, view.scenario, view.month)
    labels = name_stages(model.record)
    lock_rows = list_lock_rows(locks, labels)
    heights = [float(len(lock_rows) - place) for place in range(len(lock_rows))]
    lows, highs = (list(map(float, lock_rows[name])) for name in ("allows_p10", "allows_p90"))
    return Picture(
        "locks",
        finding=write_locks(model.record, locks).rstrip("."),
        headline=write_locks_headline(model.record, locks),
        spec=draw_locks(locks, labels, 270),
        source=write_source_line(
            model,
            f"155 mm rounds a year that each stage alone would allow in {say_month(view.month)}; bar: 8 of 10 runs, "
            "tick: median, upright line: median output. Which stage limits output is assumed.",
        ),
        alt="Bars, one a stage of the chain, narrowest first, with the median of what it allows",
        native=build_native_chart(
            "rows",
            list(lock_rows["label"]),
            series={},
            colours=[],
            unit="rounds a year each stage alone would allow",
            rows=(
                build_range_row(
                    "Likely range (8 of 10 runs)",
                    lows,
                    highs,
                    heights,
                    BASELINE,
                    8,
                    list(lock_rows["limits"]),
                ),
                MarkRow("Median", tuple(map(float, lock_rows["allows_p50"])), tuple(heights), INK),
                MarkRow(
                    "Output, median",
                    (float(locks.output),) * 2,
                    (0.4, len(lock_rows) + 0.6),
                    EUROPE,
                    width=2.5,
                    is_rule=True,
                ),
            ),
        ),
    )
