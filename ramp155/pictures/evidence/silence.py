"""How long ago each line was last reported: rows, spec and picture."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ramp155.history.status import count_silent_months, list_statuses
from ramp155.model.model import Model
from ramp155.pictures.builder import build_native_chart, remember_picture
from ramp155.pictures.grammar.spec import Spec, chart_rows, join_layers
from ramp155.pictures.palette import BASELINE, EUROPE, FIGURE_SIZE, QUIET
from ramp155.pictures.picture import Picture
from ramp155.pictures.source import list_event_sources, write_source_line
from ramp155.pictures.view import View
from ramp155.text.evidence.quality import write_silence_title
from ramp155.text.headlines.plants import write_silence_headline

_UNDATED = "no dated report"


def count_silent_lines(months: pd.Series, undated: int) -> dict[str, int]:
    """How many lines were last reported so many months ago.

    Parameters
    ----------
    months : Series, (lines,)
        Months since each line's last report.
    undated : int
        Lines whose reports bear no date.

    Returns
    -------
    dict of int
        Lines in each bin.
    """
    bins = [("under 6", 0, 6), ("6 to 12", 6, 12), ("12 to 24", 12, 24), ("24 or more", 24, 10_000)]
    counts = {
        f"{name} months": int(((months >= low) & (months < high)).sum()) for name, low, high in bins
    }
    return {**counts, _UNDATED: undated} if undated else counts


def draw_silence(months: pd.Series, undated: int, height: int) -> Spec:
    """How long ago each line was last reported, in bins.

    Parameters
    ----------
    months : Series, (lines,)
        Months since each line's last report.
    undated : int
        Lines whose reports bear no date.
    height : int
        Height of the chart, pixels.

    Returns
    -------
    Spec
        A Vega-Lite spec.
    """
    counts = count_silent_lines(months, undated)
    base = chart_rows([{"label": label, "lines": lines} for label, lines in counts.items()])
    y_axis = alt.Y("label:N", sort=list(counts), title=None)
    y_axis = y_axis.axis(style="bare")
    top = max(counts.values()) * 1.15 or 1  # room for the longest bar's figure
    x_axis = alt.X("lines:Q", axis=None, scale=alt.Scale(domain=[0, top], nice=False))
    colour = alt.condition(
        f"datum.label == '24 or more months' || datum.label == '{_UNDATED}'",
        alt.value(BASELINE),
        alt.value(EUROPE),
    )
    return join_layers(
        [
            base.mark_bar(height=18).encode(x_axis, y_axis, color=colour),
            base.mark_text(align="left", dx=5, fontSize=FIGURE_SIZE, color=QUIET).encode(
                x_axis, y_axis, text="lines:Q"
            ),
        ],
        height,
    )


@remember_picture
def build_silence_picture(model: Model, view: View) -> Picture:
    """How long ago each line was last reported."""
    lines = list_statuses(model.record)
    lines = lines[lines["status"] != "not yet reported"]
    months = count_silent_months(model.record, lines)
    undated = len(lines) - len(months)
    spec = draw_silence(months, undated, 200)
    counts = count_silent_lines(months, undated)
    return Picture(
        "silence",
        finding=write_silence_title(months, undated),
        headline=write_silence_headline(months),
        spec=spec,
        source=write_source_line(
            model,
            "Months from each line's last report to the record's end.",
            list_event_sources(model),
        ),
        alt="Bars: lines by months since their last report",
        native=build_native_chart(
            "bar",
            list(counts)[::-1],
            series={"Lines": list(counts.values())[::-1]},
            colours=[EUROPE],
            unit="lines",
        ),
    )
