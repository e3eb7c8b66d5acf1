from __future__ import annotations

import dataclasses
import sys
import tracemalloc
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from ramp155.answers.output.outlook import run_outlook
from ramp155.answers.output.surface import compute_surface
from ramp155.base.memory import Memory
from ramp155.model.capacity.ramps import list_ramps
from ramp155.model.capacity.stages import build_capacity
from ramp155.model.coefficients.draws import draw_accepted, draw_coefficients
from ramp155.model.model import Model
from ramp155.model.quantiles import PATH_LEVELS, QUANTILE_LEVELS, compute_bands
from ramp155.model.reductions import compute_quantiles
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.ensemble import simulate_ensemble
from ramp155.model.simulation.plans import build_running_capacity, find_chain
from ramp155.model.simulation.runs import run_scenario, trace_scenario
from ramp155.record.records import Records

MIXED = Scenario(
    nitrocellulose=0.8,
    linters=0.9,
    explosive=0.9,
    shifts=1.1,
    start="2026-07",
    months=30,
    reserve=2,
)


def test_quantiles_and_shares_are_those_of_the_draws(records: Records) -> None:
    goals = np.array([500_000.0, 1_200_000.0])
    grid = np.array([0.0, 0.4, 0.8, 1.0, 2.0])
    ensemble = simulate_ensemble(Model(records, draws=137), MIXED, grid, goals)
    base, _ = run_scenario(Model(records, draws=137), Scenario())
    for place, supply in enumerate(grid):
        here = dataclasses.replace(MIXED, nitrocellulose=float(supply))
        output, binds = run_scenario(Model(records, draws=137), here)
        exact = np.quantile(output, PATH_LEVELS, axis=1)
        np.testing.assert_allclose(ensemble.quantiles[:, place], exact, rtol=1e-12, atol=1e-9)
        change = np.quantile(output - base, QUANTILE_LEVELS, axis=1)
        np.testing.assert_allclose(ensemble.change[:, place], change, rtol=1e-12, atol=1e-9)
        for k, goal in enumerate(goals):
            share = (output * 12 >= goal).mean(axis=1)
            np.testing.assert_allclose(ensemble.reached[place, :, k], share)
        shares = [(binds == s).mean(axis=1) for s in range(len(find_chain(records).order))]
        np.testing.assert_allclose(ensemble.binds[place], np.array(shares).T)


def test_quantiles_are_in_order_everywhere(records: Records) -> None:
    for what in (Scenario(), MIXED, Scenario(linters=0.0), Scenario(extra_delay=24)):
        surface = compute_surface(Model(records, draws=60), what)
        for band in (surface.quantiles, surface.change):
            assert (np.diff(band, axis=0) >= -1e-9).all()


def test_quantiles_of_ties_and_singles() -> None:
    levels = QUANTILE_LEVELS
    rng = np.random.default_rng(1)
    for values in (
        np.zeros(50),
        np.array([3.0]),
        np.repeat([1.0, 2.0], 25),
        rng.integers(0, 3, 101).astype(float),
        np.arange(200.0)[::-1].copy(),
        rng.random(999),
    ):
        quantiles = np.empty(3)
        compute_quantiles(values.copy(), levels, quantiles)
        np.testing.assert_allclose(quantiles, np.quantile(values, levels), rtol=1e-12)


def test_sharing_draws_out_over_threads_changes_nothing(records: Records) -> None:
    alone, who = run_scenario(Model(records, draws=700), MIXED, shared=False)
    shared, names = run_scenario(Model(records, draws=700), MIXED)
    np.testing.assert_array_equal(alone, shared)
    np.testing.assert_array_equal(who, names)


def test_books_and_forecast_are_the_same_run(records: Records) -> None:
    output, binds = run_scenario(Model(records, draws=50), MIXED)
    books = trace_scenario(Model(records, draws=50), MIXED)
    np.testing.assert_array_equal(books.output, output)
    np.testing.assert_array_equal(books.binds, binds)
    assert (books.reserve >= 0).all()
    assert (np.diff(books.reserve, axis=0) <= 1e-9).all()  # the safety stock is not refilled


def test_many_draws_fit_in_little_memory(records: Records) -> None:
    fresh = dataclasses.replace(records, memory=Memory())
    tracemalloc.start()
    simulate_ensemble(Model(fresh, draws=10_000), Scenario(), np.array([0.7]), np.array([1e6]))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 400e6


def calls(work: Callable[[], object]) -> int:
    """How many functions a piece of work calls: what it costs, whatever else the machine does."""
    counted = 0

    def count(_frame: object, event: str, _of: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return counted


def test_more_draws_are_no_more_steps(records: Records) -> None:
    """Draws are columns of arrays: none is gone through by itself, and arrays grow as they do."""
    few, many = 1_000, 10_000
    for draws in (few, many):
        run_scenario(Model(records, draws=draws), MIXED)
    once = calls(lambda: run_scenario(Model(records, draws=few), MIXED))
    assert 10 < calls(lambda: run_scenario(Model(records, draws=many), MIXED)) < once * 1.5
    sizes = [
        build_running_capacity(Model(records, draws=draws), MIXED.plans).array.size
        for draws in (few, many)
    ]
    assert sizes[1] == 10 * sizes[0]


def more_lines(records: Records, times: int) -> Records:
    """The record with every line and its events so many times over."""

    def copies(table: pd.DataFrame, *keys: str) -> pd.DataFrame:
        parts = [table]
        for copy in range(1, times):
            again = table.copy()
            for key in keys:
                again[key] = again[key] + f"-copy{copy}"
            parts.append(again)
        return pd.concat(parts, ignore_index=True)

    return dataclasses.replace(
        records,
        lines=copies(records.lines, "line_id"),
        events=copies(records.events, "line_id", "event_id"),
    )


def test_steps_grow_linearly_with_lines(records: Records) -> None:
    taken = []
    for times in (2, 10):
        many = more_lines(records, times)
        params = draw_accepted(Model(many, draws=20))
        taken.append(calls(lambda many=many, at=params: build_capacity(many, at, Scenario())))
        assert len(list_ramps(many)) == times * len(list_ramps(records))
    assert 100 < taken[1] < 5 * taken[0] * 1.1


def test_edits_keep_the_draws_they_came_from(records: Records) -> None:
    base = draw_coefficients(Model(records, draws=200))
    edited = draw_coefficients(Model(records, draws=200), (("utilisation", 0.85),))
    assert 0.02 < edited.fit_share < 2
    assert len(edited.kept) == 200
    assert (np.diff(edited.kept) >= 0).all()  # draws that agree better stand several times
    assert (edited.params["utilisation"] == 0.85).all()
    for name in ("nitrocellulose_fraction", "slip_months"):
        np.testing.assert_array_equal(edited.params[name], base.params[name][edited.kept])


def test_an_edit_that_contradicts_the_reports_says_so(records: Records) -> None:
    odd = draw_coefficients(Model(records, draws=200), (("modules_per_round", 30.0),))
    assert odd.contradicts
    assert len(odd.kept) == 200
    assert odd.fit_share < 0.02


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (("magic", 1.0), "not a coefficient"),
        (("utilisation", 3.0), "outside"),
        (("slip_months", -1.0), "outside"),
        (("reported_powder_per_module_1", 2.0), "not a coefficient"),
    ],
)
def test_edits_out_of_bounds_are_refused(
    records: Records, edit: tuple[str, float], says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        run_outlook(Model(records, draws=100), Scenario(assume=(edit,)))


def test_bands_are_numpys_quantiles() -> None:
    values = np.random.default_rng(1).lognormal(size=(7, 101))
    values[3, 5] = np.nan
    bands = compute_bands(values, QUANTILE_LEVELS)
    np.testing.assert_allclose(bands, np.quantile(values, QUANTILE_LEVELS, axis=1))
