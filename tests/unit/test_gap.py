from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from ramp155.answers.gap.coefficients import compute_gap_coefficients
from ramp155.answers.gap.comparison import Comparison
from ramp155.answers.gap.estimates import list_estimates
from ramp155.answers.gap.rates import compute_actor_rates, list_named_rates
from ramp155.answers.gap.ratios import compute_gap
from ramp155.answers.output.medians import compute_nameplates
from ramp155.model.coefficients.draws import draw_coefficients
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import FORECAST_START, MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.runs import run_scenario
from ramp155.record.records import Records
from ramp155.text.gap.ratio import write_gap_title, write_parity, write_tide
from ramp155.text.numbers import say_chance

DRAWS = 200
START = MONTHS.index(FORECAST_START)


def rates(records: Records, scenario: Scenario | None = None, **how: object) -> dict:
    return compute_actor_rates(
        Model(records, draws=DRAWS), scenario or Scenario(), Comparison(**how)
    )


def test_europe_is_the_models_and_nato_its_sum(records: Records) -> None:
    actor_rates = rates(records)
    output = run_scenario(Model(records, draws=DRAWS), Scenario())[0] * 12
    np.testing.assert_array_equal(actor_rates["europe"], output)
    np.testing.assert_allclose(
        actor_rates["nato"], actor_rates["europe"] + actor_rates["us"] + actor_rates["canada"]
    )
    plate = rates(records, counts="nameplate")["europe"]
    np.testing.assert_allclose(
        plate, compute_nameplates(Model(records, draws=DRAWS), Scenario()) * 12
    )
    assert (plate >= output - 1).mean() > 0.95


def test_an_estimate_goes_through_its_claims_and_is_blank_before_them(
    records: Records,
) -> None:
    model = Model(records, draws=100)
    rates = compute_actor_rates(model, Scenario(), Comparison(calibres="quoted"))["russia"]
    middle = np.median(rates, axis=1)
    at = MONTHS.index
    assert middle[at("2024-07")] == pytest.approx(3_800_000, rel=0.02)
    assert middle[at("2023-07")] == pytest.approx(2_000_000, rel=0.02)
    assert np.ptp(rates[at("2024-01") : at("2024-12") + 1], axis=0).max() < 1  # a year is held
    assert np.isnan(middle[: at("2023-01")]).all()
    assert not np.isnan(middle[at("2023-01") :]).any()


@pytest.mark.parametrize("russia", ["ru-hur", "ru-rusi-152", "ru-efis", "ru-rusi"])
def test_like_is_counted_with_like(records: Records, russia: str) -> None:
    """Every conversion is the coefficient's, and undoes itself."""
    terms = compute_gap_coefficients(Model(records, draws=DRAWS))
    row = records.estimates[records.estimates["estimate_id"] == russia].iloc[0]
    both, one = (rates(records, russia=russia, calibres=c)["russia"] for c in ("all", "155"))
    np.testing.assert_allclose(one[-1], both[-1] * terms["share_152"])
    new = rates(records, russia=russia, made="new")["russia"]
    np.testing.assert_allclose(new[-1], one[-1] * terms["share_new"])
    quoted = rates(records, russia=russia, calibres="quoted")["russia"]
    same = one if row["calibres"] == "155" else both
    expected = same[-1] * (terms["share_new"] if row["made"] == "new" else 1.0)
    if row["calibres"] == "kinds":  # mortar bombs, tank rounds and rockets are no gun shells
        expected = expected / terms["share_shells"]
    np.testing.assert_allclose(quoted[-1], expected)  # as quoted, nothing is converted
    ours = rates(records, calibres="all")["nato"]
    np.testing.assert_allclose(ours, rates(records)["nato"] * terms["all_calibres"])
    assert (terms["share_152"] < 1).all()
    assert (terms["all_calibres"] > 1).all()


def test_the_lowest_and_the_highest_estimate_move_the_odds(records: Records) -> None:
    odds = {}
    for russia in list_estimates(records, "RU"):
        gap = compute_gap(
            Model(records, draws=DRAWS), Scenario(), Comparison(russia=russia, calibres="all")
        )
        odds[russia] = float(gap.at("2027-12")["odds"])
    assert odds["ru-west-2m"] > 0.75  # the lowest of all calibres
    assert odds["ru-expert-2025"] < 0.05  # the highest of gun shells alone
    assert (
        odds["ru-expert-2025"] < odds["ru-zelensky"] < 0.5
    )  # of its seven million half are shells
    assert max(odds.values()) - min(odds.values()) > 0.7


def test_levers_act_on_the_gap_and_not_on_the_past(records: Records) -> None:
    base = compute_gap(Model(records, draws=DRAWS), Scenario(), Comparison())
    less = compute_gap(Model(records, draws=DRAWS), Scenario(nitrocellulose=0.5), Comparison())
    slower = compute_gap(Model(records, draws=DRAWS), Scenario(), Comparison(russia_rate=0.5))
    for month in ("2024-06", "2025-12"):
        assert base.at(month).equals(less.at(month))
        assert base.at(month).equals(slower.at(month))
    assert less.at("2027-12")["odds"] < base.at("2027-12")["odds"]
    assert slower.at("2027-12")["odds"] > base.at("2027-12")["odds"]
    np.testing.assert_allclose(
        slower.at("2027-12")["p50"], base.at("2027-12")["p50"] / 2, rtol=1e-12
    )


def test_the_band_orders_itself_and_odds_are_shares(records: Records) -> None:
    gap = compute_gap(Model(records, draws=DRAWS), Scenario(), Comparison())
    known = gap.ratio.dropna()
    assert (known["p10"] <= known["p50"]).all()
    assert (known["p50"] <= known["p90"]).all()
    assert known["odds"].between(0, 1).all()
    nato, europe = (gap.ratio[gap.ratio["versus"] == v].dropna() for v in ("nato", "europe"))
    assert (nato["p50"].to_numpy() < europe["p50"].to_numpy()).all()


def test_own_assumptions_keep_the_pairing_of_draws(records: Records) -> None:
    edited = Scenario(assume=(("utilisation", 0.85),))
    kept_draws = draw_coefficients(Model(records, draws=DRAWS), edited.assume).kept
    assert len(kept_draws) == DRAWS
    assert 0.2 * DRAWS < len(set(kept_draws)) < DRAWS
    actor_rates = rates(records, edited)
    np.testing.assert_array_equal(actor_rates["russia"], rates(records)["russia"][:, kept_draws])
    assert actor_rates["europe"].shape == (len(MONTHS), len(kept_draws))


def test_us_estimates_agree_on_the_past_and_part_after_it(records: Records) -> None:
    paths = [rates(records, us=us)["us"] for us in list_estimates(records, "US")]
    past = MONTHS.index("2026-04") + 1
    for path in paths[1:]:
        np.testing.assert_allclose(path[:past], paths[0][:past])
    ends = [float(np.median(path[-1])) for path in paths]
    assert len({round(end, -4) for end in ends}) == 3


def test_bad_choices_are_told(records: Records) -> None:
    with pytest.raises(ValueError, match="calibres: 'some' is not one of"):
        Comparison(calibres="some")
    with pytest.raises(ValueError, match="russia_rate: 9"):
        Comparison(russia_rate=9.0)
    with pytest.raises(ValueError, match="russia: 'nobody' is not one of ru-"):
        compute_gap(Model(records, draws=10), Scenario(), Comparison(russia="nobody"))


def test_the_gaps_sentences_hold_its_numbers(records: Records) -> None:
    gap = compute_gap(Model(records, draws=DRAWS), Scenario(), Comparison())
    said = write_gap_title(records, Scenario(), gap, "2027-12")
    assert f"{gap.at('2025-06')['p50']:.1f} times" in said
    assert say_chance(gap.at("2027-12")["odds"]) in said
    low = compute_gap(Model(records, draws=DRAWS), Scenario(), Comparison(russia="ru-west-2m"))
    assert "NATO: even odds from" in write_parity(low)
    assert "even odds only after 2030, if at all" in write_parity(gap)
    assert "not likelier" not in write_parity(gap)  # it reads as no chance at all
    assert f"the ratio was {gap.at('2025-11')['p50']:.1f}" in write_tide(records, gap)
    slow = compute_gap(Model(records, draws=DRAWS), Scenario(), Comparison(russia_rate=0.25))
    said = write_gap_title(records, Scenario(), slow, "2027-12")
    assert said.startswith("Russia at 25 % from 2026. Going by Ukrainian intelligence")
    unknown = dataclasses.replace(gap, ratio=gap.ratio.assign(p50=float("nan")))
    assert "names no figure" in write_gap_title(records, Scenario(), unknown, "2027-12")


def test_every_named_estimate_of_2024_is_listed_alike(records: Records) -> None:
    table = list_named_rates(Model(records, draws=DRAWS), Comparison(), "2024")
    assert set(table["estimate_id"]) >= {"ru-hur", "ru-rusi-152", "ru-nato", "ru-efis"}
    assert "ru-west-2m" not in set(table["estimate_id"])  # names 2025 only
    assert (table["p10"] <= table["p90"]).all()
