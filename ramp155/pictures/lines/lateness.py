"""How many lines are late, by country."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ramp155.answers.plants.line_groups import count_late_by_country
from ramp155.model.model import Model
from ramp155.pictures.builder import build_native_chart, draw_nothing, remember_picture
from ramp155.pictures.lines.bars import draw_rows
from ramp155.pictures.palette import OVERDUE
from ramp155.pictures.picture import Picture
from ramp155.pictures.plants.lines import list_shown_lines, say_view_lines
from ramp155.pictures.source import write_source_line
from ramp155.pictures.view import View, find_known_record
from ramp155.text.evidence.lines import write_lateness_title

MOST_ROWS = 9  # what can be read from the back of a room, under a finding and over a lever


def list_lateness_rows(counts: pd.DataFrame, most: int = MOST_ROWS) -> list[dict[str, Any]]:
    """Rows of `draw_rows`: the countries with most late lines, the others together.

    Parameters
    ----------
    counts : DataFrame
        Of `count_late_by_country`: counts of lines.
    most : int
        How many rows there are at most.

    Returns
    -------
    list of dict
        One a country, with its late lines; `of` is how many it has.
    """
    leaders = counts.head(most) if len(counts) <= most else counts.head(most - 1)
    others_late = counts.iloc[len(leaders) :]
    groups = [
        (str(name), int(late), int(lines))
        for name, late, lines in leaders[["name", "late", "lines"]].itertuples(index=False)
    ]
    if len(others_late):
        groups.append(
            (
                f"{len(others_late)} other countries",
                int(others_late["late"].sum()),
                int(others_late["lines"].sum()),
            )
        )
    return [
        {"label": name, "part": "late", "low": 0, "high": late, "of": lines}
        | {"said": f"{late} of {lines} late"}
        for name, late, lines in groups
    ]


@remember_picture
def build_lateness_picture(model: Model, view: View) -> Picture:
    """How many lines of each country are late."""
    lines = list_shown_lines(model, view)
    counts = count_late_by_country(model.record, lines)
    bars = list_lateness_rows(counts)
    events = find_known_record(model, view).events
    sources = events.loc[events["line_id"].isin(lines["line_id"]), "source_id"]
    backwards = bars[::-1]
    return Picture(
        "lateness",
        finding=write_lateness_title(counts, say_view_lines(model.record, view)),
        spec=draw_rows(bars, {"late": OVERDUE}, "Lines", is_beside=True)
        if bars
        else draw_nothing("No line was reported by this date."),
        source=write_source_line(
            model,
            "Late: a promised date has passed, or was put off, by the least that both dates allow.",
            list(sources),
        ),
        alt="Bars, one a country: how many of its lines are late",
        native=build_native_chart(
            "bar",
            [bar["label"] for bar in backwards],
            series={"Late": [bar["high"] for bar in backwards]},
            colours=[OVERDUE],
            unit="late lines",
            number="0",
        ),
    )
