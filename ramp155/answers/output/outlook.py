"""What a scenario leads to: the output path with its band and what binds each month, and the
response curve of one month.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ramp155.answers.output.central import (
    find_central_baseline,
    find_central_nameplate,
    find_central_path,
    sweep_supply,
)
from ramp155.answers.output.surface import (
    SUPPLY_GRID,
    compute_surface,
    find_nearest_position,
    interpolate_position,
)
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import DEFAULT_MONTH, MONTHS, check_month
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.plans import find_chain


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


def run_outlook(
    model: Model,
    scenario: Scenario | None = None,
    month: str = DEFAULT_MONTH,
) -> Outlook:
    """Simulate a scenario against the baseline.

    The model's accepted draws give the bands (0: none); `month` is that of the response curve.
    Raises ValueError for a month outside the horizon, a negative number of draws or coefficients of
    one's own that the model does not know.
    """
    scenario = scenario or Scenario()
    check_month(month)
    if model.draws < 0:
        raise ValueError("draws cannot be negative")
    output, binds = find_central_path(model, scenario)
    curve, curve_binds = (array[:, ::5] for array in sweep_supply(model, scenario))
    stage_names = np.array(find_chain(model.record).order, dtype=object)
    month_place = MONTHS.index(month)
    missing = np.full(len(MONTHS), np.nan)
    band_names = ("p10", "p50", "p90", "change_p10", "change_p50", "change_p90")
    path = {
        "month": MONTHS,
        "rounds_per_year": output * 12,
        "baseline_rounds_per_year": find_central_baseline(model) * 12,
        "nameplate_rounds_per_year": find_central_nameplate(model, scenario) * 12,
        **dict.fromkeys(band_names, missing),
        "bottleneck": stage_names[binds],
        "bottleneck_share": missing,
    }
    response = {
        "nitrocellulose": SUPPLY_GRID,
        "rounds_per_year": curve[month_place] * 12,
        "bottleneck": stage_names[curve_binds[month_place]],
        "p10": missing[: len(SUPPLY_GRID)],
        "p90": missing[: len(SUPPLY_GRID)],
    }
    if model.draws:
        drawn_surface = compute_surface(model, scenario)
        band_values = [
            *interpolate_position(drawn_surface.quantiles, scenario.nitrocellulose),
            *interpolate_position(drawn_surface.change, scenario.nitrocellulose),
        ]
        path |= dict(zip(band_names, band_values, strict=True))
        path["bottleneck_share"] = drawn_surface.binds[
            find_nearest_position(scenario.nitrocellulose), np.arange(len(MONTHS)), binds
        ]
        response["p10"], response["p90"] = (
            drawn_surface.quantiles[0, :, month_place],
            drawn_surface.quantiles[2, :, month_place],
        )
    return Outlook(scenario, month, pd.DataFrame(path), pd.DataFrame(response))
