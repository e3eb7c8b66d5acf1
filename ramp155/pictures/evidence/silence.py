"""How long ago each line was last reported: rows, spec and picture."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ramp155.history.status import count_silent_months, list_statuses
from ramp155.model.model import Model
from ramp155.pictures.builder import build_native_chart, remember_picture
from ramp155.pictures.grammar.spec import Spec, chart_rows, join_layers
from ramp155.pictures.palette import EUROPE, FIGURE_SIZE, QUIET, WARNING
from ramp155.pictures.picture import Picture
from ramp155.pictures.source import list_event_sources, write_source_line
from ramp155.pictures.view import View
from ramp155.text.evidence.quality import write_silence_title
from ramp155.text.headlines.plants import write_silence_headline


def count_silent_lines(months: pd.Series) -> dict[str, int]:
    """How many lines were last reported so many months ago.

    Parameters
    ----------
    months : Series, (lines,)
        Months since each line's last report.

    Returns
    -------
    dict of int
        Lines in each bin.
    """
    bins = [("under 6", 0, 6), ("6 to 12", 6, 12), ("12 to 24", 12, 24), ("24 or more", 24, 10_000)]
    return {
        f"{name} months": int(((months >= low) & (months < high)).sum()) for name, low, high in bins
    }


def draw_silence(months: pd.Series, height: int) -> Spec:
    """How long ago each line was last reported, in bins.

    Parameters
    ----------
    months : Series, (lines,)
        Months since each line's last report.
    height : int
        Height of the chart, pixels.

    Returns
    -------
    Spec
        A Vega-Lite spec.
    """
    counts = count_silent_lines(months)
    base = chart_rows([{"label": label, "lines": lines} for label, lines in counts.items()])
    y_axis = alt.Y("label:N", sort=list(counts), title=None)
    y_axis = y_axis.axis(style="bare")
    top = max(counts.values()) * 1.15 or 1  # room for the longest bar's figure
    x_axis = alt.X("lines:Q", axis=None, scale=alt.Scale(domain=[0, top], nice=False))
    colour = alt.condition(
        "datum.label == '24 or more months'", alt.value(WARNING), alt.value(EUROPE)
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
    months = count_silent_months(model.record, lines[lines["status"] != "not yet reported"])
    spec = draw_silence(months, 170)
    counts = count_silent_lines(months)
    return Picture(
        "silence",
        finding=write_silence_title(months),
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
