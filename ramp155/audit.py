"""Checks of what the record says, beyond its form (see `records`): order in time, evidence, double counting,
sums, and how far the headline moved since the last released record.

A fault stops a release; a waiver in `data/waivers.csv` acknowledges one with its reason. A warning is a
place to look.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

import numpy as np
import pandas as pd

from ramp155 import capacity, dates, ensemble, ledger, outlook, timeline
from ramp155.records import Records
from ramp155.scenario import MONTHS, Scenario

LARGEST_MOVE = 0.2  # of a headline since the last released record
_LATE_DAYS = 62  # between a page's publication and the report said to be on it
_HEADLINES = {
    "output-2027": ("Complete rounds at the end of 2027, middle case", "rounds/yr"),
    "nameplate-2027": ("Capacity at the end of 2027, middle case", "rounds/yr"),
    "slip-median": ("Median slip", "months"),
    "lines": ("Lines on record", "lines"),
    "milestones": ("Milestones with two dates", "milestones"),
}


@dataclass(frozen=True)
class Finding:
    """One finding: its severity (fault, warning or waived), the check, the row it is about, and what it is."""

    severity: str
    rule: str
    id: str
    message: str


def run(records: Records) -> list[Finding]:
    """Every finding, faults first. A waiver that waives nothing is a fault itself."""
    return list(_run(records))


@lru_cache(maxsize=4)
def _run(records: Records) -> tuple[Finding, ...]:
    found = [finding for check in _CHECKS for finding in check(records)]
    waived = {(w.rule, w.id): w.reason for w in records.waivers.itertuples()}
    told = []
    for finding in found:
        reason = waived.pop((finding.rule, finding.id), None)
        if reason:
            finding = replace(
                finding, severity="waived", message=f"{finding.message}. Waived: {reason}"
            )
        told.append(finding)
    told += [
        Finding("fault", "waivers", item, f"waives {rule}, and there is nothing to waive")
        for rule, item in waived
    ]
    order = {"fault": 0, "warning": 1, "waived": 2}
    return tuple(sorted(told, key=lambda f: (order[f.severity], f.rule, f.id)))


def headlines(records: Records) -> pd.DataFrame:
    """What `data/released.csv` keeps of a record: metric, label, value, unit, record."""
    at = MONTHS.index("2027-12")
    slips = timeline.slips(records)
    values = {
        "output-2027": round(outlook.baseline(records)[at] * 12),
        "nameplate-2027": round(outlook.nameplate(records, Scenario())[at] * 12),
        "slip-median": float(slips.median()) if len(slips) else 0.0,
        "lines": len(records.lines),
        "milestones": len(slips),
    }
    rows = [
        {"metric": k, "label": label, "value": values[k], "unit": unit, "record": records.version}
        for k, (label, unit) in _HEADLINES.items()
    ]
    return pd.DataFrame(rows)


# --- the checks -----------------------------------------------------------------------------------


def _time_order(records: Records) -> Iterator[Finding]:
    """Done milestones come in their order: ground broken, opened, first output, full rate."""
    for line, events in records.events_of.items():
        first = {}
        for name in timeline.MILESTONES:
            done = [e for e in events if e.event == name and e.status == "done" and e.date]
            if done:
                first[name] = min(done, key=lambda e: e.first_day)
        for before, after in pairwise(first):
            early, late = first[before], first[after]
            if early.first_day > late.last_day:
                message = f"{before} {early.date} comes after {after} {late.date} ({late.event_id}) of {line}"
                yield Finding("fault", "time order", early.event_id, message.replace("_", " "))


def _evidence(records: Records) -> Iterator[Finding]:
    """Output rests on a report of confidence A or B, or on two of them."""
    table = timeline.status(records)
    for row in table[table["status"].isin(["ramping", "full rate"])].itertuples():
        made = [
            e
            for e in records.events_of[row.line_id]
            if e.status == "done" and e.event in ("rate", "first_output", "full_rate")
        ]
        if all(e.confidence == "C" for e in made) and len({e.source_id for e in made}) < 2:
            yield Finding(
                "warning",
                "evidence",
                row.evidence,
                f"{row.line_id} counts as {row.status} by one report of confidence C",
            )


def _double(records: Records) -> Iterator[Finding]:
    """No rate of one page stands on two lines of a product."""
    events = records.events.merge(records.lines[["line_id", "product"]], on="line_id")
    made = events[events["rate"].notna() & (events["scope"] == "site")]
    made = made[made["rate_status"] == "done"]
    for _, same in made.groupby(["source_id", "rate", "unit", "date", "product"]):
        if same["line_id"].nunique() > 1:
            others = ", ".join(same["line_id"].iloc[1:])
            message = f"{same['rate'].iloc[0]:,.0f} {same['unit'].iloc[0]} of one page also stands on {others}"
            yield Finding("fault", "double counting", same["event_id"].iloc[0], message)


def _same_figure(records: Records) -> Iterator[Finding]:
    """Claims that may be one statement told twice say so with `same_as`."""
    claims = records.claims[records.claims["same_as"] == ""]
    claims = claims[claims[["low", "high"]].notna().any(axis=1)]
    keys = ["subject", "operator", "quantity", "low", "high", "unit", "period", "reported_on"]
    for _, same in claims.groupby(keys, dropna=False):
        if len(same) > 1:
            message = f"says the same on the same day as {', '.join(same['claim_id'].iloc[1:])}"
            yield Finding("warning", "double counting", same["claim_id"].iloc[0], message)


def _sums(records: Records) -> Iterator[Finding]:
    """What named lines report does not exceed what the fit allows a stage."""
    at = capacity.fit_end(records)
    params = ensemble.accepted(records, 200)
    built = capacity.build(records, params, Scenario()).stages
    named = capacity.reported_in_rounds(records, params)
    for stage, rounds in named.items():
        if stage not in built:
            continue
        over = float(np.median(rounds[at] / built[stage][at]))
        if over > 1:
            message = f"named lines report {over:.2f} times what the fitted total of {stage} allows"
            yield Finding("fault", "sums", stage, message)


def _dates(records: Records) -> Iterator[Finding]:
    """Nothing is promised for the past, or said long after its page was published."""
    for event in records.events.itertuples():
        if not event.reported_on or not event.date:
            continue
        if event.status == "planned" and event.last_day < dates.first_day(event.reported_on):
            message = f"promised on {event.reported_on} for {event.date}, which had passed"
            yield Finding("warning", "dates", event.event_id, message)
    published = records.sources.set_index("source_id")["published"]
    for name, key in (("events", "event_id"), ("claims", "claim_id")):
        for row in getattr(records, name)[[key, "reported_on", "source_id"]].itertuples(
            index=False
        ):
            when = published[row.source_id]
            if not when or not row.reported_on:
                continue
            late = (dates.first_day(row.reported_on) - dates.last_day(when)).days
            if late > _LATE_DAYS:
                message = f"said on {row.reported_on}, its page is of {when}"
                yield Finding("warning", "dates", row[0], message)


def _orphans(records: Records) -> Iterator[Finding]:
    """Every source is cited by something."""
    cited = set(records.events["source_id"]) | set(records.claims["source_id"])
    for table in (records.assumptions, records.presets):
        cited |= {source for cell in table["source_ids"] for source in cell.split()}
    for source in records.sources["source_id"]:
        if source not in cited:
            yield Finding("warning", "orphans", source, "nothing on record cites this source")


def _topics(records: Records) -> Iterator[Finding]:
    """Every contested topic is explained and has two sides."""
    table = ledger.table(records)
    known = set(records.contradictions["topic"])
    for topic in known | set(table["topics"].explode().dropna()):
        if topic not in known:
            yield Finding("fault", "contradictions", topic, "is tagged and not explained")
        elif len(ledger.on_topic(table, topic)) < 2:
            yield Finding("fault", "contradictions", topic, "is explained and has no two sides")


def _moves(records: Records) -> Iterator[Finding]:
    """No headline moved by more than a fifth since the last released record."""
    before = records.released.set_index("metric")["value"]
    for row in headlines(records).itertuples():
        if row.metric not in before.index:
            yield Finding("fault", "magnitude", row.metric, "is not in released.csv")
            continue
        old = float(before[row.metric])
        move = (row.value - old) / old if old else float(row.value != 0)
        if abs(move) > LARGEST_MOVE:
            message = f"{row.label}: {row.value:,.6g} now, {old:,.6g} released, {move:+.0%}"
            yield Finding("fault", "magnitude", row.metric, message)


_CHECKS = (
    _time_order,
    _evidence,
    _double,
    _same_figure,
    _sums,
    _dates,
    _orphans,
    _topics,
    _moves,
)
