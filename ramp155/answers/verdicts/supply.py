"""Statements about supply and demand: what holds output back, and what stays unmet.

Each gives its facts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ramp155.answers.procurement.flows import HORIZON, compute_flows
from ramp155.answers.verdicts.case import Case
from ramp155.answers.verdicts.rates import compute_band, share_within
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.simulation.plans import find_chain
from ramp155.model.simulation.runs import run_scenario
from ramp155.record.rows import Statement


@dataclass(frozen=True)
class BottleneckFacts:
    """What holds output back: stages with the share of draws in which each does, most frequent first."""

    odds: float
    shares: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class UnmetFacts:
    """What part of demand stays unmet: P10, P50 and P90, shares 0 to 1."""

    odds: float
    band: tuple[float, float, float]


def judge_bottleneck(case: Case, statement: Statement) -> BottleneckFacts:
    """One of these stages holds output back."""
    binds = run_scenario(case.model, case.scenario)[1]
    month_binds = binds[MONTHS.index(statement.month)]
    shares = {
        stage: float((month_binds == place).mean())
        for place, stage in enumerate(find_chain(case.model.record).order)
    }
    return BottleneckFacts(
        odds=sum(shares[stage] for stage in statement.subject.split()),
        shares=tuple(sorted(shares.items(), key=lambda pair: -pair[1])),
    )


def judge_unmet_demand(case: Case, statement: Statement) -> UnmetFacts:
    """More than a share of demand stays unmet."""
    demand_flows = compute_flows(case.model, case.scenario, case.terms, case.comparison.us)
    place = HORIZON.index(statement.month)
    share = demand_flows.met["unmet"][place] / np.maximum(demand_flows.demand[place], 1)
    return UnmetFacts(share_within(share, statement), compute_band(share))
