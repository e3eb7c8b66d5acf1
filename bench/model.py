"""The library alone: one scenario, 2,000 draws, and the whole surface, beside copying its arrays."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import ramp155
from ramp155 import Scenario, outlook


def median_ms(work: Callable[[], object], times: int = 15) -> float:
    """Median milliseconds of a piece of work, after one run to warm up."""
    work()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def run() -> dict[str, float]:
    """Milliseconds of library time, each at a slider position not asked for before."""
    records = ramp155.load()
    positions = iter(range(10_000))

    def fresh() -> Scenario:
        return Scenario(nitrocellulose=0.3 + next(positions) / 10_000)

    def surface() -> object:
        return outlook._surface.__wrapped__(records, outlook_draws, Scenario())

    outlook_draws = 200
    arrays = outlook._running(records, 2000, Scenario())
    return {
        "one_scenario_ms": median_ms(lambda: ramp155.run(records, fresh())),
        "batch_2000_draws_ms": median_ms(lambda: outlook._simulate(records, 2000, fresh())),
        "copy_2000_draw_arrays_ms": median_ms(lambda: [a.copy() for a in arrays.values()]),
        "surface_41_positions_200_draws_ms": median_ms(surface, 5),
        "status_of_all_lines_ms": median_ms(lambda: ramp155.status(records, "2025-06-30")),
    }
