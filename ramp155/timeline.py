"""What was known of each line on a date: its status, slips and progress.

Status is derived from events, never typed in, and names the event that proves it. Nothing reads the
clock: "today" is the `as_of` argument, by default the record's last report.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import pandas as pd

from ramp155 import dates
from ramp155.records import Event, Records

# Every status with the evidence it asks for; the order is the order of progress.
STATUSES = {
    "not yet reported": "No report about the line was known on this date.",
    "announced": "Said or funded; no report that work on the site began.",
    "construction": "Ground broken or building reported; not opened.",
    "commissioning": "Opened or in trial running; no output reported.",
    "ramping": "Output reported, below 90 % of the latest target (or no target is known).",
    "full rate": "Full rate reported, or at least 90 % of the latest target.",
    "operating": "Ran before 2022 and no expansion is reported.",
    "suspended": "Stopped, and no report that it started again.",
    "cancelled": "Given up, and no report that it was taken up again.",
}
FLAGS = {
    "unconfirmed": "A promised date has passed and no report says it was kept.",
    "no recent news": "No report for 24 months; the status is inferred from the last one.",
    "capacity not reported": "No report gives a rate for this line.",
}
MILESTONES = ["groundbreaking", "opened", "first_output", "full_rate"]
FULL_RATE_SHARE = 0.9
BUILD_UP = 2020  # what was promised or begun before this year belongs to an older build-up
SILENCE_MONTHS = 24
# Reports that a line moves again lift an earlier stop.
_MOVES = {"groundbreaking", "construction", "trial", "opened", "first_output", "rate", "full_rate"}
# Reaching a milestone confirms those before it: a plant that delivers has been opened.
_CONFIRMS = {
    "groundbreaking": {"construction", *MILESTONES, "trial", "rate"},
    "opened": {"opened", "first_output", "full_rate", "rate"},
    "first_output": {"first_output", "full_rate", "rate"},
    "full_rate": {"full_rate"},
}


_OUTPUT = ("rate", "first_output", "full_rate")
_MILESTONE_COLUMNS = [
    "line_id",
    "milestone",
    "first_promise",
    "first_event",
    "latest_promise",
    "latest_event",
    "delivered",
    "delivered_event",
    "slip_months",
    "promises",
]


@dataclass(frozen=True)
class Standing:
    """One line on one date."""

    status: str
    evidence: str | None
    flags: tuple[str, ...]
    last_rate: float | None
    target_rate: float | None


def known(records: Records, as_of: str | dt.date | None = None) -> pd.DataFrame:
    """The events known on a date. A blank date means the record's last report."""
    day = as_date(records, as_of)
    return records.events[records.events["known_on"] <= day]


def as_known(
    records: Records, as_of: str | dt.date | None = None, hindsight: bool = False
) -> Records:
    """The record as it would have stood on a date: its end is that day, and no later report is in it.

    With `hindsight` what was reported later to have happened by that day is in it too: what is known
    today of that day. Promises stay those made by then. Undated claims, whose day nobody knows, leave.
    Raises ValueError when the text is no date.
    """
    return _as_known(records, as_date(records, as_of), hindsight)


@lru_cache(maxsize=64)
def _as_known(records: Records, day: dt.date, hindsight: bool) -> Records:
    if day >= records.end:
        return records
    events = records.events
    seen = events["known_on"] <= day
    if hindsight:
        happened = [bool(e) and e <= day for e in events["last_day"]]
        seen |= (events["status"] == "done") & pd.Series(happened, index=events.index)
    events = events[seen].copy()
    # A promise that came with a later report was not made by then.
    promised = (events["known_on"] > day) & (events["rate_status"] == "planned")
    events.loc[promised, "rate"] = float("nan")
    events.loc[promised, ["unit", "rate_status"]] = ""
    events["known_on"] = [min(known, day) for known in events["known_on"]]
    said = [bool(told) and dates.last_day(told) <= day for told in records.claims["reported_on"]]
    then = replace(records, events=events, claims=records.claims[said], end=day)
    return then.name(f"{records.version}@{day}{'+' if hindsight else ''}")


def as_date(records: Records, as_of: str | dt.date | None) -> dt.date:
    """The day an `as_of` argument means; none means the record's last report.

    Raises ValueError when the text is no date.
    """
    if as_of is None or as_of == "":
        return records.end
    return as_of if isinstance(as_of, dt.date) else dates.last_day(as_of)


def status(records: Records, as_of: str | dt.date | None = None) -> pd.DataFrame:
    """Where every line stood on a date, one row a line.

    Columns: line_id, site_id, product, status, flags (list), progress (last reported rate over the
    latest target, NaN where either is unknown), slip_months (latest date less first promised date of
    the line's leading milestone), evidence (event_id), and for display last_rate, target_rate, unit,
    next_milestone, next_date, last_report.
    """
    day = as_date(records, as_of)
    rows = []
    for line in records.lines.itertuples(index=False):
        events = [e for e in records.events_of[line.line_id] if e.known_on <= day]
        own = _line_milestones(line.line_id, events)
        standing = _standing(line.origin, events, day)
        last, target = standing.last_rate, standing.target_rate
        ahead = sorted(
            (m for m in own if not m["delivered"] and m["latest_promise"]),
            key=lambda m: m["latest_promise"],
        )
        rows.append(
            {
                "line_id": line.line_id,
                "site_id": line.site_id,
                "product": line.product,
                "status": standing.status,
                "flags": list(standing.flags),
                "progress": last / target if last is not None and target else float("nan"),
                "slip_months": _leading_slip(own),
                "evidence": standing.evidence,
                "last_rate": float("nan") if last is None else last,
                "target_rate": float("nan") if target is None else target,
                "unit": next((e.unit for e in events if e.unit), ""),
                "next_milestone": ahead[0]["milestone"] if ahead else "",
                "next_date": ahead[0]["latest_promise"] if ahead else "",
                "last_report": events[-1].known_on.isoformat() if events else "",
            }
        )
    return pd.DataFrame(rows)


def milestones(records: Records, as_of: str | dt.date | None = None) -> pd.DataFrame:
    """Every dated milestone of every line: first promise, latest promise, delivery and slip.

    Only groundbreaking, opened, first_output and full_rate count: for other events the date can mean
    the saying or the thing said. Undated reports give no order of promises and are left out of it.
    Columns: line_id, milestone, first_promise, first_event, latest_promise, latest_event, delivered,
    delivered_event, slip_months (delivery, else latest promise, less first promise; NaN without two
    dates), promises (how many).
    """
    day = as_date(records, as_of)
    rows = [
        row
        for line, events in records.events_of.items()
        for row in _line_milestones(line, [e for e in events if e.known_on <= day])
    ]
    return pd.DataFrame(rows, columns=_MILESTONE_COLUMNS)


def slips(records: Records, as_of: str | dt.date | None = None) -> pd.Series:
    """Slip in months of every milestone with two dates, promised twice or promised and delivered."""
    return milestones(records, as_of)["slip_months"].dropna()


def opened(
    records: Records,
    since: dt.date,
    until: dt.date | None = None,
    as_of: str | dt.date | None = None,
) -> pd.DataFrame:
    """Lines with a new start from one day to another: `opened` or `first_output` reported done.

    Only lines that are new, restarted or expanded count, each with its first such event. Columns of
    `Records.events`.
    """
    fresh = records.lines.loc[records.lines["origin"] != "existing", "line_id"]
    events = known(records, as_of)
    done = events[
        events["event"].isin(["opened", "first_output"])
        & (events["status"] == "done")
        & events["line_id"].isin(fresh)
        & events["first_day"].notna()
    ]
    end = until or dt.date.max
    inside = [since <= day <= end for day in done["first_day"]]
    done = done[pd.Series(inside, index=done.index, dtype=bool)]
    return done.sort_values("first_day").drop_duplicates("line_id")


def _line_milestones(line: str, events: list[Event]) -> list[dict[str, Any]]:
    rows = []
    for milestone in MILESTONES:
        own = [e for e in events if e.event == milestone and e.date]
        done = sorted((e for e in own if e.status == "done"), key=lambda e: e.first_day)
        # Of two promises made on one day the better confirmed one is taken as the later word.
        promised = sorted(
            (e for e in own if _is_promise(e)),
            key=lambda e: (e.known_on, -ord(e.confidence)),
        )
        if not own or not (done or promised):
            continue
        delivery = done[0] if done else None
        if delivery:
            # What was promised after the delivery is another step of the same line.
            promised = [e for e in promised if e.known_on <= delivery.last_day]
        first, last = (promised[0], promised[-1]) if promised else (None, None)
        end = delivery or last
        slip = float("nan")
        if first and end is not first and (delivery or _said_later(first, last)):
            slip = months_late(first.date, end.date)
        rows.append(
            {
                "line_id": line,
                "milestone": milestone,
                "first_promise": first.date if first else "",
                "first_event": first.event_id if first else "",
                "latest_promise": last.date if last else "",
                "latest_event": last.event_id if last else "",
                "delivered": delivery.date if delivery else "",
                "delivered_event": delivery.event_id if delivery else "",
                "slip_months": slip,
                "promises": len(promised),
            }
        )
    return rows


def _is_promise(event: Event) -> bool:
    """A dated promise for the line itself that belongs to today's build-up."""
    said = event.status == "planned" and bool(event.reported_on) and event.scope == "site"
    return said and event.known_on.year >= BUILD_UP


def _said_later(first: Event, last: Event) -> bool:
    """Whether one promise was surely made after another: two papers of one day disagree, they do not slip."""
    return dates.last_day(first.reported_on) < dates.first_day(last.reported_on)


def months_late(promised: str, came: str) -> float:
    """Months from one date to another; none where one only says the other more exactly."""
    overlap = dates.first_day(promised) <= dates.last_day(came)
    overlap &= dates.first_day(came) <= dates.last_day(promised)
    return 0.0 if overlap else float(dates.month_number(came) - dates.month_number(promised))


def _leading_slip(own: list[dict[str, Any]]) -> float:
    """The slip of the milestone that says most about output: start, else full rate, else ground."""
    slip_of = {m["milestone"]: m["slip_months"] for m in own}
    for milestone in ("first_output", "opened", "full_rate", "groundbreaking"):
        slip = slip_of.get(milestone, float("nan"))
        if not math.isnan(slip):
            return slip
    return float("nan")


def _happened_by(event: Event, day: dt.date) -> dt.date:
    """The day by which a done event had happened: the end of its span, or when it was reported."""
    return min(event.last_day or event.known_on, day)


def _standing(origin: str, events: list[Event], day: dt.date) -> Standing:
    """Status, evidence and flags of one line from the events known on a day."""
    if not events:
        return Standing("not yet reported", None, (), None, None)
    happened = sorted(
        (e for e in events if e.status == "done" and (not e.first_day or e.first_day <= day)),
        key=lambda e: (_happened_by(e, day), e.known_on),
    )
    last, target = _last_rate(happened), _target_rate(events)
    status, proof = _progress(origin, events, happened, last, target, day)
    return Standing(status, proof, _flags(events, happened, day), last, target)


def _progress(
    origin: str,
    events: list[Event],
    happened: list[Event],
    last: float | None,
    target: float | None,
    day: dt.date,
) -> tuple[str, str]:
    """The status and the event that proves it. `happened` is in order of happening."""
    stops = [e for e in happened if e.event in ("suspended", "cancelled")]
    if stops:
        since = _happened_by(stops[-1], day)
        if not any(e.event in _MOVES and _happened_by(e, day) > since for e in happened):
            return stops[-1].event, stops[-1].event_id
    if origin == "existing":
        return "operating", (happened or events)[-1].event_id
    full = [e for e in happened if e.event == "full_rate"]
    if full:
        return "full rate", full[-1].event_id
    # A rate given at an opening is what the new line can do; output is what was reported as made.
    output = [e for e in happened if e.event in ("first_output", "rate")]
    if origin == "expansion":
        # What an old line made before 2022 says nothing about its expansion.
        output = [e for e in output if _happened_by(e, day).year >= 2022]
    if output:
        reached = last is not None and target is not None and last >= FULL_RATE_SHARE * target
        return ("full rate" if reached else "ramping"), output[-1].event_id
    for status_name, names in (
        ("commissioning", ("opened", "trial")),
        ("construction", ("groundbreaking", "construction")),
    ):
        found = [e for e in happened if e.event in names]
        if found:
            return status_name, found[-1].event_id
    return "announced", events[-1].event_id


def _last_rate(happened: list[Event]) -> float | None:
    """The latest rate reported as made; of the same date, the report with the best confidence."""
    made = [
        e
        for e in happened
        if e.rate_status == "done"
        and e.rate is not None
        and e.scope == "site"
        and e.event in _OUTPUT
    ]
    if not made:
        return None
    latest = max(e.last_day or e.known_on for e in made)
    return min(
        (e for e in reversed(made) if (e.last_day or e.known_on) == latest),
        key=lambda e: e.confidence,
    ).rate


def reached(events: list[Event]) -> Event | None:
    """The first report of a rate of at least 90 % of the line's latest target; `events` as in `events_of`."""
    target = _target_rate(events)
    made = [
        e
        for e in events
        if e.rate_status == "done" and e.scope == "site" and e.event in _OUTPUT and e.date
    ]
    enough = [
        e for e in made if target and e.rate is not None and e.rate >= FULL_RATE_SHARE * target
    ]
    return min(enough, key=lambda e: e.first_day) if enough else None


def _target_rate(events: list[Event]) -> float | None:
    """The highest rate promised in the latest statement that promises one."""
    promised = [
        e for e in events if e.rate_status == "planned" and e.rate is not None and e.scope == "site"
    ]
    if not promised:
        return None
    return max(e.rate for e in promised if e.known_on == promised[-1].known_on)


def _flags(events: list[Event], happened: list[Event], day: dt.date) -> tuple[str, ...]:
    flags = []
    done = {e.event for e in happened}
    for milestone in MILESTONES:
        promised = [
            e for e in events if e.event == milestone and e.status == "planned" and e.last_day
        ]
        if promised and not done & _CONFIRMS[milestone] and promised[-1].last_day < day:
            flags.append("unconfirmed")
            break
    quiet = events[-1].known_on
    if (day.year - quiet.year) * 12 + day.month - quiet.month >= SILENCE_MONTHS:
        flags.append("no recent news")
    if all(e.rate is None for e in events):
        flags.append("capacity not reported")
    return tuple(flags)
