"""How much of each stage's capacity named lines account for, in rounds, and how much is
unattributed.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from ramp155.base.memory import remember
from ramp155.model.arrays import Array, Params
from ramp155.model.capacity.growth import sum_reported_rates
from ramp155.model.capacity.needs import compute_line_scale, compute_needs
from ramp155.model.capacity.stages import build_capacity
from ramp155.model.coefficients.draws import draw_coefficients
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import FIRST_MONTH_NUMBER, MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.plans import build_plan_capacity
from ramp155.record.records import Records


def compute_reported_rounds(records: Records, params: Params) -> dict[str, Array]:
    """What named lines report as reached.

    Parameters
    ----------
    records : Records
        Whose lines are added up.
    params : Params
        assumption_id -> coefficients, (draws,), in their own units.

    Returns
    -------
    dict of str to Array, (months, draws)
        stage -> rounds a month.
    """
    need = compute_needs(records, params)
    stage_rows = {stage_row.stage: stage_row for stage_row in records.list_stages()}
    rounds_by_stage = {}
    for stage, rates in sum_reported_rates(records).items():
        stage_row = stage_rows[stage]
        share = params[stage_row.share] if stage_row.share else 1.0
        if rates.any():
            rounds_by_stage[stage] = rates[:, None] * compute_line_scale(
                stage, stage_row.lines_share, params, share, need
            )
    return rounds_by_stage


def count_rounds_on_record(records: Records, params: Params) -> dict[str, float]:
    """What named lines were reported to make by the record's end.

    Parameters
    ----------
    records : Records
        Whose lines are added up.
    params : Params
        assumption_id -> coefficients, (draws,), in their own units.

    Returns
    -------
    dict of str to float
        stage -> rounds a year, the median over draws.
    """
    last_month = records.end.year * 12 + records.end.month - 1 - FIRST_MONTH_NUMBER
    reported_rounds = compute_reported_rounds(records, params)
    return {
        stage: float(np.median(rounds[last_month])) * 12
        for stage, rounds in reported_rounds.items()
    }


def find_named_capacity(records: Records, params: Params, plans: Scenario) -> dict[str, Array]:
    """The part of each stage's capacity that named lines report.

    Parameters
    ----------
    records : Records
        Whose lines are added up.
    params : Params
        assumption_id -> coefficients, (draws,), in their own units.
    plans : Scenario
        What becomes of lines under way.

    Returns
    -------
    dict of str to Array, (months, draws)
        stage -> rounds a month.
    """
    capacity = build_capacity(records, params, plans)
    reported = compute_reported_rounds(records, params)
    named = {}
    for stage, array in capacity.stages.items():
        named[stage] = np.minimum(reported.get(stage, 0.0) + capacity.lines[stage], array)
    return named


@remember
def compute_attributed_capacity(model: Model) -> pd.DataFrame:
    """How much of each stage's baseline capacity named lines account for, by month.

    Columns: month, stage, attributed, unattributed, in rounds a year the stage is enough for: medians over draws.
    """
    params = draw_coefficients(model).params
    named = find_named_capacity(model.record, params, Scenario())
    frames = []
    for stage, array in build_plan_capacity(model, Scenario()).stages.items():
        attributed = np.median(named[stage], axis=1) * 12
        unattributed = np.maximum(np.median(array, axis=1) * 12 - attributed, 0.0)
        columns = {"month": MONTHS, "stage": stage, "attributed": attributed}
        frames.append(pd.DataFrame({**columns, "unattributed": unattributed}))
    return pd.concat(frames, ignore_index=True)
