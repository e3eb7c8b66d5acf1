from __future__ import annotations

import dataclasses
import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ramp155.answers.output.figure_band import compute_figure_band, widen_path_band
from ramp155.answers.output.medians import (
    compute_year_rounds,
    find_baseline_path,
    find_limiting_stages,
    find_median_path,
    find_year_median,
    sweep_supply,
)
from ramp155.answers.output.nitrocellulose import (
    compute_rounds_per_tonne,
    estimate_baseline_tonnes,
    sum_stores,
)
from ramp155.answers.output.odds import compute_target_odds, find_even_month
from ramp155.answers.output.outlook import run_outlook
from ramp155.answers.output.reading import read_every_percent, read_outlook
from ramp155.answers.output.response import find_supply_effect
from ramp155.answers.output.surface import compute_surface
from ramp155.answers.stages.utilisation import compute_utilisation
from ramp155.model.capacity.needs import compute_needs
from ramp155.model.coefficients.draws import draw_coefficients
from ramp155.model.model import Model
from ramp155.model.quantiles import PATH_LEVELS
from ramp155.model.scenario.horizon import MONTHS, YEARS
from ramp155.model.scenario.presets import build_preset
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.runs import run_baseline, run_scenario
from ramp155.record.records import Records

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
    "only-running": Scenario(realised=0.0, under_way=0.0),
}


@pytest.mark.parametrize("name", NAMED)
def test_named_scenarios_keep_their_results(records: Records, name: str) -> None:
    """To accept a change of data or model: RAMP155_UPDATE_GOLDEN=1 pytest tests/unit, then review."""
    path = run_outlook(Model(records, draws=100), NAMED[name]).path.iloc[::6]
    path = path[["month", "rounds_per_year", "p10", "p90", "nameplate_p50", "bottleneck"]].round(0)
    file = GOLDEN / f"{name}.csv"
    if os.environ.get("RAMP155_UPDATE_GOLDEN"):
        path.to_csv(file, index=False)
    golden_path = pd.read_csv(file)
    pd.testing.assert_frame_equal(
        path.reset_index(drop=True), golden_path, check_dtype=False, atol=1, rtol=0.001
    )


def test_the_baseline_against_itself_is_exactly_nothing(records: Records) -> None:
    path = run_outlook(Model(records, draws=100), Scenario()).path
    assert (path["rounds_per_year"] == path["baseline_rounds_per_year"]).all()


def test_no_nitrocellulose_stops_output_but_not_at_once(records: Records) -> None:
    path = run_outlook(Model(records, draws=100), Scenario(nitrocellulose=0.0)).path.set_index(
        "month"
    )
    assert path.loc["2026-03", "rounds_per_year"] == path.loc["2026-03", "baseline_rounds_per_year"]
    assert path.loc["2027-06":, "rounds_per_year"].max() == 0
    assert set(path.loc["2027-06":, "bottleneck"]) == {"nitrocellulose"}
    assert (path.loc["2027-06":, "bottleneck_share"] > 0.9).all()
    stops = path.index[path["rounds_per_year"] == 0][0]
    assert "2026-05" < stops < "2027-06"


def test_plenty_of_nitrocellulose_is_capped_by_another_stage(records: Records) -> None:
    result = run_outlook(Model(records, draws=100), Scenario(nitrocellulose=2.0))
    late = result.path[result.path["month"] >= "2027-01"]
    assert not {"nitrocellulose", "cellulose"} & set(late["bottleneck"])
    assert result.response["bottleneck"].iloc[-1] != "nitrocellulose"
    gains = result.response["rounds_per_year"].diff()
    assert gains.iloc[-1] < 0.2 * gains.iloc[1]


def test_levers_do_not_change_the_past(records: Records) -> None:
    for what in NAMED.values():
        if what.also:
            continue  # counting another country counts it throughout
        path = run_outlook(Model(records, draws=100), what).path
        past = path[path["month"] < what.start]
        if what.start == "2026-01":
            assert (past["rounds_per_year"] == past["baseline_rounds_per_year"]).all()


def test_output_recovers_after_a_shock(records: Records) -> None:
    path = run_outlook(Model(records, draws=100), NAMED["nc-60-for-2027"]).path.set_index("month")
    gap = path["rounds_per_year"] / path["baseline_rounds_per_year"]
    assert gap["2027-10"] < 0.9
    assert gap["2030-12"] == pytest.approx(1.0, abs=0.01)


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
    records: Records, worse: Scenario, better: Scenario
) -> None:
    def total(what: Scenario) -> float:
        return float(run_outlook(Model(records, draws=100), what).path["rounds_per_year"].sum())

    assert total(worse) < total(better)


def test_safety_stock_delays_a_shortage(records: Records) -> None:
    def stop(reserve: float) -> str:
        path = run_outlook(
            Model(records, draws=100), Scenario(nitrocellulose=0.0, reserve=reserve)
        ).path
        return path.loc[path["rounds_per_year"] == 0, "month"].iloc[0]

    assert stop(0.0) < stop(1.0) < stop(6.0)


def test_the_response_curve_never_falls(records: Records) -> None:
    for month in ("2026-12", "2027-12", "2030-12"):
        for what in NAMED.values():
            rates = run_outlook(Model(records, draws=100), what, month=month).response[
                "rounds_per_year"
            ]
            assert (rates.diff().dropna() >= -1e-6).all()


def test_the_curve_meets_the_path(records: Records) -> None:
    result = run_outlook(Model(records, draws=100), Scenario(nitrocellulose=0.7), month="2027-06")
    curve = result.response.set_index("nitrocellulose")["rounds_per_year"]
    path = result.path.set_index("month")["rounds_per_year"]
    assert curve[0.7] == pytest.approx(path["2027-06"])


def test_quantiles_are_in_order_and_frame_the_draws(records: Records) -> None:
    result = run_outlook(Model(records, draws=100), Scenario(nitrocellulose=0.83))
    path = result.path
    assert (path["p10"] <= path["p50"] + 1e-6).all()
    assert (path["p50"] <= path["p90"] + 1e-6).all()
    drawn, _ = run_scenario(Model(records, draws=100), Scenario(nitrocellulose=0.85))
    exact = np.quantile(drawn, [0.1, 0.5, 0.9], axis=1).T * 12
    grid = run_outlook(Model(records, draws=100), Scenario(nitrocellulose=0.85)).path[
        ["p10", "p50", "p90"]
    ]
    np.testing.assert_allclose(grid, exact, rtol=1e-9)


def test_shares_of_draws_sum_to_one(records: Records) -> None:
    shares = read_outlook(Model(records, draws=100), Scenario(), "2027-12").shares
    assert sum(shares.values()) == pytest.approx(1.0)
    assert len(shares) > 1
    assert list(shares.values()) == sorted(shares.values(), reverse=True)


def test_reading_one_position_or_all_is_the_same(records: Records) -> None:
    scenario = Scenario(explosive=0.8, start="2027-01", months=18)
    every = read_every_percent(Model(records, draws=100), scenario, "2028-06")
    assert len(every) == 201
    for percent in (0, 37, 70, 100, 163, 200):
        here = dataclasses.replace(scenario, nitrocellulose=percent / 100)
        assert every[percent] == read_outlook(Model(records, draws=100), here, "2028-06")


def test_the_change_is_taken_draw_by_draw(records: Records) -> None:
    at = 71  # 2027-12
    base, _ = run_scenario(Model(records, draws=100), Scenario())
    less, _ = run_scenario(Model(records, draws=100), Scenario(nitrocellulose=0.6))
    exact = np.quantile((less - base)[at] * 12, [0.1, 0.9])
    reading = read_outlook(Model(records, draws=100), Scenario(nitrocellulose=0.6), "2027-12")
    assert (reading.change_p10, reading.change_p90) == pytest.approx(tuple(exact))
    same = compute_surface(Model(records, draws=100), Scenario()).change[:, 20]  # 100 %
    assert (same == 0).all()


def test_odds_are_shares_of_draws_and_never_fall_with_supply(records: Records) -> None:
    surface = compute_surface(Model(records, draws=100), Scenario())
    assert (np.diff(surface.reached, axis=0) >= 0).all()
    table = compute_target_odds(Model(records, draws=100), Scenario(nitrocellulose=0.8), "2027-12")
    drawn, _ = run_scenario(Model(records, draws=100), Scenario(nitrocellulose=0.8))
    for row in table.itertuples():
        assert row.odds == pytest.approx((drawn[71] * 12 >= row.rounds_per_year).mean())
        if row.even_from:
            month = MONTHS.index(row.even_from)
            assert ((drawn[month:] * 12 >= row.rounds_per_year).mean(axis=1) >= 0.5).all()
            assert (drawn[month - 1] * 12 >= row.rounds_per_year).mean() < 0.5


def test_even_odds_need_to_last() -> None:
    share = np.full(len(MONTHS), 0.2)
    assert find_even_month(share) == ""
    share[60:70] = 0.9
    assert find_even_month(share) == ""
    share[80:] = 0.5
    assert find_even_month(share) == MONTHS[80]


def test_one_more_tonne_makes_what_it_holds_where_nothing_else_binds(
    records: Records,
) -> None:
    model = Model(records, draws=100)
    gained = compute_rounds_per_tonne(model, Scenario(), "2030-12")
    need = np.median(compute_needs(records, draw_coefficients(model).params)["nitrocellulose"])
    assert gained[5] == pytest.approx(1 / need, rel=0.2)
    assert (gained <= 1 / need * (1 + 1e-6)).all()
    assert (gained >= 0).all()
    assert gained[190] < 0.2 * gained[5]
    before = compute_rounds_per_tonne(model, Scenario(start="2029-01"), "2027-12")
    assert (before == 0).all()


def test_utilisation_is_of_stages_and_countries_never_of_a_plant(records: Records) -> None:
    usage = compute_utilisation(Model(records, draws=100), Scenario(nitrocellulose=0.6), "2027-12")
    stages = usage.stages.set_index("stage")
    assert stages.loc["nitrocellulose", "utilisation"] == pytest.approx(1.0)
    assert stages["utilisation"].between(0, 1).all()
    output = run_outlook(Model(records, draws=100), Scenario(nitrocellulose=0.6)).path.set_index(
        "month"
    )
    used = output.loc["2027-12", "rounds_per_year"]
    assert stages.loc["projectile", "used"] == pytest.approx(used)
    assert stages["utilisation"].idxmax() == "nitrocellulose"
    sites = records.sites.groupby("country").size()
    assert (usage.countries["sites"] > 1).all()
    assert not set(usage.countries["country"]) & set(sites[sites == 1].index)
    assert "site_id" not in usage.countries
    low, high = stages["utilisation"].min(), stages["utilisation"].max()
    assert usage.countries["utilisation"].between(low, high).all()


def test_only_plants_already_running_stops_growth(records: Records) -> None:
    held = run_outlook(
        Model(records, draws=100), Scenario(realised=0.0, under_way=0.0)
    ).path.set_index("month")
    base = run_outlook(Model(records, draws=100)).path.set_index("month")
    assert held.loc["2025-12", "rounds_per_year"] == base.loc["2025-12", "rounds_per_year"]
    assert held.loc["2028-12", "rounds_per_year"] < 0.9 * base.loc["2028-12", "rounds_per_year"]


def test_every_preset_can_be_run_and_moves_something(records: Records) -> None:
    assert len(records.presets) >= 8
    for name in records.presets["preset_id"]:
        preset = build_preset(records, name)
        assert preset != Scenario()
        drawn, _ = run_scenario(Model(records, draws=100), preset)
        kept_draws = draw_coefficients(Model(records, draws=100), preset.assume).kept
        base, _ = run_scenario(Model(records, draws=100), Scenario())
        assert np.abs(drawn - base[:, kept_draws]).max() > 1


def test_stores_fill_and_empty_in_a_shock(records: Records) -> None:
    shock = Scenario(nitrocellulose=0.5, start="2027-01", months=12)
    undisturbed = sum_stores(
        Model(records, draws=100), dataclasses.replace(shock, nitrocellulose=1.0)
    )
    half, full = undisturbed[10], undisturbed[20]
    month = MONTHS.index
    assert half[month("2026-12")] == pytest.approx(full[month("2026-12")])
    assert half[month("2028-02")] < 0.5 * full[month("2028-02")]
    assert half[month("2030-12")] > half[month("2028-02")]


def test_what_a_hundred_percent_means_is_a_range(records: Records) -> None:
    low, middle, high = estimate_baseline_tonnes(Model(records, draws=100), "2026-12")
    assert 2_000 < low < middle < high < 20_000


def test_bad_questions_are_refused(records: Records) -> None:
    with pytest.raises(ValueError, match="2035-01"):
        run_outlook(Model(records, draws=100), month="2035-01")
    for draws in (0, -1):
        with pytest.raises(ValueError, match="draws must be at least 1"):
            run_outlook(Model(records, draws=draws))
    with pytest.raises(ValueError, match="2035"):
        compute_year_rounds(Model(records, draws=100), Scenario(), 2035)


def test_the_horizon_is_nine_years(records: Records) -> None:
    assert list(run_outlook(Model(records, draws=100)).path["month"]) == MONTHS
    assert len(MONTHS) == 108


def test_the_path_is_the_median_of_the_draws(records: Records) -> None:
    model = Model(records, draws=100)
    for supply in (0.55, 0.85, 1.0, 1.5):
        scenario = Scenario(nitrocellulose=supply)
        drawn, who = run_scenario(model, scenario)
        path = run_outlook(model, scenario).path
        exact = np.quantile(drawn, PATH_LEVELS, axis=1) * 12
        for name, quantile in zip(("p10", "p25", "p50", "p75", "p90"), exact, strict=True):
            np.testing.assert_allclose(path[name], quantile, rtol=1e-9)
        assert (path["rounds_per_year"] == path["p50"]).all()
        np.testing.assert_allclose(find_median_path(model, scenario) * 12, path["p50"])
        stages, shares = find_limiting_stages(model, scenario)
        for month in (50, 71, 100):
            counts = np.bincount(who[month], minlength=11) / 100
            assert counts[stages[month]] == counts.max() == pytest.approx(shares[month])
    base = np.median(run_baseline(model), axis=1)
    np.testing.assert_allclose(find_baseline_path(model), base, rtol=1e-12)


def test_every_whole_percent_is_read_between_the_runs(records: Records) -> None:
    model = Model(records, draws=100)
    medians = sweep_supply(model, Scenario())
    assert medians.shape == (len(MONTHS), 201)
    for percent in (0, 60, 100, 200):
        path = find_median_path(model, Scenario(nitrocellulose=percent / 100))
        np.testing.assert_allclose(medians[:, percent], path, rtol=1e-12)
    between = (medians[:, 60] * 2 + medians[:, 65] * 3) / 5
    np.testing.assert_allclose(medians[:, 63], between, rtol=1e-9)


def test_no_percent_of_supply_moves_a_year_by_more_than_three(records: Records) -> None:
    surface = compute_surface(Model(records, draws=100), Scenario())
    for year in range(YEARS.index(2026), len(YEARS)):
        medians = surface.years[2, :, year]
        steps = np.diff(medians) / 5
        assert (steps >= -1e-6).all()
        assert steps.max() <= 0.03 * medians[20]


def test_a_year_is_the_sum_of_its_months(records: Records) -> None:
    model = Model(records, draws=100)
    for scenario in (Scenario(), Scenario(nitrocellulose=0.6), Scenario(explosive=0.7)):
        drawn, _ = run_scenario(model, scenario)
        months = [place for place, month in enumerate(MONTHS) if month.startswith("2027")]
        exact = drawn[months].sum(axis=0)
        np.testing.assert_allclose(compute_year_rounds(model, scenario, 2027), exact)
        assert find_year_median(model, scenario, 2027) == pytest.approx(np.median(exact))
        reading = read_outlook(model, scenario, "2027-12")
        assert reading.year_rounds == pytest.approx(np.median(exact))
        low, high = np.quantile(exact, [0.1, 0.9])
        assert (reading.year_p10, reading.year_p90) == pytest.approx((low, high))


def test_a_published_figure_falls_where_runs_and_report_error_put_it() -> None:
    """The closed form against figures drawn one by one."""
    rng = np.random.default_rng(155)
    levels = np.array([0.1, 0.5, 0.9])
    for runs in (
        np.exp(rng.normal(13.5, 0.35, 1000)),
        np.exp(rng.normal(13.5, 0.02, 1000)),
        rng.triangular(1e5, 4e5, 1.4e6, 1000),
    ):
        figures = runs[:, None] * np.exp(0.25 * rng.standard_t(4, (1000, 400)))
        exact = np.quantile(figures, levels)
        np.testing.assert_allclose(compute_figure_band(runs, levels, 0.25), exact, rtol=0.015)
        from_quantiles = widen_path_band(np.quantile(runs, PATH_LEVELS), levels, 0.25)
        np.testing.assert_allclose(from_quantiles, exact, rtol=0.04)
    assert (compute_figure_band(np.zeros(50), levels, 0.25) == 0).all()


def test_the_band_of_a_figure_lies_around_the_likely_range(records: Records) -> None:
    for supply in (0.0, 0.5, 1.0, 1.7):
        path = run_outlook(Model(records, draws=100), Scenario(nitrocellulose=supply)).path
        assert (path["figure_p10"] <= path["p10"]).all()
        assert (path["figure_p90"] >= path["p90"]).all()
        assert (path["nameplate_p10"] < path["nameplate_p50"]).all()
        assert (path["nameplate_p50"] < path["nameplate_p90"]).all()
        ratio = path["nameplate_p50"] / path["nameplate_rounds_per_year"]
        assert ratio.between(0.9, 1.1).all()


def test_half_as_much_and_half_as_much_again_are_read_off_the_year(records: Records) -> None:
    model = Model(records, draws=100)
    effect = find_supply_effect(model, Scenario(nitrocellulose=0.3, explosive=0.9), 2028)
    for supply, rounds in ((0.5, effect.half), (1.0, effect.full), (1.5, effect.more)):
        exact = compute_year_rounds(model, Scenario(nitrocellulose=supply, explosive=0.9), 2028)
        assert rounds == pytest.approx(np.median(exact))


def test_changes_pair_each_draw_with_the_one_it_came_from(records: Records) -> None:
    """With a coefficient of one's own draws are kept in another order: their baselines go along."""
    model = Model(records, draws=100)
    edited = Scenario(assume=(("utilisation", 0.9),))
    kept = draw_coefficients(model, edited.assume).kept
    change = run_scenario(model, edited)[0] - run_baseline(model)[:, kept]
    exact = np.quantile(change[71], [0.1, 0.5, 0.9]) * 12
    surface = compute_surface(model, edited)
    np.testing.assert_allclose(surface.change[:, 20, 71], exact, rtol=1e-9, atol=1e-6)
