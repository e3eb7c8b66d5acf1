"""Europe's forecast: one procedure for every day, held against what came, blind to what was said later."""

from __future__ import annotations

import dataclasses
import datetime as dt
import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from ramp155.base.memory import Memory
from ramp155.history.as_known import rewind_records
from ramp155.history.slips import measure_slips
from ramp155.model.capacity.delays import (
    compute_delays,
    find_delay_band,
    list_further_slips,
    list_promised_lines,
    name_delay,
)
from ramp155.model.capacity.stages import build_capacity, build_delivered_capacity
from ramp155.model.chain.runs import run_chain
from ramp155.model.chain.tree import build_chain
from ramp155.model.coefficients.draws import (
    draw_accepted,
    draw_coefficients,
    measure_effective_share,
)
from ramp155.model.europe import candidates as candidates_module
from ramp155.model.europe.candidates import draw_candidates
from ramp155.model.europe.deliveries import check_deliveries
from ramp155.model.europe.figures import Figure, find_word, list_figures, list_known_figures
from ramp155.model.europe.past import (
    tabulate_past_forecasts,
    trace_past_paths,
)
from ramp155.model.europe.walk import KNOTS, find_anchor, read_walk
from ramp155.model.europe.weights import measure_error, resample, weigh_paths
from ramp155.model.forecast.cases import CUTOFFS
from ramp155.model.forecast.settings import read_settings
from ramp155.model.forecast.track import learn_by
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import FIRST_MONTH_NUMBER, MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.dates import last_day, month_number
from ramp155.record.records import Records


@pytest.fixture(scope="module")
def forecasts(records: Records) -> pd.DataFrame:
    return tabulate_past_forecasts(records)


def build_figure(value: float, month: str, **changes: object) -> Figure:
    number = month_number(month)
    figure = Figure(
        "made-up", "output", value, value, number, number, dt.date(2024, 1, 31), "B", False, False
    )
    return figure._replace(**changes)


# --- figures --------------------------------------------------------------------------------------


def test_figures_are_told_apart_by_what_they_count(records: Records) -> None:
    figures = {figure.figure_id: figure for figure in list_figures(records)}
    assert (
        figures["eu-round-capacity-2024-06-03"].observable == "output"
    )  # industry's real capacity
    assert figures["eu-round-output-2025-02"].observable == "nameplate"  # a Commissioner's count
    assert figures["eu-round-output-2025-03-01"].bound == "at most"
    assert "eu-round-capacity-2024-12-06" not in figures  # a copy
    assert "eu-155-2027-rp" not in figures  # somebody's forecast
    whole_year = figures["eu-round-capacity-2023-01"]
    assert whole_year.months == (month_number("2023-07"), month_number("2023-12"))


def test_a_derived_figure_is_known_with_the_last_of_its_claims(records: Records) -> None:
    claims = records.claims.set_index("claim_id")
    derived = [figure for figure in list_figures(records) if figure.is_derived]
    assert len(derived) == len(records.derived)
    for row in records.list_derived():
        figure = next(figure for figure in derived if figure.figure_id == row.figure_id)
        days = [last_day(claims.loc[claim, "reported_on"]) for claim in row.claim_ids.split()]
        assert figure.known_on == max(days)
        day_before = rewind_records(records, max(days) - dt.timedelta(days=1))
        assert figure.figure_id not in {known.figure_id for known in list_figures(day_before)}


def test_a_word_said_again_counts_once() -> None:
    once = build_figure(500_000, "2024-08")
    again = build_figure(505_000, "2024-10", figure_id="again")
    other = build_figure(700_000, "2024-08", figure_id="other")
    assert find_word(once) == find_word(again) != find_word(other)


def test_weights_are_those_of_heavy_tailed_errors(records: Records) -> None:
    settings = read_settings(records)
    paths = np.log([300_000.0, 500_000.0, 900_000.0])
    for figure, expected in (
        (build_figure(500_000, "2024-06"), stats.t.logpdf),
        (build_figure(500_000, "2024-06", low=None), stats.t.logcdf),
        (build_figure(500_000, "2024-06", high=None), stats.t.logsf),
    ):
        distance = (math.log(500_000) - paths) / settings.report_error["B"]
        weights = weigh_paths([figure], settings, lambda _first, _last: paths)
        np.testing.assert_allclose(weights, expected(distance, settings.tails), rtol=1e-6)
    pair = [build_figure(500_000, "2024-06")] * 2
    np.testing.assert_allclose(
        weigh_paths(pair, settings, lambda _first, _last: paths),
        weigh_paths(pair[:1], settings, lambda _first, _last: paths),
    )
    wide = build_figure(400_000, "2024-06", high=800_000.0)
    assert measure_error(wide, settings) > measure_error(build_figure(1.0, "2024-06"), settings)


def test_resampling_follows_the_weights() -> None:
    weights = np.array([0.5, 0.3, 0.2])
    places, effective = resample(np.random.default_rng(1), np.log(weights), 1000)
    np.testing.assert_allclose(np.bincount(places) / 1000, weights, atol=1.1e-3)
    assert effective == pytest.approx(1 / (weights**2).sum())


def test_a_walk_is_read_as_the_mean_of_its_months() -> None:
    path = np.log(np.array([[100.0], [200.0], [400.0]]))
    read = read_walk(path)
    assert read(int(KNOTS[1]), int(KNOTS[1]))[0] == pytest.approx(math.log(200))
    assert read(int(KNOTS[2]) + 5, int(KNOTS[2]) + 9)[0] == pytest.approx(math.log(400))
    months = np.arange(KNOTS[0], KNOTS[1] + 1)
    rates = 100 * 2 ** ((months - KNOTS[0]) / 6)
    assert np.exp(read(int(KNOTS[0]), int(KNOTS[1]))[0]) == pytest.approx(rates.mean())


def test_the_anchor_is_the_knot_after_the_last_figure() -> None:
    end = month_number("2025-06")
    assert find_anchor([], end) == 0
    assert KNOTS[find_anchor([build_figure(1.0, "2024-03")], end)] == month_number("2024-06")
    bound = build_figure(1.0, "2025-03", low=None)
    assert find_anchor([bound], end) == 0
    year = build_figure(1.0, "2025-01", last_month=month_number("2025-12"))
    assert KNOTS[find_anchor([year], end)] == end  # what has not come yet anchors nothing


# --- draws ----------------------------------------------------------------------------------------


def test_draws_repeat_and_follow_the_figures(records: Records) -> None:
    model = Model(records, draws=400)
    params = draw_accepted(model)
    assert all(len(drawn) == 400 for drawn in params.values())
    fresh = Model(dataclasses.replace(records, memory=Memory()), draws=400)
    for name, drawn in draw_accepted(fresh).items():
        np.testing.assert_array_equal(drawn, params[name])
    assert 1 / 60 < measure_effective_share(model) < 1
    stacked = build_delivered_capacity(records, params, Scenario())
    output = run_chain(stacked, build_chain(records.stages))[0] * 12
    year = [place for place, month in enumerate(MONTHS) if month.startswith("2025")]
    low, middle, high = np.quantile(output[year].mean(axis=0), [0.1, 0.5, 0.9])
    assert 380_000 < low < 480_000
    assert 480_000 < middle < 620_000
    assert 600_000 < high < 760_000


def test_figures_move_the_draws(records: Records) -> None:
    """Every figure of output doubled: so is the forecast, nearly."""
    claims, derived = records.claims.copy(), records.derived.copy()
    outputs = {f.figure_id for f in list_figures(records) if f.observable == "output"}
    for frame, key in ((claims, "claim_id"), (derived, "figure_id")):
        frame.loc[frame[key].isin(outputs), ["low", "high"]] *= 2
    doubled = dataclasses.replace(records, claims=claims, derived=derived)
    place = MONTHS.index("2025-06")

    def find_median(record: Records) -> float:
        params = draw_accepted(Model(record, draws=300))
        stacked = build_delivered_capacity(record, params, Scenario())
        return float(np.median(run_chain(stacked, build_chain(record.stages))[0][place]))

    assert 1.4 < find_median(doubled) / find_median(records) < 2.1


def test_no_total_is_set_by_hand(records: Records) -> None:
    names = records.assumptions["assumption_id"]
    assert not names.str.startswith("total_").any()
    assert not names.str.startswith("hindcast_").any()


def test_every_number_of_the_forecast_has_a_range_and_a_reason(records: Records) -> None:
    rows = [row for row in records.list_coefficients(model_only=False) if row.kind == "forecast"]
    assert len(rows) >= 25
    for row in rows:
        low, mode, high = row.span
        assert low < high, row.assumption_id
        assert low <= mode <= high, row.assumption_id
        assert row.reasoning, row.assumption_id


def test_own_coefficients_weigh_the_draws_again(records: Records) -> None:
    model = Model(records, draws=500)
    base = draw_coefficients(model)
    edited = draw_coefficients(model, (("utilisation", 0.85),))
    assert (edited.params["utilisation"] == 0.85).all()
    assert 0.3 < edited.fit_share < 2
    name = "total_projectile_2025-12"  # the rest of each set stays
    np.testing.assert_array_equal(edited.params[name], base.params[name][edited.kept])
    against = draw_coefficients(model, (("modules_per_round", 40.0),))
    assert against.contradicts
    assert against.fit_share < 0.02


def test_a_coefficient_of_the_forecast_draws_anew(records: Records) -> None:
    model = Model(records, draws=300)
    name = "total_propellant_2027-12"
    draws = [draw_coefficients(model, (("forecast_asap_due", due),)) for due in (21.0, 57.0)]
    for edited in draws:
        assert edited.fit_share == pytest.approx(1, abs=0.2)
    early, late = (edited.params[name] for edited in draws)
    assert np.median(early) > 1.05 * np.median(late)
    # Run by run, for the random numbers are the same.
    early_of, late_of = (
        dict(zip(edited.kept, edited.params[name], strict=True)) for edited in draws
    )
    shared = set(early_of) & set(late_of)
    assert len(shared) > 100
    assert all(early_of[place] >= late_of[place] * (1 - 1e-9) for place in shared)
    with pytest.raises(ValueError, match="outside"):
        draw_coefficients(model, (("forecast_asap_due", 70.0),))


# --- delays ---------------------------------------------------------------------------------------


def test_every_promised_line_is_late_by_its_own_draw(records: Records) -> None:
    slips = measure_slips(records)
    assert len(slips) >= 40
    assert (np.diff(slips) >= 0).all()
    lines = list_promised_lines(records)
    positions = {
        name_delay(line): np.random.default_rng(place).random(4000)
        for place, line in enumerate(lines)
    }
    delays = compute_delays(records, positions)
    first, second = list(delays.values())[:2]
    assert abs(np.corrcoef(first, second)[0, 1]) < 0.1
    for line, elapsed in lines.items():
        expected = np.quantile(list_further_slips(records, elapsed), [0.25, 0.75])
        drawn = np.quantile(delays[name_delay(line)], [0.25, 0.75])
        np.testing.assert_allclose(drawn, expected, atol=1.5)


def test_a_late_line_is_later_than_what_has_passed(records: Records) -> None:
    slips = measure_slips(records)
    further = list_further_slips(records, 12.0)
    np.testing.assert_array_equal(further, slips[slips >= 12.0] - 12.0)
    np.testing.assert_array_equal(list_further_slips(records, 1e3), slips)  # as if promised anew


def test_one_line_late_moves_its_stage_alone(records: Records) -> None:
    params = draw_accepted(Model(records, draws=50))
    name = name_delay("unterluess-rheinmetall--round")
    on_time, late = (
        build_capacity(records, params | {name: np.full(50, months)}, Scenario()).stages
        for months in (0.0, 24.0)
    )
    place = MONTHS.index("2027-06")
    assert (on_time["projectile"][place] > late["projectile"][place]).all()
    np.testing.assert_array_equal(on_time["propellant"], late["propellant"])


def test_deliveries_are_held_against_the_delays_of_their_day(records: Records) -> None:
    cutoff = dt.date(2024, 12, 31)
    deliveries = check_deliveries(records, cutoff)
    silent = deliveries[deliveries["state"] == "no report that it came"]
    assert len(silent)
    assert silent["hit"].isna().all()
    assert (silent["came"] == "").all()
    past = rewind_records(records, cutoff)
    assert find_delay_band(past, 0.0) in set(zip(deliveries["p10"], deliveries["p90"], strict=True))


# --- the past -------------------------------------------------------------------------------------


def poison(records: Records, cutoff: dt.date) -> Records:
    """Every report made after the cut-off tells of another world, and so do the ranges and targets of today."""
    events, claims = records.events.copy(), records.claims.copy()
    late = events["known_on"] > cutoff
    events.loc[late, "rate"] = events.loc[late, "rate"] * 50
    events.loc[late, "date"] = "2031"
    events.loc[late, "first_day"] = dt.date(2031, 1, 1)
    events.loc[late, "last_day"] = dt.date(2031, 12, 31)
    said = [
        not reported_on or last_day(reported_on) > cutoff for reported_on in claims["reported_on"]
    ]
    claims.loc[said, ["low", "high"]] = claims.loc[said, ["low", "high"]] * 50
    early_ids = set(claims.loc[[not late_claim for late_claim in said], "claim_id"])
    derived = records.derived.copy()
    unknown = [not set(ids.split()) <= early_ids for ids in derived["claim_ids"]]
    derived.loc[unknown, ["low", "high"]] *= 50
    ranges = records.calibration.copy()
    ranges[["low", "high"]] *= 50
    return dataclasses.replace(
        records, events=events, claims=claims, derived=derived, calibration=ranges
    )


@pytest.mark.parametrize("cutoff", CUTOFFS, ids=str)
def test_a_past_forecast_uses_only_what_was_reported_before(
    records: Records, cutoff: dt.date
) -> None:
    """Poison all that came later: neither forecast nor learned numbers nor levels before the war move."""
    clean, bad = (
        trace_past_paths(record, cutoff, 40) for record in (records, poison(records, cutoff))
    )
    for name, rates in clean.items():
        np.testing.assert_array_equal(rates, bad[name])
    learned, poisoned = (learn_by(record, cutoff) for record in (records, poison(records, cutoff)))
    np.testing.assert_array_equal(learned.coefficients, poisoned.coefficients)
    assert learned.growth_noise == poisoned.growth_noise


def test_poison_before_the_cutoff_is_felt(records: Records) -> None:
    cutoff = dt.date(2024, 12, 31)
    known = {f.figure_id for f in list_known_figures(rewind_records(records, cutoff), "output")}
    claims = records.claims.copy()
    claims.loc[claims["claim_id"].isin(known), ["low", "high"]] *= 1.3
    moved = dataclasses.replace(records, claims=claims)
    before, after = (trace_past_paths(record, cutoff, 40) for record in (records, moved))
    assert not np.array_equal(before["output"], after["output"])


def test_today_is_a_cutoff_like_any_other(records: Records) -> None:
    """The forecast of the record's last day is the one that the model draws."""
    paths = trace_past_paths(records, records.end, 200)
    params = draw_accepted(Model(records, draws=200))
    stacked = build_delivered_capacity(records, params, Scenario())
    output = run_chain(stacked, build_chain(records.stages))[0] * 12
    np.testing.assert_allclose(paths["output"], output, rtol=1e-6)


def test_europes_output_was_held(forecasts: pd.DataFrame) -> None:
    figures = forecasts[forecasts["bound"] == ""]
    output = figures[figures["observable"] == "output"]
    assert len(output) == 18
    assert output["hit80"].sum() >= 13
    assert output["crps"].mean() < output["crps_persistence"].mean()
    assert output["crps"].mean() < output["crps_line"].mean()


def test_the_jump_of_january_2024_was_missed_and_little_else(forecasts: pd.DataFrame) -> None:
    """Every miss of capacity is a figure of 2024 or later seen from before, when officials had not counted anew."""
    figures = forecasts[(forecasts["bound"] == "") & (forecasts["observable"] == "nameplate")]
    missed = figures[~figures["hit80"]]
    assert len(missed) >= 10
    assert (missed["cutoff"] <= "2023-12-31").all()
    assert (missed["last_month"] >= "2024-01").all()
    assert figures.loc[figures["cutoff"] >= "2024-06-30", "hit80"].all()


def test_rows_are_what_was_said_later(records: Records, forecasts: pd.DataFrame) -> None:
    assert (forecasts["said_on"] > forecasts["cutoff"]).all()
    assert not forecasts.duplicated(["cutoff", "claim_id"]).any()
    targets = {figure.figure_id for figure in list_figures(records) if figure.is_target}
    assert not targets & set(forecasts["claim_id"])
    band = forecasts[["p10", "p25", "p50", "p75", "p90"]].to_numpy()
    assert (np.diff(band, axis=1) > 0).all()
    figures = forecasts[forecasts["bound"] == ""]
    inside = (figures["figure"] >= figures["p10"]) & (figures["figure"] <= figures["p90"])
    pd.testing.assert_series_equal(inside, figures["hit80"], check_names=False)
    assert forecasts.loc[forecasts["bound"] != "", "crps"].isna().all()


@pytest.mark.nightly
def test_bands_hold_what_the_procedure_itself_makes(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Simulation-based calibration: 200 worlds drawn from the procedure, their figures, and whether it finds them back."""
    worlds = 200
    past = rewind_records(records, dt.date(2024, 12, 31))
    settings = read_settings(past)
    observables = ("nameplate", "output")
    figures = {name: list_known_figures(past, name) for name in observables}
    with monkeypatch.context() as unweighed:  # the same anchors, and no figure weighs anything
        unweighed.setattr(candidates_module, "weigh_paths", lambda *_: np.zeros(1))
        prior = draw_candidates(past, 20_000, 1)
    places, _ = resample(np.random.default_rng(1), prior.log_fit, worlds)
    rates = run_worlds(past, {name: drawn[places] for name, drawn in prior.params.items()})
    rng = np.random.default_rng(2)
    hits: list[bool] = []
    for world in range(worlds):
        told = {
            name: [
                tell_figure(figure, rates[name][:, world], settings.tails, rng, settings)
                for figure in figures[name]
            ]
            for name in observables
        }
        monkeypatch.setattr(
            candidates_module,
            "list_known_figures",
            lambda _, name, told=told: told.get(name, []),
        )
        drawn = draw_candidates(past, 3000, 10 + world)
        places, _ = resample(rng, drawn.log_fit, 300)
        paths = run_worlds(past, {name: values[places] for name, values in drawn.params.items()})
        for name in observables:
            for month in ("2025-06", "2026-12"):
                place = MONTHS.index(month)
                low, high = np.quantile(paths[name][place], [0.1, 0.9])
                hits.append(bool(low <= rates[name][place, world] <= high))
    assert 0.75 <= np.mean(hits) <= 0.85


def run_worlds(records: Records, params: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    stacked = build_delivered_capacity(records, params, Scenario())
    output, _ = run_chain(stacked, build_chain(records.stages))
    return {
        "nameplate": build_capacity(records, params, Scenario()).nameplate * 12,
        "output": output * 12,
    }


def tell_figure(
    figure: Figure, rates: np.ndarray, tails: float, rng: np.random.Generator, settings: object
) -> Figure:
    """A report of a world's rate, off as reports are."""
    first, last = (max(month - FIRST_MONTH_NUMBER, 0) for month in figure.months)
    error = settings.report_error[figure.confidence] * rng.standard_t(tails)  # type: ignore[attr-defined]
    value = float(rates[first : last + 1].mean() * np.exp(error))
    return figure._replace(low=value, high=value)
