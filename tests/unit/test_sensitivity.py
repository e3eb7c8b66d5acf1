from __future__ import annotations

import numpy as np
import pytest

from ramp155.answers.sensitivity.attribution import attribute_change
from ramp155.answers.sensitivity.sobol import compute_output_sobol, compute_sobol
from ramp155.answers.sensitivity.tornado import compute_tornado
from ramp155.model.coefficients.positions import list_families
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.runs import run_scenario
from ramp155.record.records import Records


def ishigami(sets: np.ndarray, a: float = 7.0, b: float = 0.1) -> np.ndarray:
    x, y, z = sets.T
    return np.sin(x) + a * np.sin(y) ** 2 + b * z**4 * np.sin(x)


def test_sobol_indices_of_the_ishigami_function_are_reproduced() -> None:
    """Closed form: Ishigami and Homma 1990."""
    table = compute_sobol(["x", "y", "z"], [(-np.pi, np.pi)] * 3, ishigami, samples=4096)
    indices = table.set_index("name")
    a, b = 7.0, 0.1
    variance = a**2 / 8 + b * np.pi**4 / 5 + b**2 * np.pi**8 / 18 + 0.5
    x = 0.5 * (1 + b * np.pi**4 / 5) ** 2 / variance
    y = a**2 / 8 / variance
    xz = b**2 * np.pi**8 * (1 / 18 - 1 / 50) / variance
    for name, first, total in (("x", x, x + xz), ("y", y, y), ("z", 0.0, xz)):
        assert indices.loc[name, "first"] == pytest.approx(first, abs=0.02)
        assert indices.loc[name, "total"] == pytest.approx(total, abs=0.02)


def test_sobol_indices_and_their_errors_are_the_same_twice() -> None:
    """scipy's own bootstrap cannot be seeded: ours is, and narrows as it should, with the root of the points."""
    few, again, many = (
        compute_sobol(["x", "y", "z"], [(-np.pi, np.pi)] * 3, ishigami, samples=samples)
        for samples in (256, 256, 4096)
    )
    assert few.equals(again)
    shrunk = (many.set_index("name") / few.set_index("name"))["total_error"]
    assert shrunk.between(1 / 8, 1 / 2).all()


def test_sobol_of_the_model_names_what_the_tornado_names(records: Records) -> None:
    shares = compute_output_sobol(records, Scenario(), "2027-12", samples=64)
    table = compute_tornado(records, Scenario(), "2027-12")
    assert set(shares["name"]) == set(table["name"]) == set(list_families(records))
    assert set(shares["name"].head(3)) <= set(table["name"].head(7))
    idle = table.loc[table["swing"] == 0, "name"]
    assert (shares.set_index("name").loc[idle, "first"].abs() < 0.1).all()


def test_the_tornado_is_what_one_run_after_another_gives(records: Records) -> None:
    table = compute_tornado(records, Scenario(nitrocellulose=0.8), "2027-12").set_index("name")
    assert table["swing"].is_monotonic_decreasing
    rows = records.assumptions.set_index("assumption_id")
    for name in ("nitrocellulose_fraction", "utilisation", "ratio_fuze"):
        for end in ("low", "high"):
            one = Scenario(nitrocellulose=0.8, assume=((name, float(rows.loc[name, end])),))
            output, _ = run_scenario(Model(records, draws=0), one)
            exact = output[MONTHS.index("2027-12"), 0] * 12
            assert table.loc[name, f"rounds_at_{end}"] == pytest.approx(exact)


def test_causes_add_up_to_the_change(records: Records) -> None:
    edits = (("nitrocellulose_fraction", 0.7),)
    for what in (
        Scenario(nitrocellulose=0.7),
        Scenario(assume=edits),
        Scenario(nitrocellulose=0.7, explosive=0.6, assume=edits),
    ):
        origins = attribute_change(Model(records), what, "2027-12", before=1_100_000.0)
        parts = origins.record + origins.assumptions + origins.levers
        assert origins.after - origins.before == pytest.approx(parts)
        output, _ = run_scenario(Model(records, draws=0), what)
        assert origins.after == pytest.approx(output[MONTHS.index("2027-12"), 0] * 12)
    alone = attribute_change(Model(records), Scenario(nitrocellulose=0.7), "2027-12")
    assert alone.record == 0
    assert alone.assumptions == 0
    assert alone.levers < 0
    same = attribute_change(Model(records), Scenario(), "2027-12")
    assert (same.levers, same.assumptions, same.record) == (0, 0, 0)
