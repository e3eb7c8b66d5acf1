"""The gap in the browser under any lever: rates, ratios, odds and sentences against the library's, on its own chain."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ramp155.answers.gap.comparison import Comparison
from ramp155.answers.gap.ratios import Gap, compute_baseline_gap, compute_gap
from ramp155.files.follow_body import build_gap_sides
from ramp155.model.model import Model
from ramp155.pictures.gap.parity import tabulate_parity
from ramp155.pictures.gap.rates import tabulate_rates
from ramp155.pictures.gap.ratio import tabulate_ratio
from ramp155.pictures.grammar.moving import Tables
from ramp155.pictures.grammar.spec import list_values
from ramp155.pictures.output.engine import pack_engine
from ramp155.pictures.view import View
from ramp155.record.records import Records
from ramp155.text.gap.slider import write_gap_sentences
from tests.unit.test_browser_chain import DRAWS, draw_scenarios, needs_node, run_node

_COMPARISONS = [
    Comparison(),
    Comparison(calibres="all", counts="nameplate"),
    Comparison(calibres="quoted", made="new"),
]


@needs_node
@pytest.mark.parametrize("comparison", _COMPARISONS, ids=lambda c: f"{c.calibres}-{c.counts}")
@pytest.mark.parametrize("also", [(), ("TR",)])
def test_the_browsers_gap_is_the_librarys(
    records: Records, tmp_path: Path, comparison: Comparison, also: tuple[str, ...]
) -> None:
    model = Model(records, DRAWS)
    scenarios = [
        dataclasses.replace(scenario, also=also)
        for scenario in draw_scenarios(8, 18, is_whole=True)
    ]
    rates = [1.0, 0.25, 1.0, 2.0, 0.8, 1.0, 1.5, 1.1]
    view = View(scenarios[0], comparison=comparison, month="2028-12")
    (tmp_path / "engine").write_bytes(pack_engine(model))
    (tmp_path / "sides").write_bytes(build_gap_sides(model, view))
    asked = [
        {"levers": scenario.as_dict(), "rate": rate}
        for scenario, rate in zip(scenarios, rates, strict=True)
    ]
    (tmp_path / "asked").write_text(json.dumps(asked))
    at_rest = compute_gap(model, scenarios[0], comparison)
    rows = {
        picture: {table: list_values(frame) for table, frame in tables.items()}
        for picture, tables in _tabulate(at_rest).items()
    }
    (tmp_path / "rows").write_text(json.dumps(rows))
    files = [tmp_path / name for name in ("engine", "sides", "asked", "rows")]
    answers = json.loads(run_node("read_gaps.mjs", *files))
    baseline_gap = compute_baseline_gap(model, comparison)
    for scenario, rate, answer in zip(scenarios, rates, answers, strict=True):
        moved = dataclasses.replace(comparison, russia_rate=rate)
        gap = compute_gap(model, scenario, moved)
        for side, bands in answer["rates"].items():
            rows = gap.path[gap.path["actor"] == side]
            for name, numbers in bands.items():
                _check(numbers, rows[name].to_numpy(), 1e-6)
        for side, bands in answer["ratios"].items():
            rows = gap.ratio[gap.ratio["versus"] == side]
            for name in ("p10", "p50", "p90"):
                _check(bands[name], rows[name].to_numpy(), 1e-6)
            _check(bands["odds"], rows["odds"].to_numpy(), 1e-9)
        for picture, tables in _tabulate(gap).items():
            laid = answer["pictures"][picture]
            assert laid.keys() == tables.keys()
            for table, frame in tables.items():
                for column in frame:
                    cells = [row[column] for row in laid[table]]
                    if pd.api.types.is_numeric_dtype(frame[column]):
                        _check(cells, frame[column].to_numpy(float), 1e-6)
                    else:
                        assert cells == list(frame[column])
        words = write_gap_sentences(records, scenario, gap, baseline_gap, view.month)
        assert answer["words"] == words


def _tabulate(gap: Gap) -> dict[str, Tables]:
    return {
        "ratio": tabulate_ratio(gap),
        "rates": tabulate_rates(gap),
        "parity": tabulate_parity(gap),
    }


def _check(numbers: list[float | None], expected: np.ndarray, tolerance: float) -> None:
    read = np.array([np.nan if number is None else number for number in numbers])
    np.testing.assert_allclose(read, expected, rtol=tolerance, atol=tolerance)
