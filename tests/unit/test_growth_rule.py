"""The growth rule: what it learns, that it never reads ahead, and how good it was."""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
import time
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from ramp155.answers.track.score import count_share
from ramp155.base.memory import Memory
from ramp155.model.forecast import panel as panel_module
from ramp155.model.forecast.cases import CUTOFFS, list_cases
from ramp155.model.forecast.growth import learn_growth
from ramp155.model.forecast.levels import estimate_level
from ramp155.model.forecast.panel import LEFT_OUT, Report, Series, list_series
from ramp155.model.forecast.promises import list_standing_promises, promise_growths
from ramp155.model.forecast.rules import RULES, damp_years
from ramp155.model.forecast.settings import Settings, read_settings
from ramp155.model.forecast.track import learn_by, list_past_forecasts
from ramp155.record.dates import last_day, month_number
from ramp155.record.records import Records

START = month_number("2023-06")


@pytest.fixture(scope="module")
def settings(records: Records) -> Settings:
    return read_settings(records)


@pytest.fixture(scope="module")
def forecasts(records: Records) -> pd.DataFrame:
    return list_past_forecasts(records)


def report(
    value: float, month: str, said: str, *, is_promise: bool = False, confidence: str = "A"
) -> Report:
    number = month_number(month)
    return Report(
        f"{said}-{month}-{value:.0f}", value, number, number, last_day(said), confidence, is_promise
    )


def promise(value: float, month: str, said: str) -> Report:
    return report(value, month, said, is_promise=True)


# What stands promised


@pytest.mark.parametrize(
    ("promises", "standing"),
    [
        ([], {}),
        ([promise(200, "2024-12", "2023-01")], {"2024-12": 200}),
        # For one month the latest word stands, be it less or more.
        (
            [promise(200, "2024-12", "2023-01"), promise(150, "2024-12", "2023-03")],
            {"2024-12": 150},
        ),
        (
            [promise(150, "2024-12", "2023-03"), promise(200, "2024-12", "2023-01")],
            {"2024-12": 150},
        ),
        # A later word of no more for a later month puts the earlier off.
        (
            [promise(200, "2024-12", "2023-01"), promise(150, "2025-12", "2023-03")],
            {"2025-12": 150},
        ),
        (
            [promise(200, "2024-12", "2023-01"), promise(200, "2025-12", "2023-03")],
            {"2025-12": 200},
        ),
        # A later word of more leaves it, and so does an earlier word of less.
        (
            [promise(200, "2024-12", "2023-01"), promise(300, "2025-12", "2023-03")],
            {"2024-12": 200, "2025-12": 300},
        ),
        (
            [promise(200, "2024-12", "2023-03"), promise(150, "2025-12", "2023-01")],
            {"2024-12": 200, "2025-12": 150},
        ),
        # What was due by the start is no promise for later.
        ([promise(200, "2023-06", "2023-01")], {}),
    ],
)
def test_promises_stand_until_another_word(
    promises: list[Report], standing: dict[str, float]
) -> None:
    expected = {month_number(month): value for month, value in standing.items()}
    assert list_standing_promises(promises, START) == expected


def test_promised_growth_is_log_straight_never_falls_and_stays_after_the_last() -> None:
    promises = [promise(200, "2024-06", "2023-03"), promise(150, "2025-06", "2023-01")]
    levels = np.log([100, 500])
    growths = promise_growths(promises, levels, START, START + np.array([0, 6, 12, 24, 60]))
    assert growths is not None
    assert growths[:, 0] == pytest.approx([0, math.log(2) / 2, *[math.log(2)] * 3])
    assert growths[:, 1] == pytest.approx(0)  # it stands above all that is promised
    assert promise_growths([], levels, START, np.array([START + 12])) is None


# Levels


def test_a_level_weighs_figures_by_confidence_and_age(settings: Settings) -> None:
    first = report(100, "2023-01", "2023-01")
    assert estimate_level([first], settings) == (
        math.log(100), settings.report_error["A"] ** 2, first.month, math.log(100)
    )  # fmt: skip
    levels = {
        grade: estimate_level(
            [first, report(200, "2023-01", "2023-02", confidence=grade)], settings
        )
        for grade in "ABC"
    }
    assert levels["A"].log == pytest.approx(math.log(100 * 200) / 2)
    assert levels["A"].log > levels["B"].log > levels["C"].log
    assert levels["C"].last == math.log(200)
    aged = estimate_level([first, report(200, "2025-01", "2025-02", confidence="C")], settings)
    assert levels["C"].log < aged.log < math.log(200)
    assert aged.month == month_number("2025-01")


# What is learned


def simulate_series(pace: float, drift: float, noise: float, settings: Settings) -> list[Series]:
    """Series that grow as the rule says, each with one figure before the cut-off and one after."""
    random = np.random.default_rng(5)
    simulated = []
    for number in range(300):
        promised = random.choice([0.0, 0.5, 1.0, 2.0])
        months = int(random.choice([12, 24, 36]))
        due = f"{2023 + months // 12}-06"
        drifted = drift * damp_years(np.array([months / 12]), settings.damping)[0]
        growth = pace * promised + drifted + noise * random.standard_t(settings.tails)
        reports = [
            report(1e5, "2023-06", "2023-06"),
            promise(1e5 * math.exp(promised), due, "2023-06"),
            report(1e5 * math.exp(growth), due, "2026-05"),
        ]
        simulated.append(Series(f"{number}", "firms", "rounds", tuple(reports)))
    return simulated


@pytest.mark.parametrize(("pace", "drift"), [(0.3, 0.4), (0.9, -0.05)])
def test_pace_drift_and_noise_are_found_again(
    pace: float, drift: float, settings: Settings
) -> None:
    day = dt.date(2026, 6, 1)
    cases = list_cases(
        simulate_series(pace, drift, 0.2, settings), dt.date(2023, 6, 30), day, settings
    )
    assert len(cases) == 300
    learned = learn_growth(RULES["growth_rule"], cases, day, settings)
    errors = np.abs(learned.coefficients - [pace, drift])
    assert (errors < 3 * np.sqrt(np.diag(learned.covariance))).all()
    assert (errors < 0.08).all()
    assert learned.start_noise + learned.growth_noise < 0.35


def test_with_nothing_resolved_the_priors_stand(records: Records, settings: Settings) -> None:
    learned = learn_by(records, CUTOFFS[0])
    assert learned.count == 0
    assert learned.coefficients == pytest.approx([settings.pace.mean, settings.drift.mean])
    assert np.sqrt(np.diag(learned.covariance)) == pytest.approx(
        [settings.pace.deviation, settings.drift.deviation]
    )
    assert math.log(learned.start_noise) == pytest.approx(settings.start_noise.mean, abs=0.06)


def test_a_figure_counts_once_however_often_it_was_forecast(settings: Settings) -> None:
    day = dt.date(2026, 6, 1)
    cases = list_cases(
        simulate_series(0.5, 0.2, 0.2, settings), dt.date(2023, 6, 30), day, settings
    )
    once = learn_growth(RULES["growth_rule"], cases, day, settings)
    thrice = learn_growth(RULES["growth_rule"], cases * 3, day, settings)
    assert thrice.coefficients == pytest.approx(once.coefficients)
    assert thrice.covariance == pytest.approx(once.covariance)


def test_a_case_holds_only_what_was_said_by_the_day(records: Records, settings: Settings) -> None:
    known_on = {
        report.report_id: report.known_on
        for series in list_series(records)
        for report in series.reports
    }
    for cutoff, day in pairwise(CUTOFFS):
        for case in list_cases(list_series(records), cutoff, day, settings):
            days = [known_on[report_id] for report_id in case.report_ids]
            assert cutoff < min(days) == case.known_on
            assert max(days) <= day


# Nothing is read ahead

BANDS = ["p10", "p25", "p50", "p75", "p90"]


def poison(records: Records, cutoff: dt.date) -> Records:
    """Every rate said after a day is fifty times what it was."""
    claims, events = records.claims.copy(), records.events.copy()
    late = [not said or last_day(said) > cutoff for said in claims["reported_on"]]
    claims.loc[late, ["low", "high"]] *= 50
    events.loc[events["known_on"] > cutoff, "rate"] *= 50
    return dataclasses.replace(records, claims=claims, events=events)


@pytest.mark.parametrize("cutoff", CUTOFFS, ids=str)
def test_a_forecast_uses_only_what_was_said_before(
    records: Records, forecasts: pd.DataFrame, cutoff: dt.date
) -> None:
    poisoned = poison(records, cutoff)
    for name in RULES:
        clean, bad = learn_by(records, cutoff, name), learn_by(poisoned, cutoff, name)
        assert (clean.coefficients == bad.coefficients).all()
        assert (clean.covariance == bad.covariance).all()
        assert clean.start_noise == bad.start_noise
        assert clean.growth_noise == bad.growth_noise
    at_cutoff = [
        rows[rows["cutoff"] == cutoff.isoformat()].reset_index(drop=True)
        for rows in (forecasts, list_past_forecasts(poisoned))
    ]
    pd.testing.assert_frame_equal(at_cutoff[0][BANDS], at_cutoff[1][BANDS])
    assert (at_cutoff[1]["figure"] > 49 * at_cutoff[0]["figure"]).all()


def test_poison_before_the_cutoff_is_felt(records: Records) -> None:
    poisoned = poison(records, dt.date(2022, 12, 31))
    clean, bad = (learn_by(version, CUTOFFS[-1]) for version in (records, poisoned))
    assert bad.coefficients[1] > clean.coefficients[1]
    assert bad.growth_noise > clean.growth_noise


# Its track record


def test_the_rule_held_what_its_band_says(forecasts: pd.DataFrame) -> None:
    of_rule = forecasts[forecasts["rule"] == "growth_rule"]
    misses = forecasts.groupby("rule")["crps"].mean()
    assert len(of_rule) >= 90
    inside80, inside50 = (count_share(of_rule[name]) for name in ("hit80", "hit50"))
    assert 0.75 <= inside80.share <= 0.95
    assert 0.40 <= inside50.share <= 0.65
    assert inside80.low < 0.8 < inside80.high
    assert misses["growth_rule"] < min(misses["persistence"], misses["line"])
    assert misses["growth_rule"] == pytest.approx(0.34, abs=0.03)
    assert misses["growth_rule"] < misses["promises"] + 0.02


def test_hits_are_counted_from_the_bands(forecasts: pd.DataFrame) -> None:
    figure = forecasts["figure"]
    for hit, low, high in (("hit50", "p25", "p75"), ("hit80", "p10", "p90")):
        assert (figure.between(forecasts[low], forecasts[high]) == forecasts[hit]).all()
    assert (np.diff(forecasts[BANDS]) > 0).all()
    assert forecasts.groupby("rule").size().nunique() == 1


def test_all_cutoffs_take_less_than_three_seconds(records: Records) -> None:
    fresh = dataclasses.replace(records, memory=Memory())
    before = time.process_time()
    list_past_forecasts(fresh)
    assert time.process_time() - before < 3


# The series


def test_what_is_left_out_would_else_be_counted(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    def list_ids() -> set[str]:
        fresh = dataclasses.replace(records, memory=Memory())
        return {report.report_id for series in list_series(fresh) for report in series.reports}

    counted = list_ids()
    lines = panel_module._LINES_AMONG_CLAIMS
    assert lines <= set(records.lines["line_id"])
    monkeypatch.setattr(panel_module, "LEFT_OUT", {})
    assert list_ids() - counted == set(LEFT_OUT)


def test_copies_bounds_and_forecasts_are_no_figures(records: Records) -> None:
    claims = records.claims.set_index("claim_id")
    for series in list_series(records):
        for entry in series.reports:
            if entry.report_id not in claims.index:
                continue
            claim = claims.loc[entry.report_id]
            assert not claim["same_as"]
            assert entry.is_promise == (claim["status"] == "target")
            if not entry.is_promise:
                assert claim[["low", "high"]].notna().all()
                assert entry.first_month <= entry.known_on.year * 12 + entry.known_on.month - 1
