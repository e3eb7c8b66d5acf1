"""What the record lacks, in words: lines without a rate, silence, and which figures would change
the answer.
"""

from __future__ import annotations

import pandas as pd

from ramp155.answers.counts import count_lines
from ramp155.answers.sensitivity.labels import find_family
from ramp155.answers.sensitivity.tornado import compute_tornado
from ramp155.history.durations import list_durations
from ramp155.history.events import BUILD_UP_YEAR
from ramp155.history.status import SILENCE_MONTHS
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.records import Records
from ramp155.record.schema.vocabulary import PRODUCTS
from ramp155.text.numbers import count_words, say_count, say_rounds


def write_quality_title(records: Records, status: pd.DataFrame) -> str:
    """What the record lacks, as a heading."""
    lines = say_count(count_lines(records, lines=status))
    without_rate, overdue = (
        count_lines(records, lines=status, flag=flag).number
        for flag in ("capacity not reported", "unconfirmed")
    )
    return f"{without_rate} of {lines} have no published rate, and {overdue} have let a promised date pass without a word"


def write_silence_title(months: pd.Series[int], undated: int = 0) -> str:
    """How long lines have gone without a report, as a heading.

    Parameters
    ----------
    months : Series
        Months since each line's last dated report.
    undated : int
        Lines whose reports bear no date: not heard of for two years either.
    """
    old_count = int((months >= SILENCE_MONTHS).sum()) + undated
    return f"Half of {count_words(len(months), 'line')} with a dated report were last heard of {count_words(months.median(), 'month')} ago or longer; {old_count} in all have had no dated report for two years"


def list_decisive_figures(model: Model, month: str, count: int = 5) -> list[str]:
    """Which published figures would move the answer most, each with the rounds a year where it is low and where it is high.

    Parameters
    ----------
    model : Model
        Whose draws are compared.
    month : str
        Whose output is read off, YYYY-MM.
    count : int
        How many figures.
    """
    table = compute_tornado(model, Scenario(), month).head(count)
    columns = (table[name] for name in ("name", "label", "low", "high"))
    ends = zip(table["rounds_at_low"], table["rounds_at_high"], strict=True)
    sentences = []
    for family, label, *span, rounds in zip(*columns, ends, strict=True):
        basis = _say_basis(model.record, family)
        low, high = (str(end).replace("/yr", " a year") for end in span)
        sentences.append(
            f"**{label}** ({basis}): at about {low} it is {say_rounds(rounds[0])}; at about {high} it is {say_rounds(rounds[1])}."
        )
    return sentences


def _say_basis(records: Records, family: str) -> str:
    members = [
        coefficient
        for coefficient in records.list_coefficients()
        if find_family(coefficient.assumption_id) == family
    ]
    if not members:
        return "made by the forecast"
    is_assumed = all(coefficient.source_ids == "assumption" for coefficient in members)
    return "an assumption" if is_assumed else "from sources that differ"


def list_open_questions(records: Records, status: pd.DataFrame) -> list[str]:
    """What else would change the picture: promises due, contested totals, silence."""
    overdue_lines = [
        line
        for line, flags in zip(status["line_id"], status["flags"], strict=True)
        if "unconfirmed" in flags
    ]
    products = (
        pd.Series(overdue_lines).map(records.full_lines["product"]).map(PRODUCTS).value_counts()
    )
    commonest = ", ".join(
        f"{str(name).lower()} {line_count}" for name, line_count in products.head(3).items()
    )
    ramp_durations = list_durations(records, "ramp")
    return [
        f"**A report that a promised date was kept**: {len(overdue_lines)} lines are overdue without one ({commonest}). Each would "
        "move its line and all other delays.",
        f"**One count of complete rounds**: {len(records.contradictions)} topics are contested, and where capacity "
        "and output are mixed only such a count settles them.",
        f"**Full rate reached**: {int(ramp_durations['ended'].sum())} of {len(ramp_durations)} lines that began output since "
        f"{BUILD_UP_YEAR} report it. A handful would replace the assumed ramp-up.",
    ]
