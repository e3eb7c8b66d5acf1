"""What a plant makes and what each of its lines does now, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ramp155.history.standing.sites import RUNNING_STATUSES, TRIED_STATUS
from ramp155.record.records import Records
from ramp155.record.rows import Event, Line
from ramp155.record.schema.vocabulary import ORIGINS, PRODUCTS
from ramp155.text.numbers import join_words, say_date

# What a line does, where the report that decides names no step to begin with.
_PLAIN_WORDS = {
    "not yet reported": "nothing is reported of it yet",
    "announced": "promised; no work on the site is reported",
    "construction": "being built; not opened",
    "commissioning": "open; no output is reported as made",
    "ramping": "delivers",
    "full rate": "delivers at full rate",
    "operating": "runs, as it did before 2022",
    "unknown": "ran; one weak report says that it stopped",
    "suspended": "stopped",
    "cancelled": "given up",
}


def say_when(date: str) -> str:
    """A date of the record in words, to the month: August 2025."""
    return say_date(date[:7])


def name_product(line: Line) -> str:
    """What a line makes, in words that stand in a sentence; what is mapped beside the products by its title."""
    if line.product == "other":
        return line.title
    label = PRODUCTS[line.product]
    return label[0].lower() + label[1:]


def name_line(line: Line) -> str:
    """A line by what it makes and how it came to be: "Filling and assembly, new plant"."""
    product = name_product(line)
    return f"{product[0].upper()}{product[1:]}, {ORIGINS[line.origin].lower()}"


def say_line_now(records: Records, line_status: dict[str, Any]) -> str:
    """What a line does now, from a row of `list_statuses`: "open since August 2025; no output is reported as made"."""
    status = str(line_status["status"])
    evidence_id = line_status["evidence"]
    evidence = records.event(evidence_id) if evidence_id else None
    if evidence is None:
        return _PLAIN_WORDS[status]
    return _say_dated(status, str(line_status["rule"]), evidence)


def _say_dated(status: str, rule: str, evidence: Event) -> str:
    """As `_PLAIN_WORDS`, with the date of the report that decides."""
    report_day = (
        say_when(evidence.date or evidence.reported_on)
        if evidence.date or evidence.reported_on
        else ""
    )
    since = f" since {report_day}" if report_day else ""
    if status == "commissioning":
        step = "in trial" if evidence.event == "trial" else "open"
        return f"{step}{since}; no output is reported as made"
    if status == "construction" and evidence.event == "groundbreaking":
        return f"being built{since}; not opened"
    if rule in ("open for long", "open before"):
        return f"taken as running: opened {report_day}, and no bad news since"
    if status in ("ramping", "full rate") and report_day:
        return f"{_PLAIN_WORDS[status]} (output reported for {report_day})"
    if status in ("suspended", "cancelled") and report_day:
        return f"{_PLAIN_WORDS[status]} ({report_day})"
    return _PLAIN_WORDS[status]


def write_summary(records: Records, line_statuses: Sequence[dict[str, Any]]) -> str:
    """What a plant does now; `line_statuses` are rows of `list_statuses`, the most told first.

    Of one that runs and tries a new line both are said before its lines are named.
    """
    states = []
    for line_status in line_statuses:
        line = records.line(line_status["line_id"])
        state = say_line_now(records, line_status).replace("; ", ", ")
        states.append(state if len(line_statuses) == 1 else f"{_name_within(line)} {state}")
    sentence = "; ".join(states)
    return f"{_say_trial(records, line_statuses)}{sentence[0].upper()}{sentence[1:]}."


def _say_trial(records: Records, line_statuses: Sequence[dict[str, Any]]) -> str:
    """That a plant delivers and since when it tries a new line: "Delivers; a new line is open since August 2025. "."""
    is_running = any(row["status"] in RUNNING_STATUSES for row in line_statuses)
    trials = [row for row in line_statuses if row["status"] == TRIED_STATUS and row["evidence"]]
    if not is_running or not trials:
        return ""
    event = records.event(trials[0]["evidence"])
    since = (
        f" since {say_when(event.date or event.reported_on)}"
        if event.date or event.reported_on
        else ""
    )
    step = "in trial" if event.event == "trial" else "open"
    return f"Delivers; a new line is {step}{since}. "


def _name_within(line: Line) -> str:
    return f"{name_product(line)} ({ORIGINS[line.origin].lower()}):"


def say_products(records: Records, line_ids: Sequence[str]) -> str:
    """What a plant makes or is to make, and whether for 155 mm."""
    lines = [records.line(line_id) for line_id in line_ids]
    for_155 = list(dict.fromkeys(name_product(line) for line in lines if line.for_155 == "yes"))
    other_products = [name_product(line) for line in lines if line.for_155 != "yes"]
    other_products = [
        product for product in dict.fromkeys(other_products) if product not in for_155
    ]
    sentences = []
    if for_155:
        sentences.append(f"For 155 mm: {join_words(for_155)}.")
    if other_products:
        sentences.append(f"Not said to be for 155 mm: {join_words(other_products)}.")
    return " ".join(sentences)
