"""What the answer hangs on: the runs with the lowest fifth of each coefficient against those with the highest."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ramp155.answers.sensitivity.labels import find_family, label_families, say_coefficient
from ramp155.base.memory import remember
from ramp155.model.arrays import Array, Params, Places
from ramp155.model.coefficients.draws import draw_coefficients
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS, check_month
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.runs import run_scenario

_PARTS = 5  # draws are compared by fifths


@remember
def compute_tornado(model: Model, scenario: Scenario, month: str) -> pd.DataFrame:
    """Output of the draws with the lowest fifth of each coefficient against those with the highest.

    Columns: name (family), label, low, high (its mean in the two fifths, in words), rounds_at_low, rounds_at_high
    (median output of these draws in `month`, rounds a year), swing, share (of the variance between draws that the
    coefficient's fifths explain, 0 to 1); largest swing first. Of a stage's totals the last one up to the month is
    taken. Coefficients that are the same in all draws are left out.
    """
    check_month(month)
    rounds = run_scenario(model, scenario)[0][MONTHS.index(month)] * 12
    params = draw_coefficients(model, scenario.assume).params
    labels = label_families(model.record)
    table_rows = []
    for family, coefficient in _pick_members(params, month).items():
        if np.ptp(coefficient) == 0:
            continue
        ranked = np.argsort(coefficient, kind="stable")
        count = max(len(ranked) // _PARTS, 1)
        lowest, highest = ranked[:count], ranked[-count:]
        label, unit = labels.get(family, (family, ""))
        at_low, at_high = float(np.median(rounds[lowest])), float(np.median(rounds[highest]))
        table_rows.append(
            {
                "name": family,
                "label": label,
                "low": say_coefficient(float(coefficient[lowest].mean()), unit),
                "high": say_coefficient(float(coefficient[highest].mean()), unit),
                "rounds_at_low": at_low,
                "rounds_at_high": at_high,
                "swing": abs(at_high - at_low),
                "share": _explain_variance(rounds, ranked),
            }
        )
    table = pd.DataFrame(table_rows)
    return table.sort_values("swing", ascending=False, kind="stable").reset_index(drop=True)


def _pick_members(params: Params, month: str) -> dict[str, Array]:
    """family -> the coefficient that stands for it; of several by date the last one up to the month.

    The delays of single lines are left out: their mean is among the coefficients.
    """
    members: dict[str, Array] = {}
    for name in sorted(params):
        family = find_family(name)
        is_later = family != name and name.rsplit("_", 1)[1] > month
        if "/" not in name and (family not in members or not is_later):
            members[family] = params[name]
    return members


def _explain_variance(rounds: Array, ranked: Places) -> float:
    """Share of the variance of `rounds` between the fifths of a ranking, less what chance alone would give."""
    draws = len(rounds)
    total = float(((rounds - rounds.mean()) ** 2).sum())
    if total == 0 or draws <= _PARTS:
        return 0.0
    within = sum(
        float(((rounds[part] - rounds[part].mean()) ** 2).sum())
        for part in np.array_split(ranked, _PARTS)
    )
    return max(0.0, 1 - within / (draws - _PARTS) / (total / (draws - 1)))
