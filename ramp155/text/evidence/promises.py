"""How promises held, in words: slips, how sure that is, how they reach the model, and how long
steps take.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from ramp155.history.durations import (
    LINE_STEPS,
    count_unknown_starts,
    estimate_survival,
    find_half_time,
    list_durations,
)
from ramp155.history.events import BUILD_UP_YEAR
from ramp155.history.slips import (
    FEWEST_FOR_RANGE,
    Spread,
    list_dated_milestones,
    list_least_slips,
    list_slips,
    measure_spread,
)
from ramp155.model.coefficients.positions import ENOUGH_SLIPS
from ramp155.record.records import Records
from ramp155.text.numbers import count_words, say_month, say_percent
from ramp155.text.signs import PROMISE, REPORT


def write_slips(slip_spread: Spread) -> str:
    """How far promises held: the finding."""
    if not slip_spread.count:
        return "No milestone on record has two dates, so no slip can be stated"
    return (
        f"{say_percent(slip_spread.late)} of {count_words(slip_spread.count, 'milestone')} came or are promised late: the median slip is "
        f"{count_words(slip_spread.median, 'month')}, one in ten slips {slip_spread.p90:.0f} or more"
    )


def write_slips_range(records: Records) -> str:
    """How sure that is, which milestones it is of, and what it leaves out."""
    dated_milestones = list_dated_milestones(records)
    slip_spread, least_slips = (
        measure_spread(dated_milestones["slip_months"]),
        list_least_slips(records),
    )
    if slip_spread.count < FEWEST_FOR_RANGE:
        return "Too few milestones with two dates for a range."
    delivered_count = int((dated_milestones["kept"] == "delivered").sum())
    bare_year_count = int(
        (
            (dated_milestones["first_promise"].str.len() == 4)
            | (dated_milestones["end"].str.len() == 4)
        ).sum()
    )
    return (
        f"Median {count_words(slip_spread.median, 'month')} ({slip_spread.median_range[0]:.0f} to {slip_spread.median_range[1]:.0f}), "
        f"P90 {slip_spread.p90:.0f} ({slip_spread.p90_range[0]:.0f} to {slip_spread.p90_range[1]:.0f}): 90 % bootstrap ranges. "
        f"{delivered_count} of {slip_spread.count} were delivered ({REPORT.glyph}), the others are still promised ({PROMISE.glyph}). It is a lower "
        f"bound: with what is overdue counted up to {say_month(records.end.isoformat()[:7])}, {count_words(len(least_slips), 'milestone')} slip by a median of "
        f"{least_slips.median():.0f} and a P90 of {count_words(float(least_slips.quantile(0.9)), 'month')} at least. {bare_year_count} rest on a bare year, which "
        "stands at its middle."
    )


def write_slips_use(records: Records) -> str:
    """How the slips reach the model."""
    middle = records.assumption("slip_months").span[1]
    used_slips = np.maximum(list_slips(records), 0)
    if len(used_slips) < ENOUGH_SLIPS:
        return "**In the model** delays are assumed, for too few slips are on record."
    return (
        f"**In the model** every draw puts off all promises still standing by one of these {len(used_slips)} slips "
        f"(early ones count as on time; middle case {count_words(middle, 'month')}), on top of the lever for extra delay. "
        "Its mean is "
        f"{used_slips.mean():.1f} months."
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
        f" {count_unknown_starts(records)} more lines deliver whose building has no date on record, so the curve "
        "makes it look slower than it is."
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


def write_slip_title(slips: pd.Series[float]) -> str:
    """How far promises held, as the Ramp-up page's title.

    Parameters
    ----------
    slips : Series
        Months from a first promise to the latest promise or the delivery, negative where early.
    """
    if slips.empty:
        return "No milestone among these lines has two dates yet, so no slip can be stated"
    late = (slips > 0).mean()
    return (
        f"{say_percent(late)} of {count_words(len(slips), 'milestone')} came or are promised late; "
        f"one in ten by {count_words(float(slips.quantile(0.9)), 'month')} or more"
    )
