"""What is not known, for the last slide of a deck: in few words, of what the deck shows."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from ramp155.answers.counts import count_lines
from ramp155.answers.gap.estimates import list_estimates
from ramp155.answers.output.fit_report import report_fit
from ramp155.model.model import Model
from ramp155.text.evidence.track import write_track_line
from ramp155.text.numbers import count_words, say_rounds_range

UNKNOWNS_TITLE = "What we do not know"
MOST_UNKNOWNS = 5
OUTPUT_PICTURES = frozenset(
    ("output", "response", "locks", "flow", "limits", "goal_odds", "stages", "tornado", "pinned")
)
_GAP_PICTURES = frozenset(("ratio", "rates", "parity", "named"))
_PLANT_PICTURES = frozenset(("sites", "board", "ramp", "slips", "starts", "silence"))
_DEMAND_PICTURES = frozenset(("tracks", "preference", "purchase"))


def list_unknowns(model: Model, pictures: Collection[str], lines: pd.DataFrame) -> list[str]:
    """What no source tells of the pictures of a deck, at most five sentences or two of each.

    Parameters
    ----------
    model : Model
        Record and draws.
    pictures : collection of str
        Names of the pictures that are shown.
    lines : DataFrame
        Rows of `list_statuses` of the lines that are meant, each counts as one.
    """
    records, shown = model.record, set(pictures)
    unknowns = []
    if shown & (OUTPUT_PICTURES | _DEMAND_PICTURES):
        unknowns += [
            "Nobody publishes how much nitrocellulose Europe makes for shells. Which ingredient limits output is our assumption.",
            f"No source publishes Europe's output. Reports put 2025 at {_say_output_of_2025(model)} rounds.",
        ]
    if shown & _GAP_PICTURES:
        count = len(list_estimates(records, "RU"))
        unknowns.append(
            f"Russia publishes no output. There are {count} named estimates, and each counts something else. After its last figure Russia is held level."
        )
    if shown & _PLANT_PICTURES:
        without_rate, overdue = (
            count_lines(records, lines=lines, flag=flag).number
            for flag in ("capacity not reported", "unconfirmed")
        )
        lines_words = count_words(len(lines), "line")
        unknowns += [
            f"No rate is published for {without_rate} of {lines_words}." if without_rate else "",
            f"At {overdue} of {lines_words} a promised date passed without a word: it may run, and nobody said so."
            if overdue
            else "",
            "Promises that slip make news, and promises that are kept often do not.",
        ]
    if "us" in shown:
        unknowns.append("How many American rounds leave with their charges: charges lag shells.")
    if shown & {"makers", "topic"}:
        unknowns.append(
            "Which totals count the same thing: capacity, output and other calibres are mixed."
        )
    if shown & _DEMAND_PICTURES:
        unknowns.append(
            "What Ukraine and NATO will ask for: aid, training and stocks are our assumptions."
        )
    if shown & (OUTPUT_PICTURES | _GAP_PICTURES | _DEMAND_PICTURES | {"track"}):
        unknowns.append(write_track_line(records))
    if shown & {"targets"}:
        unknowns.append(
            "Many targets fell due with nothing reported. They are likely misses, and are not counted."
        )
    return [sentence for sentence in unknowns if sentence][:MOST_UNKNOWNS]


def _say_output_of_2025(model: Model) -> str:
    fit_table = report_fit(model)
    fit = fit_table[fit_table["target_id"] == "output-2025"]
    low, high = (float(fit[end].iloc[0]) for end in ("p10", "p90"))
    return say_rounds_range(low, high)
