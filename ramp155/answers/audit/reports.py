"""Checks of events: their order in time, what output rests on, rates counted twice, reported sums
against the fit, and dates that cannot be.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from ramp155.answers.audit.finding import AuditFinding
from ramp155.answers.stages.on_record import compute_reported_rounds
from ramp155.history.events import MILESTONES
from ramp155.history.standing.rules import INFERRING_RULES
from ramp155.history.status import list_statuses
from ramp155.model.capacity.stages import build_capacity
from ramp155.model.coefficients.draws import draw_accepted
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import find_record_month
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.dates import first_day, last_day
from ramp155.record.records import Records

_LATE_DAYS = 62  # between a page's publication and the report said to be on it


def check_time_order(records: Records) -> Iterator[AuditFinding]:
    """Done milestones come in their order: ground broken, opened, first output, full rate."""
    for line, events in records.events_of.items():
        first_reports = {}
        for name in MILESTONES:
            first_day_reports = [
                (event.first_day, event.last_day, event)
                for event in events
                if event.event == name and event.status == "done"
                if event.first_day and event.last_day
            ]
            if first_day_reports:
                first_reports[name] = min(first_day_reports, key=lambda report: report[0])
        for before, after in pairwise(first_reports):
            (begins, _, early), (_, ends, late) = first_reports[before], first_reports[after]
            if begins > ends:
                message = f"{before} {early.date} comes after {after} {late.date} ({late.event_id}) of {line}"
                yield AuditFinding("fault", "time order", early.event_id, message.replace("_", " "))


def check_evidence(records: Records) -> Iterator[AuditFinding]:
    """Which statuses are inferred, and where a single report of confidence C says more than the status."""
    table = list_statuses(records)
    columns = (table[name] for name in ("line_id", "status", "rule", "evidence", "one_report"))
    for (line_id, status, rule, evidence, lone_report), flags in zip(
        zip(*columns, strict=True), table["flags"], strict=True
    ):
        if lone_report:
            message = f"{line_id} counts as {status}: one report of confidence C says more"
            yield AuditFinding("warning", "evidence", lone_report, message)
        if "inferred" in flags and rule in INFERRING_RULES:
            message = f"{line_id} counts as {status} by inference (rule {rule})"
            yield AuditFinding("warning", "evidence", evidence, message)


def check_double_rates(records: Records) -> Iterator[AuditFinding]:
    """No rate of one page stands on two lines of a product."""
    events = records.events.merge(records.lines[["line_id", "product"]], on="line_id")
    made_rates = events[events["rate"].notna() & (events["scope"] == "site")]
    made_rates = made_rates[made_rates["rate_status"] == "done"]
    for _, duplicates in made_rates.groupby(["source_id", "rate", "unit", "date", "product"]):
        if duplicates["line_id"].nunique() > 1:
            other_lines = ", ".join(duplicates["line_id"].iloc[1:])
            message = f"{duplicates['rate'].iloc[0]:,.0f} {duplicates['unit'].iloc[0]} of one page also stands on {other_lines}"
            yield AuditFinding("fault", "double counting", duplicates["event_id"].iloc[0], message)


def check_sums(model: Model) -> Iterator[AuditFinding]:
    """What named lines report does not exceed what the draws allow a stage."""
    record_month = find_record_month(model.record)
    params = draw_accepted(model.with_draws(200))
    stage_capacity = build_capacity(model.record, params, Scenario()).stages
    named_rounds = compute_reported_rounds(model.record, params)
    for stage, rounds in named_rounds.items():
        if stage not in stage_capacity:
            continue
        excess = float(np.median(rounds[record_month] / stage_capacity[stage][record_month]))
        if excess > 1:
            message = f"named lines report {excess:.2f} times what the total of {stage} allows"
            yield AuditFinding("fault", "sums", stage, message)


def check_dates(records: Records) -> Iterator[AuditFinding]:
    """Nothing is promised for the past, unless a chain of promises looks back, or said long after its page was published."""
    events = [event for events in records.events_of.values() for event in events]
    for event in events:
        if not event.reported_on or event.last_day is None:
            continue
        is_retrospect = event.last_day < first_day(event.reported_on)
        if event.status == "planned" and is_retrospect and not event.promise:
            message = f"promised on {event.reported_on} for {event.date}, which had passed"
            yield AuditFinding("warning", "dates", event.event_id, message)
    claims = map(records.claim, records.claims["claim_id"])
    reports = [(event.event_id, event.reported_on, event.source_id) for event in events]
    reports += [(claim.claim_id, claim.reported_on, claim.source_id) for claim in claims]
    for row_id, reported_on, source_id in reports:
        published_on = records.source(source_id).published
        if not published_on or not reported_on:
            continue
        late_days = (first_day(reported_on) - last_day(published_on)).days
        if late_days > _LATE_DAYS:
            message = f"said on {reported_on}, its page is of {published_on}"
            yield AuditFinding("warning", "dates", row_id, message)
