"""How far capacity is used in a month, by stage and by country: medians over draws.

Countries with a single site are left out: no figure here is of a plant.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ramp155.model.arrays import Array
from ramp155.model.capacity.needs import compute_needs
from ramp155.model.capacity.ramps import list_ramps
from ramp155.model.coefficients.draws import draw_coefficients
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS, check_month
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.levers import prepare_scenario
from ramp155.model.simulation.runs import trace_scenario


@dataclass(frozen=True)
class Utilisation:
    """How far capacity is used in a month, medians over draws.

    `stages`: stage, capacity, used (rounds a year it is enough for), utilisation. `countries`: country,
    sites, stages (what its named lines make), utilisation: its lines run like their stage in all of
    Europe, weighted by rate. Countries with a single site are left out: no figure here is of a plant.
    """

    stages: pd.DataFrame
    countries: pd.DataFrame


@dataclass(frozen=True)
class StageUse:
    """A stage in a month, run by run, (draws,): `capacity` and what is `used` of it, rounds a month, and that as `shares`, 0 to 1."""

    capacity: Array
    used: Array
    shares: Array


def measure_stage_use(model: Model, scenario: Scenario, month: str) -> dict[str, StageUse]:
    """Use of each stage in every run. ValueError for a month outside the horizon.

    Parameters
    ----------
    model : Model
        Record and number of draws.
    scenario : Scenario
        All levers.
    month : str
        YYYY-MM.

    Returns
    -------
    dict of StageUse
        stage -> capacity and use, rounds a month.
    """
    check_month(month)
    month_place = MONTHS.index(month)
    books = trace_scenario(model, scenario)
    stacked, chain, factor, supply, _ = prepare_scenario(model, scenario)
    use = {}
    for stage_place, stage in enumerate(stacked.stages):
        capacity = (
            stacked.array[stage_place, month_place] * factor[chain.order.index(stage), month_place]
        )
        if not np.isfinite(capacity).all():
            continue  # orders, before they limit anything
        if stage in (supply.stage, supply.feed) and supply.acts[month_place]:
            capacity = capacity * supply.factor
            if stage == supply.feed:
                capacity = capacity * supply.fibre
        made = books.made if stage in chain.held else books.used
        used_rounds = made[stage][month_place]
        shares = np.divide(
            used_rounds, capacity, out=np.zeros_like(used_rounds), where=capacity > 0
        ).clip(max=1.0)
        use[stage] = StageUse(capacity, used_rounds, shares)
    return use


def compute_utilisation(model: Model, scenario: Scenario, month: str) -> Utilisation:
    """Use of stages, and of countries by what they make. ValueError for a month outside the horizon."""
    stage_uses = []
    for stage, use in measure_stage_use(model, scenario, month).items():
        medians = map(float, map(np.median, (use.capacity * 12, use.used * 12, use.shares)))
        stage_uses.append((stage, *medians))
    stages = pd.DataFrame(stage_uses, columns=["stage", "capacity", "used", "utilisation"])
    return Utilisation(stages, _compute_country_use(model, scenario, MONTHS.index(month), stages))


def _compute_country_use(
    model: Model, scenario: Scenario, month_place: int, stages: pd.DataFrame
) -> pd.DataFrame:
    records = model.record
    need = compute_needs(records, draw_coefficients(model, scenario.assume).params)
    use_of_stage = dict(zip(stages["stage"], stages["utilisation"], strict=True))
    counted_countries = records.countries.loc[records.countries["counted"] == "yes", "country"]
    rates_by_country: dict[str, dict[str, float]] = {}
    for ramp in list_ramps(records):
        rate = ramp.trace_rate(scenario.extra_delay)[month_place] / float(
            np.median(need[ramp.stage])
        )
        if rate > 0 and (ramp.country in scenario.also or ramp.country in set(counted_countries)):
            stage_rates = rates_by_country.setdefault(ramp.country, {})
            stage_rates[ramp.stage] = stage_rates.get(ramp.stage, 0.0) + rate
    sites = records.sites.groupby("country").size()
    country_uses = [
        (
            country,
            int(sites[country]),
            " ".join(sorted(stage_rates)),
            # Rounded, so that two countries of the same stage are equal on every machine.
            round(
                sum(r * use_of_stage[s] for s, r in stage_rates.items())
                / sum(stage_rates.values()),
                9,
            ),
        )
        for country, stage_rates in sorted(rates_by_country.items())
        if sites[country] > 1
    ]
    return pd.DataFrame(country_uses, columns=["country", "sites", "stages", "utilisation"])
