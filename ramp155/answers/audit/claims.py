"""Checks of claims and sources: one statement told twice, sources that nothing cites, contested
topics without two sides.
"""

from __future__ import annotations

from collections.abc import Iterator

from ramp155.answers.audit.finding import AuditFinding
from ramp155.history.claims import list_claims, list_contested_claims
from ramp155.record.records import Records


def check_same_figures(records: Records) -> Iterator[AuditFinding]:
    """Claims that may be one statement told twice say so with `same_as`."""
    claims = records.claims[records.claims["same_as"] == ""]
    claims = claims[claims[["low", "high"]].notna().any(axis=1)]
    keys = ["subject", "operator", "quantity", "low", "high", "unit", "period", "reported_on"]
    for _, duplicates in claims.groupby(keys, dropna=False):
        if len(duplicates) > 1:
            message = (
                f"says the same on the same day as {', '.join(duplicates['claim_id'].iloc[1:])}"
            )
            yield AuditFinding(
                "warning", "double counting", duplicates["claim_id"].iloc[0], message
            )


def check_orphans(records: Records) -> Iterator[AuditFinding]:
    """Every source is cited by something."""
    cited = set(records.events["source_id"]) | set(records.claims["source_id"])
    for table in (records.assumptions, records.presets):
        cited |= {source for cell in table["source_ids"] for source in cell.split()}
    for source in records.sources["source_id"]:
        if source not in cited:
            yield AuditFinding("warning", "orphans", source, "nothing on record cites this source")


def check_topics(records: Records) -> Iterator[AuditFinding]:
    """Every contested topic is explained and has two sides."""
    claims = list_claims(records)
    explained = set(records.contradictions["topic"])
    for topic in explained | set(claims["topics"].explode().dropna()):
        if topic not in explained:
            yield AuditFinding("fault", "contradictions", topic, "is tagged and not explained")
        elif len(list_contested_claims(claims, topic)) < 2:
            yield AuditFinding(
                "fault", "contradictions", topic, "is explained and has no two sides"
            )
