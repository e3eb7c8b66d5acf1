"""A scenario's answers: the output path and its band, what binds each month, the response curve.

The middle case is simulated at every whole percent of nitrocellulose, the draws at every fifth; both
are kept, so that the next slider position is a look-up.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from ramp155 import capacity as capacities
from ramp155 import ensemble, simulation
from ramp155.chain import Array
from ramp155.records import Records
from ramp155.scenario import MONTHS, Scenario

# Supply positions of the draws: 0 to 200 % of the baseline in steps of 5 %; of the middle case: 1 %.
GRID = np.round(np.linspace(0.0, 2.0, 41), 2)
FINE = np.arange(201) / 100
DEFAULT_MONTH = "2027-12"


@dataclass(frozen=True)
class Outlook:
    """What a scenario leads to.

    `path`: month, rounds_per_year, baseline_rounds_per_year, nameplate_rounds_per_year, p10, p50,
    p90, change_p10, change_p50, change_p90 (against the same draws' baseline; NaN without draws),
    bottleneck (stage at central coefficients), bottleneck_share (share of draws that name the same
    stage; NaN without draws). Rates are annualised: twelve times the month's output.
    `response`: nitrocellulose (0 to 2), rounds_per_year, bottleneck, p10, p90, for `month`.
    """

    scenario: Scenario
    month: str
    path: pd.DataFrame
    response: pd.DataFrame


@dataclass(frozen=True)
class Surface:
    """What the draws say over slider positions and months, in rounds a year.

    `quantiles` (3, positions, months) are P10, P50, P90 at the positions of `GRID`, `change` those of
    output minus the same draw's baseline; `binds` (positions, months, stages) the share of draws in
    which each stage of `order` limits output; `reached` (positions, months, targets) the share at or
    above each target of `targets.csv`.
    """

    quantiles: Array
    change: Array
    binds: Array
    reached: Array
    order: tuple[str, ...]


def run(
    records: Records,
    scenario: Scenario | None = None,
    draws: int = 0,
    month: str = DEFAULT_MONTH,
) -> Outlook:
    """Simulate a scenario against the baseline.

    `draws` accepted draws give the bands (0: none); `month` is that of the response curve.
    Raises ValueError for a month outside the horizon, a negative number of draws or coefficients of
    one's own that the model does not know.
    """
    scenario = scenario or Scenario()
    check_month(month)
    if draws < 0:
        raise ValueError("draws cannot be negative")
    output, binds = _at_central(records, scenario)
    curve, curve_binds = (array[:, ::5] for array in sweep(records, scenario))
    names = np.array(simulation.tree(records).order, dtype=object)
    at = MONTHS.index(month)
    nothing = np.full(len(MONTHS), np.nan)
    bands = ("p10", "p50", "p90", "change_p10", "change_p50", "change_p90")
    path = {
        "month": MONTHS,
        "rounds_per_year": output * 12,
        "baseline_rounds_per_year": baseline(records) * 12,
        "nameplate_rounds_per_year": nameplate(records, scenario) * 12,
        **dict.fromkeys(bands, nothing),
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
        here = [
            *at_position(banded.quantiles, scenario.nitrocellulose),
            *at_position(banded.change, scenario.nitrocellulose),
        ]
        path |= dict(zip(bands, here, strict=True))
        path["bottleneck_share"] = banded.binds[
            nearest(scenario.nitrocellulose), np.arange(len(MONTHS)), binds
        ]
        response["p10"], response["p90"] = banded.quantiles[0, :, at], banded.quantiles[2, :, at]
    return Outlook(scenario, month, pd.DataFrame(path), pd.DataFrame(response))


def check_month(month: str) -> None:
    """Raise ValueError for a month outside the horizon."""
    if month not in MONTHS:
        raise ValueError(f"month {month!r} is not one from {MONTHS[0]} to {MONTHS[-1]}")


def surface(records: Records, scenario: Scenario, draws: int) -> Surface:
    """Output over the whole slider at every draw; the scenario's own slider position plays no part."""
    return _surface(records, draws, dataclasses.replace(scenario, nitrocellulose=1.0))


@lru_cache(maxsize=32)
def _surface(records: Records, draws: int, scenario: Scenario) -> Surface:
    targets = records.targets["rounds_per_year"].to_numpy()
    found = simulation.ensemble_over(records, scenario, draws, GRID, targets)
    order = simulation.tree(records).order
    return Surface(found.quantiles * 12, found.change * 12, found.binds, found.reached, order)


def at_position(grid: Array, nitrocellulose: float) -> Array:
    """Values between two positions of the grid, (k, positions, ...) -> (k, ...): a straight line."""
    upper = int(np.clip(np.searchsorted(GRID, nitrocellulose), 1, len(GRID) - 1))
    part = (nitrocellulose - GRID[upper - 1]) / (GRID[upper] - GRID[upper - 1])
    return grid[:, upper - 1] * (1 - part) + grid[:, upper] * part


def nearest(nitrocellulose: float) -> int:
    """The grid's position closest to a supply."""
    return int(np.argmin(np.abs(GRID - nitrocellulose)))


def _at_central(records: Records, scenario: Scenario) -> tuple[Array, Array]:
    """Output and bottleneck at central coefficients, (months,) each."""
    percent = round(scenario.nitrocellulose * 100)
    if abs(scenario.nitrocellulose * 100 - percent) < 1e-9:
        output, binds = sweep(records, scenario)
        return output[:, percent], binds[:, percent]
    output, binds = simulation.central(records, scenario, [scenario.nitrocellulose])
    return output[:, 0], binds[:, 0]


def sweep(records: Records, scenario: Scenario) -> tuple[Array, Array]:
    """Output (rounds a month) and bottleneck (place in the chain's order) at central coefficients for
    0 to 200 % of nitrocellulose in steps of 1 %, (months, 201); the scenario's own position is ignored.
    """
    return _sweep(records, dataclasses.replace(scenario, nitrocellulose=1.0))


@lru_cache(maxsize=64)
def _sweep(records: Records, scenario: Scenario) -> tuple[Array, Array]:
    return simulation.central(records, scenario, FINE)


def baseline(records: Records) -> Array:
    """Output of the baseline at central coefficients, rounds a month, (months,)."""
    return simulation.baseline(records, 0)[:, 0]


def nameplate(records: Records, scenario: Scenario) -> Array:
    """Bodies and assembly under the levers at central coefficients, rounds a month, (months,)."""
    return nameplates(records, scenario, 0)[:, 0]


def nameplates(records: Records, scenario: Scenario, draws: int) -> Array:
    """As `nameplate`, in every draw, (months, draws)."""
    built = simulation.built(records, draws, scenario.plans).stages
    bodies = np.where(simulation.window(scenario), scenario.shell_bodies, 1.0)[:, None]
    return np.minimum(built["projectile"], built["shell_body"] * bodies)


@lru_cache(maxsize=32)
def stores_over(records: Records, scenario: Scenario) -> Array:
    """All that is kept on the powder branch at month's end, in months of the baseline's output of that
    time, over `GRID`, (positions, months): stages' stores and what is left of the safety stock."""
    flow = np.maximum(baseline(records), 1.0)
    rows = []
    for supply in GRID:
        here = dataclasses.replace(scenario, nitrocellulose=float(supply))
        books = simulation.flow(records, 0, here)
        rows.append((sum(books.stock.values()) + books.reserve)[:, 0] / flow)
    return np.array(rows)


def kinks(response: pd.DataFrame) -> pd.DataFrame:
    """Where along the response curve another stage takes over: nitrocellulose, rounds_per_year, stage."""
    changes = response["bottleneck"] != response["bottleneck"].shift()
    found = response[changes].iloc[1:]
    return found.rename(columns={"bottleneck": "stage"})[
        ["nitrocellulose", "rounds_per_year", "stage"]
    ].reset_index(drop=True)


def turns(records: Records, scenario: Scenario, month: str) -> pd.DataFrame:
    """As `kinks`, to the percent."""
    output, binds = sweep(records, scenario)
    at = MONTHS.index(month)
    names = np.array(simulation.tree(records).order, dtype=object)[binds[at]]
    columns = {"nitrocellulose": FINE, "rounds_per_year": output[at] * 12, "bottleneck": names}
    return kinks(pd.DataFrame(columns))


def pinned(records: Records) -> pd.DataFrame:
    """How much of each stage's baseline capacity named lines account for, by month.

    Columns: month, stage, attributed, unattributed, in rounds a year the stage is enough for.
    """
    params = ensemble.central(records)
    named = capacities.attributed(records, params, Scenario())
    frames = []
    for stage, array in simulation.built(records, 0, Scenario()).stages.items():
        part = named[stage][:, 0] * 12
        columns = {"month": MONTHS, "stage": stage, "attributed": part}
        frames.append(pd.DataFrame({**columns, "unattributed": array[:, 0] * 12 - part}))
    return pd.concat(frames, ignore_index=True)


def tonnes_at_baseline(
    records: Records, month: str, draws: int = 300
) -> tuple[float, float, float]:
    """What 100 % on the slider means: P10, P50, P90 of nitrocellulose for 155 mm, tonnes a year.

    Of the supply that can reach a finished round in that month.
    """
    tonnes = _tonnes(records, Scenario(), draws)[MONTHS.index(month)] * 12
    low, middle, high = np.quantile(tonnes, [0.1, 0.5, 0.9])
    return float(low), float(middle), float(high)


def _tonnes(records: Records, scenario: Scenario, draws: int) -> Array:
    """Nitrocellulose supplied for 155 mm at 100 % on the slider, tonnes by delivery month, (months, draws)."""
    stacked, _, _, supply, _ = simulation.prepared(records, draws, scenario)
    need = capacities.needs(records, ensemble.draw(records, draws, scenario.assume).params)
    supplied = stacked.array[stacked.stages.index(supply.stage)]
    return supplied * need["nitrocellulose"]


def rounds_per_tonne(records: Records, scenario: Scenario, month: str) -> Array:
    """Rounds gained by one more tonne of nitrocellulose at each whole percent, (201,), middle case.

    All rounds that one more percent (one less at the right end) adds by the month, over the tonnes
    it adds to what can reach rounds by then: in a single month the end of a stock would distort it.
    """
    at = MONTHS.index(month)
    chain = simulation.tree(records)
    acts = simulation.window(scenario, chain.lead["nitrocellulose"])[: at + 1]
    full = dataclasses.replace(scenario, nitrocellulose=1.0)
    more = simulation.prepared(records, 0, full)[3].factor[0]
    tonnes = float(_tonnes(records, full, 0)[: at + 1, 0][acts].sum()) * more / 100
    total = sweep(records, scenario)[0][: at + 1].sum(axis=0)
    gained = np.diff(total)
    if tonnes <= 0:
        return np.zeros(len(FINE))
    # Stores are as large as months of supply, so more supply also keeps more: not the tonne's doing.
    need = capacities.needs(records, ensemble.draw(records, 0, scenario.assume).params)
    holds = 1 / float(need["nitrocellulose"][0]) / scenario.propellant_per_round
    return np.minimum(np.append(gained, gained[-1]) / tonnes, holds)


def odds(records: Records, scenario: Scenario, draws: int, month: str = "") -> pd.DataFrame:
    """The chance of each target of `targets.csv`, as shares of draws.

    Columns: target_id, label, rounds_per_year, by (`month`, or the target's own), odds (at that
    month), even_from (first month from which half of the draws reach it, or "").
    """
    reached = at_position(surface(records, scenario, draws).reached[None], scenario.nitrocellulose)[
        0
    ]
    rows = []
    for place, target in enumerate(records.targets.itertuples()):
        by = month or target.by
        share = reached[:, place]
        rows.append(
            {
                "target_id": target.target_id,
                "label": target.label,
                "rounds_per_year": float(target.rounds_per_year),
                "by": by,
                "odds": float(share[MONTHS.index(by)]),
                "even_from": even_from(share),
            }
        )
    return pd.DataFrame(rows)


def even_from(share: Array) -> str:
    """First month from which on a share stays at one half or more; "" if it does not end there."""
    under = np.flatnonzero(share < 0.5)
    first = int(under[-1]) + 1 if len(under) else 0
    return MONTHS[first] if first < len(MONTHS) else ""


@dataclass(frozen=True)
class Utilisation:
    """How far capacity is used in a month, at central coefficients.

    `stages`: stage, capacity, used (rounds a year it is enough for), utilisation. `countries`: country,
    sites, stages (what its named lines make), utilisation: its lines run like their stage in all of
    Europe, weighted by rate. Countries with a single site are left out: no figure here is of a plant.
    """

    stages: pd.DataFrame
    countries: pd.DataFrame


def utilisation(records: Records, scenario: Scenario, month: str) -> Utilisation:
    """Use of stages, and of countries by what they make, under a scenario. ValueError: see `run`."""
    check_month(month)
    at = MONTHS.index(month)
    books = simulation.flow(records, 0, scenario)
    stacked, chain, factor, supply, _ = simulation.prepared(records, 0, scenario)
    rows = []
    for row, stage in enumerate(stacked.stages):
        capacity = stacked.array[row, at, 0] * factor[chain.order.index(stage), at]
        if stage in (supply.stage, supply.feed) and supply.acts[at]:
            capacity *= supply.factor[0] * (supply.fibre[0] if stage == supply.feed else 1.0)
        used = books.used[stage][at, 0] if stage not in chain.held else books.made[stage][at, 0]
        share = min(used / capacity, 1.0) if capacity > 0 else 0.0
        rows.append((stage, capacity * 12, used * 12, share))
    stages = pd.DataFrame(rows, columns=["stage", "capacity", "used", "utilisation"])
    return Utilisation(stages, _of_countries(records, scenario, at, stages))


def _of_countries(
    records: Records, scenario: Scenario, at: int, stages: pd.DataFrame
) -> pd.DataFrame:
    need = capacities.needs(records, ensemble.central(records))
    share = dict(zip(stages["stage"], stages["utilisation"], strict=True))
    counted = records.countries.loc[records.countries["counted"] == "yes", "country"]
    rates: dict[str, dict[str, float]] = {}
    for ramp in capacities.ramps(records):
        rate = ramp.level(scenario.extra_delay)[at] / float(need[ramp.stage][0])
        if rate > 0 and (ramp.country in scenario.also or ramp.country in set(counted)):
            made = rates.setdefault(ramp.country, {})
            made[ramp.stage] = made.get(ramp.stage, 0.0) + rate
    sites = records.sites.groupby("country").size()
    rows = [
        (
            country,
            int(sites[country]),
            " ".join(sorted(made)),
            sum(r * share[s] for s, r in made.items()) / sum(made.values()),
        )
        for country, made in sorted(rates.items())
        if sites[country] > 1
    ]
    return pd.DataFrame(rows, columns=["country", "sites", "stages", "utilisation"])


@dataclass(frozen=True)
class Reading:
    """A scenario read off in one month: all that its sentences are made from. Rounds a year.

    `shares`: stage -> share of draws in which it binds, most frequent first. `since`: first month of the
    unbroken stretch in which `bottleneck` (of the middle case) binds. `p10`, `p90` frame eight draws in
    ten, half are under `p50`; `change_p10`, `change_p90` their change against the same draws' baseline. `falls`: first month
    at least half a percent under the baseline, `back`: first month after the last such one ("" if
    there is none), `lost`: rounds short of the baseline over the whole horizon.
    """

    month: str
    rounds: float
    baseline: float
    nameplate: float
    p10: float
    p50: float
    p90: float
    change_p10: float
    change_p90: float
    bottleneck: str
    since: str
    shares: dict[str, float]
    falls: str
    back: str
    lost: float


SMALL = 0.005  # a change under half a percent is called none


def read(records: Records, scenario: Scenario, month: str, draws: int) -> Reading:
    """Read a scenario off in one month. ValueError as in `run`."""
    check_month(month)
    output, binds = _at_central(records, scenario)
    plate = nameplate(records, scenario)
    banded = surface(records, scenario, draws)
    return _reading(records, scenario, month, output, binds, plate, banded)


def read_all(records: Records, scenario: Scenario, month: str, draws: int) -> list[Reading]:
    """As `read`, for every whole percent of nitrocellulose from 0 to 200."""
    check_month(month)
    output, binds = sweep(records, scenario)
    plate = nameplate(records, scenario)
    banded = surface(records, scenario, draws)
    found = []
    for place, supply in enumerate(FINE):
        here = dataclasses.replace(scenario, nitrocellulose=float(supply))
        column = output[:, place], binds[:, place]
        found.append(_reading(records, here, month, *column, plate, banded))
    return found


def _reading(
    records: Records,
    scenario: Scenario,
    month: str,
    output: Array,
    binds: Array,
    plate: Array,
    banded: Surface,
) -> Reading:
    at = MONTHS.index(month)
    supply = scenario.nitrocellulose
    low, half, high = at_position(banded.quantiles[:, :, at], supply)
    less, _, more = at_position(banded.change[:, :, at], supply)
    other = np.flatnonzero(binds[: at + 1] != binds[at])
    share = banded.binds[nearest(supply), at]
    ranked = np.argsort(-share, kind="stable")
    base = baseline(records)
    under = np.flatnonzero(output < base * (1 - SMALL))
    back = int(under[-1]) + 1 if len(under) else len(MONTHS)
    return Reading(
        month,
        float(output[at] * 12),
        float(base[at] * 12),
        float(plate[at] * 12),
        float(low),
        float(half),
        float(high),
        float(less),
        float(more),
        banded.order[binds[at]],
        MONTHS[int(other[-1]) + 1 if len(other) else 0],
        {banded.order[s]: float(share[s]) for s in ranked if share[s] > 0},
        MONTHS[under[0]] if len(under) else "",
        MONTHS[back] if back < len(MONTHS) else "",
        float(np.maximum(base - output, 0.0).sum()),
    )
