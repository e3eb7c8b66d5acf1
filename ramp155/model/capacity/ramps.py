"""The ramps of all lines that count: for 155 mm, in the chain, with a rate of their own site."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ramp155.base.memory import remember
from ramp155.history.as_known import find_end_month
from ramp155.history.status import list_statuses
from ramp155.model.capacity.knots import Knot, find_start, list_done_knots, list_planned_knots
from ramp155.model.capacity.ramp import BUILDING, NOT_BEGUN, RUNNING, Ramp
from ramp155.model.scenario.horizon import FIRST_MONTH_NUMBER
from ramp155.record.records import Records
from ramp155.record.rows import Event, Line

_STOPPED = ("suspended", "cancelled")
_RUNNING = ("ramping", "full rate", "operating")
_STARTED = ("construction", "commissioning")


@remember
def list_ramps(records: Records) -> list[Ramp]:
    """The ramp of every line that counts: for 155 mm, in the chain, with a rate of its own site."""
    settings = _read_settings(records)
    stage_of = {
        stage_row.product: stage_row.stage
        for stage_row in records.list_stages()
        if stage_row.product
    }
    status_rows = list_statuses(records)
    states = dict(zip(status_rows["line_id"], status_rows["status"], strict=True))
    ramps = []
    full_lines = records.full_lines
    for line_id, country in zip(full_lines["line_id"], full_lines["country"], strict=True):
        line = records.line(line_id)
        stage = stage_of.get(line.product)
        if stage is None or line.for_155 != "yes":
            continue
        events = records.events_of[line_id]
        ramp = _build_ramp(line, country, stage, events, states[line_id], settings)
        if ramp.done or ramp.planned:
            ramps.append(ramp)
    return ramps


class _Settings(NamedTuple):
    """What holds for all ramps; months are counted from the first of the horizon."""

    ramp_up_months: int
    expansion_base: float  # share of its target that an expanded line ran at before, 0 to 1
    record_end: int


def _read_settings(records: Records) -> _Settings:
    _, ramp_up_months, _ = records.assumption("ramp_up_months").span
    _, expansion_base, _ = records.assumption("expansion_base").span
    record_end = find_end_month(records) - FIRST_MONTH_NUMBER
    return _Settings(round(ramp_up_months), expansion_base, record_end)


def _build_ramp(
    line: Line,
    country: str,
    stage: str,
    events: Sequence[Event],
    state: str,
    settings: _Settings,
) -> Ramp:
    rated_events = [e for e in events if e.rate is not None and e.scope == "site"]
    done_knots = list_done_knots([e for e in rated_events if e.rate_status == "done"])
    is_new = line.origin in ("new", "restart")
    opening, opening_planned = find_start(events)
    start, start_planned = (opening, opening_planned) if is_new else (None, False)
    planned: list[Knot] = []
    if state not in _STOPPED:
        last_month, last_rate = done_knots[-1] if done_knots else (-10_000, 0.0)
        promised_events = [e for e in rated_events if e.rate_status == "planned"]
        promises = list_planned_knots(promised_events, opening, settings.ramp_up_months)
        planned = [(m, rate) for m, rate in promises if m > last_month and rate > last_rate]
    if is_new and start is None and not done_knots:
        planned = []  # a target without any start date says nothing about when
    if start is not None and start_planned and start < settings.record_end:
        # Promised for before the record's end and not reported since: no sooner than that end.
        planned = [(month + settings.record_end - start, rate) for month, rate in planned]
        start = settings.record_end
    return Ramp(
        line_id=line.line_id,
        stage=stage,
        country=country,
        stand=RUNNING if state in _RUNNING else BUILDING if state in _STARTED else NOT_BEGUN,
        done=tuple(done_knots),
        planned=tuple(planned),
        start=start,
        start_planned=start_planned,
        base=settings.expansion_base * planned[-1][1] if planned and not is_new else 0.0,
        record_end=settings.record_end,
    )
