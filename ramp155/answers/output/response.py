"""Where along the response curve another stage takes over."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ramp155.answers.output.central import FINE_SUPPLY_GRID, sweep_supply
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.plans import find_chain


def find_kinks(response: pd.DataFrame) -> pd.DataFrame:
    """Where along the response curve another stage takes over: nitrocellulose, rounds_per_year, stage."""
    changes = response["bottleneck"] != response["bottleneck"].shift()
    takeovers = response[changes].iloc[1:]
    return takeovers.rename(columns={"bottleneck": "stage"})[
        ["nitrocellulose", "rounds_per_year", "stage"]
    ].reset_index(drop=True)


def find_turns(model: Model, scenario: Scenario, month: str) -> pd.DataFrame:
    """As `find_kinks`, to the percent."""
    output, binds = sweep_supply(model, scenario)
    month_place = MONTHS.index(month)
    stage_names = np.array(find_chain(model.record).order, dtype=object)[binds[month_place]]
    columns = {
        "nitrocellulose": FINE_SUPPLY_GRID,
        "rounds_per_year": output[month_place] * 12,
        "bottleneck": stage_names,
    }
    return find_kinks(pd.DataFrame(columns))
