from __future__ import annotations

import dataclasses
import random

import numpy as np
import pandas as pd
import pytest

from ramp155.answers.gap.coefficients import compute_gap_coefficients
from ramp155.answers.gap.comparison import Comparison
from ramp155.answers.gap.rates import compute_actor_rates
from ramp155.answers.procurement.flows import HORIZON, SUPPLY_SOURCES, compute_flows
from ramp155.answers.procurement.rule import compute_preference_cost, compute_preference_curve
from ramp155.answers.procurement.terms import DEMAND_LEVERS, Terms
from ramp155.files.story.model_figures import MODEL_FIGURES
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import FORECAST_START, MONTHS
from ramp155.model.scenario.levers import Lever
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.runs import run_scenario
from ramp155.pictures.catalogue import build_picture
from ramp155.pictures.view import View
from ramp155.record.records import Records
from ramp155.text.demand.preference import write_rule_cost
from ramp155.text.demand.tracks import write_rebuilding, write_tracks_title
from ramp155.text.explain.demand import explain_tracks
from ramp155.text.numbers import say_chance, say_rounds

US = "us-likely"
MODELLED = len(MONTHS) - MONTHS.index(FORECAST_START)


def some_terms(rng: random.Random) -> Terms:
    """Random terms over the whole range of every lever."""
    values = {}
    for lever in DEMAND_LEVERS:
        value = rng.uniform(lever.low, lever.high)
        values[lever.name] = round(value) if lever.unit in ("months", "years") else value
    return Terms(**values)


def some_scenario(rng: random.Random) -> Scenario:
    return Scenario(
        nitrocellulose=rng.choice([0.0, 0.4, 1.0, 1.6]),
        explosive=rng.choice([0.5, 1.0]),
        shifts=rng.choice([1.0, 1.3]),
        extra_delay=rng.choice([0, 12]),
    )


def test_rounds_are_conserved_in_five_hundred_scenarios(records: Records) -> None:
    """Demand = European + stocks + US + other + unmet, every month and draw, to the round."""
    rng = random.Random(155)
    scenarios = [some_scenario(rng) for _ in range(20)]
    for _ in range(500):
        terms, scenario = some_terms(rng), rng.choice(scenarios)
        us = rng.choice(["us-likely", "us-flat", "us-plan"])
        flows = compute_flows(Model(records, draws=10), scenario, terms, us)
        total = sum(flows.met.values())
        assert flows.demand.dtype == total.dtype == np.int64
        assert (flows.demand == total).all()
        assert all((flow >= 0).all() for flow in flows.met.values())
        abroad = flows.met["us"] + flows.met["other"]
        assert (abroad <= flows.demand * (1 - terms.preference) + 1e-6).all()
        assert (flows.level >= 0).all()
        european_rounds = np.floor(run_scenario(Model(records, draws=10), scenario)[0][-MODELLED:])
        home = (flows.met["europe"] + flows.spare)[:MODELLED]
        assert (home == european_rounds).all()
        # Stocks hold what was received beyond what was fired, less what was drawn.
        fired = int(terms.aid) + int(terms.training) // 12
        received = flows.met["europe"] + abroad
        moved = np.diff(flows.level, axis=0)
        gained = np.maximum(received - fired, 0) - flows.met["stock"]
        assert (moved == gained[1:]).all()


def test_at_full_preference_and_no_us_what_is_unmet_is_demand_less_europe_and_stock(
    records: Records,
) -> None:
    for draw in (0.0, 0.6):
        terms = Terms(preference=1.0, us_availability=0.0, draw=draw)
        flows = compute_flows(Model(records, draws=100), Scenario(), terms, US)
        left = flows.demand - flows.met["europe"] - flows.met["stock"]
        assert (flows.met["unmet"] == left).all()
        assert flows.sum_flow("us").sum() == flows.sum_flow("other").sum() == 0
        assert (flows.sum_flow("stock").sum() > 0) == (draw > 0)
        output = run_scenario(Model(records, draws=100), Scenario())[0][-MODELLED:]
        short = flows.demand[:MODELLED] > output
        assert (flows.met["europe"][:MODELLED][short] == np.floor(output[short])).all()


def test_nothing_from_the_us_before_the_delay(records: Records) -> None:
    flows = compute_flows(Model(records, draws=50), Scenario(), Terms(delay=20), US)
    assert not flows.met["us"][:20].any()
    assert flows.met["us"][20:40].any()


def test_a_stricter_rule_never_leaves_less_unmet(records: Records) -> None:
    table = compute_preference_curve(Model(records, draws=100), Scenario(), Terms(), US)
    assert list(table["preference"]) == [round(k / 10, 1) for k in range(11)]
    for column in ("p10", "mean", "p90"):
        assert (np.diff(table[column]) >= 0).all()
    assert table["mean"].iloc[-1] > table["mean"].iloc[0] + 500_000


def test_what_a_rule_costs_and_leaves(records: Records) -> None:
    free = compute_preference_cost(Model(records, draws=100), Scenario(), Terms(), US)
    assert free.cost_rounds == free.kept == free.plants == (0.0, 0.0, 0.0)
    strict = compute_preference_cost(
        Model(records, draws=100), Scenario(), Terms(preference=1.0), US
    )
    # Means add up: what is missing under the rule is what was missing without it and what it costs.
    assert strict.missing[1] == pytest.approx(strict.missing_free[1] + strict.cost_rounds[1])
    assert strict.missing_free == free.missing
    assert strict.cost_odds > 0.9
    flows = compute_flows(Model(records, draws=100), Scenario(), Terms(), US)
    bought = flows.sum_flow("us") + flows.sum_flow("other")
    assert strict.kept[1] == pytest.approx(bought.mean())
    assert strict.never > free.never
    assert 0 < strict.plants[0] <= strict.plants[1] <= strict.plants[2]
    assert strict.odds_rebuilt <= free.odds_rebuilt
    said = write_rule_cost(strict)
    assert say_rounds(strict.cost_rounds[1]) in said
    assert f"not full by the end of 2040 in {say_chance(strict.never)}" in said
    assert "next to nothing" in write_rule_cost(
        compute_preference_cost(Model(records, draws=100), Scenario(), Terms(preference=0.1), US)
    )


def test_more_output_meets_more_and_fills_stocks_sooner(records: Records) -> None:
    low, high = (
        compute_flows(Model(records, draws=100), Scenario(nitrocellulose=nc), Terms(), US)
        for nc in (0.5, 1.5)
    )
    assert (high.sum_flow("unmet") <= low.sum_flow("unmet")).all()
    assert high.sum_flow("unmet").mean() < low.sum_flow("unmet").mean()
    assert (high.find_rebuilt() <= low.find_rebuilt()).all()
    assert high.find_rebuilt().mean() < low.find_rebuilt().mean()


def test_plenty_fills_stocks_on_plan(records: Records) -> None:
    """With no aid to give, stocks are full after the chosen years, not before."""
    terms = Terms(aid=0, training=0, years=4)
    places = compute_flows(Model(records, draws=100), Scenario(), terms, US).find_rebuilt()
    assert 44 <= np.median(places) <= 47
    assert places.min() >= 44


def test_a_full_store_asks_for_nothing(records: Records) -> None:
    terms = Terms(aid=0, training=0, stock_target=0)
    flows = compute_flows(Model(records, draws=20), Scenario(), terms, US)
    assert not flows.demand.any()
    assert (flows.find_rebuilt() == 0).all()
    assert all(not flows.met[source].any() for source in SUPPLY_SOURCES)


@pytest.mark.parametrize("lever", DEMAND_LEVERS, ids=lambda lever: lever.name)
def test_terms_outside_their_range_are_refused(lever: Lever) -> None:
    for value in (lever.low - 1, lever.high + 1, float("nan"), "many"):
        with pytest.raises(ValueError, match=lever.name):
            Terms(**{lever.name: value})


def test_an_unknown_us_path_is_refused(records: Records) -> None:
    with pytest.raises(ValueError, match="us: 'none' is not one of"):
        compute_flows(Model(records, draws=100), Scenario(), Terms(), "none")


def test_the_horizon_goes_on_with_the_last_years_mean(records: Records) -> None:
    flows = compute_flows(Model(records, draws=100), Scenario(), Terms(aid=300_000), US)
    output = run_scenario(Model(records, draws=100), Scenario())[0][-12:].mean(axis=0)
    assert HORIZON[-1] == "2040-12"
    assert (flows.met["europe"][MODELLED:] <= output.astype(int)).all()
    is_wanted = flows.demand[MODELLED:] >= output
    assert (flows.met["europe"][MODELLED:] == output.astype(int))[is_wanted].all()


def test_the_titles_say_what_is_missing(records: Records) -> None:
    terms = Terms(preference=1.0)
    flows = compute_flows(Model(records, draws=100), Scenario(), terms, US)
    rule = compute_preference_cost(Model(records, draws=100), Scenario(), terms, US)
    said = write_tracks_title(flows, rule)
    assert say_rounds(rule.missing[1]) in said
    assert f"{say_rounds(rule.missing_free[1])} are missing. Under a 100 %" in said
    assert say_rounds(flows.tally_fates().asked) in said
    none = dataclasses.replace(rule, preference=0.0)
    assert "preference" not in write_tracks_title(flows, none)
    assert "not full by the end of 2040" in write_rebuilding(rule)
    no_aid = Terms(aid=0, training=0)
    plenty = compute_preference_cost(Model(records, draws=100), Scenario(), no_aid, US)
    assert "Stocks are full" in write_rebuilding(plenty)
    met = compute_flows(Model(records, draws=100), Scenario(), no_aid, US)
    assert "next to none are missing" in write_tracks_title(met, plenty)


@pytest.mark.parametrize("years", [1, 2, 3, 5, 8, 15])
@pytest.mark.parametrize("preference", [0.0, 0.8, 1.0])
def test_what_is_missing_is_counted_once(records: Records, years: int, preference: float) -> None:
    """Aid and training never given, and what stocks lack: no month's failure is asked for again."""
    terms = Terms(years=years, preference=preference)
    flows = compute_flows(Model(records, draws=50), Scenario(), terms, US)
    end = HORIZON.index("2030-12")
    fired = (int(terms.aid) + int(terms.training) // 12) * (end + 1)
    received = sum(flows.sum_flow(source) for source in ("europe", "us", "other", "stock"))
    opening = flows.level[0] - np.maximum(
        sum(flows.met[s][0] for s in ("europe", "us", "other")) - fired // (end + 1), 0
    )
    opening = opening + flows.met["stock"][0]
    wanted = fired + flows.planned[end] - opening
    short = wanted - received + flows.sum_flow("stock")
    assert (flows.count_missing() <= np.maximum(short, 0) + flows.sum_flow("stock")).all()
    assert (flows.count_missing() >= np.maximum(short, 0)).all()
    assert (flows.count_missing() <= flows.sum_flow("unmet")).all()
    assert not flows.met["stock"].any()  # nothing may be given away unless the lever says so
    assert flows.tally_fates().asked == pytest.approx(float(wanted.mean()), rel=0.02)


FATE_TERMS = {
    "as it is": Terms(),
    "a rule": Terms(preference=0.65),
    "all at home": Terms(preference=1.0),
    "in a hurry": Terms(years=1),
    "no aid, in a hurry": Terms(aid=0, training=0, years=1),
    "out of stocks": Terms(draw=0.6, years=3),
}


@pytest.mark.parametrize("terms", FATE_TERMS.values(), ids=list(FATE_TERMS))
@pytest.mark.parametrize("supply", [0.5, 1.0, 1.6])
def test_what_is_drawn_adds_up_to_what_is_said(
    records: Records, terms: Terms, supply: float
) -> None:
    """Page, slide, story, brief and panel say the sum of the area, draw by draw what is missing at the end."""
    model = Model(records, draws=50)
    view = View(Scenario(nitrocellulose=supply), terms=terms)
    flows = compute_flows(model, view.scenario, terms, US)
    fates = flows.sort_fates()
    assert all((rounds >= 0).all() for rounds in fates.values())
    assert (fates["unmet"].sum(axis=0) == flows.count_missing()).all()
    received = sum(flows.sum_flow(source) for source in ("europe", "us", "other"))
    came = sum(fates[fate].sum(axis=0) for fate in ("europe", "us", "other", "late"))
    assert (came == received).all()
    picture = build_picture(model, "tracks", view)
    rows = pd.DataFrame(picture.spec["datasets"]["met"])
    drawn = rows.groupby("source")["rate"].sum() / 12
    asked, missing = say_rounds(drawn.sum()), say_rounds(drawn["unmet"])
    words = f"Of {asked} rounds asked for by 2031, "
    words += f"{missing} are missing" if drawn["unmet"] >= 1_000 else "next to none are missing"
    assert picture.native
    slide_rates = [rate or 0.0 for rate in picture.native.series["Missing"]]
    assert say_rounds(sum(slide_rates) / 12) == missing
    assert picture.headline == words
    if not terms.preference:
        assert picture.finding == words
    elif drawn["unmet"] >= 1_000:
        assert picture.finding.endswith(f"European preference it is {missing}")
    assert explain_tracks(model, view).value == missing
    assert MODEL_FIGURES["asked"](model, view) == asked
    assert MODEL_FIGURES["missing"](model, view) == missing
    rule = build_picture(model, "preference", view)
    here = pd.DataFrame(rule.spec["datasets"]["here"])["mean"].iloc[0]
    if terms.preference in (0.0, 1.0):
        assert say_rounds(here) == missing


def test_nobody_sells_more_than_there_is(records: Records) -> None:
    terms = Terms(us_availability=0.7, other=0.5, delay=6)
    flows = compute_flows(Model(records, draws=50), Scenario(), terms, US)
    rates = compute_actor_rates(Model(records, draws=50), Scenario(), Comparison(us=US))["us"]
    gap_coefficients = compute_gap_coefficients(Model(records, draws=50))
    spare = np.maximum((rates[-MODELLED:] - gap_coefficients["us_own_need"]) / 12, 0.0) * 0.7
    assert (flows.met["us"][6:MODELLED] <= spare[:-6]).all()
    assert (flows.met["other"] <= gap_coefficients["other_imports"] / 12 * 0.5).all()
