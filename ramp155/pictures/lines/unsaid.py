"""Of how many lines nobody has said what."""

from __future__ import annotations

from typing import Any

from ramp155.answers.counts import count_lines
from ramp155.answers.plants.line_groups import count_unsaid
from ramp155.model.model import Model
from ramp155.pictures.builder import build_native_chart, draw_nothing, remember_picture
from ramp155.pictures.lines.bars import draw_rows
from ramp155.pictures.palette import BASELINE, EUROPE
from ramp155.pictures.picture import Picture
from ramp155.pictures.plants.lines import list_shown_lines, say_view_lines
from ramp155.pictures.source import write_source_line
from ramp155.pictures.view import View
from ramp155.text.evidence.lines import (
    UNSAID_NAMES,
    write_unsaid_headline,
    write_unsaid_title,
)


def list_unsaid_rows(unsaid: dict[str, int], lines: int) -> list[dict[str, Any]]:
    """Rows of `draw_rows`: lines of which it is not said, and the others.

    Parameters
    ----------
    unsaid : dict of str to int
        Of `count_unsaid`: number of lines (of news: none for two years).
    lines : int
        Number of all lines.

    Returns
    -------
    list of dict
        Two for each thing that may be unsaid.
    """
    bars: list[dict[str, Any]] = []
    for subject, number in unsaid.items():
        at_row = {"label": f"Nobody has said {UNSAID_NAMES[subject]}"}
        words = f"{number} of {lines}"
        bars.append(at_row | {"part": "not said", "low": 0, "high": number, "said": ""})
        bars.append(at_row | {"part": "said", "low": number, "high": lines, "said": words})
    return bars


@remember_picture
def build_unsaid_picture(model: Model, view: View) -> Picture:
    """Of how many lines nobody has said what."""
    lines = list_shown_lines(model, view)
    number = count_lines(model.record, lines=lines).number
    unsaid = count_unsaid(model.record, lines)
    bars = list_unsaid_rows(unsaid, number)
    labels = [bar["label"] for bar in bars[::2]][::-1]
    return Picture(
        "unsaid",
        finding=write_unsaid_title(unsaid, number, say_view_lines(model.record, view))
        if number
        else "No line was reported by this date",
        headline=write_unsaid_headline(unsaid, number) if number else "",
        spec=draw_rows(bars, {"not said": BASELINE, "said": EUROPE}, "Lines")
        if number
        else draw_nothing("No line was reported by this date."),
        source=write_source_line(
            model, "A date is missing only where a line is announced or being built."
        ),
        key="Grey: not said; blue: the other lines." if number else "",
        alt="Bars: of how many lines nobody has said how much, when, anything lately, or where",
        native=build_native_chart(
            "bar",
            labels,
            series={
                "Not said": list(unsaid.values())[::-1],
                "The other lines": [number - unsaid_lines for unsaid_lines in unsaid.values()][
                    ::-1
                ],
            },
            colours=[BASELINE, EUROPE],
            unit="lines",
            number="0",
            stacked=True,
        ),
    )
