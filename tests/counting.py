"""Every number of lines, sites and openings that a text states, held against the one counter."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable

from ramp155.answers.counts import count_groups, count_lines, count_openings
from ramp155.history.openings import OPENED_SINCE
from ramp155.history.standing.sites import STATUS_GROUPS, list_site_statuses
from ramp155.history.status import list_statuses
from ramp155.record.records import Records

MONTHS = list(calendar.month_name)[1:]
NUMBER = r"\*{0,2}(\d[\d,]*)"
MONTH = rf"({'|'.join(MONTHS)}) (\d{{4}})"
STATUS_LIST = rf"by what their lines do now: ([^.\n]*?(?:{'|'.join(STATUS_GROUPS)}) \d+)(?:\.|$|\n)"


def read_number(text: str) -> int:
    return int(text.replace(",", ""))


def read_day(month: str, year: str, is_end: bool = False) -> dt.date:
    place = MONTHS.index(month) + 1
    first = dt.date(int(year), place, 1)
    return (
        (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1) if is_end else first
    )


def find_disagreements(records: Records, text: str) -> list[str]:
    """What a text without a filter says of lines, sites and openings and the counter does not."""
    said = [
        *_read_openings(records, text),
        *_read_lines(records, text),
        *_read_statuses(records, text),
    ]
    return [
        f"{words}: the counter has {counted}"
        for words, number, counted in said
        if number != counted
    ]


def count_statements(records: Records, texts: Iterable[str]) -> int:
    """How many such numbers texts state, so that a test knows that it looked at some."""
    return sum(
        len(
            [
                *_read_openings(records, text),
                *_read_lines(records, text),
                *_read_statuses(records, text),
            ]
        )
        for text in texts
    )


def _read_openings(records: Records, text: str) -> list[tuple[str, int, int]]:
    said = []
    since_pattern = rf"{NUMBER} new or expanded lines?(?: at {NUMBER} plants?)? (?:had )?opened (?:since|from) (?:the first joint policy of )?{MONTH}(?: to {MONTH})?"
    for match in re.finditer(since_pattern, text):
        since = read_day(match[3], match[4])
        until = read_day(match[5], match[6], is_end=True) if match[5] else None
        lines = count_openings(records, since=since, until=until)
        said.append((match[0], read_number(match[1]), lines.number))
        if match[2]:
            sites = count_openings(records, "opened sites", since=since, until=until)
            said.append((match[0], read_number(match[2]), sites.number))
    for155 = count_openings(records, "openings for 155 mm", since=OPENED_SINCE)
    said += [
        (match[0], read_number(match[1]), for155.number)
        for match in re.finditer(rf"{NUMBER} of them for 155 mm", text)
    ]
    return said


def _read_lines(records: Records, text: str) -> list[tuple[str, int, int]]:
    patterns = {
        rf"{NUMBER} lines? promised or being built": count_lines(records, "coming"),
        rf"{NUMBER} plants? with a published town": count_lines(records, "placed sites"),
        rf"{NUMBER} plants? without a published town": count_lines(records, "unplaced sites"),
        rf"{NUMBER} lines? at \d": count_lines(records),
        rf"\d lines? at {NUMBER} plants?": count_lines(records, "sites"),
        rf"{NUMBER} plants? by what": count_lines(records, "sites"),
        rf"lines of {NUMBER} plants? do now": count_lines(records, "sites"),
        rf"{NUMBER} plants?, [\d,]+ lines?: what": count_lines(records, "sites"),
        rf"plants?, {NUMBER} lines?: what": count_lines(records),
        rf"of {NUMBER} lines? have no published rate": count_lines(records),
        rf"{NUMBER} of [\d,]+ lines? have no published rate": count_lines(
            records, flag="capacity not reported"
        ),
        rf"{NUMBER} have let a promised date pass": count_lines(records, flag="unconfirmed"),
        rf"{NUMBER} lines are overdue": count_lines(records, flag="unconfirmed"),
    }
    late = list_statuses(records).query("late == 'late'")
    said = [
        (match[0], read_number(match[1]), late["site_id"].nunique())
        for match in re.finditer(rf"{NUMBER} plants? (?:is|are) late", text)
    ]
    return said + [
        (match[0], read_number(match[1]), count.number)
        for pattern, count in patterns.items()
        for match in re.finditer(pattern, text)
    ]


def _read_statuses(records: Records, text: str) -> list[tuple[str, int, int]]:
    sites = list_site_statuses(list_statuses(records))
    counts = count_groups(sites)
    said = []
    for match in re.finditer(STATUS_LIST, text):
        for group in STATUS_GROUPS:
            number = re.search(rf"(?:^|[^a-z] ?){group} (\d+)", match[1])
            if number:
                said.append((f"{group} {number[1]}", int(number[1]), counts.get(group, 0)))
    return said
