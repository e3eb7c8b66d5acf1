"""What a plant is still to add to each stage of Europe's chain: by stage only, never what its loss would do."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ramp155.base.memory import remember
from ramp155.model.arrays import Array
from ramp155.model.capacity.growth import LineTable, tabulate_growth
from ramp155.model.capacity.needs import compute_line_scale
from ramp155.model.capacity.stages import sum_lines
from ramp155.model.coefficients.draws import draw_coefficients
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import LAST_PLANNED_MONTH, MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.plans import build_plan_capacity

_LEVELS = (0.1, 0.5, 0.9)


@dataclass(frozen=True)
class Addition:
    """What a plant's lines add to a `stage` after the record's end, by a `month`: low, middle and high.

    `added` and `europe` (the whole stage's capacity) are in rounds a year that they are enough for; what stood
    at the record's end is inside Europe's figure, not in what is added.
    """

    stage: str
    month: str
    added: tuple[float, float, float]
    europe: tuple[float, float, float]


@remember
def compute_additions(
    model: Model, site_id: str, month: str = LAST_PLANNED_MONTH
) -> tuple[Addition, ...]:
    """What a plant of the counted countries adds by stage up to a month, in the order of the chain.

    Parameters
    ----------
    model : Model
        The record with its draws.
    site_id : str
        A plant of the record.
    month : str
        One of `MONTHS`.

    Returns
    -------
    tuple of Addition
        Rounds a year; empty for a plant that adds nothing in the model.
    """
    place = MONTHS.index(month)
    additions = []
    for stage, added in trace_additions(model, site_id).items():
        europe = build_plan_capacity(model, Scenario()).stages[stage][place] * 12
        additions.append(
            Addition(stage, month, _find_range(added[place] * 12), _find_range(europe))
        )
    return tuple(additions)


def trace_additions(model: Model, site_id: str) -> dict[str, Array]:
    """What a plant's lines add to each stage after the record's end, in every draw.

    Parameters
    ----------
    model : Model
        The record with its draws.
    site_id : str
        A plant of the record.

    Returns
    -------
    dict of Array, (months, draws)
        Stage -> rounds a month.
    """
    tables = list_growth_tables(model, site_id)
    if not tables:
        return {}
    params = draw_coefficients(model).params
    need = build_plan_capacity(model, Scenario()).need
    traced = {}
    for stage_row in model.record.list_stages():
        if stage_row.stage not in tables:
            continue
        share = params[stage_row.share] if stage_row.share else 1.0
        scale = compute_line_scale(stage_row.stage, stage_row.lines_share, params, share, need)
        traced[stage_row.stage] = sum_lines(tables[stage_row.stage], params, Scenario()) * scale
    return traced


def list_growth_tables(model: Model, site_id: str) -> dict[str, tuple[LineTable, ...]]:
    """Stage -> the growth of a plant's own lines."""
    site_of_line = model.record.full_lines["site_id"]
    tables = {
        stage: tuple(table for table in tables if site_of_line[table.line_id] == site_id)
        for stage, tables in tabulate_growth(model.record).items()
    }
    return {stage: site_tables for stage, site_tables in tables.items() if site_tables}


def _find_range(rounds: Array) -> tuple[float, float, float]:
    low, middle, high = np.quantile(rounds, _LEVELS)
    return float(low), float(middle), float(high)
