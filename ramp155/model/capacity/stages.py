"""From lines to the monthly capacity of each stage, (months, draws) in rounds for 155 mm.

Each total is a path of its own, drawn with what was reported up to the record's end; after it named lines
come on top of what the rest grows by, each moved by a delay of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ramp155.model.arrays import Array, Params, Places
from ramp155.model.capacity.delays import name_delay
from ramp155.model.capacity.growth import LONGEST_SHIFT, LineTable, tabulate_growth, tabulate_levels
from ramp155.model.capacity.needs import compute_line_scale, compute_needs
from ramp155.model.capacity.ramp import BUILDING, NOT_BEGUN
from ramp155.model.chain.books import Stacked
from ramp155.model.chain.tree import build_chain, list_delivery_months
from ramp155.model.scenario.horizon import FIRST_MONTH_NUMBER, MONTHS, find_record_month
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.dates import month_number
from ramp155.record.records import Records

_CHUNK = 500  # draws whose capacity is built at a time


@dataclass(frozen=True)
class Capacity:
    """Monthly capacity for 155 mm by stage, counted in rounds, (months, draws), before the levers.

    `lines` is the growth of named lines in it after the record's end; `need` is stage units a round, (draws,).
    """

    stages: dict[str, Array]
    lines: dict[str, Array]
    need: dict[str, Array]
    nameplate_stage: str

    @property
    def nameplate(self) -> Array:
        """Capacity as officials count it: what filling and assembly alone could finish.

        Returns
        -------
        Array, (months, draws)
            Rounds a month.
        """
        return self.stages[self.nameplate_stage]


def build_capacity(records: Records, params: Params, plans: Scenario) -> Capacity:
    """Every stage's monthly capacity under a scenario's delays, shares of projects and countries.

    The supply levers are not applied here: they multiply what this returns.

    Parameters
    ----------
    records : Records
        The record.
    params : mapping of Array, (draws,)
        assumption_id -> coefficient.
    plans : Scenario
        Delays, shares of projects, countries.

    Returns
    -------
    Capacity
        Rounds a month, (months, draws).
    """
    need = compute_needs(records, params)
    stages = records.list_stages()
    shares = {
        stage_row.stage: params[stage_row.share] if stage_row.share else 1.0 for stage_row in stages
    }
    growth, extra_levels = tabulate_growth(records), tabulate_levels(records, plans.also or ("-",))
    record_month = find_record_month(records)
    capacity: dict[str, Array] = {}
    lines: dict[str, Array] = {}
    totals: dict[str, Array] = {}
    for stage_row in stages:
        if stage_row.total == "knots":
            total = _compute_total(stage_row.stage, params, plans, record_month)
            if stage_row.imports:
                total = total + params[stage_row.imports]
            totals[stage_row.stage] = total * shares[stage_row.stage] / need[stage_row.stage] / 12
    for stage_row in stages:
        stage = stage_row.stage
        rule, _, followed = stage_row.total.partition(":")
        if rule == "unlimited":
            continue
        scale = compute_line_scale(stage, stage_row.lines_share, params, shares[stage], need)
        lines[stage] = sum_lines(growth.get(stage), params, plans) * scale
        if rule == "knots":
            capacity[stage] = totals[stage] + lines[stage]
        elif rule == "ratio":
            capacity[stage] = params[f"ratio_{stage}"] * totals[followed] + lines[stage]
        if stage in extra_levels:
            extra = sum_lines(extra_levels[stage], params, plans) * scale
            capacity[stage] = capacity[stage] + extra if stage in capacity else extra
    for stage_row in stages:
        rule, _, followed = stage_row.total.partition(":")
        if rule == "follows":
            following = params[f"ratio_{stage_row.stage}"] * capacity[followed]
            extra_capacity = capacity.get(stage_row.stage)
            capacity[stage_row.stage] = (
                following if extra_capacity is None else following + extra_capacity
            )
    return Capacity(capacity, lines, need, records.stage_of_role["filling"])


def sum_lines(tables: Sequence[LineTable] | None, params: Params, plans: Scenario) -> Array:
    """What named lines of a stage add; each line is late by its own draw.

    Parameters
    ----------
    tables : sequence of LineTable, or None
        Growth by line, stage units a year.
    params : mapping of Array, (draws,)
        assumption_id -> coefficient.
    plans : Scenario
        Delays in months, shares of projects from 0 to 1.

    Returns
    -------
    Array, (months, draws)
        Stage units a year.
    """
    if not tables:
        return np.zeros((len(MONTHS), 1))
    happening_share = np.minimum(params["realised_share"] * plans.realised, 1.0)
    total = np.zeros((len(happening_share), len(MONTHS)))
    for line_id, stand, rates in tables:
        delay = params.get(name_delay(line_id), params["slip_months"])
        shift = np.clip(np.rint(delay).astype(int) + plans.extra_delay, 0, LONGEST_SHIFT)
        first_month = int(np.argmax(rates.any(axis=0)))  # nothing is added before
        added = np.take(rates[:, first_month:], shift, axis=0)
        if stand == NOT_BEGUN:
            added *= happening_share[:, None]
        elif stand == BUILDING:
            added *= plans.under_way
        total[:, first_month:] += added
    return total.T


def build_delivered_capacity(
    records: Records, params: Params, plans: Scenario, months: int = len(MONTHS)
) -> Stacked:
    """Capacity as run, by the month in which it reaches a round: what the levers then multiply.

    Built for some draws at a time, so that what is made on the way takes little memory.

    Parameters
    ----------
    records : Records
        The record.
    params : mapping of Array, (draws,)
        assumption_id -> coefficient.
    plans : Scenario
        Delays, shares of projects, countries.
    months : int, optional
        Count of months; none given: the whole horizon.

    Returns
    -------
    Stacked, (stages, months, draws)
        Rounds a month.
    """
    chain, run_share = build_chain(records.stages), params["utilisation"]
    stages: tuple[str, ...] = ()
    array = np.empty(0)
    for begin in range(0, len(run_share), _CHUNK):
        chunk = slice(begin, begin + _CHUNK)
        chunk_params = {name: coefficients[chunk] for name, coefficients in params.items()}
        capacity = build_capacity(records, chunk_params, plans)
        if not stages:
            stages = tuple(capacity.stages)
            array = np.empty((len(stages), months, len(run_share)))
        for stage_place, stage in enumerate(stages):
            delivered = capacity.stages[stage][list_delivery_months(chain, stage, months)]
            np.multiply(delivered, run_share[chunk], out=array[stage_place, :, chunk])
    return Stacked(stages, array)


def _compute_total(stage: str, params: Params, plans: Scenario, record_month: int) -> Array:
    """A stage's total, (months, draws): straight lines between its knots, flat outside them.

    Growth after the record's end comes `extra_delay` months later, and only `under_way` of it comes at all; a fall
    is neither put off nor made smaller.
    """
    knots, totals = list_total_knots(stage, params)
    months = np.arange(len(MONTHS))
    total: Array = _weigh_knots(months, knots) @ totals
    if not plans.extra_delay and plans.under_way == 1.0:
        return total
    is_ahead = months > record_month
    delayed = np.maximum(months - plans.extra_delay, record_month)
    weights = _weigh_knots(np.where(is_ahead, delayed, months), knots)
    record_weights = weights[record_month]
    weights[is_ahead] = record_weights + (weights[is_ahead] - record_weights) * plans.under_way
    return np.asarray(np.minimum(total, weights @ totals))


def list_total_knots(stage: str, params: Params) -> tuple[Places, Array]:
    """The knots of a stage's total.

    Parameters
    ----------
    stage : str
        A stage whose total was drawn.
    params : mapping of Array, (draws,)
        assumption_id -> coefficient.

    Returns
    -------
    months : Places, (knots,)
        Months counted from the first of the horizon; some lie before it.
    totals : Array, (knots, draws)
        Stage units a year.
    """
    prefix = f"total_{stage}_"
    names = sorted(name for name in params if name.startswith(prefix))
    knot_dates = [name.removeprefix(prefix) for name in names]
    months = np.array([month_number(date) - FIRST_MONTH_NUMBER for date in knot_dates])
    return months, np.array([params[name] for name in names])


def _weigh_knots(months: Places, knots: Places) -> Array:
    """How much of each knot stands in each month, (months, knots)."""
    return np.array([np.interp(months, knots, unit) for unit in np.eye(len(knots))]).T
