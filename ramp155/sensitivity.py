"""What an answer hangs on: a tornado, Sobol indices, and which part of a change comes from what."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from ramp155 import ensemble, outlook, simulation
from ramp155.chain import Array
from ramp155.records import Records
from ramp155.scenario import MONTHS, Scenario

_COLUMNS = 2_000  # sets of coefficients simulated at a time


@lru_cache(maxsize=32)
def tornado(records: Records, scenario: Scenario, month: str) -> pd.DataFrame:
    """One coefficient at a time from its low to its high, all others at their middle.

    Totals of one stage move together. Columns: name (family), label, low, high (its range in words),
    rounds_at_low, rounds_at_high (rounds a year in `month`), swing; largest swing first.
    """
    outlook.check_month(month)
    names = ensemble.families(records)
    rows = records.assumptions[records.assumptions["kind"] == "model"]
    params = {k: np.repeat(v, 2 * len(names)) for k, v in ensemble.central(records).items()}
    for row in rows.itertuples():
        place = names.index(ensemble.family(row.assumption_id)) * 2
        params[row.assumption_id][place : place + 2] = row.low, row.high
    output, _ = simulation.outputs_at(records, params, scenario)
    rounds = output[MONTHS.index(month)] * 12
    told = _labels(records)
    table = pd.DataFrame(
        {
            "name": names,
            "label": [told[name][0] for name in names],
            "low": [told[name][1] for name in names],
            "high": [told[name][2] for name in names],
            "rounds_at_low": rounds[::2],
            "rounds_at_high": rounds[1::2],
        }
    )
    table["swing"] = (table["rounds_at_high"] - table["rounds_at_low"]).abs()
    return table.sort_values("swing", ascending=False, kind="stable").reset_index(drop=True)


def _labels(records: Records) -> dict[str, tuple[str, str, str]]:
    """family -> label, low and high in words (a stage's totals: the range of the last)."""
    found: dict[str, tuple[str, str, str]] = {}
    for row in records.assumptions[records.assumptions["kind"] == "model"].itertuples():
        name = ensemble.family(row.assumption_id)
        label = found[name][0] if name in found else re.sub(r", (end of )?\d{4}$", "", row.label)
        unit = "" if row.unit in ("fraction", "x") else f" {row.unit}"
        found[name] = (label, f"{_figure(row.low)}{unit}", f"{_figure(row.high)}{unit}")
    return found


def _figure(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def sobol(
    names: Sequence[str],
    bounds: Sequence[tuple[float, float]],
    function: Callable[[Array], Array],
    samples: int = 256,
    seed: int = ensemble.SEED,
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
    found = analyze.analyze(problem, function(sets), calc_second_order=False, seed=seed)
    table = pd.DataFrame(
        {
            "name": list(names),
            "first": found["S1"],
            "first_error": found["S1_conf"],
            "total": found["ST"],
            "total_error": found["ST_conf"],
        }
    )
    return table.sort_values("total", ascending=False, kind="stable").reset_index(drop=True)


@lru_cache(maxsize=16)
def of_output(records: Records, scenario: Scenario, month: str, samples: int = 256) -> pd.DataFrame:
    """Sobol indices of output in a month over the coefficients' full ranges, before the fit.

    Inputs are quantile positions of the coefficients (totals of one stage share theirs), so an index is
    the share of the variance that a coefficient explains alone (first) or with others (total).
    As `sobol`, with label.
    """
    outlook.check_month(month)
    names = ensemble.families(records)
    at = MONTHS.index(month)

    def rounds(sets: Array) -> Array:
        found = []
        for begin in range(0, len(sets), _COLUMNS):
            part = sets[begin : begin + _COLUMNS]
            positions = {name: part[:, place] for place, name in enumerate(names)}
            params = ensemble.at_positions(records, positions)
            found.append(simulation.outputs_at(records, params, scenario)[0][at] * 12)
        return np.concatenate(found)

    table = sobol(names, [(0.0, 1.0)] * len(names), rounds, samples)
    told = _labels(records)
    return table.assign(label=[told[name][0] for name in table["name"]])


@dataclass(frozen=True)
class Attribution:
    """Where a change of output in a month comes from, in rounds a year, at central coefficients.

    `before` is the older baseline, `after` the scenario now; `record` (newer data or model),
    `assumptions` (coefficients of one's own) and `levers` add up to the difference exactly.
    """

    before: float
    record: float
    assumptions: float
    levers: float
    after: float


def attribute(
    records: Records, scenario: Scenario, month: str, before: float | None = None
) -> Attribution:
    """Split a scenario's change in a month into its causes.

    `before` is the baseline that an older record gave for that month, in rounds a year (None: today's).
    Levers and assumptions act on each other; each gets the mean of what it does alone and after the
    other (Shapley 1953).
    """
    outlook.check_month(month)
    at = MONTHS.index(month)

    def rounds(what: Scenario) -> float:
        return float(simulation.outputs(records, 0, what)[0][at, 0]) * 12

    base, both = rounds(Scenario()), rounds(scenario)
    levers, edits = rounds(scenario.levers), rounds(Scenario(assume=scenario.assume))
    return Attribution(
        before=base if before is None else before,
        record=0.0 if before is None else base - before,
        assumptions=((edits - base) + (both - levers)) / 2,
        levers=((levers - base) + (both - edits)) / 2,
        after=both,
    )
