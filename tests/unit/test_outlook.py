from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import ramp155
from ramp155 import Scenario, outlook, simulation
from ramp155.scenario import MONTHS

GOLDEN = Path(__file__).parent.parent / "golden"
NAMED = {
    "baseline": Scenario(),
    "nitrocellulose-70": Scenario(nitrocellulose=0.7),
    "nitrocellulose-0": Scenario(nitrocellulose=0.0),
    "nitrocellulose-200": Scenario(nitrocellulose=2.0),
    "linters-stop": Scenario(linters=0.0),
    "linters-stop-pulp-60": Scenario(linters=0.0, wood_pulp=0.6),
    "everything-a-year-late": Scenario(extra_delay=12),
    "nc-60-for-2027": Scenario(nitrocellulose=0.6, start="2027-01", months=12),
    "explosives-half": Scenario(explosive=0.5),
    "three-shifts": Scenario(shifts=1.3),
    "light-charges": Scenario(propellant_per_round=0.8),
    "with-ukraine-and-turkiye": Scenario(also=("UA", "TR")),
}


@pytest.mark.parametrize("name", NAMED)
def test_named_scenarios_keep_their_results(records: ramp155.Records, name: str) -> None:
    """To accept a change of data or model: RAMP155_UPDATE_GOLDEN=1 pytest tests/unit, then review."""
    path = ramp155.run(records, NAMED[name]).path.iloc[::6]
    path = path[["month", "rounds_per_year", "nameplate_rounds_per_year", "bottleneck"]].round(0)
    file = GOLDEN / f"{name}.csv"
    if os.environ.get("RAMP155_UPDATE_GOLDEN"):
        path.to_csv(file, index=False)
    kept = pd.read_csv(file)
    pd.testing.assert_frame_equal(path.reset_index(drop=True), kept, check_dtype=False, atol=1)


def test_the_baseline_against_itself_is_exactly_nothing(records: ramp155.Records) -> None:
    path = ramp155.run(records, Scenario()).path
    assert (path["rounds_per_year"] == path["baseline_rounds_per_year"]).all()


def test_no_nitrocellulose_stops_output_but_not_at_once(records: ramp155.Records) -> None:
    path = ramp155.run(records, Scenario(nitrocellulose=0.0)).path.set_index("month")
    assert path.loc["2026-03", "rounds_per_year"] == path.loc["2026-03", "baseline_rounds_per_year"]
    assert path.loc["2027-06":, "rounds_per_year"].max() == 0
    assert set(path.loc["2027-06":, "bottleneck"]) == {"nitrocellulose"}
    stops = path.index[path["rounds_per_year"] == 0][0]
    assert "2026-05" < stops < "2027-03"


def test_plenty_of_nitrocellulose_is_capped_by_another_stage(records: ramp155.Records) -> None:
    result = ramp155.run(records, Scenario(nitrocellulose=2.0))
    late = result.path[result.path["month"] >= "2027-01"]
    assert not {"nitrocellulose", "cellulose"} & set(late["bottleneck"])
    assert result.response["bottleneck"].iloc[-1] != "nitrocellulose"
    assert len(outlook.kinks(result.response)) >= 1


def test_levers_do_not_change_the_past(records: ramp155.Records) -> None:
    for scenario in NAMED.values():
        if scenario.also:
            continue  # counting another country counts it throughout
        path = ramp155.run(records, scenario).path
        past = path[path["month"] < scenario.start]
        if scenario.start == "2026-01":
            assert (past["rounds_per_year"] == past["baseline_rounds_per_year"]).all()


def test_output_recovers_after_a_shock(records: ramp155.Records) -> None:
    path = ramp155.run(records, NAMED["nc-60-for-2027"]).path.set_index("month")
    gap = path["rounds_per_year"] / path["baseline_rounds_per_year"]
    assert gap["2027-10"] < 0.9
    assert gap["2030-12"] == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        (Scenario(nitrocellulose=0.5), Scenario(nitrocellulose=0.8)),
        (Scenario(linters=0.0), Scenario(linters=0.0, wood_pulp=0.8)),
        (Scenario(explosive=0.3), Scenario(explosive=0.6)),
        (Scenario(fuzes=0.2), Scenario(fuzes=0.4)),
        (Scenario(shell_bodies=0.2), Scenario(shell_bodies=0.4)),
        (Scenario(shifts=0.6), Scenario(shifts=0.9)),
        (Scenario(extra_delay=24), Scenario(extra_delay=0)),
        (Scenario(propellant_per_round=1.3), Scenario(propellant_per_round=0.9)),
        (
            Scenario(nitrocellulose=0.5, share_for_155=1.0),
            Scenario(nitrocellulose=0.5, share_for_155=1.3),
        ),
    ],
)
def test_every_lever_moves_output_the_right_way(
    records: ramp155.Records, worse: Scenario, better: Scenario
) -> None:
    def total(scenario: Scenario) -> float:
        return float(ramp155.run(records, scenario).path["rounds_per_year"].sum())

    assert total(worse) < total(better)


def test_safety_stock_delays_a_shortage(records: ramp155.Records) -> None:
    def stop(reserve: float) -> str:
        path = ramp155.run(records, Scenario(nitrocellulose=0.0, reserve=reserve)).path
        return path.loc[path["rounds_per_year"] == 0, "month"].iloc[0]

    assert stop(0.0) < stop(1.0) < stop(6.0)


def test_the_response_curve_never_falls(records: ramp155.Records) -> None:
    for month in ("2026-12", "2027-12", "2030-12"):
        for scenario in NAMED.values():
            rates = ramp155.run(records, scenario, month=month).response["rounds_per_year"]
            assert (rates.diff().dropna() >= -1e-6).all()


def test_the_curve_meets_the_path(records: ramp155.Records) -> None:
    result = ramp155.run(records, Scenario(nitrocellulose=0.7), month="2027-06")
    curve = result.response.set_index("nitrocellulose")["rounds_per_year"]
    path = result.path.set_index("month")["rounds_per_year"]
    assert curve[0.7] == pytest.approx(path["2027-06"])


def test_quantiles_are_in_order_and_frame_the_draws(records: ramp155.Records) -> None:
    result = ramp155.run(records, Scenario(nitrocellulose=0.83), draws=100)
    path = result.path
    assert (path["p10"] <= path["p50"] + 1e-6).all()
    assert (path["p50"] <= path["p90"] + 1e-6).all()
    drawn, _ = simulation.outputs(records, 100, Scenario(nitrocellulose=0.85))
    exact = np.quantile(drawn, [0.1, 0.5, 0.9], axis=1).T * 12
    grid = ramp155.run(records, Scenario(nitrocellulose=0.85), draws=100).path[
        ["p10", "p50", "p90"]
    ]
    np.testing.assert_allclose(grid, exact, rtol=1e-9)


def test_shares_of_draws_sum_to_one(records: ramp155.Records) -> None:
    shares = outlook.binding_shares(records, Scenario(), "2027-12", 100)
    assert sum(shares.values()) == pytest.approx(1.0)
    assert len(shares) > 1


def test_what_a_hundred_percent_means_is_a_range(records: ramp155.Records) -> None:
    low, middle, high = outlook.tonnes_at_baseline(records, "2026-12", 100)
    assert 2_000 < low < middle < high < 20_000


def test_bad_questions_are_refused(records: ramp155.Records) -> None:
    with pytest.raises(ValueError, match="2035-01"):
        ramp155.run(records, month="2035-01")
    with pytest.raises(ValueError, match="draws"):
        ramp155.run(records, draws=-1)


def test_the_horizon_is_nine_years(records: ramp155.Records) -> None:
    assert list(ramp155.run(records).path["month"]) == MONTHS
    assert len(MONTHS) == 108
