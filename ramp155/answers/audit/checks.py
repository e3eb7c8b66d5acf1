"""The audit: every check of what the record says beyond its form, with waivers applied, faults
first.
"""

from __future__ import annotations

from dataclasses import replace

from ramp155.answers.audit.archive import check_archive, check_kept_forecasts
from ramp155.answers.audit.claims import check_orphans, check_same_figures, check_topics
from ramp155.answers.audit.finding import AuditFinding
from ramp155.answers.audit.grades import check_event_grades, check_grades
from ramp155.answers.audit.headlines import check_draws, check_moves
from ramp155.answers.audit.reports import (
    check_dates,
    check_double_rates,
    check_evidence,
    check_sums,
    check_time_order,
)
from ramp155.base.memory import remember
from ramp155.model.model import Model

_CHECKS = (
    check_time_order,
    check_evidence,
    check_double_rates,
    check_same_figures,
    check_dates,
    check_orphans,
    check_topics,
    check_grades,
    check_event_grades,
    check_archive,
    check_kept_forecasts,
)
_MODEL_CHECKS = (check_sums, check_draws, check_moves)


@remember
def run_audit(model: Model) -> list[AuditFinding]:
    """Every finding, faults first. A waiver that waives nothing is a fault itself."""
    findings = [finding for check in _CHECKS for finding in check(model.record)]
    findings += [finding for check in _MODEL_CHECKS for finding in check(model)]
    waivers = model.record.waivers
    waived = dict(
        zip(zip(waivers["rule"], waivers["id"], strict=True), waivers["reason"], strict=True)
    )
    judged = []
    for finding in findings:
        reason = waived.pop((finding.rule, finding.id), None)
        if reason:
            finding = replace(
                finding, severity="waived", message=f"{finding.message}. Waived: {reason}"
            )
        judged.append(finding)
    judged += [
        AuditFinding("fault", "waivers", row_id, f"waives {rule}, and there is nothing to waive")
        for rule, row_id in waived
    ]
    order = {"fault": 0, "warning": 1, "waived": 2}
    return sorted(judged, key=lambda f: (order[f.severity], f.rule, f.id))
