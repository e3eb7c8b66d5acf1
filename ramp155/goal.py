"""Goal seek: what it would take to reach a yearly output by a month, and how likely that is."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from ramp155 import outlook, simulation
from ramp155.chain import Array
from ramp155.records import Records
from ramp155.scenario import LEVER, MONTHS, Scenario

# Levers a pair may be made of, and the end towards which each raises output.
_HELPS = {
    "nitrocellulose": "high",
    "share_for_155": "high",
    "propellant_per_round": "low",
    "shifts": "high",
    "explosive": "high",
    "shell_bodies": "high",
    "fuzes": "high",
}
_EXACT = 1e-6
_STEPS = 8  # positions of the first lever of a pair that are tried


@dataclass(frozen=True)
class Pair:
    """Two levers (one, where a single one is enough) that reach a target, and their effort: the sum of
    changes, 0.1 = 10 % of the baseline. No prices of levers are published: effort stands for cost."""

    levers: dict[str, float]
    effort: float


@dataclass(frozen=True)
class Goal:
    """What nitrocellulose supply reaches a target, the other levers staying as they are.

    `reachable` within 0 to 200 % in the middle case; `nitrocellulose` the least supply that does (None if
    none does); `binds` the stage that limits output there, or at 200 %; `rounds_per_year` what is
    reached there; `odds` the share of draws that reach the target there; `pair` the two levers that
    reach it with the least effort, None where no two do.
    """

    target: float
    by: str
    reachable: bool
    nitrocellulose: float | None
    binds: str
    rounds_per_year: float
    odds: float
    pair: Pair | None

    def as_dict(self) -> dict[str, object]:
        """The JSON shape."""
        return dataclasses.asdict(self)


def seek(records: Records, scenario: Scenario, target: float, by: str, draws: int = 1000) -> Goal:
    """Find the supply of nitrocellulose at which the middle case makes `target` rounds a year in `by`.

    Raises ValueError for a month outside the forecast or a target that is not a positive number.
    """
    outlook.check_month(by)
    if not 0 < target < 1e9:
        raise ValueError(f"target: {target} is not a number of rounds a year above 0")
    return _seek(records, dataclasses.replace(scenario, nitrocellulose=1.0), target, by, draws)


@lru_cache(maxsize=256)
def _seek(records: Records, scenario: Scenario, target: float, by: str, draws: int) -> Goal:
    at = MONTHS.index(by)
    order = simulation.tree(records).order

    def rounds(supply: float) -> float:
        return float(simulation.central(records, scenario, [supply])[0][at, 0]) * 12

    reachable = rounds(2.0) >= target
    supply = _least(rounds, 0.0, 2.0, target) if reachable else 2.0
    output, binds = simulation.central(records, scenario, [supply])
    here = dataclasses.replace(scenario, nitrocellulose=supply)
    return Goal(
        target,
        by,
        reachable,
        supply if reachable else None,
        order[binds[at, 0]],
        float(output[at, 0]) * 12,
        odds(records, here, target, by, draws),
        _pair(records, scenario, target, at),
    )


def odds(records: Records, scenario: Scenario, target: float, by: str, draws: int) -> float:
    """The share of draws that make at least `target` rounds a year in a month."""
    output, _ = simulation.outputs(records, draws, scenario)
    # A hair's breadth under counts: the supply that makes just the target is found by halving.
    return float((output[MONTHS.index(by)] * 12 >= target * (1 - _EXACT)).mean())


def odds_by_supply(
    records: Records, scenario: Scenario, target: float, by: str, draws: int
) -> pd.DataFrame:
    """The share of draws that reach a target in a month at each position of the slider's grid.

    Columns: nitrocellulose, odds. The scenario's own position is ignored.
    """
    outlook.check_month(by)
    scenario = dataclasses.replace(scenario, nitrocellulose=1.0)
    share = _reached(records, scenario, target, draws)[:, MONTHS.index(by)]
    return pd.DataFrame({"nitrocellulose": outlook.GRID, "odds": share})


@lru_cache(maxsize=32)
def _reached(records: Records, scenario: Scenario, target: float, draws: int) -> Array:
    """(positions, months): the share of draws that make at least `target` rounds a year."""
    known = list(records.targets["rounds_per_year"])
    if target in known:
        return outlook.surface(records, scenario, draws).reached[:, :, known.index(target)]
    goals = np.array([target])
    return simulation.ensemble_over(records, scenario, draws, outlook.GRID, goals).reached[:, :, 0]


def _least(rounds: Callable[[float], float], start: float, end: float, target: float) -> float:
    """The value nearest to `start` at which rounds reach the target, by halving; `end` must reach it."""
    if rounds(start) >= target:
        return start
    while abs(end - start) > _EXACT:
        middle = (start + end) / 2
        if rounds(middle) >= target:
            end = middle
        else:
            start = middle
    return end


def _pair(records: Records, scenario: Scenario, target: float, at: int) -> Pair | None:
    """The two levers that reach the target with the least effort, from where the others stand."""

    def rounds(**levers: float) -> float:
        moved = dataclasses.replace(scenario, **levers)
        return float(simulation.outputs(records, 0, moved)[0][at, 0]) * 12

    def end(name: str) -> float:
        return LEVER[name].high if _HELPS[name] == "high" else LEVER[name].low

    now = {name: getattr(scenario, name) for name in _HELPS}
    best: Pair | None = None
    for first, second in itertools.combinations(_HELPS, 2):
        if rounds(**{first: end(first), second: end(second)}) < target:
            continue
        span = end(first) - now[first]
        places = [now[first] + span * step / _STEPS for step in range(_STEPS + 1)]
        for width in (abs(span) / _STEPS, abs(span) / _STEPS**2):
            found = [
                _with(rounds, first, place, second, now, end(second), target) for place in places
            ]
            tried = [pair for pair in found if pair]
            if not tried:
                break
            here = min(tried, key=lambda pair: pair.effort)
            best = here if best is None or here.effort < best.effort - _EXACT else best
            middle = here.levers.get(first, now[first])
            low, high = sorted((now[first], end(first)))
            around = [middle + width * (k / 4 - 1) for k in range(9)]
            places = [place for place in around if low <= place <= high]
    return best


def _with(
    rounds: Callable[..., float],
    first: str,
    place: float,
    second: str,
    now: dict[str, float],
    end: float,
    target: float,
) -> Pair | None:
    """The pair with the first lever at a place, None if the second cannot do the rest."""
    if rounds(**{first: place, second: end}) < target:
        return None
    rest = _least(lambda value: rounds(**{first: place, second: value}), now[second], end, target)
    moved = {name: value for name, value in ((first, place), (second, rest)) if value != now[name]}
    return Pair(moved, sum(abs(value - now[name]) for name, value in moved.items()))
