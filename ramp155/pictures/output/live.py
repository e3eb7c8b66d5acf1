"""What the live slider needs to draw by itself: output, bands and odds at every position, packed
for the browser.
"""

from __future__ import annotations

import base64
import dataclasses
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ramp155.answers.output.medians import (
    MEDIAN_PLACE,
    find_baseline_path,
    find_median_path,
    find_nameplate_path,
)
from ramp155.answers.output.nitrocellulose import compute_rounds_per_tonne, sum_stores
from ramp155.answers.output.odds import find_even_month
from ramp155.answers.output.surface import (
    SUPPLY_GRID,
    Surface,
    compute_figure_surface,
    compute_surface,
)
from ramp155.base.memory import remember
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import (
    LAST_PLANNED_MONTH,
    MONTHS,
    YEARS,
    find_forecast_month,
)
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.levers import find_acting_months
from ramp155.pictures.grammar.spec import list_values
from ramp155.pictures.output.axes import find_output_top
from ramp155.pictures.output.reports import list_european_reports
from ramp155.pictures.output.strip import SHORT_STAGE_NAMES
from ramp155.pictures.palette import BASELINE, EDGE, EUROPE, NAMEPLATE, QUIET, STAGE_COLOURS
from ramp155.record.dates import month_number
from ramp155.text.signs import BOUND_SIGNS, CLAIM_SIGNS
from ramp155.text.stages import name_stages


def pack_live_data(model: Model, scenario: Scenario, month: str) -> dict[str, Any]:
    """All the live slider needs to draw by itself, as JSON values: thousand rounds a year.

    For every fifth percent: the median of output, its likely range (P10, P90), where a published figure should
    fall, the share of draws in which each stage limits output, the stores, the rounds of the calendar year of
    `month` and the odds of each target in `month`. Packed as base64 of little-endian integers, row by row of
    `months`.
    """
    return _pack_live_surface(model, dataclasses.replace(scenario, nitrocellulose=1.0), month)


@remember
def _pack_live_surface(model: Model, scenario: Scenario, month: str) -> dict[str, Any]:
    response_surface = compute_surface(model, scenario)
    figures = compute_figure_surface(model, scenario)
    capacity = find_nameplate_path(model, scenario)[: MONTHS.index(LAST_PLANNED_MONTH) + 1]
    stage_labels, targets = name_stages(model.record), model.record.targets
    month_index = MONTHS.index(month)
    even_supplies = [
        [find_even_month(response_surface.reached[p, :, k]) for p in range(len(SUPPLY_GRID))]
        for k in range(len(targets))
    ]
    is_active = find_acting_months(scenario)
    return {
        "months": MONTHS,
        "at": month_index,
        "forecast": MONTHS.index(find_forecast_month(model.record)),
        "acts": [int(np.argmax(is_active)), int(is_active.sum())] if scenario.months else None,
        "top": find_output_top(model, scenario) / 1000,
        "p10": _pack_integers(response_surface.quantiles[0] / 1000, "<u2"),
        "p50": _pack_integers(response_surface.quantiles[MEDIAN_PLACE] / 1000, "<u2"),
        "p90": _pack_integers(response_surface.quantiles[-1] / 1000, "<u2"),
        "figureLow": _pack_integers(figures[0] / 1000, "<u2"),
        "figureHigh": _pack_integers(figures[1] / 1000, "<u2"),
        "year": _list_year_response(response_surface, int(month[:4])),
        "agree": _pack_integers(response_surface.binds * 100, "u1"),
        "stores": _pack_integers(np.minimum(sum_stores(model, scenario), 25) * 10, "u1"),
        "gain": _pack_integers(compute_rounds_per_tonne(model, scenario, month), "<u2"),
        "baseline": _round_to_thousands(find_baseline_path(model) * 12),
        "capacity": _round_to_thousands(capacity * 12),
        "stages": [
            {
                "label": stage_labels[s],
                "short": SHORT_STAGE_NAMES.get(s, stage_labels[s]),
                "colour": STAGE_COLOURS.get(s, BASELINE),  # an upload may bring a stage of its own
            }
            for s in response_surface.order
        ],
        "targets": [
            {
                "label": label,
                "rate": rate / 1000,
                "odds": [round(float(v), 4) for v in response_surface.reached[:, month_index, k]],
                "even": even_supplies[k],
            }
            for k, (label, rate) in enumerate(
                zip(targets["label"], targets["rounds_per_year"], strict=True)
            )
        ],
        "reports": _list_live_reports(model),
        "signs": {
            sign.name: {"path": sign.path, "filled": sign.is_filled}
            for sign in (*CLAIM_SIGNS, *BOUND_SIGNS)
        },
        "colours": {
            "scenario": EUROPE,
            "baseline": BASELINE,
            "nameplate": NAMEPLATE,
            "words": QUIET,
            "edge": EDGE,
        },
    }


def _list_year_response(surface: Surface, year: int) -> dict[str, Any]:
    """The rounds that leave complete in a calendar year at every fifth percent, thousands."""
    quantiles = surface.years[:, :, YEARS.index(year)]
    return {
        "year": year,
        "p10": _round_to_thousands(quantiles[0]),
        "p50": _round_to_thousands(quantiles[MEDIAN_PLACE]),
        "p90": _round_to_thousands(quantiles[-1]),
    }


def _list_live_reports(model: Model) -> list[dict[str, Any]]:
    return [
        {
            "at": month_number(report["date"][:7]) - month_number(MONTHS[0]) + 0.5,
            "counts": report["observable"],
            "sign": report["sign"],
            **{name: report[name] / 1000 for name in ("low", "high", "middle")},
            "bound": report["bound"],
            "text": f"{report['kind'].capitalize()}, counts {report['counting']}, of {report['subject']} for "
            f"{report['period']}: {report['bound']} {report['middle']:,.0f} rounds a year. {report['basis']} "
            f"({report['who']}, said {report['said_on']}, confidence {report['confidence']})",
        }
        for report in list_values(list_european_reports(model))
    ]


def list_live_path(model: Model, scenario: Scenario) -> list[float]:
    """A scenario's path, the median of its draws, as the live slider draws it, thousand rounds a year.

    Parameters
    ----------
    model : Model
        The record with its draws.
    scenario : Scenario
        Where the levers stand.

    Returns
    -------
    list of float, (months,)
        Thousand rounds a year.
    """
    return _round_to_thousands(find_median_path(model, scenario) * 12)


def _pack_integers(numbers: NDArray[Any], integer_type: str) -> str:
    """Numbers rounded to integers of a type, row by row, as base64; NaN counts as 0."""
    integers = np.rint(np.nan_to_num(numbers)).astype(integer_type)
    return base64.b64encode(np.ascontiguousarray(integers).tobytes()).decode()


def _round_to_thousands(numbers: NDArray[Any]) -> list[float]:
    """Rounds a year as thousand rounds a year, to a tenth."""
    return [round(float(v) / 1000, 1) for v in numbers]
