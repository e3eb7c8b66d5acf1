"""The ramps of all lines that count: for 155 mm, in the chain, with a rate of their own site."""

from __future__ import annotations

from ramp155.base.memory import remember
from ramp155.history.status import list_statuses
from ramp155.model.capacity.knots import find_start, list_done_knots, list_planned_knots
from ramp155.model.capacity.ramp import BUILDING, NOT_BEGUN, RUNNING, Ramp
from ramp155.model.scenario.horizon import FIRST_MONTH_NUMBER, find_fit_end
from ramp155.record.records import Records
from ramp155.record.rows import Event, Line

_STOPPED = ("suspended", "cancelled")
_RUNNING = ("ramping", "full rate", "operating")
_STARTED = ("construction", "commissioning")


def list_ramps(records: Records) -> list[Ramp]:
    """The ramp of every line that counts: for 155 mm, in the chain, with a rate of its own site."""
    return list(_list_ramps(records))


@remember
def _list_ramps(records: Records) -> tuple[Ramp, ...]:
    modes = records.assumptions.set_index("assumption_id")["mode"]
    ramp_up_months, expansion_base = round(modes["ramp_up_months"]), float(modes["expansion_base"])
    stage_of = {p: s for s, p in records.stages[["stage", "product"]].itertuples(index=False) if p}
    states = list_statuses(records).set_index("line_id")["status"]
    record_end = records.end.year * 12 + records.end.month - 1 - FIRST_MONTH_NUMBER
    line_ramps = []
    for line_id, country in records.full_lines["country"].items():
        line = records.line(line_id)
        stage = stage_of.get(line.product)
        if stage is None or line.for_155 != "yes":
            continue
        events, state = records.events_of[line.line_id], states[line.line_id]
        ramp = _build_ramp(
            line,
            country,
            stage,
            events,
            state,
            ramp_up_months,
            expansion_base,
            record_end,
            find_fit_end(records),
        )
        if ramp.done or ramp.planned:
            line_ramps.append(ramp)
    return tuple(line_ramps)


def _build_ramp(
    line: Line,
    country: str,
    stage: str,
    events: list[Event],
    state: str,
    ramp_up_months: int,
    expansion_base: float,
    record_end: int,
    fit_end_month: int,
) -> Ramp:
    rated_events = [e for e in events if e.rate is not None and e.scope == "site"]
    done = list_done_knots([e for e in rated_events if e.rate_status == "done"])
    is_new = line.origin in ("new", "restart")
    start, start_planned = find_start(events) if is_new else (None, False)
    planned: list[tuple[int, float]] = []
    if state not in _STOPPED:
        last_report = done[-1][0] if done else -10_000
        opening = find_start(events)[0]
        planned = list_planned_knots(
            [e for e in rated_events if e.rate_status == "planned"], opening, ramp_up_months
        )
        last_rate = done[-1][1] if done else 0.0
        planned = [(m, r) for m, r in planned if m > last_report and r > last_rate]
    if is_new and start is None and not done:
        planned = []  # a target without any start date says nothing about when
    if start_planned and start < record_end:
        # Promised for before the record's end and not reported since: no sooner than that end.
        planned = [(m + record_end - start, r) for m, r in planned]
        start = record_end
    return Ramp(
        line.line_id,
        stage,
        country,
        RUNNING if state in _RUNNING else BUILDING if state in _STARTED else NOT_BEGUN,
        tuple(done),
        tuple(planned),
        start,
        start_planned,
        expansion_base * planned[-1][1] if planned and not is_new else 0.0,
        fit_end_month,
    )
