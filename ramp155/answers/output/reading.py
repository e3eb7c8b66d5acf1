"""A scenario read off in one month: all that its sentences are made from."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np

from ramp155.answers.output.central import (
    FINE_SUPPLY_GRID,
    find_central_baseline,
    find_central_nameplate,
    find_central_path,
    sweep_supply,
)
from ramp155.answers.output.surface import (
    Surface,
    compute_surface,
    find_nearest_position,
    interpolate_position,
)
from ramp155.model.arrays import Array, Limits
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS, check_month
from ramp155.model.scenario.scenario import Scenario

SMALL_CHANGE = 0.005  # a change under half a percent is called none


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


def read_outlook(model: Model, scenario: Scenario, month: str) -> Reading:
    """Read a scenario off in one month. ValueError for a month outside the horizon."""
    check_month(month)
    output, binds = find_central_path(model, scenario)
    nameplate_rounds = find_central_nameplate(model, scenario)
    drawn_surface = compute_surface(model, scenario)
    return _build_reading(model, scenario, month, output, binds, nameplate_rounds, drawn_surface)


def read_every_percent(model: Model, scenario: Scenario, month: str) -> list[Reading]:
    """As `read_outlook`, for every whole percent of nitrocellulose from 0 to 200."""
    check_month(month)
    output, binds = sweep_supply(model, scenario)
    nameplate_rounds = find_central_nameplate(model, scenario)
    drawn_surface = compute_surface(model, scenario)
    readings = []
    for place, supply in enumerate(FINE_SUPPLY_GRID):
        scenario_at_supply = dataclasses.replace(scenario, nitrocellulose=float(supply))
        central_run = output[:, place], binds[:, place]
        readings.append(
            _build_reading(
                model, scenario_at_supply, month, *central_run, nameplate_rounds, drawn_surface
            )
        )
    return readings


def _build_reading(
    model: Model,
    scenario: Scenario,
    month: str,
    output: Array,
    binds: Limits,
    nameplate_rounds: Array,
    drawn_surface: Surface,
) -> Reading:
    month_place = MONTHS.index(month)
    supply = scenario.nitrocellulose
    low, _, half, _, high = interpolate_position(drawn_surface.quantiles[:, :, month_place], supply)
    change_low, _, change_high = interpolate_position(
        drawn_surface.change[:, :, month_place], supply
    )
    months_otherwise = np.flatnonzero(binds[: month_place + 1] != binds[month_place])
    stage_shares = drawn_surface.binds[find_nearest_position(supply), month_place]
    ranked = np.argsort(-stage_shares, kind="stable")
    baseline_output = find_central_baseline(model)
    months_under = np.flatnonzero(output < baseline_output * (1 - SMALL_CHANGE))
    recovery_place = int(months_under[-1]) + 1 if len(months_under) else len(MONTHS)
    return Reading(
        month,
        float(output[month_place] * 12),
        float(baseline_output[month_place] * 12),
        float(nameplate_rounds[month_place] * 12),
        float(low),
        float(half),
        float(high),
        float(change_low),
        float(change_high),
        drawn_surface.order[binds[month_place]],
        MONTHS[int(months_otherwise[-1]) + 1 if len(months_otherwise) else 0],
        {drawn_surface.order[s]: float(stage_shares[s]) for s in ranked if stage_shares[s] > 0},
        MONTHS[months_under[0]] if len(months_under) else "",
        MONTHS[recovery_place] if recovery_place < len(MONTHS) else "",
        float(np.maximum(baseline_output - output, 0.0).sum()),
    )
