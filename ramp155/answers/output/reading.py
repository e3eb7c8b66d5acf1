"""A scenario read off in one month and its calendar year: all that its sentences are made from."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np

from ramp155.answers.output.medians import (
    FINE_SUPPLY_GRID,
    MEDIAN_PLACE,
    find_baseline_path,
    find_nameplate_path,
    find_year_median,
)
from ramp155.answers.output.surface import (
    Surface,
    compute_figure_surface,
    compute_surface,
    find_nearest_position,
    interpolate_position,
)
from ramp155.model.arrays import Array
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS, YEARS, check_month
from ramp155.model.scenario.scenario import Scenario

_BASELINE = Scenario()
SMALL_CHANGE = 0.005  # a change under half a percent is called none
ABOUT_AS_BEFORE = 0.02  # a change under two percent is less than rounded figures show
_SMALL_FALL = 0.01  # a fall under this share, of a month's rate or in all of a year's output, is next to nothing


@dataclass(frozen=True)
class Reading:
    """A scenario read off in one month: all that its sentences are made from. Rounds a year, medians over draws.

    `p10` and `p90` frame eight draws in ten, `figure_p10` and `figure_p90` where a published figure should fall;
    `change_p10`, `change_p90` the change against the same draws' baseline. `year_rounds` (with `year_p10`, `year_p90`)
    are those that leave complete in the month's calendar year, `year_baseline` the baseline's. `shares`: stage ->
    share of draws in which it limits output, most frequent first; `bottleneck` is the first. `falls`: first month
    from the scenario's start on that is at least one percent under the baseline, `back`: first month after the last
    such one ("" if there is none), `lost`: rounds short of the baseline from the start on. Where what is read off is
    a rise, or the rounds lost are under one percent of the year's, nothing has fallen.
    """

    month: str
    rounds: float
    baseline: float
    nameplate: float
    p10: float
    p90: float
    figure_p10: float
    figure_p90: float
    change_p10: float
    change_p90: float
    year_rounds: float
    year_baseline: float
    year_p10: float
    year_p90: float
    bottleneck: str
    shares: dict[str, float]
    falls: str
    back: str
    lost: float

    @property
    def is_whole_year(self) -> bool:
        """Whether the calendar year's rounds are told: at a year's end; else the month's rate."""
        return self.month.endswith("-12")

    @property
    def told(self) -> tuple[float, float]:
        """What the headline tells, and the same of the baseline: the year's rounds, or the month's rate a year."""
        if self.is_whole_year:
            return self.year_rounds, self.year_baseline
        return self.rounds, self.baseline


def read_outlook(model: Model, scenario: Scenario, month: str) -> Reading:
    """Read a scenario off in one month. ValueError for a month outside the horizon."""
    check_month(month)
    nameplate_rounds = find_nameplate_path(model, scenario)
    surface, figures = compute_surface(model, scenario), compute_figure_surface(model, scenario)
    return _build_reading(model, scenario, month, nameplate_rounds, surface, figures)


def read_every_percent(model: Model, scenario: Scenario, month: str) -> list[Reading]:
    """As `read_outlook`, for every whole percent of nitrocellulose from 0 to 200."""
    check_month(month)
    nameplate_rounds = find_nameplate_path(model, scenario)
    surface, figures = compute_surface(model, scenario), compute_figure_surface(model, scenario)
    readings = []
    for supply in FINE_SUPPLY_GRID:
        scenario_at_supply = dataclasses.replace(scenario, nitrocellulose=float(supply))
        readings.append(
            _build_reading(model, scenario_at_supply, month, nameplate_rounds, surface, figures)
        )
    return readings


def _build_reading(
    model: Model,
    scenario: Scenario,
    month: str,
    nameplate_rounds: Array,
    surface: Surface,
    figure_surface: Array,
) -> Reading:
    month_place, year = MONTHS.index(month), int(month[:4])
    supply = scenario.nitrocellulose
    output = interpolate_position(surface.quantiles[MEDIAN_PLACE : MEDIAN_PLACE + 1], supply)[0]
    quantiles = interpolate_position(surface.quantiles[:, :, month_place], supply)
    figures = interpolate_position(figure_surface[:, :, month_place], supply)
    change = interpolate_position(surface.change[:, :, month_place], supply)
    year_quantiles = interpolate_position(surface.years[:, :, YEARS.index(year)], supply)
    stage_shares = surface.binds[find_nearest_position(supply), month_place]
    ranked = np.argsort(-stage_shares, kind="stable")
    baseline_output = find_baseline_path(model) * 12
    falls, back, lost = _find_fall(output, baseline_output, MONTHS.index(scenario.start))
    answer = Reading(
        month=month,
        rounds=float(output[month_place]),
        baseline=float(baseline_output[month_place]),
        nameplate=float(nameplate_rounds[month_place] * 12),
        p10=float(quantiles[0]),
        p90=float(quantiles[-1]),
        figure_p10=float(figures[0]),
        figure_p90=float(figures[-1]),
        change_p10=float(change[0]),
        change_p90=float(change[-1]),
        year_rounds=float(year_quantiles[MEDIAN_PLACE]),
        year_baseline=find_year_median(model, _BASELINE, year),
        year_p10=float(year_quantiles[0]),
        year_p90=float(year_quantiles[-1]),
        bottleneck=surface.order[ranked[0]],
        shares={surface.order[s]: float(stage_shares[s]) for s in ranked if stage_shares[s] > 0},
        falls=falls,
        back=back,
        lost=lost,
    )
    rounds, baseline = answer.told
    if rounds > baseline * (1 + SMALL_CHANGE) or lost < _SMALL_FALL * answer.year_baseline:
        return dataclasses.replace(answer, falls="", back="", lost=0.0)
    return answer


def _find_fall(output: Array, baseline: Array, start_place: int) -> tuple[str, str, float]:
    """The first month under the baseline, the first back after the last such one, and the rounds lost, from the start on.

    Parameters
    ----------
    output, baseline : Array, (months,)
        Rounds a year.
    start_place : int
        Place of the first month in which levers act.
    """
    is_under = output < baseline * (1 - _SMALL_FALL)
    is_under[:start_place] = False
    months_under = np.flatnonzero(is_under)
    if not len(months_under):
        return "", "", 0.0
    lost = float(np.maximum(baseline - output, 0.0)[start_place:].sum() / 12)
    recovery_place = int(months_under[-1]) + 1
    back = MONTHS[recovery_place] if recovery_place < len(MONTHS) else ""
    return MONTHS[months_under[0]], back, lost
