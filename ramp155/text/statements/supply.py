"""Statements about supply and demand: what holds output back, and what stays unmet. Each gives odds and a reason."""

from __future__ import annotations

import numpy as np

from ramp155.answers.procurement.flows import HORIZON, compute_flows
from ramp155.answers.verdicts.case import Case, Statement
from ramp155.answers.verdicts.rates import share_within
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.simulation.plans import find_chain
from ramp155.model.simulation.runs import run_scenario
from ramp155.text.numbers import say_date, say_percent


def judge_bottleneck(case: Case, statement: Statement) -> tuple[float, str]:
    """One of these stages holds output back."""
    stage_order = find_chain(case.model.record).order
    binds = run_scenario(case.model, case.scenario)[1]
    month_binds = binds[MONTHS.index(statement.month)]
    labels = dict(
        zip(case.model.record.stages["stage"], case.model.record.stages["label"], strict=True)
    )
    shares = {
        stage: float((month_binds == place).mean()) for place, stage in enumerate(stage_order)
    }
    ranked = sorted(shares.items(), key=lambda pair: -pair[1])
    listing = ", ".join(
        f"{labels[stage_id]} in {say_percent(stage_share)}"
        for stage_id, stage_share in ranked
        if stage_share >= 0.01
    )
    odds = sum(shares[stage] for stage in statement.subject.split())
    return odds, f"What holds output back in {say_date(statement.month)}, by draws: {listing}."


def judge_unmet_demand(case: Case, statement: Statement) -> tuple[float, str]:
    """More than a share of demand stays unmet."""
    demand_flows = compute_flows(case.model, case.scenario, case.terms, case.comparison.us)
    place = HORIZON.index(statement.month)
    share = demand_flows.met["unmet"][place] / np.maximum(demand_flows.demand[place], 1)
    low, middle, high = np.quantile(share, [0.1, 0.5, 0.9])
    sentence = (
        f"In {say_date(statement.month)} {say_percent(middle)} of demand is unmet (8 in 10 draws: {say_percent(low)} to "
        f"{say_percent(high)}), with aid and stocks as set under Two tracks; demand is an assumption."
    )
    return share_within(share, statement), sentence
