"""Columns of the command line's tables: a contract with whoever reads its JSON or CSV."""

from __future__ import annotations

PATH_COLUMNS = [
    "month",
    "rounds_per_year",
    "baseline_rounds_per_year",
    "nameplate_rounds_per_year",
    "p10",
    "p50",
    "p90",
    "bottleneck",
]
RESPONSE_COLUMNS = ["nitrocellulose", "rounds_per_year", "bottleneck"]
STATUS_COLUMNS = [
    "line_id",
    "site_id",
    "product",
    "status",
    "flags",
    "progress",
    "slip_months",
    "evidence",
    "last_rate",
    "target_rate",
    "unit",
    "next_milestone",
    "next_date",
    "last_report",
]
SLIP_COLUMNS = [
    "line_id",
    "milestone",
    "first_promise",
    "latest_promise",
    "delivered",
    "slip_months",
    "first_event",
    "first_source",
    "end_event",
    "end_source",
]
HINDCAST_COLUMNS = [
    "cutoff",
    "observable",
    "year",
    "claim_id",
    "low",
    "high",
    "p10",
    "p50",
    "p90",
    "hit",
    "said_on",
]
