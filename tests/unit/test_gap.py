from __future__ import annotations

import dataclasses

import numpy as np
import pytest

import ramp155
from ramp155 import Scenario, ensemble, gap, gap_words, outlook, simulation
from ramp155.gap import Comparison
from ramp155.scenario import FORECAST_START, MONTHS

DRAWS = 200
START = MONTHS.index(FORECAST_START)


def rates(records: ramp155.Records, scenario: Scenario | None = None, **how: object) -> dict:
    return gap.rates(records, scenario or Scenario(), Comparison(**how), DRAWS)


def test_europe_is_the_models_and_nato_its_sum(records: ramp155.Records) -> None:
    found = rates(records)
    output = simulation.outputs(records, DRAWS, Scenario())[0] * 12
    np.testing.assert_array_equal(found["europe"], output)
    np.testing.assert_allclose(found["nato"], found["europe"] + found["us"] + found["canada"])
    plate = rates(records, counts="nameplate")["europe"]
    np.testing.assert_allclose(plate, outlook.nameplates(records, Scenario(), DRAWS) * 12)
    assert (plate >= output - 1).mean() > 0.95


def test_an_estimate_goes_through_its_claims_and_is_blank_before_them(
    records: ramp155.Records,
) -> None:
    middle = gap.rates(records, Scenario(), Comparison(calibres="quoted"), 0)["russia"][:, 0]
    at = MONTHS.index
    assert middle[at("2024-07")] == pytest.approx(3_800_000)
    assert middle[at("2023-07")] == pytest.approx(2_000_000)
    assert middle[at("2024-01") : at("2024-12") + 1] == pytest.approx(3_800_000)  # a year is held
    assert np.isnan(middle[: at("2023-01")]).all()
    assert not np.isnan(middle[at("2023-01") :]).any()


@pytest.mark.parametrize("russia", ["ru-hur", "ru-rusi-152", "ru-efis", "ru-rusi"])
def test_like_is_counted_with_like(records: ramp155.Records, russia: str) -> None:
    """Every conversion is the coefficient's, and undoes itself."""
    terms = gap.coefficients(records, DRAWS)
    row = records.estimates[records.estimates["estimate_id"] == russia].iloc[0]
    both, one = (rates(records, russia=russia, calibres=c)["russia"] for c in ("all", "155"))
    np.testing.assert_allclose(one[-1], both[-1] * terms["share_152"])
    new = rates(records, russia=russia, made="new")["russia"]
    np.testing.assert_allclose(new[-1], one[-1] * terms["share_new"])
    quoted = rates(records, russia=russia, calibres="quoted")["russia"]
    same = both if row["calibres"] == "all" else one
    told = same[-1] * (terms["share_new"] if row["made"] == "new" else 1.0)
    np.testing.assert_allclose(quoted[-1], told)  # as quoted, nothing is converted
    ours = rates(records, calibres="all")["nato"]
    np.testing.assert_allclose(ours, rates(records)["nato"] * terms["all_calibres"])
    assert (terms["share_152"] < 1).all()
    assert (terms["all_calibres"] > 1).all()


def test_the_lowest_and_the_highest_estimate_move_the_odds(records: ramp155.Records) -> None:
    odds = {}
    for russia in gap.estimates(records, "RU"):
        found = gap.compare(records, Scenario(), Comparison(russia=russia, calibres="all"), DRAWS)
        odds[russia] = float(found.at("2027-12")["odds"])
    assert odds["ru-west-2m"] > 0.9  # the lowest of all calibres
    assert odds["ru-zelensky"] < 0.02
    assert max(odds.values()) - min(odds.values()) > 0.9


def test_levers_act_on_the_gap_and_not_on_the_past(records: ramp155.Records) -> None:
    base = gap.compare(records, Scenario(), Comparison(), DRAWS)
    less = gap.compare(records, Scenario(nitrocellulose=0.5), Comparison(), DRAWS)
    slower = gap.compare(records, Scenario(), Comparison(russia_rate=0.5), DRAWS)
    for month in ("2024-06", "2025-12"):
        assert base.at(month).equals(less.at(month))
        assert base.at(month).equals(slower.at(month))
    assert less.at("2027-12")["odds"] < base.at("2027-12")["odds"]
    assert slower.at("2027-12")["odds"] > base.at("2027-12")["odds"]
    np.testing.assert_allclose(
        slower.at("2027-12")["p50"], base.at("2027-12")["p50"] / 2, rtol=1e-12
    )


def test_the_band_orders_itself_and_odds_are_shares(records: ramp155.Records) -> None:
    found = gap.compare(records, Scenario(), Comparison(), DRAWS)
    known = found.ratio.dropna()
    assert (known["p10"] <= known["p50"]).all()
    assert (known["p50"] <= known["p90"]).all()
    assert known["odds"].between(0, 1).all()
    nato, europe = (found.ratio[found.ratio["versus"] == v].dropna() for v in ("nato", "europe"))
    assert (nato["p50"].to_numpy() < europe["p50"].to_numpy()).all()


def test_own_assumptions_keep_the_pairing_of_draws(records: ramp155.Records) -> None:
    edited = Scenario(assume=(("utilisation", 0.85),))
    kept = ensemble.draw(records, DRAWS, edited.assume).kept
    assert 0 < len(kept) < DRAWS
    found = rates(records, edited)
    np.testing.assert_array_equal(found["russia"], rates(records)["russia"][:, kept])
    assert found["europe"].shape == (len(MONTHS), len(kept))


def test_us_estimates_agree_on_the_past_and_part_after_it(records: ramp155.Records) -> None:
    paths = [rates(records, us=us)["us"] for us in gap.estimates(records, "US")]
    past = MONTHS.index("2026-04") + 1
    for path in paths[1:]:
        np.testing.assert_allclose(path[:past], paths[0][:past])
    ends = [float(np.median(path[-1])) for path in paths]
    assert len({round(end, -4) for end in ends}) == 3


def test_bad_choices_are_told(records: ramp155.Records) -> None:
    with pytest.raises(ValueError, match="calibres: 'some' is not one of"):
        Comparison(calibres="some")
    with pytest.raises(ValueError, match="russia_rate: 9"):
        Comparison(russia_rate=9.0)
    with pytest.raises(ValueError, match="russia: 'nobody' is not one of ru-"):
        gap.compare(records, Scenario(), Comparison(russia="nobody"), 10)
    with pytest.raises(ValueError, match="at least 1"):
        gap.compare(records, Scenario(), Comparison(), 0)


def test_the_gaps_sentences_hold_its_numbers(records: ramp155.Records) -> None:
    found = gap.compare(records, Scenario(), Comparison(), DRAWS)
    said = gap_words.finding(records, Scenario(), found, "2027-12")
    assert f"{found.at('2025-06')['p50']:.1f} times" in said
    assert gap_words.in_hundred(found.at("2027-12")["odds"]) in said
    low = gap.compare(records, Scenario(), Comparison(russia="ru-west-2m"), DRAWS)
    assert "NATO: likelier than not from" in gap_words.parity(low)
    assert "by the end of 2030" in gap_words.parity(found)
    assert f"the ratio was {found.at('2025-11')['p50']:.1f}" in gap_words.turned(records, found)
    slow = gap.compare(records, Scenario(), Comparison(russia_rate=0.25), DRAWS)
    said = gap_words.finding(records, Scenario(), slow, "2027-12")
    assert said.startswith("Russia at 25 % from 2026. Going by Ukrainian intelligence")
    unknown = dataclasses.replace(found, ratio=found.ratio.assign(p50=float("nan")))
    assert "names no figure" in gap_words.finding(records, Scenario(), unknown, "2027-12")


def test_every_named_estimate_of_2024_is_listed_alike(records: ramp155.Records) -> None:
    table = gap.named(records, Comparison(), "2024", DRAWS)
    assert set(table["estimate_id"]) >= {"ru-hur", "ru-rusi-152", "ru-nato", "ru-efis"}
    assert "ru-west-2m" not in set(table["estimate_id"])  # names 2025 only
    assert (table["p10"] <= table["p90"]).all()
