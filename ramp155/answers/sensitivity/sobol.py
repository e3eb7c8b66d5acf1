"""First- and total-order Sobol indices of any function of uniform inputs, and of output over the coefficients' full ranges."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from ramp155.answers.sensitivity.labels import label_coefficients
from ramp155.base.memory import remember
from ramp155.model.arrays import Array
from ramp155.model.coefficients.positions import SEED, find_coefficients_at, list_families
from ramp155.model.scenario.horizon import MONTHS, check_month
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.runs import run_coefficients
from ramp155.record.records import Records

_SETS_AT_A_TIME = 2_000  # sets of coefficients simulated at a time


def compute_sobol(
    names: Sequence[str],
    bounds: Sequence[tuple[float, float]],
    function: Callable[[Array], Array],
    samples: int = 256,
    seed: int = SEED,
) -> pd.DataFrame:
    """First- and total-order Sobol indices of a function of independent, uniform inputs (SALib).

    `function` takes (sets, inputs) and gives (sets,). Columns: name, first, first_error, total,
    total_error (half widths of 95 % intervals); largest total first. Saltelli's design with `samples`
    base points, a power of two: samples x (inputs + 2) sets.
    """
    from SALib.analyze import (
        sobol as analyze,
    )  # here only: it costs a second, and is asked for rarely
    from SALib.sample import sobol as sample

    problem = {"num_vars": len(names), "names": list(names), "bounds": [list(b) for b in bounds]}
    sets = sample.sample(problem, samples, calc_second_order=False, seed=seed)
    indices = analyze.analyze(problem, function(sets), calc_second_order=False, seed=seed)
    table = pd.DataFrame(
        {
            "name": list(names),
            "first": indices["S1"],
            "first_error": indices["S1_conf"],
            "total": indices["ST"],
            "total_error": indices["ST_conf"],
        }
    )
    return table.sort_values("total", ascending=False, kind="stable").reset_index(drop=True)


@remember
def compute_output_sobol(
    records: Records, scenario: Scenario, month: str, samples: int = 256
) -> pd.DataFrame:
    """Sobol indices of output in a month over the coefficients' full ranges, before the fit.

    Inputs are quantile positions of the coefficients (totals of one stage share theirs), so an index is
    the share of the variance that a coefficient explains alone (first) or with others (total).
    As `sobol`, with label.
    """
    check_month(month)
    names = list_families(records)
    month_place = MONTHS.index(month)

    def simulate_rounds(sets: Array) -> Array:
        chunk_rounds = []
        for begin in range(0, len(sets), _SETS_AT_A_TIME):
            chunk = sets[begin : begin + _SETS_AT_A_TIME]
            positions = {name: chunk[:, place] for place, name in enumerate(names)}
            params = find_coefficients_at(records, positions)
            chunk_rounds.append(run_coefficients(records, params, scenario)[0][month_place] * 12)
        return np.concatenate(chunk_rounds)

    table = compute_sobol(names, [(0.0, 1.0)] * len(names), simulate_rounds, samples)
    labels = label_coefficients(records)
    return table.assign(label=[labels[name][0] for name in table["name"]])
