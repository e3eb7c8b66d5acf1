"""From lines to the monthly capacity of each stage, (months, draws).

Up to the end of the fit a stage's capacity is its fitted total; the lines that report a rate are the
part of it that can be pinned to a name, the rest is "unattributed" and shown as such. After it,
capacity grows by what named lines promise, moved by slip, and by what the assumptions allow for lines
that publish no rate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ramp155 import chain as chains
from ramp155 import dates, timeline
from ramp155.records import Records
from ramp155.scenario import MONTHS, Scenario
from ramp155.timeline import Event

Array = np.ndarray
Params = Mapping[str, Array]  # assumption_id -> (draws,)

FIRST = dates.month_number(MONTHS[0])
FIT_END = MONTHS.index("2025-12")
LONGEST_SHIFT = 72
_STOPPED = ("suspended", "cancelled")
_STARTED = ("construction", "commissioning", "ramping", "full rate", "operating")


@dataclass(frozen=True)
class Ramp:
    """The knots of one line: (month counted from MONTHS[0], annual rate in the line's unit).

    `done` are reported rates, `planned` the latest promises; `start` is the month output begins or
    is to begin (None for lines that ran before), `base` what ran before an expansion whose old rate
    nobody reported.
    """

    line_id: str
    stage: str
    country: str
    begun: bool
    done: tuple[tuple[int, float], ...]
    planned: tuple[tuple[int, float], ...]
    start: int | None
    start_planned: bool
    base: float

    def level(self, shift: int) -> Array:
        """Annual rate by month with the planned knots `shift` months late."""
        promised = [(month + shift, rate) for month, rate in self.planned]
        knots = sorted([*self.done, *promised])
        if self.start is not None:
            start = self.start + (shift if self.start_planned else 0)
            knots = [(start, 0.0), *((max(m, start + 1), r) for m, r in knots)]
        elif not self.done and knots:
            knots = [(min(FIT_END, knots[0][0] - 1), self.base), *knots]
        if not knots:
            return np.zeros(len(MONTHS))
        months, rates = zip(*knots, strict=True)
        return np.interp(np.arange(len(MONTHS)), months, rates)

    def reported(self) -> Array:
        """Annual rate by month as reported: nothing before the first report, the last one held."""
        if not self.done:
            return np.zeros(len(MONTHS))
        months, rates = zip(*self.done, strict=True)
        level = np.interp(np.arange(len(MONTHS)), months, rates)
        return np.where(np.arange(len(MONTHS)) < months[0], 0.0, level)


@dataclass(frozen=True)
class Capacity:
    """Monthly capacity for 155 mm by stage, counted in rounds, (months, draws), before the levers.

    `attributed` is the part reported by named lines; `nameplate` is rounds a month that bodies and
    assembly together allow; `need` is stage units a round, (draws,).
    """

    stages: dict[str, Array]
    attributed: dict[str, Array]
    nameplate: Array
    need: dict[str, Array]


def ramps(records: Records) -> list[Ramp]:
    """The ramp of every line that counts: for 155 mm, in the chain, with a rate of its own site."""
    return list(_ramps(records))


@lru_cache(maxsize=8)
def _ramps(records: Records) -> tuple[Ramp, ...]:
    assumed = records.assumptions.set_index("assumption_id")["mode"]
    lag, base = round(assumed["ramp_up_months"]), float(assumed["expansion_base"])
    stage_of = {p: s for s, p in records.stages[["stage", "product"]].itertuples(index=False) if p}
    states = timeline.status(records).set_index("line_id")["status"]
    end = records.end.year * 12 + records.end.month - 1 - FIRST
    found = []
    for line in records.full_lines.itertuples():
        stage = stage_of.get(line.product)
        if stage is None or line.for_155 != "yes":
            continue
        events, state = records.events_of[line.line_id], states[line.line_id]
        ramp = _ramp(line, stage, events, state, lag, base, end)
        if ramp.done or ramp.planned:
            found.append(ramp)
    return tuple(found)


def _ramp(
    line: Event, stage: str, events: list[Event], state: str, lag: int, base: float, end: int
) -> Ramp:
    rated = [e for e in events if e.rate == e.rate and e.scope == "site"]
    done = _done_knots([e for e in rated if e.rate_status == "done"])
    is_new = line.origin in ("new", "restart")
    start, start_planned = _start(events) if is_new else (None, False)
    planned: list[tuple[int, float]] = []
    if state not in _STOPPED:
        since = done[-1][0] if done else -10_000
        opening = _start(events)[0]
        planned = _planned_knots([e for e in rated if e.rate_status == "planned"], opening, lag)
        floor = done[-1][1] if done else 0.0
        planned = [(m, r) for m, r in planned if m > since and r > floor]
    if is_new and start is None and not done:
        planned = []  # a target without any start date says nothing about when
    if start_planned and start < end:
        # Promised for before the record's end and not reported since: no sooner than that end.
        planned = [(m + end - start, r) for m, r in planned]
        start = end
    return Ramp(
        line.line_id,
        stage,
        line.country,
        state in _STARTED,
        tuple(done),
        tuple(planned),
        start,
        start_planned,
        base * planned[-1][1] if planned and not is_new else 0.0,
    )


def _month(event: Event, year_end: bool = False) -> int | None:
    """An event's month counted from MONTHS[0]; a bare year means July, or its December."""
    if not event.date:
        return None
    if year_end and len(event.date) == 4:
        return int(event.date) * 12 + 11 - FIRST
    return dates.month_number(event.date) - FIRST


def _done_knots(events: list[Event]) -> list[tuple[int, float]]:
    """One knot a month: the report with the best confidence, of those the latest."""
    best: dict[int, Event] = {}
    for event in events:  # in order of becoming known
        month = _month(event)
        if month is None:
            month = event.known_on.year * 12 + event.known_on.month - 1 - FIRST
        if month not in best or event.confidence <= best[month].confidence:
            best[month] = event
    return [(m, float(best[m].rate)) for m in sorted(best)]


def _start(events: list[Event]) -> tuple[int | None, bool]:
    """Month output began, or is by the latest word to begin; first output counts before opening."""
    for name in ("first_output", "opened"):
        done = [e for e in events if e.event == name and e.status == "done" and e.date]
        if done:
            return min(m for e in done if (m := _month(e)) is not None), False
    for name in ("first_output", "opened", "trial"):
        promised = [e for e in events if e.event == name and e.status == "planned" and e.date]
        if promised:
            return _month(promised[-1]), True
    return None, False


def _planned_knots(events: list[Event], start: int | None, lag: int) -> list[tuple[int, float]]:
    """The promises still standing, in order of month.

    Dated rates first: the latest word for each year, and none that a later word puts off or lowers.
    A target without a date of its own stands `lag` months after the start (or after it was said, if
    the line ran by then), where no dated promise of that day or later says otherwise.
    """
    events = sorted(events, key=lambda e: (bool(e.reported_on), e.known_on))  # undated: oldest
    dated = [e for e in events if e.date and e.event in ("rate", "full_rate")]
    kept = _standing_promises(dated)
    open_ended = [e for e in events if e not in dated and e.event != "trial"]
    if kept:
        open_ended = [e for e in open_ended if e.event in ("rate", "full_rate")]
        open_ended = [e for e in open_ended if e.known_on >= max(d.known_on for d in dated)]
    if open_ended and start is not None:
        said = open_ended[-1].known_on
        rate = max(float(e.rate) for e in open_ended if e.known_on == said)
        month = max(start, said.year * 12 + said.month - 1 - FIRST) + lag
        if not kept or (rate > kept[-1][1] and month > kept[-1][0]):
            kept.append((month, rate))
    return kept


def _standing_promises(dated: list[Event]) -> list[tuple[int, float]]:
    """The latest word for each year, dropping what a word as late or later puts off or lowers."""
    latest = {}
    for event in dated:
        month = _month(event, year_end=event.event == "full_rate")
        latest[month // 12] = (month, event)
    kept: list[tuple[int, Event]] = []
    for month, event in sorted(latest.values(), key=lambda k: -k[0]):
        if any(event.known_on <= e.known_on and event.rate >= e.rate for _, e in kept):
            continue
        kept.append((month, event))
    return [(month, float(event.rate)) for month, event in reversed(kept)]


@lru_cache(maxsize=8)
def _growth(records: Records) -> dict[str, Array]:
    """Growth of named lines after the fit by stage: (begun or not, shift, months), stage units a year."""
    counted = set(records.countries.loc[records.countries["counted"] == "yes", "country"])
    tables = {s: np.zeros((2, LONGEST_SHIFT + 1, len(MONTHS))) for s in records.stages["stage"]}
    for ramp in ramps(records):
        if ramp.country in counted:
            fitted = ramp.level(0)[FIT_END]  # inside the fitted total, late or not
            for shift in range(LONGEST_SHIFT + 1):
                level = ramp.level(shift)
                grown = np.where(np.arange(len(MONTHS)) > FIT_END, level - fitted, 0.0)
                tables[ramp.stage][0 if ramp.begun else 1, shift] += np.maximum(grown, 0.0)
    return tables


@lru_cache(maxsize=32)
def _levels(records: Records, countries: tuple[str, ...]) -> dict[str, Array]:
    """As `_growth`, but all that lines of countries outside the totals have, now and promised."""
    tables: dict[str, Array] = {}
    for ramp in ramps(records):
        if ramp.country in countries:
            table = tables.setdefault(ramp.stage, np.zeros((2, LONGEST_SHIFT + 1, len(MONTHS))))
            for shift in range(LONGEST_SHIFT + 1):
                table[0 if ramp.begun else 1, shift] += ramp.level(shift)
    return tables


@lru_cache(maxsize=8)
def _reported(records: Records) -> dict[str, Array]:
    """What named lines of the counted countries report, by stage, stage units a year, (months,)."""
    counted = set(records.countries.loc[records.countries["counted"] == "yes", "country"])
    totals = {s: np.zeros(len(MONTHS)) for s in records.stages["stage"]}
    for ramp in ramps(records):
        if ramp.country in counted:
            totals[ramp.stage] += ramp.reported()
    return totals


def needs(records: Records, params: Params) -> dict[str, Array]:
    """Stage units in one complete round, (draws,): the product of quantities along the way to it."""
    chain = chains.from_stages(records.stages)
    quantity = dict(zip(records.stages["stage"], records.stages["quantity"], strict=True))
    ones = np.ones_like(next(iter(params.values())))
    need = {}
    for stage in chain.order:
        need[stage] = ones.copy()
        for step in chain.path(stage)[:-1]:
            text = quantity[step]
            need[stage] *= params[text] if text in params else float(text)
    return need


def build(records: Records, params: Params, scenario: Scenario) -> Capacity:
    """Every stage's monthly capacity under the scenario's delays, shares of projects and countries.

    The supply levers are not applied here: they multiply what this returns (see `outlook`).
    """
    need = needs(records, params)
    stages = records.stages.set_index("stage")
    slip = np.rint(params["slip_months"]).astype(int) + scenario.extra_delay
    shift = np.clip(slip, 0, LONGEST_SHIFT)
    happen = np.minimum(params["realised_share"] * scenario.realised, 1.0)
    growth, extra = _growth(records), _levels(records, scenario.also or ("-",))

    def of_lines(table: Array) -> Array:
        return table[0][shift].T + table[1][shift].T * happen

    capacity: dict[str, Array] = {}
    attributed: dict[str, Array] = {}
    fitted: dict[str, Array] = {}
    shares = {s: params[c] if c else 1.0 for s, c in stages["share"].items()}
    for stage, row in stages[stages["total"] == "knots"].iterrows():
        total = _total(stage, params, scenario.extra_delay)
        if row["imports"]:
            total = total + params[row["imports"]]
        fitted[stage] = total * shares[stage] / need[stage] / 12
    for stage, row in stages.iterrows():
        way, _, other = row["total"].partition(":")
        if way == "unlimited":
            continue
        usable = params[row["lines_share"]] if row["lines_share"] else 1.0
        scale = usable * shares[stage] / need[stage] / 12
        lines = of_lines(growth[stage]) * scale
        if way == "knots":
            capacity[stage] = fitted[stage] + lines
        elif way == "ratio":
            capacity[stage] = params[f"ratio_{stage}"] * fitted[other] + lines
        if stage in extra:
            capacity[stage] = capacity.get(stage, 0.0) + of_lines(extra[stage]) * scale
        attributed[stage] = _reported(records)[stage][:, None] * scale + lines
    for stage, row in stages.iterrows():
        way, _, other = row["total"].partition(":")
        if way == "follows":
            capacity[stage] = params[f"ratio_{stage}"] * capacity[other] + capacity.get(stage, 0.0)
    for stage, array in capacity.items():
        attributed[stage] = np.minimum(attributed[stage], array)
    nameplate = np.minimum(capacity["projectile"], capacity["shell_body"])
    return Capacity(capacity, attributed, nameplate, need)


def _total(stage: str, params: Params, extra_delay: int) -> Array:
    """A stage's fitted total, (months, draws): straight lines between its knots, flat outside them.

    Knots after the fit are expectations and come `extra_delay` months later.
    """
    prefix = f"total_{stage}_"
    names = sorted(name for name in params if name.startswith(prefix))
    knots = np.array([dates.month_number(name.removeprefix(prefix)) - FIRST for name in names])
    months = np.arange(len(MONTHS))
    months = np.where(months <= FIT_END, months, np.maximum(months - extra_delay, FIT_END))
    weights = np.array([np.interp(months, knots, unit) for unit in np.eye(len(knots))]).T
    return weights @ np.array([params[name] for name in names])
