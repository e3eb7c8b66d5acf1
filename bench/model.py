"""The library alone: one position, the whole surface, and the same equations in PySD, beside a
copy.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from ramp155.answers.goal.goal import seek_goal
from ramp155.answers.output.outlook import run_outlook
from ramp155.answers.output.surface import SUPPLY_GRID
from ramp155.answers.sensitivity.tornado import compute_tornado
from ramp155.history.status import list_statuses
from ramp155.model.chain.books import Stacked
from ramp155.model.chain.runs import run_chain
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.ensemble import simulate_ensemble
from ramp155.model.simulation.levers import prepare_scenario
from ramp155.model.simulation.plans import build_running_capacity
from ramp155.model.simulation.runs import POOL, run_scenario
from ramp155.record.records import Records, load

DRAWS = 2_000
_MEMORY = """
import numpy, ramp155
from ramp155 import Scenario
from ramp155.model.model import Model
from ramp155.model.simulation.ensemble import simulate_ensemble
from ramp155.model.simulation.runs import run_scenario
def peak():
    return next(int(l.split()[1]) / 1024 for l in open("/proc/self/status") if "VmHWM" in l)
records = ramp155.load()
run_scenario(Model(records, 0), Scenario())
before = peak()
simulate_ensemble(Model(records, 10_000), Scenario(), numpy.array([0.7, 1.0]), numpy.array([1e6]))
print(before, peak())
"""


def median_ms(work: Callable[[], object], times: int = 15) -> float:
    """Median milliseconds of a piece of work, after one run to warm up."""
    work()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def run(with_peer: bool = True) -> dict[str, float]:
    """Milliseconds of library time, each at a slider position not asked for before, and their ratios."""
    records = load()
    positions, days = iter(range(10_000)), iter(range(1, 31))

    def fresh() -> Scenario:
        return Scenario(nitrocellulose=0.3 + next(positions) / 10_000)

    targets = records.targets["rounds_per_year"].to_numpy()
    stacked = build_running_capacity(Model(records, draws=DRAWS), Scenario())
    result = {
        "one_scenario_ms": median_ms(lambda: run_outlook(Model(records), fresh())),
        "one_position_2000_draws_ms": median_ms(
            lambda: run_scenario(Model(records, draws=DRAWS), fresh()), 41
        ),
        "copy_2000_draw_arrays_ms": median_ms(stacked.array.copy, 41),
        "surface_41_positions_2000_draws_ms": median_ms(
            lambda: simulate_ensemble(
                Model(records, draws=DRAWS), Scenario(), SUPPLY_GRID, targets
            ),
            5,
        ),
        "status_of_all_lines_ms": median_ms(
            lambda: list_statuses(records, f"2025-06-{next(days):02d}")
        ),
        "goal_seek_ms": median_ms(lambda: _goal(records, next(positions)), 3),
        "tornado_ms": median_ms(lambda: compute_tornado(Model(records), fresh(), "2027-12")),
    }
    print("  the library", flush=True)
    one = result["one_position_2000_draws_ms"]
    result["one_position_over_copy"] = one / result["copy_2000_draw_arrays_ms"]
    if Path("/proc/self/status").exists():
        call = [sys.executable, "-c", _MEMORY]
        said = subprocess.run(call, capture_output=True, text=True, check=True).stdout
        before, after = map(float, said.split())
        result["rss_before_10000_draws_mb"], result["rss_peak_10000_draws_mb"] = before, after
    return result | (_pysd(records) if with_peer else {})


def _goal(records: Records, step: int) -> object:
    """A target not asked for before, so that no kept answer is measured."""
    return seek_goal(Model(records), Scenario(), 1_000_000.0 + step, "2028-12")


def _pysd(records: Records) -> dict[str, float]:
    """The same equations in PySD, on the same draws: as its guide has it, and with every trick."""
    from bench import pysd_peer  # here only: importing PySD takes seconds

    stacked, tree, factor, _, _ = prepare_scenario(Model(records, draws=DRAWS), Scenario())
    given = {s: stacked.array[row].copy() for row, s in enumerate(stacked.stages)}
    given["nitrocellulose"] *= 0.7
    mine = Stacked(tuple(given), np.stack(list(given.values())))
    ours = median_ms(lambda: run_chain(mine, tree, factor, pool=POOL), 21)
    path, _ = run_chain(mine, tree, factor)
    result = {"all_months_2000_draws_ms": ours}
    with tempfile.TemporaryDirectory() as folder:
        for name, labelled in (("pysd_bare_arrays", False), ("pysd_labelled", True)):
            (Path(folder) / name).mkdir()
            model = pysd_peer.load(tree, len(path), DRAWS, Path(folder) / name)
            theirs = pysd_peer.run(model, given, labelled=labelled)
            np.testing.assert_allclose(theirs, path, rtol=1e-6, atol=1e-6)
            taken = []
            for _ in range(3):
                start = time.perf_counter()
                pysd_peer.run(model, given, labelled=labelled)
                taken.append((time.perf_counter() - start) * 1000)
            result[f"{name}_ms"] = statistics.median(taken)
            result[f"{name}_over_ours"] = result[f"{name}_ms"] / ours
            print(f"  {name}", flush=True)
    return result
