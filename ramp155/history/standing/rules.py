"""The rules of status: what a report may prove, and which status follows.

Each rule is one row with its words; `data/README.md` and the pages list them from here. Evidence
rules come first: they take away reports that prove nothing. Then the first status rule with a report
left decides.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ramp155.history.events import BUILD_UP_YEAR, MILESTONES, find_promise_key
from ramp155.history.rates import FULL_RATE_SHARE, find_last_rate, find_target_rate
from ramp155.record.dates import first_day
from ramp155.record.rows import Event

NEW_PART_YEAR = 2022  # what was made before proves nothing of an expansion
SETTLED_MONTHS = 18  # opened so long ago, and no bad news since: taken as running
OUTPUT_EVENTS = ("rate", "first_output", "full_rate")
_OPENING_EVENTS = ("opened", "trial")
_BUILDING_EVENTS = ("groundbreaking", "construction")
_STOP_EVENTS = ("suspended", "cancelled")
_MOVING_EVENTS = (*MILESTONES, "construction", "trial", "rate")
BAD_NEWS = ("delayed", *_STOP_EVENTS)


@dataclass(frozen=True)
class Case:
    """One line on a day: its origin, the reports known by then, and those of what had happened, in that order."""

    origin: str
    day: dt.date
    known: tuple[Event, ...]
    happened: tuple[Event, ...]


class Decision(NamedTuple):
    """A status with the rule that gave it, the report it rests on, and a report of confidence C that alone says more."""

    status: str
    rule: str
    evidence: Event | None
    inferred: bool
    lone_report: Event | None


class EvidenceRule(NamedTuple):
    """What a report may prove: `keep` takes the reports of one step and leaves those that prove it."""

    rule_id: str
    words: str
    keep: Callable[[Case, list[Event]], list[Event]]


class StatusRule(NamedTuple):
    """Which `status` follows, and the report that decides (None: the rule does not hold)."""

    rule_id: str
    status: str
    words: str
    decide: Callable[[Case], Event | None]
    inferred: bool = False


def find_day_happened(event: Event, day: dt.date) -> dt.date:
    """The day by which a done event had happened: the end of its span, or when it was reported."""
    return min(event.last_day or event.known_on, day)


def _keep_own_line(_: Case, reports: list[Event]) -> list[Event]:
    return [event for event in reports if event.scope == "site"]


def _keep_made(_: Case, reports: list[Event]) -> list[Event]:
    return [
        event
        for event in reports
        if event.event not in OUTPUT_EVENTS
        or event.counts == "output"
        or (event.event == "first_output" and event.counts == "")
    ]


def _keep_new_part(case: Case, reports: list[Event]) -> list[Event]:
    return [event for event in reports if is_of_new_part(case, event)]


def is_of_new_part(case: Case, event: Event) -> bool:
    """Whether a figure can be the line's: of an expansion, none of before `NEW_PART_YEAR` or its ground was broken."""
    if case.origin != "expansion" or event.event not in OUTPUT_EVENTS:
        return True
    made_on = find_day_happened(event, case.day)
    broken_on = [
        find_day_happened(e, case.day) for e in case.happened if e.event == "groundbreaking"
    ]
    return made_on.year >= NEW_PART_YEAR and all(day <= made_on for day in broken_on)


def _keep_uncontradicted(case: Case, reports: list[Event]) -> list[Event]:
    return [
        report
        for report in reports
        if not any(_contradicts(later_word, report) for later_word in case.known)
    ]


def _contradicts(later_word: Event, report: Event) -> bool:
    """Whether a later word, as well confirmed, says of a milestone reported done that it is still to come."""
    if report.event not in MILESTONES or find_promise_key(later_word) != find_promise_key(report):
        return False
    if not later_word.reported_on or first_day(later_word.reported_on) <= report.known_on:
        return False
    is_still_to_come = later_word.event == "delayed" or (
        later_word.status == "planned"
        and later_word.first_day is not None
        and later_word.first_day > (report.last_day or report.known_on)
    )
    return is_still_to_come and later_word.confidence <= report.confidence


def _keep_confirmed(_: Case, reports: list[Event]) -> list[Event]:
    if any(event.confidence != "C" for event in reports):
        return reports
    return reports if len({event.source_id for event in reports}) > 1 else []


EVIDENCE_RULES: tuple[EvidenceRule, ...] = (
    EvidenceRule(
        "own line",
        "A report proves something of the line it speaks of: what the site had before, a group or a "
        "country proves nothing.",
        _keep_own_line,
    ),
    EvidenceRule(
        "made",
        "A rate proves output only if it was made: a capacity or a plan does not.",
        _keep_made,
    ),
    EvidenceRule(
        "new part",
        f"What was made before {NEW_PART_YEAR}, or before ground was broken for it, proves nothing of an expansion.",
        _keep_new_part,
    ),
    EvidenceRule(
        "newest word",
        "A later word, as well confirmed, that the step is still to come undoes an older report of it.",
        _keep_uncontradicted,
    ),
    EvidenceRule(
        "two witnesses",
        "One report of confidence C lifts no status: it marks the line “one report”.",
        _keep_confirmed,
    ),
)


def list_proofs(case: Case, event_names: Sequence[str], confirmed: bool = True) -> list[Event]:
    """The reports of a step that prove it, in order of happening.

    Without `confirmed` a single report of confidence C counts too.
    """
    reports = [event for event in case.happened if event.event in event_names]
    for rule in EVIDENCE_RULES:
        if rule.keep is not _keep_confirmed:
            reports = rule.keep(case, reports)
    return _confirm(case, reports) if confirmed else reports


def _confirm(case: Case, reports: list[Event]) -> list[Event]:
    """The reports, if they are more than one weak report."""
    has_rule = any(rule.keep is _keep_confirmed for rule in EVIDENCE_RULES)
    return _keep_confirmed(case, reports) if has_rule else reports


def find_proof(case: Case, event_names: Sequence[str]) -> Event | None:
    """The report that proves a step: of those with the better confidence the last; None where none does."""
    proofs = list_proofs(case, event_names)
    return next(
        (event for event in reversed(proofs) if event.confidence != "C"),
        proofs[-1] if proofs else None,
    )


def _find_stop(case: Case, event_names: Sequence[str], confirmed: bool = True) -> Event | None:
    """The last stop, where no report says that the line moved after it."""
    stops = list_proofs(case, event_names, confirmed)
    if case.origin == "restart":  # what it restarts had been stopped
        stops = [e for e in stops if find_day_happened(e, case.day).year >= BUILD_UP_YEAR]
    if not stops:
        return None
    stopped_on = find_day_happened(stops[-1], case.day)
    moves = [
        event
        for event in list_proofs(case, _MOVING_EVENTS, confirmed=False)
        if find_day_happened(event, case.day) > stopped_on
    ]
    return None if _confirm(case, moves) else stops[-1]


def _find_cancelled(case: Case) -> Event | None:
    return _find_stop(case, ("cancelled",))


def _find_suspended(case: Case) -> Event | None:
    return _find_stop(case, ("suspended",))


def _find_lone_stop(case: Case) -> Event | None:
    has_run = case.origin == "existing" or list_proofs(case, (*OUTPUT_EVENTS, *_OPENING_EVENTS))
    return _find_stop(case, _STOP_EVENTS, confirmed=False) if has_run else None


def _find_existing(case: Case) -> Event | None:
    if case.origin != "existing":
        return None
    reports = case.happened or case.known
    last_solid_report = next((e for e in reversed(reports) if e.confidence != "C"), reports[-1])
    return find_proof(case, OUTPUT_EVENTS) or last_solid_report


def _find_full_rate(case: Case) -> Event | None:
    full_rate = find_proof(case, ("full_rate",))
    if full_rate is not None:
        return full_rate
    last_rate = find_last_rate(list_proofs(case, OUTPUT_EVENTS))
    target_rate = find_target_rate(case.known)
    if last_rate is None or last_rate.rate is None or not target_rate:
        return None
    return last_rate if last_rate.rate >= FULL_RATE_SHARE * target_rate else None


def _find_output(case: Case) -> Event | None:
    return find_proof(case, OUTPUT_EVENTS)


def _find_settled(case: Case) -> Event | None:
    """The first dated opening, where it lies so far back and nothing bad was heard for as long."""
    openings = [event for event in list_proofs(case, _OPENING_EVENTS) if event.last_day]
    if not openings or _count_months(openings[0].last_day, case.day) < SETTLED_MONTHS:
        return None
    bad_news = [event for event in case.happened if event.event in BAD_NEWS]
    is_quiet = all(
        _count_months(find_day_happened(event, case.day), case.day) >= SETTLED_MONTHS
        for event in bad_news
    )
    return openings[0] if is_quiet else None


def _find_settled_early(case: Case) -> Event | None:
    opening = _find_settled(case)
    if opening is None or find_day_happened(opening, case.day).year >= NEW_PART_YEAR:
        return None
    return opening


def _count_months(since: dt.date | None, until: dt.date) -> int:
    if since is None:
        return 0
    return (until.year - since.year) * 12 + until.month - since.month


def _find_opening(case: Case) -> Event | None:
    return find_proof(case, _OPENING_EVENTS)


def _find_building(case: Case) -> Event | None:
    return find_proof(case, _BUILDING_EVENTS)


def _find_last_word(case: Case) -> Event | None:
    """The last report that is no more than talk or money, else the last of all."""
    words = [event for event in case.known if event.event in ("announced", "funded")]
    return (words or list(case.known))[-1]


STATUS_RULES: tuple[StatusRule, ...] = (
    StatusRule(
        "given up",
        "cancelled",
        "Given up, and no later report that it was taken up again.",
        _find_cancelled,
    ),
    StatusRule(
        "stopped",
        "suspended",
        f"Stopped, and no later report that it moves. Of a restart only stops since {BUILD_UP_YEAR} count.",
        _find_suspended,
    ),
    StatusRule(
        "stop unconfirmed",
        "unknown",
        "It ran, one report of confidence C says it stopped, and nothing newer says that it runs.",
        _find_lone_stop,
    ),
    StatusRule(
        "ran before",
        "operating",
        f"Ran before {NEW_PART_YEAR}. An extension of it is a line of its own.",
        _find_existing,
    ),
    StatusRule(
        "full rate",
        "full rate",
        f"Full rate reported as made, or at least {FULL_RATE_SHARE * 100:.0f} % of the latest target.",
        _find_full_rate,
    ),
    StatusRule("output", "ramping", "Output reported as made.", _find_output),
    StatusRule(
        "open before",
        "operating",
        f"Opened before {NEW_PART_YEAR}, and no bad news for {SETTLED_MONTHS} months: taken as running.",
        _find_settled_early,
        inferred=True,
    ),
    StatusRule(
        "open for long",
        "ramping",
        f"Opened or in trial at least {SETTLED_MONTHS} months ago, and no bad news for as long: taken as running.",
        _find_settled,
        inferred=True,
    ),
    StatusRule(
        "opened", "commissioning", "Opened or in trial; no output reported as made.", _find_opening
    ),
    StatusRule(
        "building",
        "construction",
        "Ground broken or building reported; not opened.",
        _find_building,
    ),
    StatusRule(
        "said",
        "announced",
        "Said or funded; no report that work on the site began.",
        _find_last_word,
    ),
)
UNSEEN_RULE = "unseen"  # nothing known on the day
INFERRING_RULES = {rule.rule_id for rule in STATUS_RULES if rule.inferred}
STATUS_RULE_WORDS = {rule.rule_id: rule.words for rule in STATUS_RULES}
_STEPS_UPWARD = (_BUILDING_EVENTS, _OPENING_EVENTS, OUTPUT_EVENTS)


def decide_status(case: Case) -> Decision:
    """The status of a line on a day, with the rule and the report that decided."""
    if not case.known:
        return Decision("not yet reported", UNSEEN_RULE, None, False, None)
    for rule in STATUS_RULES:
        evidence = rule.decide(case)
        if evidence is not None:
            return Decision(
                rule.status, rule.rule_id, evidence, rule.inferred, _find_lone_report(case)
            )
    raise LookupError("no rule of status holds")


def _find_lone_report(case: Case) -> Event | None:
    """The report of confidence C that alone speaks of a later step than the status, or of a stop; the last of them."""
    lone_stop = _find_stop(case, _STOP_EVENTS, confirmed=False)
    is_lone_stop = lone_stop is not None and _find_stop(case, _STOP_EVENTS) is None
    if is_lone_stop or case.origin == "existing":
        return lone_stop if is_lone_stop else None
    proven_places = [place for place, names in enumerate(_STEPS_UPWARD) if list_proofs(case, names)]
    later_steps = _STEPS_UPWARD[max(proven_places, default=-1) + 1 :]
    lone_reports = [
        event for names in later_steps for event in list_proofs(case, names, confirmed=False)
    ]
    return lone_reports[-1] if lone_reports else None
