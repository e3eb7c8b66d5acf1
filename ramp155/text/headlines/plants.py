"""Headlines of plants, promised dates and the evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pandas as pd

from ramp155.answers.counts import count_lines, count_openings
from ramp155.answers.ramp_ups import GroupCount
from ramp155.answers.targets import list_western_targets, tally_targets
from ramp155.answers.track.score import score_forecasts
from ramp155.history.slips import Readings
from ramp155.record.records import Records
from ramp155.text.demand.policy import find_first_policy_day
from ramp155.text.evidence.promises import say_slipped
from ramp155.text.headlines.fit import choose_short
from ramp155.text.numbers import count_words, say_count, say_month

_LATE_ONLY = "late only"  # what words on lines end with where late ones are meant


def write_sites_headline(
    records: Records,
    lines: pd.DataFrame,
    day: dt.date,
    meant: str,
) -> str:
    """How many lines have opened and how many are to come, of those shown.

    Parameters
    ----------
    records : Records
        The record.
    lines : DataFrame
        Rows of `list_statuses`, each counts as one.
    day : date
        As known on.
    meant : str
        Which lines, in words; "" for all.
    """
    openings = count_openings(records, as_of=day, line_ids=set(lines["line_id"]))
    coming = count_lines(records, "coming", lines).number
    where = f"{meant[:1].upper()}{meant[1:]}: " if meant else ""
    if meant.endswith(_LATE_ONLY):
        place = meant.removesuffix(_LATE_ONLY).rstrip(", ")
        late = count_words(len(lines), "late line")
        return choose_short(f"{place[:1].upper()}{place[1:]}: {late}" if place else late, late)
    opened = f"{count_words(openings.number, 'new line')} opened"
    since = "since November 2023"
    return choose_short(
        f"{where}{say_count(openings)} opened {since}, {coming:,} to come",
        f"{where}{opened} {since}, {coming:,} to come",
        f"{where}{opened}, {coming:,} to come",
        f"{opened} {since}, {coming:,} to come",
    )


def write_board_headline(count: GroupCount, subject: str, late_only: bool) -> str:
    """How many of some lines are late.

    Parameters
    ----------
    count : GroupCount
        What they come to: counts of lines, and months.
    subject : str
        Which lines, in words; "" for all.
    late_only : bool
        Whether only late ones are meant.
    """
    if not count.lines:
        return "No line was reported by this date"
    where = f"{subject[:1].upper()}{subject[1:]}: " if subject else ""
    verb = "is" if count.late == 1 else "are"
    late = (
        f"{count_words(count.late, 'line')} {verb} late"
        if late_only
        else f"{count.late:,} of {count_words(count.lines, 'line')} {verb} late"
    )
    by = f", half by {count_words(count.middle_months, 'month')} or more" if count.late > 1 else ""
    return choose_short(f"{where}{late}{by}", f"{where}{late}", late)


def write_furthest_headline(months: Sequence[str], said: str) -> str:
    """By how much the line furthest behind is late; where the slide before said that, what is drawn.

    Parameters
    ----------
    months : sequence of str
        How late the lines of a table are, as "55 months", those late most first.
    said : str
        What the table's own headline says.
    """
    if months[0] in said:
        return "Their dates: first promised, promised now, delivered"
    subject = "The line furthest behind" if len(months) > 1 else "It"
    return f"{subject} is late by {months[0]}, at least"


def write_ramp_headline(site_name: str, product: str, now: str) -> str:
    """What a line does now."""
    return choose_short(
        f"{site_name}, {product}: {now}",
        f"{site_name}: {now}",
        f"{site_name.partition(' (')[0]}: {now}",
        site_name.partition(" (")[0],
    )


def write_starts_headline(records: Records) -> str:
    """How many lines followed the first joint policy."""
    policies = records.policies[records.policies["settings"] == ""]
    first_date = min(policies["date"])
    opened = count_openings(records, since=find_first_policy_day(records))
    return choose_short(
        f"{say_count(opened)} opened since the policy of {say_month(first_date)}",
        f"{count_words(opened.number, 'line')} opened since {say_month(first_date)}",
    )


def write_slips_headline(readings: Readings, meant: str = "") -> str:
    """How many promised dates slipped clearly; `meant` says of which lines, "" for all."""
    where = f"{meant[:1].upper()}{meant[1:]}: " if meant else ""
    if not readings.strict.count:
        return choose_short(
            f"{where}no milestone on record has two dates",
            "No milestone of these lines has two dates",
        )
    slipped = say_slipped(readings)
    late = f"{slipped} by two months or more"
    return choose_short(f"{where}{late}", f"{where}{slipped}", f"{late}, of the lines shown")


def write_targets_headline(records: Records) -> str:
    """How many western targets were met on time."""
    tally = tally_targets(list_western_targets(records))
    if not tally.known:
        return "No outcome of a western target is on record"
    verb = "was" if tally.met == 1 else "were"
    return f"{tally.met} of {count_words(tally.known, 'western target')} {verb} met on time"


def write_topic_headline(label: str, count: int) -> str:
    """That claims of a topic do not agree.

    Parameters
    ----------
    label : str
        The topic.
    count : int
        Number of claims.
    """
    claims = count_words(count, "claim")
    return choose_short(
        f"{label}: {claims} that do not agree", f"{label}: {claims} disagree", f"{claims} disagree"
    )


def write_track_headline(forecasts: pd.DataFrame) -> str:
    """How many later figures the likely range held."""
    inside = score_forecasts(forecasts).inside80
    if not inside.number:
        return "No forecast of the past can be checked yet"
    return f"{inside.hits} of {count_words(inside.number, 'later figure')} fell inside the likely range"


def write_silence_headline(months: pd.Series[int]) -> str:
    """How long half of the lines have gone without a report.

    Parameters
    ----------
    months : Series
        Months since each line's last dated report.
    """
    silent = count_words(float(months.median()), "month")
    return f"Half of {count_words(len(months), 'line')}: no report for {silent} or longer"
