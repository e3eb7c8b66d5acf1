"""The record beside the model in words: what is recorded, modelled and unknown, and what changed
since a link was made.
"""

from __future__ import annotations

from collections.abc import Sequence

from ramp155.answers.output.medians import find_baseline_path
from ramp155.answers.output.reading import Reading
from ramp155.history.slips import read_all_slips
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.record.records import Records
from ramp155.text.numbers import count_words, join_words, say_month, say_percent, say_rounds

_MOST_FILES_NAMED = 3


def write_changed_files(records: Records, files: Sequence[str]) -> str:
    """That files of the record have changed since it was read, and what is shown nevertheless."""
    named = list(files[:_MOST_FILES_NAMED])
    if len(files) > len(named):
        named.append(f"{len(files) - len(named)} more")
    return (
        f"The record's files have changed since this server read them: {join_words(named)}. "
        f"What you see is still record {records.version}, until the server starts anew."
    )


def write_changes_since(
    model: Model, version: str, old_version: str, month: str, rounds: float
) -> str:
    """What a link made with another version says, and how the baseline and the record moved since.

    Parameters
    ----------
    model : Model
        Today's.
    version, old_version : str
        Versions of record and model, today's and the link's.
    month : str
        Whose output is compared, YYYY-MM.
    rounds : float
        The baseline when the link was made, rounds a year.
    """
    baseline_now = find_baseline_path(model)[MONTHS.index(month)] * 12
    day = old_version[:10]
    new_counts = [
        int((table["reported_on"].str[:10] > day).sum())
        for table in (model.record.events, model.record.claims)
    ]
    growth_sentence = (
        f" {count_words(new_counts[0], 'report')} and {count_words(new_counts[1], 'claim')} were made since its end."
        if any(new_counts)
        else ""
    )
    movement = (
        "has not moved"
        if abs(baseline_now - rounds) < 5_000
        else f"was {say_rounds(rounds)} and is {say_rounds(baseline_now)} rounds a year"
    )
    return (
        f"This link was made with record {old_version}; what you see is record {version}. The baseline for "
        f"{say_month(month)} {movement}.{growth_sentence} *What changed it?* on What-if shows the record's part."
    )


def write_three_sentences(records: Records, answer: Reading, attributed_share: float) -> list[str]:
    """What the record says, what the model says, what nobody knows.

    Parameters
    ----------
    records : Records
        The record.
    answer : Reading
        The baseline at a year's end.
    attributed_share : float
        Part of the filling capacity claimed for 2025 that named lines account for, 0 to 1.
    """
    slips = read_all_slips(records)
    return [
        f"**The record:** of {count_words(slips.strict.count, 'promised date')} with a second date, {slips.late_clearly} slipped by two months or more.",
        f"**The model, at 100 % nitrocellulose:** {say_rounds(answer.year_rounds)} rounds in {answer.month[:4]}, most likely: "
        f"about {say_percent(answer.year_rounds / answer.nameplate)} of what plants could assemble.",
        f"**Nobody knows** how much nitrocellulose Europe makes, or how much a shell takes. "
        f"Named lines explain only {say_percent(attributed_share)} of the filling capacity claimed for 2025.",
    ]
