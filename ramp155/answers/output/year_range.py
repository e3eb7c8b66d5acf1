"""The rounds of a calendar year over runs: the range in which most of them lie."""

from __future__ import annotations

import numpy as np

from ramp155.answers.output.medians import compute_year_rounds
from ramp155.base.memory import remember
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario


@remember
def find_year_range(model: Model, scenario: Scenario, year: int) -> tuple[float, float]:
    """Rounds that leave complete in a calendar year: the 10th and the 90th percentile over runs.

    Parameters
    ----------
    model : Model
        Record and number of draws.
    scenario : Scenario
        All levers.
    year : int
        A year of the horizon; ValueError for any other.

    Returns
    -------
    tuple of float
        Rounds in the year.
    """
    rounds = compute_year_rounds(model, scenario, year)
    low, high = np.quantile(rounds, [0.1, 0.9])
    return float(low), float(high)
