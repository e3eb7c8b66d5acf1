"""Which part of a change of output comes from the record, from assumptions and from levers; they
add up exactly.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS, check_month
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.runs import run_baseline, run_scenario


@dataclass(frozen=True)
class Attribution:
    """Where a change of output in a month comes from, in rounds a year, medians over draws.

    `before` is the older baseline, `after` the scenario now; `record` (newer data or model),
    `assumptions` (coefficients of one's own) and `levers` add up to the difference exactly.
    """

    before: float
    record: float
    assumptions: float
    levers: float
    after: float


def attribute_change(
    model: Model, scenario: Scenario, month: str, before: float | None = None
) -> Attribution:
    """Split a scenario's change in a month into its causes.

    Levers and assumptions act on each other; each gets the mean of what it does alone and after the
    other (Shapley 1953).

    Parameters
    ----------
    model : Model
        Its draws are run.
    scenario : Scenario
        Levers and coefficients of one's own.
    month : str
        The month read off, YYYY-MM.
    before : float, optional
        The baseline that an older record gave for that month, rounds a year (None: today's).

    Returns
    -------
    Attribution
        The causes, rounds a year each.

    Raises
    ------
    ValueError
        For a month outside the forecast.
    """
    check_month(month)
    month_place = MONTHS.index(month)

    def count_rounds(variant: Scenario) -> float:
        output = run_baseline(model) if variant == Scenario() else run_scenario(model, variant)[0]
        return float(np.median(output[month_place])) * 12

    base, edits_and_levers = count_rounds(Scenario()), count_rounds(scenario)
    levers, edits = count_rounds(scenario.levers), count_rounds(Scenario(assume=scenario.assume))
    return Attribution(
        before=base if before is None else before,
        record=0.0 if before is None else base - before,
        assumptions=((edits - base) + (edits_and_levers - levers)) / 2,
        levers=((levers - base) + (edits_and_levers - edits)) / 2,
        after=edits_and_levers,
    )
