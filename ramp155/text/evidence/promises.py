"""How promises held, in words: slips, how sure that is, how they reach the model, and how long
steps take.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from ramp155.answers.counts import count_lines, list_counted_lines
from ramp155.history.durations import (
    LINE_STEPS,
    count_unknown_starts,
    estimate_survival,
    find_half_time,
    list_durations,
)
from ramp155.history.events import BUILD_UP_YEAR
from ramp155.history.milestones import Milestone
from ramp155.history.slips import (
    FEWEST_FOR_RANGE,
    Readings,
    list_dated_milestones,
    list_least_slips,
    measure_slips,
    read_slips,
)
from ramp155.model.capacity.delays import ENOUGH_SLIPS
from ramp155.record.records import Records
from ramp155.text.numbers import count_words, say_count, say_date, say_month, say_percent
from ramp155.text.signs import PROMISE, REPORT

FEWEST_FOR_TAIL = 10  # promised dates below which one in ten is one of few


def write_slips(readings: Readings, meant: str = "") -> str:
    """How far promises held, read strictly: the finding; `meant` says of which lines, "" for all."""
    strict = readings.strict
    if not strict.count:
        which = f" ({meant})" if meant else " on record"
        return f"No milestone{which} has two dates, so no slip can be stated"
    tail = f"; one in ten by {count_words(math.floor(strict.p90), 'month')} or more"
    return (
        f"{say_slipped(readings, f' ({meant})' if meant else '')} by two months or more"
        f"{tail if strict.count >= FEWEST_FOR_TAIL else ''}"
    )


def say_slipped(readings: Readings, which: str = "") -> str:
    """How many promised dates slipped: "21 of 50 promised dates slipped"; `which` stands behind the dates."""
    dates = count_words(readings.strict.count, "promised date")
    return f"{readings.late_clearly} of {dates}{which} slipped"


def write_late_lines(records: Records, lines: pd.DataFrame | None = None) -> str:
    """How many lines are late now: some promise of theirs has passed undelivered, or was moved.

    `lines`: those that are counted, rows of `list_statuses`; none given: all.
    """
    late, plants = (count_lines(records, what, lines, flag="late") for what in ("lines", "sites"))
    return f"{say_count(late)} at {say_count(plants)} {'is' if late.number == 1 else 'are'} late"


def say_slip(low: float, high: float) -> str:
    """How late a milestone is, as far as its dates say: "6 months late", "1 to 12 months late".

    Parameters
    ----------
    low, high : float
        The least and the most it can be, months; below 0 for early.
    """
    if low <= 0 <= high:
        return "on time, as far as the dates say"
    least, most = sorted((abs(low), abs(high)))
    span = (
        f"{least:.0f} to {count_words(most, 'month')}"
        if least < most
        else count_words(most, "month")
    )
    return f"{span} {'late' if low > 0 else 'early'}"


# A step that is still to come.
PROMISED_STEPS = {
    "groundbreaking": "Ground to be broken",
    "opened": "Opening",
    "first_output": "First output",
    "full_rate": "Full rate",
}


def write_lateness(milestone: Milestone, is_computed: bool = False) -> str:
    """How a milestone is late, in a sentence; "" where it is not.

    `is_computed`: the first promise was a length of time, its date our sum.
    """
    what = (
        f"{PROMISED_STEPS[milestone.milestone]} promised for {_say_when(milestone.first_promise)}"
    )
    what += " (our sum)" if is_computed else ""
    least = count_words(milestone.least_late, "month")
    if milestone.state == "overdue":
        return f"{what}; not reported since: at least {least} late."
    if milestone.state == "moved":
        return f"{what}, now for {_say_when(milestone.latest_promise)}: at least {least} late."
    if milestone.state == "came late":
        return f"{what}, came {_say_when(milestone.delivered)}: {say_slip(milestone.slip_low, milestone.slip_high)}."
    return ""


def _say_when(date: str) -> str:
    """A date of the record in words, to the month: July 2025."""
    return say_date(date[:7])


def write_slips_range(records: Records) -> str:
    """How sure that is, what another reading of the same dates gives, and what is left out."""
    dated_milestones = list_dated_milestones(records)
    readings = read_slips(dated_milestones)
    strict, middle = readings.strict, readings.middle
    if strict.count < FEWEST_FOR_RANGE:
        return "Too few milestones with two dates for a range."
    least_slips = list_least_slips(records)
    delivered_count = int((dated_milestones["kept"] == "delivered").sum())
    return (
        f"Many dates name only a year. Read strictly, a slip counts by the least it can be: median "
        f"{count_words(strict.median, 'month')}. With every date at its middle {say_percent(middle.late)} came late, by a median "
        f"of {count_words(middle.median, 'month')}. The dates allow a median from {readings.median_low:.0f} to "
        f"{count_words(readings.median_high, 'month')}. {say_percent(strict.early)} came early. "
        f"{_say_counted_slips(records, dated_milestones)} {delivered_count} of {strict.count} were delivered ({REPORT.glyph}), the others are promised ({PROMISE.glyph}). "
        f"With what is overdue counted up to {say_month(records.end.isoformat()[:7])}, "
        f"{count_words(len(least_slips), 'milestone')} slip by a median of at least {count_words(float(least_slips.median()), 'month')}."
    )


def _say_counted_slips(records: Records, dated_milestones: pd.DataFrame) -> str:
    """How far promises of lines for 155 mm in counted countries held."""
    for_155 = records.full_lines["for_155"] == "yes"
    line_ids = list_counted_lines(records) & set(for_155.index[for_155])
    counted = read_slips(dated_milestones[dated_milestones["line_id"].isin(line_ids)])
    return f"Of {counted.strict.count} for 155 mm in counted countries, {counted.late_clearly} slipped by two months or more."


def write_slips_use(records: Records) -> str:
    """How the slips reach the model."""
    slips = measure_slips(records)
    if len(slips) < ENOUGH_SLIPS:
        return "**In the model** delays are assumed, for too few slips are on record."
    middle = count_words(float(np.median(slips)), "month")
    return (
        f"**In the model** each line still promised is late by one of {len(slips)} delays on record, half of them {middle} or more. "
        "Each run draws anew; a line already late draws one at least as long."
    )


def write_step_duration(records: Records, step_id: str) -> str:
    """How long a step takes, with what has not ended counted."""
    step_durations = list_durations(records, step_id)
    step_label = LINE_STEPS[step_id][2]
    if step_durations.empty:
        return f"**{step_label}**: no line's beginning is dated on record."
    curve = estimate_survival(step_durations)
    count, ended = len(step_durations), int(step_durations["ended"].sum())
    if not ended:
        longest = int(step_durations["months"].max())
        return (
            f"**{step_label}**: none of the {count} lines that began it since {BUILD_UP_YEAR} has reported the end of it; "
            f"the longest wait is {count_words(longest, 'month')}. Full rates are seldom reported, so this is silence as much as slowness."
        )
    missing = (
        f" {count_unknown_starts(records)} more lines deliver without a dated start, so the curve looks slower than the truth."
        if step_id == "build"
        else ""
    )
    last_point = curve[curve["at_risk"] >= FEWEST_FOR_RANGE].iloc[-1]
    middle, low, high = find_half_time(curve)
    if math.isinf(middle):
        return (
            f"**{step_label}**: of {count_words(count, 'line')} with a dated start, {ended} have reported it; {count_words(last_point['months'], 'month')} in, "
            f"about {say_percent(last_point['share'])} had not ({say_percent(last_point['low'])} to {say_percent(last_point['high'])}).{missing}"
        )
    upper = "beyond the record" if math.isinf(high) else f"{high:.0f}"
    return (
        f"**{step_label}**: half take {count_words(middle, 'month')} or longer ({low:.0f} to {upper}); {ended} of {count} lines have "
        f"reported it.{missing}"
    )
