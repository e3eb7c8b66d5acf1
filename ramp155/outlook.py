"""A scenario's answers: the output path and its band, what binds each month, the response curve.

One call of the chain answers for the scenario and the whole response grid at once: its columns are
slider positions, or slider positions times draws.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from ramp155 import capacity as capacities
from ramp155 import chain as chains
from ramp155 import ensemble
from ramp155.capacity import Capacity
from ramp155.chain import Array, Chain, Flow
from ramp155.records import Records
from ramp155.scenario import MONTHS, Scenario

# Supply positions of the response curve: 0 to 200 % of the baseline in steps of 5 %.
GRID = np.round(np.linspace(0.0, 2.0, 41), 2)
DEFAULT_MONTH = "2027-12"
# Levers that multiply a stage's capacity while they act.
_FACTORS = {"explosive": "explosive", "shell_body": "shell_bodies", "fuze": "fuzes"}
# Working hours move lines in Europe; nitrocellulose and cellulose are supply, moved by their own levers.
_SUPPLY_PARAMS = ("share_155_nitrocellulose", "linters_asia_share", "reserve_nitrocellulose")
_SHIFTED = ("propellant", "charge", "shell_body", "explosive", "projectile", "fuze", "primer")


@dataclass(frozen=True)
class Outlook:
    """What a scenario leads to.

    `path`: month, rounds_per_year, baseline_rounds_per_year, nameplate_rounds_per_year, p10, p50,
    p90 (NaN without draws), bottleneck (stage at central coefficients), bottleneck_share (share of
    draws that name the same stage; NaN without draws). Rates are annualised: twelve times the month's
    output.
    `response`: nitrocellulose (0 to 2), rounds_per_year, bottleneck, p10, p90, for `month`.
    """

    scenario: Scenario
    month: str
    path: pd.DataFrame
    response: pd.DataFrame


@dataclass(frozen=True)
class Surface:
    """Quantiles of output over slider positions and months, at the accepted draws.

    `quantiles` is (3, positions, months): P10, P50, P90 in rounds a year at the positions of `GRID`;
    `binds` (positions, months, stages) the share of draws in which each stage of `order` limits output.
    """

    quantiles: Array
    binds: Array
    order: tuple[str, ...]


def run(
    records: Records,
    scenario: Scenario | None = None,
    draws: int = 0,
    month: str = DEFAULT_MONTH,
) -> Outlook:
    """Simulate a scenario against the baseline.

    `draws` accepted draws give the bands (0: none); `month` is that of the response curve.
    Raises ValueError for a month outside the horizon or a negative number of draws.
    """
    scenario = scenario or Scenario()
    if month not in MONTHS:
        raise ValueError(f"month {month!r} is not one from {MONTHS[0]} to {MONTHS[-1]}")
    if draws < 0:
        raise ValueError("draws cannot be negative")
    output, binds, curve, curve_binds = _central(records, scenario)
    names = np.array(chains.from_stages(records.stages).order, dtype=object)
    at = MONTHS.index(month)
    nothing = np.full(len(MONTHS), np.nan)
    nameplate = _nameplate(_built(records, 0, _plans(scenario)), scenario)
    path = {
        "month": MONTHS,
        "rounds_per_year": output * 12,
        "baseline_rounds_per_year": _baseline(records) * 12,
        "nameplate_rounds_per_year": nameplate[:, 0] * 12,
        "p10": nothing,
        "p50": nothing,
        "p90": nothing,
        "bottleneck": names[binds],
        "bottleneck_share": nothing,
    }
    response = {
        "nitrocellulose": GRID,
        "rounds_per_year": curve[at] * 12,
        "bottleneck": names[curve_binds[at]],
        "p10": nothing[: len(GRID)],
        "p90": nothing[: len(GRID)],
    }
    if draws:
        banded = surface(records, scenario, draws)
        here = _at_position(banded.quantiles, scenario.nitrocellulose)
        path |= dict(zip(("p10", "p50", "p90"), here, strict=True))
        path["bottleneck_share"] = banded.binds[
            _nearest(scenario.nitrocellulose), np.arange(len(MONTHS)), binds
        ]
        response["p10"], response["p90"] = banded.quantiles[0, :, at], banded.quantiles[2, :, at]
    return Outlook(scenario, month, pd.DataFrame(path), pd.DataFrame(response))


def surface(records: Records, scenario: Scenario, draws: int) -> Surface:
    """Output over the whole slider at every draw; the scenario's own slider position plays no part."""
    return _surface(records, draws, dataclasses.replace(scenario, nitrocellulose=1.0))


@lru_cache(maxsize=16)
def _surface(records: Records, draws: int, scenario: Scenario) -> Surface:
    chain = chains.from_stages(records.stages)
    flow = _simulate(records, draws, scenario, np.repeat(GRID, draws), tile=len(GRID))
    shape = (len(MONTHS), len(GRID), draws)
    quantiles = np.quantile(flow.output.reshape(shape), [0.1, 0.5, 0.9], axis=2) * 12
    binds = flow.binds.reshape(shape)
    shares = [(binds == i).mean(axis=2).T for i in range(len(chain.order))]
    return Surface(quantiles.transpose(0, 2, 1), np.stack(shares, axis=2), chain.order)


def _at_position(quantiles: Array, nitrocellulose: float) -> Array:
    """The quantiles between two positions of the grid: a straight line from one to the next."""
    upper = int(np.clip(np.searchsorted(GRID, nitrocellulose), 1, len(GRID) - 1))
    part = (nitrocellulose - GRID[upper - 1]) / (GRID[upper] - GRID[upper - 1])
    return quantiles[:, upper - 1] * (1 - part) + quantiles[:, upper] * part


def _nearest(nitrocellulose: float) -> int:
    return int(np.argmin(np.abs(GRID - nitrocellulose)))


def _central(records: Records, scenario: Scenario) -> tuple[Array, Array, Array, Array]:
    """Output and bottleneck at central coefficients: of the scenario, (months,), and over `GRID`,
    (months, positions). Whole percents come from one sweep over the slider, kept for its next move.
    """
    percent = scenario.nitrocellulose * 100
    if abs(percent - round(percent)) < 1e-9:
        output, binds = sweep(records, scenario)
        column = round(percent)
        return output[:, column], binds[:, column], output[:, ::5], binds[:, ::5]
    flow = _simulate(records, 0, scenario, np.append(scenario.nitrocellulose, GRID))
    return flow.output[:, 0], flow.binds[:, 0], flow.output[:, 1:], flow.binds[:, 1:]


def sweep(records: Records, scenario: Scenario) -> tuple[Array, Array]:
    """Output (rounds a month) and bottleneck (place in the chain's order) at central coefficients for
    0 to 200 % of nitrocellulose in steps of 1 %, (months, 201); the scenario's own position is ignored.
    """
    return _sweep(records, dataclasses.replace(scenario, nitrocellulose=1.0))


@lru_cache(maxsize=32)
def _sweep(records: Records, scenario: Scenario) -> tuple[Array, Array]:
    flow = _simulate(records, 0, scenario, np.arange(201) / 100)
    return flow.output, flow.binds


@lru_cache(maxsize=4)
def _baseline(records: Records) -> Array:
    return _sweep(records, Scenario())[0][:, 100]


def params_of(records: Records, draws: int) -> dict[str, Array]:
    """Central coefficients for 0 draws, else that many accepted draws."""
    return ensemble.accepted(records, draws) if draws else ensemble.central(records)


def _plans(scenario: Scenario) -> Scenario:
    """The part of a scenario that changes what is built, not how it is supplied or run."""
    return Scenario(
        extra_delay=scenario.extra_delay, realised=scenario.realised, also=scenario.also
    )


@lru_cache(maxsize=32)
def _built(records: Records, draws: int, plans: Scenario) -> Capacity:
    return capacities.build(records, params_of(records, draws), plans)


@lru_cache(maxsize=32)
def _running(records: Records, draws: int, plans: Scenario) -> dict[str, Array]:
    """Capacity as run, by the month in which it reaches a round: what the levers then multiply."""
    chain = chains.from_stages(records.stages)
    run_share = params_of(records, draws)["utilisation"]
    built = _built(records, draws, plans).stages
    return chains.delivered({s: a * run_share for s, a in built.items()}, chain)


def _simulate(
    records: Records,
    draws: int,
    scenario: Scenario,
    supply: Array | None = None,
    tile: int = 1,
) -> Flow:
    """The chain under a scenario.

    `supply` replaces the nitrocellulose lever by one value a column; with `tile`, the draws are
    repeated so often, as the outer order of the columns.
    """
    chain = chains.from_stages(records.stages)
    params = params_of(records, draws)
    stages = dict(_running(records, draws, _plans(scenario)))
    for stage in stages:
        factor = getattr(scenario, _FACTORS[stage]) if stage in _FACTORS else 1.0
        factor *= scenario.shifts if stage in _SHIFTED else 1.0
        if factor != 1.0:
            stages[stage] = stages[stage] * np.where(
                _window(scenario, chain.lead[stage]), factor, 1.0
            )
    if tile > 1:
        stages = {s: np.tile(a, (1, tile)) for s, a in stages.items()}
        params = {k: np.tile(params[k], tile) for k in _SUPPLY_PARAMS}
    _supply(stages, params, scenario, chain, supply)
    drawn = {}
    if scenario.propellant_per_round != 1.0:
        drawn["charge"] = np.where(_window(scenario, 0), scenario.propellant_per_round, 1.0)
    return chains.simulate(stages, chain, drawn)


def _supply(
    stages: dict[str, Array],
    params: dict[str, Array],
    scenario: Scenario,
    chain: Chain,
    supply: Array | None,
) -> None:
    """Put nitrocellulose and cellulose under their levers, with the safety stock released.

    The stock covers what falls short of the baseline until it is used up. It cannot lift supply
    above the baseline, so at 100 % the scenario is the baseline exactly.
    """
    lead = chain.lead["nitrocellulose"]
    acts = _window(scenario, lead)
    first = int(np.argmax(acts))
    lever = np.array([scenario.nitrocellulose]) if supply is None else supply
    share, asia = params["share_155_nitrocellulose"], params["linters_asia_share"]
    more = np.minimum(share * scenario.share_for_155, 1.0) / share
    lost = max(1.0 - scenario.linters, 0.0)
    fibre = 1.0 - asia + asia * (scenario.linters + lost * scenario.wood_pulp)
    factor = np.where(acts, lever * more, 1.0)
    nominal = stages["nitrocellulose"]
    made = nominal * factor
    # Fibre is bought for the nitrocellulose it becomes, so both reach the round in the same month.
    feed = stages["cellulose"] * factor * np.where(acts, fibre, 1.0)
    short = np.where(acts, np.maximum(nominal - np.minimum(made, feed), 0.0), 0.0)
    stock = params["reserve_nitrocellulose"] * scenario.reserve * nominal[first]
    before = np.cumsum(short, axis=0) - short
    release = np.clip(stock - before, 0.0, short)
    stages["nitrocellulose"] = made + release
    stages["cellulose"] = feed + release


def _window(scenario: Scenario, lead: int) -> Array:
    """Delivery months in which a lever acts on a stage `lead` months upstream, (months, 1) of bool."""
    first = MONTHS.index(scenario.start) + lead
    last = first + scenario.months if scenario.months else len(MONTHS)
    months = np.arange(len(MONTHS))
    return ((months >= first) & (months < last))[:, None]


def _nameplate(built: Capacity, scenario: Scenario) -> Array:
    """Bodies and assembly under the levers, rounds a month, (months, draws)."""
    bodies = np.where(_window(scenario, 0), scenario.shell_bodies, 1.0)
    return np.minimum(built.stages["projectile"], built.stages["shell_body"] * bodies)


def kinks(response: pd.DataFrame) -> pd.DataFrame:
    """Where along the response curve another stage takes over: nitrocellulose, rounds_per_year, stage."""
    changes = response["bottleneck"] != response["bottleneck"].shift()
    found = response[changes].iloc[1:]
    return found.rename(columns={"bottleneck": "stage"})[
        ["nitrocellulose", "rounds_per_year", "stage"]
    ].reset_index(drop=True)


def attribution(records: Records) -> pd.DataFrame:
    """How much of each stage's baseline capacity named lines account for, by month.

    Columns: month, stage, attributed, unattributed, in rounds a year the stage is enough for.
    """
    built = _built(records, 0, Scenario())
    frames = []
    for stage, array in built.stages.items():
        named = built.attributed[stage][:, 0] * 12
        frames.append(
            pd.DataFrame(
                {
                    "month": MONTHS,
                    "stage": stage,
                    "attributed": named,
                    "unattributed": array[:, 0] * 12 - named,
                }
            )
        )
    return pd.concat(frames, ignore_index=True)


def tonnes_at_baseline(
    records: Records, month: str, draws: int = 300
) -> tuple[float, float, float]:
    """What 100 % on the slider means: P10, P50, P90 of nitrocellulose for 155 mm, tonnes a year."""
    built = _built(records, draws, Scenario())
    at = MONTHS.index(month)
    tonnes = built.stages["nitrocellulose"][at] * 12 * built.need["nitrocellulose"]
    low, middle, high = np.quantile(tonnes, [0.1, 0.5, 0.9])
    return float(low), float(middle), float(high)


def binding_shares(
    records: Records, scenario: Scenario, month: str, draws: int
) -> dict[str, float]:
    """Which stage binds output in a month, as shares of the draws, most frequent first."""
    banded = surface(records, scenario, draws)
    shares = banded.binds[_nearest(scenario.nitrocellulose), MONTHS.index(month)]
    pairs = sorted(zip(banded.order, shares, strict=True), key=lambda p: -p[1])
    return {stage: float(share) for stage, share in pairs if share > 0}
