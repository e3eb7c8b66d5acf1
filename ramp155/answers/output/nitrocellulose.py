"""What nitrocellulose is worth: tonnes behind 100 % on the slider, rounds gained by one more tonne,
and what is kept on the powder branch.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np

from ramp155.answers.output.medians import FINE_SUPPLY_GRID, sweep_supply
from ramp155.answers.output.surface import SUPPLY_GRID
from ramp155.base.memory import remember
from ramp155.model.arrays import Array
from ramp155.model.capacity.needs import compute_needs
from ramp155.model.coefficients.draws import draw_coefficients
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.levers import find_acting_months, prepare_scenario
from ramp155.model.simulation.plans import find_chain
from ramp155.model.simulation.runs import POOL, trace_some_draws


@remember
def sum_stores(model: Model, scenario: Scenario) -> Array:
    """All that is kept on the powder branch at month's end: stages' stores and what is left of the safety stock.

    Returns
    -------
    Array, (positions, months)
        Months of the same draw's baseline output of that time, the median over some draws, over `SUPPLY_GRID`.
    """
    baseline_rounds = np.maximum(
        trace_some_draws(model, Scenario(assume=scenario.assume)).output, 1.0
    )

    def sum_at(supply: float) -> Array:
        scenario_at_supply = dataclasses.replace(scenario, nitrocellulose=supply)
        books = trace_some_draws(model, scenario_at_supply)
        kept_rounds = sum(books.stock.values()) + books.reserve
        return np.asarray(np.median(kept_rounds / baseline_rounds, axis=1))

    return np.array(list(POOL.map(sum_at, map(float, SUPPLY_GRID))))


@remember
def estimate_baseline_tonnes(model: Model, month: str) -> tuple[float, float, float]:
    """What 100 % on the slider means: nitrocellulose for 155 mm that can reach a finished round in a month.

    Returns
    -------
    tuple of float
        P10, P50 and P90, tonnes a year.
    """
    tonnes = compute_baseline_tonnes(model, month)
    low, middle, high = np.quantile(tonnes, [0.1, 0.5, 0.9])
    return float(low), float(middle), float(high)


def compute_baseline_tonnes(model: Model, month: str) -> Array:
    """Nitrocellulose for 155 mm that can reach a finished round in a month at 100 % on the slider, run by run.

    Returns
    -------
    Array, (draws,)
        Tonnes a year.
    """
    tonnes: Array = _compute_tonnes(model, Scenario())[MONTHS.index(month)] * 12
    return tonnes


def _compute_tonnes(model: Model, scenario: Scenario) -> Array:
    """Nitrocellulose supplied for 155 mm at 100 % on the slider, tonnes by delivery month, (months, draws)."""
    stacked, _, _, supply, _ = prepare_scenario(model, scenario)
    need = compute_needs(model.record, draw_coefficients(model, scenario.assume).params)
    supplied = stacked.array[stacked.stages.index(supply.stage)]
    tonnes: Array = supplied * need["nitrocellulose"]
    return tonnes


@remember
def compute_rounds_per_tonne(model: Model, scenario: Scenario, month: str) -> Array:
    """Rounds gained by one more tonne of nitrocellulose at each whole percent, of the median over draws.

    All rounds that one more percent (one less at the right end) adds by the month, over the tonnes
    it adds to what can reach rounds by then: in a single month the end of a stock would distort it.

    Returns
    -------
    Array, (201,)
        Rounds a tonne, for 0 to 200 % of supply.
    """
    gain = measure_tonne_gain(model, scenario, month)
    if gain.tonnes <= 0:
        return np.zeros(len(FINE_SUPPLY_GRID))
    gained_per_tonne: Array = (gain.rounds / gain.tonnes).clip(0.0, gain.most)
    return gained_per_tonne


@dataclass(frozen=True)
class TonneGain:
    """What one more percent of nitrocellulose brings by a month: `rounds` (201,) at each whole percent, the `tonnes` that one
    percent is, and `most`, the rounds that a tonne is enough for."""

    rounds: Array
    tonnes: float
    most: float


def measure_tonne_gain(model: Model, scenario: Scenario, month: str) -> TonneGain:
    """What one more percent adds by a month, in rounds and in tonnes that can reach them.

    Parameters
    ----------
    model : Model
        Record and number of draws.
    scenario : Scenario
        All levers; its own supply is ignored.
    month : str
        YYYY-MM.
    """
    month_place = MONTHS.index(month)
    chain = find_chain(model.record)
    is_acting = find_acting_months(scenario, chain.lead["nitrocellulose"])[: month_place + 1]
    full_supply = dataclasses.replace(scenario, nitrocellulose=1.0)
    share_factor = prepare_scenario(model, full_supply)[3].factor
    supplied_tonnes = _compute_tonnes(model, full_supply)[: month_place + 1][is_acting].sum(axis=0)
    total_rounds = sweep_supply(model, scenario)[: month_place + 1].sum(axis=0)
    gained = np.diff(total_rounds)
    # Stores are as large as months of supply, so more supply also keeps more: not the tonne's doing.
    need = compute_needs(model.record, draw_coefficients(model, scenario.assume).params)
    return TonneGain(
        rounds=np.append(gained, gained[-1]),
        tonnes=float(np.median(supplied_tonnes * share_factor)) / 100,
        most=1 / float(np.median(need["nitrocellulose"])) / scenario.propellant_per_round,
    )
