"""What nobody says of a plant and its lines, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ramp155.answers.plants.promised_rates import find_reached_rate, list_rate_events
from ramp155.history.milestones import list_line_milestones
from ramp155.record.records import Records
from ramp155.text.numbers import count_words
from ramp155.text.plant.promises import count_months, say_last_heard

_STARTS = ("opened", "first_output")
_NAMELESS = (
    "not named",
    "undisclosed",
    "unnamed",
)  # what stands for a name where a source gives none
_OLD_RATE_MONTHS = 12
_ENDED = ("suspended", "cancelled")


def list_site_unknowns(records: Records, site_id: str) -> list[str]:
    """What is not known of the plant as a whole."""
    site = records.site(site_id)
    sentences = []
    if site.lat is None:
        place = f" beyond “{site.town}”" if site.town else ""
        sentences.append(f"No town is published{place}, so it is not on the map.")
    if not site.operator or any(word in site.operator for word in _NAMELESS):
        sentences.append("No report names who is to run it.")
    return sentences


def list_line_unknowns(records: Records, line_status: dict[str, Any]) -> list[str]:
    """What is not known of a line; `line_status` is its row of `list_statuses`."""
    line_id = str(line_status["line_id"])
    line, events = records.line(line_id), records.events_of[line_id]
    milestones = list_line_milestones(line_id, events, records.end)
    sentences = [*_list_rate_unknowns(records, line_id)]
    has_start = any(milestone.milestone in _STARTS for milestone in milestones)
    is_new = line.origin != "existing" and line_status["status"] not in (
        *_ENDED,
        "full rate",
        "ramping",
    )
    if is_new and not has_start:
        sentences.append("No report says when it opens or opened.")
    if line.for_155 != "yes":
        sentences.append("No report says that it is for 155 mm, so it is kept out of every total.")
    if "no recent news" in line_status["flags"]:
        last_heard = say_last_heard(records, line_id)
        sentences.append(f"{last_heard} What it does since is inferred.")
    sentences += _list_source_unknowns(events)
    return sentences


def _list_rate_unknowns(records: Records, line_id: str) -> list[str]:
    rate_events = list_rate_events(records, line_id)
    reached = [event for event in rate_events if event.rate_status == "done"]
    if not rate_events:
        return ["No report gives a rate for it."]
    if not reached:
        return ["No rate is reported as reached: every figure is a promise."]
    if all(event.counts == "capacity" for event in reached):
        return ["What it made is not reported: its figures are of what it could make."]
    last_rate = find_reached_rate(records, line_id)
    if last_rate is None:
        return []
    last_day = last_rate.last_day or last_rate.known_on
    months = count_months(last_day, records.end)
    if months < _OLD_RATE_MONTHS:
        return []
    return [f"What it makes now: its last rate is {count_words(months, 'month')} old."]


def _list_source_unknowns(events: Sequence[Any]) -> list[str]:
    undated = sum(not event.reported_on for event in events)
    sentences = []
    if undated:
        verb = "bears" if undated == 1 else "bear"
        sentences.append(f"{count_words(undated, 'report')} of it {verb} no date of its saying.")
    if len({event.source_id for event in events}) == 1:
        sentences.append("All that is known of it comes from one source.")
    return sentences
