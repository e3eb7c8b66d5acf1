"""One finding of the audit: a fault stops a release, a warning is a place to look, a waived fault
has its reason in `data/waivers.csv`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class AuditFinding:
    """One finding: its severity (fault, warning or waived), the check, the row it is about, and what it is."""

    severity: str
    rule: str
    id: str
    message: str
