"""What a European preference costs and what it leaves at home, draw by draw against none.

Bands are P10, mean and P90 over draws: means add up, so pictures and sentences agree.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ramp155.answers.procurement.flows import (
    HORIZON,
    MODELLED_MONTHS,
    Flows,
    compute_flows,
    compute_supplies,
    simulate_flows,
)
from ramp155.answers.procurement.terms import Terms
from ramp155.base.memory import remember
from ramp155.model.arrays import Array, Places
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario

# P10, mean, P90: means add up, so pictures and sentences agree.
MeanBand = tuple[float, float, float]


@dataclass(frozen=True)
class Rule:
    """What a European preference does against none, to the end of 2030.

    Bands are P10, mean and P90 over draws. `missing` and `missing_free`: rounds missing under it and without
    it, `cost_rounds`: the difference, draw by draw, `cost_odds`: share of draws in which it costs any,
    `kept`: rounds it keeps from being bought abroad, `plants` and `capacity`: orders for so many new
    powder plants and the rounds a year they would be enough for by 2031.
    `rebuilt`: P10, P50, P90 of the month in which stocks are full ("" = not by the end of 2040), `late`:
    middle and P90 of the months it delays that, over draws in which both are full by then, `never` and
    `never_free`: share of draws in which they are not full by then, `odds_rebuilt`: share with full stocks
    by the end of 2030.
    """

    preference: float
    missing: MeanBand
    missing_free: MeanBand
    cost_rounds: MeanBand
    cost_odds: float
    kept: MeanBand
    plants: MeanBand
    capacity: MeanBand
    rebuilt: tuple[str, str, str]
    late: tuple[float, float]
    never: float
    never_free: float
    odds_rebuilt: float


@remember
def compute_preference_cost(model: Model, scenario: Scenario, terms: Terms, us: str) -> Rule:
    """The price of the preference in force and what it leaves at home, draw by draw against none."""
    free = compute_flows(model, scenario, dataclasses.replace(terms, preference=0.0), us)
    ruled = compute_flows(model, scenario, terms, us)
    coefficient_values = compute_supplies(model, scenario, us)[2]
    rebuilt_places, rebuilt_places_free = ruled.find_rebuilt(), free.find_rebuilt()
    end = len(HORIZON)
    both_rebuilt = (rebuilt_places < end) & (rebuilt_places_free < end)
    delay = (
        (rebuilt_places - rebuilt_places_free)[both_rebuilt] if both_rebuilt.any() else np.zeros(1)
    )
    missing, missing_free = ruled.count_missing(), free.count_missing()
    cost = missing - missing_free
    # Only what is ordered early enough can stand by 2031: imports foregone until the lead time before it.
    plants = (
        _sum_early_imports(free, ruled, coefficient_values["plant_years"])
        / coefficient_values["order_for_a_plant"]
    )
    early_month, middle_month, late_month = map(
        _name_month, np.quantile(rebuilt_places, [0.1, 0.5, 0.9])
    )
    middle_delay, long_delay = map(float, np.quantile(delay, [0.5, 0.9]))
    return Rule(
        preference=terms.preference,
        missing=_compute_band(missing),
        missing_free=_compute_band(missing_free),
        cost_rounds=_compute_band(cost),
        cost_odds=float((cost > 0).mean()),
        kept=_compute_band(_sum_imports(free) - _sum_imports(ruled)),
        plants=_compute_band(plants),
        capacity=_compute_band(plants * coefficient_values["plant_rounds"]),
        rebuilt=(early_month, middle_month, late_month),
        late=(middle_delay, long_delay),
        never=float((rebuilt_places >= end).mean()),
        never_free=float((rebuilt_places_free >= end).mean()),
        odds_rebuilt=float((rebuilt_places < MODELLED_MONTHS).mean()),
    )


@remember
def compute_preference_curve(
    model: Model, scenario: Scenario, terms: Terms, us: str, step: float = 0.1
) -> pd.DataFrame:
    """Rounds missing at the end of 2030 under every preference.

    Parameters
    ----------
    model : Model
        Its draws give the bands.
    scenario : Scenario
        Levers of European output.
    terms : Terms
        Demand and the ways to meet it; its own preference is ignored.
    us : str
        The US estimate, one of `estimates.csv`.
    step : float
        Between two preferences, share 0 to 1.

    Returns
    -------
    pandas.DataFrame
        Columns: preference (share, 0 to 1), p10, mean, p90 (rounds, over draws).
    """
    curve_points = []
    for preference in np.round(np.arange(0.0, 1.0 + step / 2, step), 2):
        varied_terms = dataclasses.replace(terms, preference=float(preference))
        varied_flows = simulate_flows(model, scenario, varied_terms, us, MODELLED_MONTHS)
        curve_points.append((float(preference), *_compute_band(varied_flows.count_missing())))
    return pd.DataFrame(curve_points, columns=["preference", "p10", "mean", "p90"])


def _sum_imports(bought_flows: Flows) -> Places:
    imports: Places = bought_flows.sum_flow("us") + bought_flows.sum_flow("other")
    return imports


def _sum_early_imports(free: Flows, ruled: Flows, years: Array) -> Places:
    """Imports foregone that were ordered soon enough for a plant to stand at the end of 2030, by draw."""
    foregone_us, foregone_other = (
        (free.met[source] - ruled.met[source])[:MODELLED_MONTHS] for source in ("us", "other")
    )
    deadline = MODELLED_MONTHS - np.round(years * 12)
    is_early = np.arange(MODELLED_MONTHS)[:, None] < deadline
    early_imports: Places = np.where(is_early, foregone_us + foregone_other, 0).sum(axis=0)
    return early_imports


def _compute_band(values: Array | Places) -> MeanBand:
    low, high = np.quantile(values, [0.1, 0.9])
    return float(low), float(np.mean(values)), float(high)


def _name_month(place: float) -> str:
    """The month at a place in `HORIZON`, "" past its end."""
    return HORIZON[int(place)] if place < len(HORIZON) else ""
