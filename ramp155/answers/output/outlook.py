"""What a scenario leads to: the output path with its band and what binds each month, and the
response curve of one month.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ramp155.answers.output.figure_band import (
    compute_figure_band,
    read_figure_error,
)
from ramp155.answers.output.medians import (
    MEDIAN_PLACE,
    compute_nameplates,
    find_baseline_path,
    find_limiting_stages,
)
from ramp155.answers.output.surface import (
    SUPPLY_GRID,
    compute_figure_surface,
    compute_surface,
    interpolate_position,
)
from ramp155.model.model import Model
from ramp155.model.quantiles import QUANTILE_LEVELS
from ramp155.model.scenario.horizon import DEFAULT_MONTH, MONTHS, check_month
from ramp155.model.scenario.scenario import Scenario


@dataclass(frozen=True, repr=False)
class Outlook:
    """What a scenario leads to. Every quantile is over draws.

    `path`: month (YYYY-MM), date (its first day, as pandas knows days), rounds_per_year (the median), baseline_rounds_per_year and nameplate_rounds_per_year
    (medians), p10, p25, p50, p75, p90, figure_p10, figure_p90 (where a figure of output published by a source
    of confidence B should fall), nameplate_p10, nameplate_p50, nameplate_p90 (likewise of capacity),
    change_p10, change_p50, change_p90 (against the same draws' baseline), bottleneck (the stage that limits output
    in most draws), bottleneck_share (the share of draws in which it does). Rates are annualised: twelve
    times the month's output. `response`: nitrocellulose (0 to 2), rounds_per_year (the median), bottleneck,
    bottleneck_share, p10, p90, for `month`.
    """

    scenario: Scenario
    month: str
    path: pd.DataFrame
    response: pd.DataFrame

    def __repr__(self) -> str:
        moved = ", ".join(
            f"{lever.name} {getattr(self.scenario, lever.name):g}" for lever in self.scenario.moved
        )
        return f"Outlook({moved or 'no lever moved'}; path of {len(self.path)} months, response in {self.month})"


def run_outlook(
    model: Model,
    scenario: Scenario | None = None,
    month: str = DEFAULT_MONTH,
) -> Outlook:
    """Simulate a scenario against the baseline.

    `month` is that of the response curve. Raises ValueError for a month outside the horizon and for
    coefficients of one's own that the model does not know.
    """
    scenario = scenario or Scenario()
    check_month(month)
    surface = compute_surface(model, scenario)
    stage_names = np.array(surface.order, dtype=object)
    month_place = MONTHS.index(month)
    quantiles = interpolate_position(surface.quantiles, scenario.nitrocellulose)
    change = interpolate_position(surface.change, scenario.nitrocellulose)
    figures = interpolate_position(compute_figure_surface(model, scenario), scenario.nitrocellulose)
    nameplates = compute_nameplates(model, scenario) * 12
    capacity_figures = compute_figure_band(
        nameplates, QUANTILE_LEVELS, read_figure_error(model.record)
    )
    limiting_stages, limiting_shares = find_limiting_stages(model, scenario)
    path = {
        "month": MONTHS,
        "date": pd.to_datetime(MONTHS),
        "rounds_per_year": quantiles[MEDIAN_PLACE],
        "baseline_rounds_per_year": find_baseline_path(model) * 12,
        "nameplate_rounds_per_year": np.median(nameplates, axis=1),
        **dict(zip(("p10", "p25", "p50", "p75", "p90"), quantiles, strict=True)),
        **dict(zip(("figure_p10", "figure_p90"), figures, strict=True)),
        **dict(
            zip(("nameplate_p10", "nameplate_p50", "nameplate_p90"), capacity_figures, strict=True)
        ),
        **dict(zip(("change_p10", "change_p50", "change_p90"), change, strict=True)),
        "bottleneck": stage_names[limiting_stages],
        "bottleneck_share": limiting_shares,
    }
    shares_at_month = surface.binds[:, month_place]
    response = {
        "nitrocellulose": SUPPLY_GRID,
        "rounds_per_year": surface.quantiles[MEDIAN_PLACE, :, month_place],
        "bottleneck": stage_names[shares_at_month.argmax(axis=1)],
        "bottleneck_share": shares_at_month.max(axis=1),
        "p10": surface.quantiles[0, :, month_place],
        "p90": surface.quantiles[-1, :, month_place],
    }
    return Outlook(scenario, month, pd.DataFrame(path), pd.DataFrame(response))
