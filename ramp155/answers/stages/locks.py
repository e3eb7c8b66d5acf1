"""The locks: what each stage alone would allow, how often it limits output, and what raising one or two
of them would add. Which stage that is follows from assumptions, so all of it is over runs.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from ramp155.base.memory import remember
from ramp155.model.arrays import Array
from ramp155.model.model import Model
from ramp155.model.quantiles import QUANTILE_LEVELS
from ramp155.model.scenario.horizon import MONTHS, check_month
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.lifts import find_stage_capacity, run_lifted
from ramp155.model.simulation.plans import find_chain
from ramp155.model.simulation.runs import run_scenario

# A run gains by a lift where its output rises by more than this share.
_LEAST_GAIN = 0.005
# What adds less than this share of output is said to add nothing.
_WORTH_SAYING = 0.01


@dataclass(frozen=True)
class Locks:
    """What each stage and each pair of stages holds back in a month, rounds a year; shares from 0 to 1.

    `stages`, narrowest first: stage; allows_p10, allows_p50, allows_p90 (what it alone would allow);
    binds_share (runs in which it limits output); alone_adds_p50 (the median over runs of what its run
    gains where the stage does not limit it), alone_gains_share (runs that gain), alone_median_rises (by
    how much the median of the runs is higher then). `pairs`, largest first: first, second, adds_p50,
    gains_share, median_rises. `output` is the median of the runs. `from_month` is the first in which every
    stage that is raised when levers begin to act reaches finished rounds.
    """

    month: str
    from_month: str
    output: float
    stages: pd.DataFrame
    pairs: pd.DataFrame

    @property
    def best(self) -> pd.Series[Any]:
        """The row of the stage that alone adds most, rounds a year."""
        ranked = self.stages.sort_values("alone_adds_p50", ascending=False, kind="stable")
        return ranked.iloc[0]


def find_worthy_gain(output: float) -> float:
    """From how many rounds a year on a gain is said; less is nothing.

    Parameters
    ----------
    output : float
        The median of the runs, rounds a year.

    Returns
    -------
    float
        Rounds a year.
    """
    return max(output * _WORTH_SAYING, 500.0)


def rank_limits(shares: pd.DataFrame, month: str) -> pd.DataFrame:
    """The stages that limit output in a month, the likeliest first.

    Parameters
    ----------
    shares : DataFrame
        Rows of `share_limits`: month, stage, share (0 to 1).
    month : str
        YYYY-MM.
    """
    of_month = shares[shares["month"] == month]
    return of_month.sort_values("share", ascending=False, kind="stable")


@remember
def find_locks(model: Model, scenario: Scenario, month: str) -> Locks:
    """What each stage allows and holds back in a month, and what pairs of them do.

    The gain of a stage is a run of the chain in which it never limits output, less the run as it is, in each
    draw (`run_lifted`): stores, and what limits next, count.

    Parameters
    ----------
    model : Model
        Record and number of draws.
    scenario : Scenario
        All levers.
    month : str
        YYYY-MM, within the horizon; ValueError for any other.
    """
    check_month(month)
    place = MONTHS.index(month)
    output, limits = run_scenario(model, scenario)
    now, limit = output[place] * 12, limits[place]
    allowed = {
        stage: capacity
        for stage, capacity in find_stage_capacity(model, scenario).items()
        if np.isfinite(capacity[place]).all()  # orders outside their lever's months
    }
    order = find_chain(model.record).order
    stage_rows = []
    for stage, capacity in allowed.items():
        low, middle, high = np.quantile(capacity[place] * 12, QUANTILE_LEVELS)
        adds, gains, rises = _measure_gain(model, scenario, (stage,), now, place)
        stage_rows.append(
            {
                "stage": stage,
                "allows_p10": low,
                "allows_p50": middle,
                "allows_p90": high,
                "binds_share": float(np.mean(limit == order.index(stage))),
                "alone_adds_p50": adds,
                "alone_gains_share": gains,
                "alone_median_rises": rises,
            }
        )
    pair_rows = []
    for pair in combinations(allowed, 2):
        adds, gains, rises = _measure_gain(model, scenario, pair, now, place)
        pair_rows.append((*pair, adds, gains, rises))
    pair_columns = ["first", "second", "adds_p50", "gains_share", "median_rises"]
    stages = pd.DataFrame(stage_rows).sort_values("allows_p50", kind="stable")
    pairs = pd.DataFrame(pair_rows, columns=pair_columns).sort_values(
        ["adds_p50", "median_rises"], ascending=False, kind="stable"
    )
    chain = find_chain(model.record)
    all_arrived = MONTHS.index(scenario.start) + max(chain.lead[stage] for stage in allowed)
    return Locks(
        month,
        MONTHS[min(all_arrived, len(MONTHS) - 1)],
        float(np.median(now)),
        stages.reset_index(drop=True),
        pairs.reset_index(drop=True),
    )


def _measure_gain(
    model: Model, scenario: Scenario, stages: tuple[str, ...], now: Array, place: int
) -> tuple[float, float, float]:
    """What lifting stages adds in a month: the median gain, the share of runs that gain, the rise of the median.

    `now` (draws,) is output without a lift, rounds a year.
    """
    lifted = run_lifted(model, scenario, stages, place + 1)[place] * 12
    gain = lifted - now
    return (
        float(np.median(gain)),
        float(np.mean(gain > now * _LEAST_GAIN)),
        float(np.median(lifted) - np.median(now)),
    )


@remember
def share_limits(model: Model, scenario: Scenario) -> pd.DataFrame:
    """Which stages limit output, month by month: columns month, stage, share (of runs, 0 to 1)."""
    limits = run_scenario(model, scenario)[1]
    frames = []
    for place, stage in enumerate(find_chain(model.record).order):
        shares = np.mean(limits == place, axis=1)
        if shares.any():
            frames.append(pd.DataFrame({"month": MONTHS, "stage": stage, "share": shares}))
    return pd.concat(frames, ignore_index=True)
