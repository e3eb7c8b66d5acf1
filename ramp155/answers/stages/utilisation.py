"""How far capacity is used in a month, by stage and by country, at central coefficients.

Countries with a single site are left out: no figure here is of a plant.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ramp155.model.capacity.needs import compute_needs
from ramp155.model.capacity.ramps import list_ramps
from ramp155.model.coefficients.central import read_central_coefficients
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS, check_month
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.levers import prepare_scenario
from ramp155.model.simulation.runs import trace_scenario
from ramp155.record.records import Records


@dataclass(frozen=True)
class Utilisation:
    """How far capacity is used in a month, at central coefficients.

    `stages`: stage, capacity, used (rounds a year it is enough for), utilisation. `countries`: country,
    sites, stages (what its named lines make), utilisation: its lines run like their stage in all of
    Europe, weighted by rate. Countries with a single site are left out: no figure here is of a plant.
    """

    stages: pd.DataFrame
    countries: pd.DataFrame


def compute_utilisation(model: Model, scenario: Scenario, month: str) -> Utilisation:
    """Use of stages, and of countries by what they make. ValueError for a month outside the horizon."""
    check_month(month)
    month_place = MONTHS.index(month)
    books = trace_scenario(model.central, scenario)
    stacked, chain, factor, supply, _ = prepare_scenario(model.central, scenario)
    stage_uses = []
    for stage_place, stage in enumerate(stacked.stages):
        capacity = (
            stacked.array[stage_place, month_place, 0]
            * factor[chain.order.index(stage), month_place]
        )
        if not np.isfinite(capacity):
            continue  # orders, before they limit anything
        if stage in (supply.stage, supply.feed) and supply.acts[month_place]:
            capacity *= supply.factor[0] * (supply.fibre[0] if stage == supply.feed else 1.0)
        used_rounds = (
            books.used[stage][month_place, 0]
            if stage not in chain.held
            else books.made[stage][month_place, 0]
        )
        share = min(used_rounds / capacity, 1.0) if capacity > 0 else 0.0
        stage_uses.append((stage, capacity * 12, used_rounds * 12, share))
    stages = pd.DataFrame(stage_uses, columns=["stage", "capacity", "used", "utilisation"])
    return Utilisation(stages, _compute_country_use(model.record, scenario, month_place, stages))


def _compute_country_use(
    records: Records, scenario: Scenario, month_place: int, stages: pd.DataFrame
) -> pd.DataFrame:
    need = compute_needs(records, read_central_coefficients(records))
    use_of_stage = dict(zip(stages["stage"], stages["utilisation"], strict=True))
    counted_countries = records.countries.loc[records.countries["counted"] == "yes", "country"]
    rates_by_country: dict[str, dict[str, float]] = {}
    for ramp in list_ramps(records):
        rate = ramp.trace_rate(scenario.extra_delay)[month_place] / float(need[ramp.stage][0])
        if rate > 0 and (ramp.country in scenario.also or ramp.country in set(counted_countries)):
            stage_rates = rates_by_country.setdefault(ramp.country, {})
            stage_rates[ramp.stage] = stage_rates.get(ramp.stage, 0.0) + rate
    sites = records.sites.groupby("country").size()
    country_uses = [
        (
            country,
            int(sites[country]),
            " ".join(sorted(stage_rates)),
            sum(r * use_of_stage[s] for s, r in stage_rates.items()) / sum(stage_rates.values()),
        )
        for country, stage_rates in sorted(rates_by_country.items())
        if sites[country] > 1
    ]
    return pd.DataFrame(country_uses, columns=["country", "sites", "stages", "utilisation"])
