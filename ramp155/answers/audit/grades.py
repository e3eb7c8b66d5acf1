"""Checks of what figures stand on: a class of source that may not stand alone under a headline does
not carry one alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from ramp155.answers.audit.finding import AuditFinding
from ramp155.history.openings import OPENED_SINCE, find_openings
from ramp155.history.slips import list_dated_milestones
from ramp155.history.standing.sites import RUNNING_STATUSES
from ramp155.history.status import list_statuses
from ramp155.record.grades import list_coefficient_sources, list_witnesses, say_weak_support
from ramp155.record.records import Records
from ramp155.record.rows import Assumption

# Tables whose rows are figures on a first page, targets with odds, or public statements with a verdict.
_HEADLINE_TABLES = {
    "calibration": "target_id",
    "targets": "target_id",
    "statements": "statement_id",
    "estimates": "estimate_id",
}


def check_grades(records: Records) -> Iterator[AuditFinding]:
    """Headlines, verdicts and coefficients in use have a source that may stand alone.

    A coefficient of the model that cites sources, none of which may, is a fault; all else is a warning.
    """
    for coefficient in records.list_coefficients(model_only=False):
        if coefficient.kind != "reported":
            yield from _check_coefficient(records, coefficient)
    for table, key in _HEADLINE_TABLES.items():
        rows = getattr(records, table)
        for row_id, claim_cells in rows.groupby(key, sort=False)["claim_ids"]:
            claim_ids = " ".join(claim_cells).split()
            yield from _check_support(str(row_id), records, list_witnesses(records, claim_ids))


def check_event_grades(records: Records) -> Iterator[AuditFinding]:
    """What decides statuses of lines at work, openings and slips has a source that may stand alone."""
    statuses = list_statuses(records)
    at_work = statuses[statuses["status"].isin([*RUNNING_STATUSES, "commissioning"])]
    slips = list_dated_milestones(records)
    deciding = {
        "a status": at_work["evidence"],
        "an opening": find_openings(records, OPENED_SINCE)["event_id"],
        "a slip": pd.concat([slips["first_event"], slips["end_event"]]),
    }
    for what, event_ids in deciding.items():
        for event_id in dict.fromkeys(event_ids):
            weak_note = say_weak_support(records, [records.event(event_id).source_id])
            if weak_note:
                yield AuditFinding(
                    "warning", "grades", event_id, f"decides {what}, and its source is {weak_note}"
                )


def _check_coefficient(records: Records, coefficient: Assumption) -> Iterator[AuditFinding]:
    source_ids = list_coefficient_sources(records, coefficient.assumption_id)
    is_cited = coefficient.kind == "model" and coefficient.source_ids != "assumption"
    severity = "fault" if is_cited else "warning"
    yield from _check_support(coefficient.assumption_id, records, source_ids, severity)


def _check_support(
    row_id: str, records: Records, source_ids: Iterable[str], severity: str = "warning"
) -> Iterator[AuditFinding]:
    weak_note = say_weak_support(records, source_ids)
    if weak_note:
        yield AuditFinding(severity, "grades", row_id, f"its source is {weak_note}")
