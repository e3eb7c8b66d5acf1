"""The draws over the whole nitrocellulose slider.

Positions run on as many threads as there are processors; each reduces its draws to quantiles and
shares at once, so memory does not grow with the number of positions.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np

from ramp155.model.arrays import Array
from ramp155.model.coefficients.draws import draw_coefficients
from ramp155.model.model import Model
from ramp155.model.quantiles import PATH_LEVELS, QUANTILE_LEVELS
from ramp155.model.scenario.horizon import MONTHS, YEARS
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.plans import find_chain
from ramp155.model.simulation.runs import POOL, run_baseline, run_scenario


@dataclass(frozen=True)
class Ensemble:
    """What the draws say at several positions of the nitrocellulose slider.

    `quantiles` (5, positions, months): P10, P25, P50, P75, P90 of output, rounds a month; `years`
    (5, positions, years) likewise of the rounds that leave complete in a calendar year; `change`
    (3, positions, months): P10, P50, P90 of output minus the baseline of the same draw, rounds a month. `binds` (positions, months, stages) is the share of
    draws, 0 to 1, in which each stage of the chain's order limits output; `reached` (positions, months,
    targets) the share, 0 to 1, at or above each target.
    """

    quantiles: Array
    years: Array
    change: Array
    binds: Array
    reached: Array


def simulate_ensemble(model: Model, scenario: Scenario, supply: Array, targets: Array) -> Ensemble:
    """Quantiles, changes, shares and odds over supply positions; the scenario's own one is ignored.

    The baseline of each draw has the same coefficients, but for those the scenario sets itself.

    Parameters
    ----------
    model : Model
        Record and number of draws.
    scenario : Scenario
        All levers but the supply of nitrocellulose.
    supply : Array, (positions,)
        Nitrocellulose supply, 1.0 = baseline.
    targets : Array, (targets,)
        Rounds a year.

    Returns
    -------
    Ensemble
        Rounds a month, and shares from 0 to 1.
    """
    from ramp155.model.reductions import (
        reduce_draws,
        reduce_years,
    )  # here only: numba is slow

    stage_count = len(find_chain(model.record).order)
    baseline_output = run_baseline(model)
    if scenario.assume:
        baseline_output = baseline_output[:, draw_coefficients(model, scenario.assume).kept]
    months, positions, target_count = len(MONTHS), len(supply), len(targets)
    monthly_targets = np.asarray(targets, dtype=np.float64) / 12
    first_month = MONTHS.index(scenario.start)
    summary = Ensemble(
        quantiles=np.empty((len(PATH_LEVELS), positions, months)),
        years=np.empty((len(PATH_LEVELS), positions, len(YEARS))),
        change=np.empty((3, positions, months)),
        binds=np.empty((positions, months, stage_count)),
        reached=np.empty((positions, months, target_count)),
    )

    def run_position(position: int) -> None:
        # No lever changes the past: its quantiles are taken once.
        past_months = first_month if position else 0
        scenario_at_position = dataclasses.replace(scenario, nitrocellulose=float(supply[position]))
        output, binds = run_scenario(model, scenario_at_position, shared=False)
        quantiles, change = summary.quantiles[:, position], summary.change[:, position]
        shares, reached = summary.binds[position], summary.reached[position]
        reduce_draws(
            output,
            baseline_output,
            binds,
            monthly_targets,
            PATH_LEVELS,
            QUANTILE_LEVELS,
            past_months,
            quantiles,
            change,
            shares,
            reached,
        )
        reduce_years(output, months // len(YEARS), PATH_LEVELS, summary.years[:, position])

    run_position(0)  # fills the caches the others share
    list(POOL.map(run_position, range(1, positions)))
    for array in (summary.quantiles, summary.change):
        array[:, 1:, :first_month] = array[:, :1, :first_month]
    for array in (summary.binds, summary.reached):
        array[1:, :first_month] = array[:1, :first_month]
    return summary
