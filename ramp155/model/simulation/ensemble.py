"""The draws over the whole nitrocellulose slider. Positions run on as many threads as there are processors; each reduces its draws to quantiles and shares at once, so memory does not grow with the number of positions."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np

from ramp155.model.arrays import Array
from ramp155.model.coefficients.draws import draw_coefficients
from ramp155.model.model import Model
from ramp155.model.quantiles import QUANTILE_LEVELS, reduce_draws
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.plans import find_chain
from ramp155.model.simulation.runs import POOL, run_baseline, run_scenario


@dataclass(frozen=True)
class Ensemble:
    """What the draws say at several positions of the nitrocellulose slider.

    `quantiles` (3, positions, months): P10, P50, P90 of output; `change` likewise of output minus the
    baseline of the same draw; both rounds a month. `binds` (positions, months, stages) is the share of
    draws in which each stage of the chain's order limits output; `reached` (positions, months,
    targets) the share at or above each target.
    """

    quantiles: Array
    change: Array
    binds: Array
    reached: Array


def simulate_ensemble(model: Model, scenario: Scenario, supply: Array, targets: Array) -> Ensemble:
    """Quantiles, changes, shares and odds over supply positions; the scenario's own one is ignored.

    `targets` are rounds a year. The baseline of each draw has the same coefficients, but for those the
    scenario sets itself.
    """
    chain = find_chain(model.record)
    baseline_output, accepted_places = (
        run_baseline(model),
        draw_coefficients(model, scenario.assume).kept,
    )
    baseline_output = (
        baseline_output
        if len(accepted_places) == baseline_output.shape[1]
        else baseline_output[:, accepted_places]
    )
    months, positions, target_count = len(MONTHS), len(supply), len(targets)
    first_month = MONTHS.index(scenario.start)
    summary = Ensemble(
        np.empty((3, positions, months)),
        np.empty((3, positions, months)),
        np.empty((positions, months, len(chain.order))),
        np.empty((positions, months, target_count)),
    )

    def run_position(position: int) -> None:
        # No lever changes the past: its quantiles are taken once.
        past_months = first_month if position else 0
        scenario_at_position = dataclasses.replace(scenario, nitrocellulose=float(supply[position]))
        output, binds = run_scenario(model, scenario_at_position, shared=False)
        reduce_draws(
            output, baseline_output, binds, np.asarray(targets, dtype=float) / 12, QUANTILE_LEVELS, past_months,
            summary.quantiles[:, position], summary.change[:, position],
            summary.binds[position], summary.reached[position],
        )  # fmt: skip

    run_position(0)  # fills the caches the others share
    list(POOL.map(run_position, range(1, positions)))
    for array in (summary.quantiles, summary.change):
        array[:, 1:, :first_month] = array[:, :1, :first_month]
    for array in (summary.binds, summary.reached):
        array[1:, :first_month] = array[:1, :first_month]
    return summary
