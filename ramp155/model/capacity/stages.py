"""From lines to the monthly capacity of each stage, (months, draws) in rounds for 155 mm. Up to the end of the fit it is the fitted total; after it, capacity grows by what named lines promise, moved by slip, and by what the assumptions allow for lines that publish no rate."""

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

    @property
    def nameplate(self) -> Array:
        """Rounds a month that bodies and assembly together allow, (months, draws)."""
        return np.minimum(self.stages["projectile"], self.stages["shell_body"])


def build_capacity(records: Records, params: Params, plans: Scenario) -> Capacity:
    """Every stage's monthly capacity under a scenario's delays, shares of projects and countries.

    The supply levers are not applied here: they multiply what this returns (see `simulation`).
    """
    need = compute_needs(records, params)
    stages = records.stages.set_index("stage")
    slip = np.rint(params["slip_months"]).astype(int) + plans.extra_delay
    shift = np.clip(slip, 0, LONGEST_SHIFT)
    happening_share = np.minimum(params["realised_share"] * plans.realised, 1.0)
    growth, extra_levels = tabulate_growth(records), tabulate_levels(records, plans.also or ("-",))

    def sum_lines(tables: dict[str, Array], stage: str) -> Array:
        if stage not in tables:
            return np.zeros((len(MONTHS), 1))
        table = tables[stage]
        standing = table[RUNNING] + plans.under_way * table[BUILDING]
        return standing[shift].T + table[NOT_BEGUN][shift].T * happening_share

    capacity: dict[str, Array] = {}
    lines: dict[str, Array] = {}
    fitted: dict[str, Array] = {}
    shares = {s: params[c] if c else 1.0 for s, c in stages["share"].items()}
    for stage, row in stages[stages["total"] == "knots"].iterrows():
        total = _compute_total(stage, params, plans, find_fit_end(records))
        if row["imports"]:
            total = total + params[row["imports"]]
        fitted[stage] = total * shares[stage] / need[stage] / 12
    for stage, row in stages.iterrows():
        rule, _, followed = row["total"].partition(":")
        if rule == "unlimited":
            continue
        scale = compute_line_scale(stage, row["lines_share"], params, shares[stage], need)
        lines[stage] = sum_lines(growth, stage) * scale
        if rule == "knots":
            capacity[stage] = fitted[stage] + lines[stage]
        elif rule == "ratio":
            capacity[stage] = params[f"ratio_{stage}"] * fitted[followed] + lines[stage]
        if stage in extra_levels:
            capacity[stage] = capacity.get(stage, 0.0) + sum_lines(extra_levels, stage) * scale
    for stage, row in stages.iterrows():
        rule, _, followed = row["total"].partition(":")
        if rule == "follows":
            capacity[stage] = params[f"ratio_{stage}"] * capacity[followed] + capacity.get(
                stage, 0.0
            )
    return Capacity(capacity, lines, need)


def build_delivered_capacity(
    records: Records, params: Params, plans: Scenario, months: int = len(MONTHS)
) -> Stacked:
    """Capacity as run, by the month in which it reaches a round: what the levers then multiply.

    Built for some draws at a time, so that what is made on the way takes little memory.
    """
    chain, run_share = build_chain(records.stages), params["utilisation"]
    stages: tuple[str, ...] = ()
    array = np.empty(0)
    for begin in range(0, len(run_share), _CHUNK):
        chunk = slice(begin, begin + _CHUNK)
        capacity = build_capacity(
            records, {name: values[chunk] for name, values in params.items()}, plans
        )
        if not stages:
            stages = tuple(capacity.stages)
            array = np.empty((len(stages), months, len(run_share)))
        for row, stage in enumerate(stages):
            source_months = list_delivery_months(chain, stage, months)
            np.multiply(
                capacity.stages[stage][source_months], run_share[chunk], out=array[row, :, chunk]
            )
    return Stacked(stages, array)


def _compute_total(
    stage: str, params: Params, plans: Scenario, fit_end_month: int
) -> Array:
    """A stage's fitted total, (months, draws): straight lines between its knots, flat outside them.

    Knots after the fit, which ends with the month `end`, are expectations: they come `extra_delay`
    months later, and only `under_way` of what they add to the end of the fit comes at all.
    """
    prefix = f"total_{stage}_"
    names = sorted(name for name in params if name.startswith(prefix))
    knots = np.array(
        [month_number(name.removeprefix(prefix)) - FIRST_MONTH_NUMBER for name in names]
    )
    months = np.arange(len(MONTHS))
    months = np.where(
        months <= fit_end_month, months, np.maximum(months - plans.extra_delay, fit_end_month)
    )
    weights = np.array([np.interp(months, knots, unit) for unit in np.eye(len(knots))]).T
    after_fit = np.arange(len(MONTHS)) > fit_end_month
    fit_weights = weights[fit_end_month]
    weights[after_fit] = fit_weights + (weights[after_fit] - fit_weights) * plans.under_way
    return weights @ np.array([params[name] for name in names])
