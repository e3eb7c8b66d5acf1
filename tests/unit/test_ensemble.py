from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ramp155.answers.output.fit_report import report_fit
from ramp155.history.slips import measure_slips
from ramp155.model.coefficients.positions import (
    draw_latin_hypercube,
    find_coefficients_at,
    list_drawn,
)
from ramp155.model.model import Model
from ramp155.record.records import Records


def test_published_ranges_are_set_beside_the_runs(records: Records) -> None:
    """They hold the middle of the runs in most years: drawing aids, which reject nothing."""
    report = report_fit(Model(records, draws=200))
    assert len(report) == len(records.calibration)
    assert (report["p10"] < report["p50"]).all()
    assert (report["p50"] < report["p90"]).all()
    inside = (report["p50"] >= report["reported_low"]) & (report["p50"] <= report["reported_high"])
    assert inside.sum() >= 6


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


def test_draws_span_their_triangles(records: Records) -> None:
    positions = draw_latin_hypercube(list_drawn(records), 4000, seed=1)
    sample = find_coefficients_at(records, positions)
    rows = records.assumptions[records.assumptions["kind"] == "model"].set_index("assumption_id")
    delays = np.array([sample.pop(name) for name in list(sample) if "/" in name])
    np.testing.assert_allclose(sample.pop("slip_months"), delays.mean(axis=0))
    assert delays.min() >= 0
    assert delays.max() <= measure_slips(records).max()
    for name, values in sample.items():
        low, mode, high = rows.loc[name, ["low", "mode", "high"]]
        assert (values >= low).all()
        assert (values <= high).all()
        assert values.mean() == pytest.approx((low + mode + high) / 3, rel=0.01, abs=1e-4)
