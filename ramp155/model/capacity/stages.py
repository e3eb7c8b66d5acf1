"""From lines to the monthly capacity of each stage, (months, draws) in rounds for 155 mm.

Up to the end of the fit it is the fitted total; after it, capacity grows by what named lines
promise, moved by slip, and by what the assumptions allow for lines that publish no rate.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ramp155.model.arrays import Array, Params
from ramp155.model.capacity.growth import LONGEST_SHIFT, tabulate_growth, tabulate_levels
from ramp155.model.capacity.needs import compute_line_scale, compute_needs
from ramp155.model.capacity.ramp import BUILDING, NOT_BEGUN, RUNNING
from ramp155.model.chain.books import Stacked
from ramp155.model.chain.tree import build_chain, list_delivery_months
from ramp155.model.scenario.horizon import FIRST_MONTH_NUMBER, MONTHS, find_fit_end
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.dates import month_number
from ramp155.record.records import Records

_CHUNK = 500  # draws whose capacity is built at a time


@dataclass(frozen=True)
class Capacity:
    """Monthly capacity for 155 mm by stage, counted in rounds, (months, draws), before the levers.

    `lines` is the growth of named lines in it after the fit; `need` is stage units a round, (draws,).
    """

    stages: dict[str, Array]
    lines: dict[str, Array]
    need: dict[str, Array]
    nameplate_stages: tuple[str, str]

    @property
    def nameplate(self) -> Array:
        """What bodies and assembly together allow.

        Returns
        -------
        Array, (months, draws)
            Rounds a month.
        """
        filling, body = self.nameplate_stages
        return np.minimum(self.stages[filling], self.stages[body])


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
    fit_end_month = find_fit_end(records)
    capacity: dict[str, Array] = {}
    lines: dict[str, Array] = {}
    fitted: dict[str, Array] = {}
    for stage_row in stages:
        if stage_row.total == "knots":
            total = _compute_total(stage_row.stage, params, plans, fit_end_month)
            if stage_row.imports:
                total = total + params[stage_row.imports]
            fitted[stage_row.stage] = total * shares[stage_row.stage] / need[stage_row.stage] / 12
    for stage_row in stages:
        stage = stage_row.stage
        rule, _, followed = stage_row.total.partition(":")
        if rule == "unlimited":
            continue
        scale = compute_line_scale(stage, stage_row.lines_share, params, shares[stage], need)
        lines[stage] = _sum_lines(growth.get(stage), params, plans) * scale
        if rule == "knots":
            capacity[stage] = fitted[stage] + lines[stage]
        elif rule == "ratio":
            capacity[stage] = params[f"ratio_{stage}"] * fitted[followed] + lines[stage]
        if stage in extra_levels:
            extra = _sum_lines(extra_levels[stage], params, plans) * scale
            capacity[stage] = capacity[stage] + extra if stage in capacity else extra
    for stage_row in stages:
        rule, _, followed = stage_row.total.partition(":")
        if rule == "follows":
            following = params[f"ratio_{stage_row.stage}"] * capacity[followed]
            extra_capacity = capacity.get(stage_row.stage)
            capacity[stage_row.stage] = (
                following if extra_capacity is None else following + extra_capacity
            )
    role = records.stage_of_role
    return Capacity(capacity, lines, need, (role["filling"], role["body"]))


def _sum_lines(table: Array | None, params: Params, plans: Scenario) -> Array:
    """What named lines of a stage add, (months, draws), stage units a year.

    `table` (stands, slips, months) is as the tables of growth lay it out; None where no line is named.
    """
    if table is None:
        return np.zeros((len(MONTHS), 1))
    slip = np.rint(params["slip_months"]).astype(int) + plans.extra_delay
    shift = np.clip(slip, 0, LONGEST_SHIFT)
    happening_share = np.minimum(params["realised_share"] * plans.realised, 1.0)
    standing = table[RUNNING] + plans.under_way * table[BUILDING]
    return np.asarray(standing[shift].T + table[NOT_BEGUN][shift].T * happening_share)


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


def _compute_total(stage: str, params: Params, plans: Scenario, fit_end_month: int) -> Array:
    """A stage's fitted total, (months, draws): straight lines between its knots, flat outside them.

    Knots after the fit are expectations: they come `extra_delay` months later, and only `under_way` of
    what they add to the end of the fit comes at all.
    """
    prefix = f"total_{stage}_"
    names = sorted(name for name in params if name.startswith(prefix))
    knot_dates = [name.removeprefix(prefix) for name in names]
    knots = np.array([month_number(date) - FIRST_MONTH_NUMBER for date in knot_dates])
    months = np.arange(len(MONTHS))
    is_after_fit = months > fit_end_month
    delayed = np.maximum(months - plans.extra_delay, fit_end_month)
    read_months = np.where(is_after_fit, delayed, months)
    weights = np.array([np.interp(read_months, knots, unit) for unit in np.eye(len(knots))]).T
    fit_weights = weights[fit_end_month]
    weights[is_after_fit] = fit_weights + (weights[is_after_fit] - fit_weights) * plans.under_way
    return np.asarray(weights @ np.array([params[name] for name in names]))
