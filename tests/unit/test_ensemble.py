from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ramp155.answers.output.fit_report import report_fit
from ramp155.base.memory import Memory
from ramp155.history.slips import list_slips
from ramp155.model.coefficients.draws import draw_accepted
from ramp155.model.coefficients.fit import find_agreeing_draws
from ramp155.model.coefficients.positions import (
    draw_latin_hypercube,
    find_coefficients_at,
    list_families,
)
from ramp155.model.model import Model
from ramp155.record.read import DATA
from ramp155.record.records import Records, load


def test_the_central_run_lies_inside_the_reports(records: Records) -> None:
    report = report_fit(Model(records, draws=200))
    assert len(report) == 8
    assert (report["central"] >= report["reported_low"]).all()
    assert (report["central"] <= report["reported_high"]).all()
    assert (report["p10"] >= report["reported_low"]).all()
    assert (report["p90"] <= report["reported_high"]).all()


def test_the_published_ranges_lie_inside_the_spread_of_their_claims(
    records: Records,
) -> None:
    claims = records.claims.set_index("claim_id")
    per_year = {"rounds/month": 12, "rounds/day": 365}
    for target in records.calibration.itertuples():
        rows = claims.loc[target.claim_ids.split()]
        scale = rows["unit"].map(per_year).fillna(1)
        spread = pd.concat([rows["low"] * scale, rows["high"] * scale])
        # Ranges may reach past the claims by little: between a report of one year and the next.
        assert target.high <= spread.max() * 1.15, target.target_id
        assert target.low >= spread.min() * 0.7, target.target_id


def test_draws_agree_with_the_reports_and_repeat(records: Records) -> None:
    params = draw_accepted(Model(records, draws=300))
    assert all(len(v) == 300 for v in params.values())
    assert find_agreeing_draws(records, params).all()
    again = draw_accepted(Model(dataclasses.replace(records, memory=Memory()), draws=300))
    for name, values in params.items():
        np.testing.assert_array_equal(values, again[name])


def test_draws_span_their_triangles(records: Records) -> None:
    positions = draw_latin_hypercube(list_families(records), 4000, seed=1)
    sample = find_coefficients_at(records, positions)
    rows = records.assumptions[records.assumptions["kind"] == "model"].set_index("assumption_id")
    slips = sample.pop("slip_months")
    recorded_slips = np.maximum(list_slips(records), 0)
    for level in (0.1, 0.25, 0.5, 0.75, 0.9):  # slips are drawn from those in the record
        assert np.quantile(slips, level) == pytest.approx(np.quantile(recorded_slips, level), abs=1)
    for name, values in sample.items():
        low, mode, high = rows.loc[name, ["low", "mode", "high"]]
        assert (values >= low).all()
        assert (values <= high).all()
        assert values.mean() == pytest.approx((low + mode + high) / 3, rel=0.01, abs=1e-4)


def test_the_fit_uses_the_claims_it_names(tmp_path: Path) -> None:
    """Move a reported range away and no draw agrees: the calibration is not for show."""
    copy = Path(shutil.copytree(DATA, tmp_path / "data"))
    table = pd.read_csv(copy / "calibration.csv", dtype=str)
    table.loc[table["target_id"] == "output-2024", ["low", "high"]] = ["2000000", "2400000"]
    table.to_csv(copy / "calibration.csv", index=False)
    with pytest.raises(ValueError, match="agree with calibration"):
        draw_accepted(Model(load(copy), draws=50))
