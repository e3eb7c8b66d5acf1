"""From lines to the monthly capacity of each stage, (months, draws).

Up to the end of the fit a stage's capacity is its fitted total; the lines that report a rate are the
part of it that can be pinned to a name, the rest is "unattributed" and shown as such. After it,
capacity grows by what named lines promise, moved by slip, and by what the assumptions allow for lines
that publish no rate.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ramp155 import chain as chains
from ramp155 import dates, timeline
from ramp155.chain import Stacked
from ramp155.records import Event, Line, Records
from ramp155.scenario import MONTHS, Scenario

Array = np.ndarray
Params = Mapping[str, Array]  # assumption_id -> (draws,)

FIRST = dates.month_number(MONTHS[0])
LONGEST_SHIFT = 72
_CHUNK = 500  # draws whose capacity is built at a time
_STOPPED = ("suspended", "cancelled")
_RUNNING = ("ramping", "full rate", "operating")
_STARTED = ("construction", "commissioning")


# How far a line has come, as far as promises depend on it.
RUNNING, BUILDING, NOT_BEGUN = 0, 1, 2


@dataclass(frozen=True)
class Ramp:
    """The knots of one line: (month counted from MONTHS[0], annual rate in the line's unit).

    `stand` is RUNNING, BUILDING or NOT_BEGUN; `done` are reported rates, `planned` the latest promises; `start` is the month output begins or
    is to begin (None for lines that ran before), `base` what ran before an expansion whose old rate
    nobody reported, at the latest at the end of the fit, `fit_end`.
    """

    line_id: str
    stage: str
    country: str
    stand: int
    done: tuple[tuple[int, float], ...]
    planned: tuple[tuple[int, float], ...]
    start: int | None
    start_planned: bool
    base: float
    fit_end: int

    def level(self, shift: int) -> Array:
        """Annual rate by month with the planned knots `shift` months late."""
        promised = [(month + shift, rate) for month, rate in self.planned]
        knots = sorted([*self.done, *promised])
        if self.start is not None:
            start = self.start + (shift if self.start_planned else 0)
            knots = [(start, 0.0), *((max(m, start + 1), r) for m, r in knots)]
        elif not self.done and knots:
            knots = [(min(self.fit_end, knots[0][0] - 1), self.base), *knots]
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

    `lines` is the growth of named lines in it after the fit; `need` is stage units a round, (draws,).
    """

    stages: dict[str, Array]
    lines: dict[str, Array]
    need: dict[str, Array]

    @property
    def nameplate(self) -> Array:
        """Rounds a month that bodies and assembly together allow, (months, draws)."""
        return np.minimum(self.stages["projectile"], self.stages["shell_body"])


def fit_end(records: Records) -> int:
    """Index in MONTHS of the last month up to which totals are fitted."""
    return MONTHS.index(records.fit_end)


def ramps(records: Records) -> list[Ramp]:
    """The ramp of every line that counts: for 155 mm, in the chain, with a rate of its own site."""
    return list(_ramps(records))


@lru_cache(maxsize=64)
def _ramps(records: Records) -> tuple[Ramp, ...]:
    assumed = records.assumptions.set_index("assumption_id")["mode"]
    lag, base = round(assumed["ramp_up_months"]), float(assumed["expansion_base"])
    stage_of = {p: s for s, p in records.stages[["stage", "product"]].itertuples(index=False) if p}
    states = timeline.status(records).set_index("line_id")["status"]
    end = records.end.year * 12 + records.end.month - 1 - FIRST
    found = []
    for line_id, country in records.full_lines["country"].items():
        line = records.line(line_id)
        stage = stage_of.get(line.product)
        if stage is None or line.for_155 != "yes":
            continue
        events, state = records.events_of[line.line_id], states[line.line_id]
        ramp = _ramp(line, country, stage, events, state, lag, base, end, fit_end(records))
        if ramp.done or ramp.planned:
            found.append(ramp)
    return tuple(found)


def _ramp(
    line: Line,
    country: str,
    stage: str,
    events: list[Event],
    state: str,
    lag: int,
    base: float,
    end: int,
    fitted: int,
) -> Ramp:
    rated = [e for e in events if e.rate is not None and e.scope == "site"]
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
        country,
        RUNNING if state in _RUNNING else BUILDING if state in _STARTED else NOT_BEGUN,
        tuple(done),
        tuple(planned),
        start,
        start_planned,
        base * planned[-1][1] if planned and not is_new else 0.0,
        fitted,
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
    """Growth of named lines after the fit by stage, as `_table` lays it out."""
    counted = set(records.countries.loc[records.countries["counted"] == "yes", "country"])
    end = fit_end(records)
    after = np.arange(len(MONTHS)) > end

    def grown(ramp: Ramp, level: Array) -> Array:
        # What stands at the end of the fit is inside the fitted total, late or not.
        return np.maximum(np.where(after, level - ramp.level(0)[end], 0.0), 0.0)

    return _table([r for r in ramps(records) if r.country in counted], grown)


@lru_cache(maxsize=32)
def _levels(records: Records, countries: tuple[str, ...]) -> dict[str, Array]:
    """As `_growth`, but all that lines of countries outside the totals have, now and promised."""
    return _table([r for r in ramps(records) if r.country in countries], lambda _, level: level)


def _table(found: list[Ramp], part: Callable[[Ramp, Array], Array]) -> dict[str, Array]:
    """A part of every ramp's level by stage: (stand, shift, months), stage units a year."""
    tables: dict[str, Array] = {}
    for ramp in found:
        empty = np.zeros((3, LONGEST_SHIFT + 1, len(MONTHS)))
        table = tables.setdefault(ramp.stage, empty)
        for shift in range(LONGEST_SHIFT + 1):
            table[ramp.stand, shift] += part(ramp, ramp.level(shift))
    return tables


@lru_cache(maxsize=64)
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


def build(records: Records, params: Params, plans: Scenario) -> Capacity:
    """Every stage's monthly capacity under a scenario's delays, shares of projects and countries.

    The supply levers are not applied here: they multiply what this returns (see `simulation`).
    """
    need = needs(records, params)
    stages = records.stages.set_index("stage")
    slip = np.rint(params["slip_months"]).astype(int) + plans.extra_delay
    shift = np.clip(slip, 0, LONGEST_SHIFT)
    happen = np.minimum(params["realised_share"] * plans.realised, 1.0)
    growth, extra = _growth(records), _levels(records, plans.also or ("-",))

    def of_lines(tables: dict[str, Array], stage: str) -> Array:
        if stage not in tables:
            return np.zeros((len(MONTHS), 1))
        table = tables[stage]
        built = table[RUNNING] + plans.under_way * table[BUILDING]
        return built[shift].T + table[NOT_BEGUN][shift].T * happen

    capacity: dict[str, Array] = {}
    lines: dict[str, Array] = {}
    fitted: dict[str, Array] = {}
    shares = {s: params[c] if c else 1.0 for s, c in stages["share"].items()}
    for stage, row in stages[stages["total"] == "knots"].iterrows():
        total = _total(stage, params, plans, fit_end(records))
        if row["imports"]:
            total = total + params[row["imports"]]
        fitted[stage] = total * shares[stage] / need[stage] / 12
    for stage, row in stages.iterrows():
        way, _, other = row["total"].partition(":")
        if way == "unlimited":
            continue
        scale = _scale(stage, row["lines_share"], params, shares[stage], need)
        lines[stage] = of_lines(growth, stage) * scale
        if way == "knots":
            capacity[stage] = fitted[stage] + lines[stage]
        elif way == "ratio":
            capacity[stage] = params[f"ratio_{stage}"] * fitted[other] + lines[stage]
        if stage in extra:
            capacity[stage] = capacity.get(stage, 0.0) + of_lines(extra, stage) * scale
    for stage, row in stages.iterrows():
        way, _, other = row["total"].partition(":")
        if way == "follows":
            capacity[stage] = params[f"ratio_{stage}"] * capacity[other] + capacity.get(stage, 0.0)
    return Capacity(capacity, lines, need)


def delivered(
    records: Records, params: Params, plans: Scenario, months: int = len(MONTHS)
) -> Stacked:
    """Capacity as run, by the month in which it reaches a round: what the levers then multiply.

    Built for some draws at a time, so that what is made on the way takes little memory.
    """
    chain, run_share = chains.from_stages(records.stages), params["utilisation"]
    stages: tuple[str, ...] = ()
    array = np.empty(0)
    for begin in range(0, len(run_share), _CHUNK):
        part = slice(begin, begin + _CHUNK)
        built = build(records, {name: values[part] for name, values in params.items()}, plans)
        if not stages:
            stages = tuple(built.stages)
            array = np.empty((len(stages), months, len(run_share)))
        for row, stage in enumerate(stages):
            when = chains.delivery_months(chain, stage, months)
            np.multiply(built.stages[stage][when], run_share[part], out=array[row, :, part])
    return Stacked(stages, array)


def reported_in_rounds(records: Records, params: Params) -> dict[str, Array]:
    """What named lines report as reached, by stage in rounds a month, (months, draws)."""
    need, stages = needs(records, params), records.stages.set_index("stage")
    found = {}
    for stage, rates in _reported(records).items():
        row = stages.loc[stage]
        share = params[row["share"]] if row["share"] else 1.0
        if rates.any():
            found[stage] = rates[:, None] * _scale(stage, row["lines_share"], params, share, need)
    return found


def on_record(records: Records, params: Params) -> dict[str, float]:
    """What named lines were reported to make by the record's end, by stage in rounds a year."""
    at = records.end.year * 12 + records.end.month - 1 - FIRST
    found = reported_in_rounds(records, params)
    return {stage: float(np.median(rounds[at])) * 12 for stage, rounds in found.items()}


def attributed(records: Records, params: Params, plans: Scenario) -> dict[str, Array]:
    """The part of each stage's capacity that named lines report, in rounds a month, (months, draws)."""
    built, reported = build(records, params, plans), reported_in_rounds(records, params)
    named = {}
    for stage, array in built.stages.items():
        named[stage] = np.minimum(reported.get(stage, 0.0) + built.lines[stage], array)
    return named


def _scale(
    stage: str, usable: str, params: Params, share: Array | float, need: dict[str, Array]
) -> Array:
    """Rounds for 155 mm a month from a unit a year of a stage's named lines, (draws,)."""
    part = params[usable] if usable else 1.0
    return part * share / need[stage] / 12


def _total(stage: str, params: Params, plans: Scenario, end: int) -> Array:
    """A stage's fitted total, (months, draws): straight lines between its knots, flat outside them.

    Knots after the fit, which ends with the month `end`, are expectations: they come `extra_delay`
    months later, and only `under_way` of what they add to the end of the fit comes at all.
    """
    prefix = f"total_{stage}_"
    names = sorted(name for name in params if name.startswith(prefix))
    knots = np.array([dates.month_number(name.removeprefix(prefix)) - FIRST for name in names])
    months = np.arange(len(MONTHS))
    months = np.where(months <= end, months, np.maximum(months - plans.extra_delay, end))
    weights = np.array([np.interp(months, knots, unit) for unit in np.eye(len(knots))]).T
    later = np.arange(len(MONTHS)) > end
    fit = weights[end]
    weights[later] = fit + (weights[later] - fit) * plans.under_way
    return weights @ np.array([params[name] for name in names])
