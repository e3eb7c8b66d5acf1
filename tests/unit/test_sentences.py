"""Every sentence made from results, held against the numbers: for 150 random scenarios, nightly for 500.

The numbers are taken anew from the simulation, not from what the sentences were made of.
"""

from __future__ import annotations

import dataclasses
import re

import numpy as np
import pytest

from ramp155.answers.goal.goal import seek_goal
from ramp155.answers.goal.odds import tabulate_odds_by_supply
from ramp155.answers.output.nitrocellulose import compute_rounds_per_tonne
from ramp155.answers.output.odds import compute_target_odds
from ramp155.answers.output.reading import Reading, read_outlook
from ramp155.answers.sensitivity.attribution import attribute_change
from ramp155.answers.sensitivity.tornado import compute_tornado
from ramp155.answers.stages.utilisation import compute_utilisation
from ramp155.model.capacity.needs import compute_needs
from ramp155.model.coefficients.draws import draw_coefficients
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import FORECAST_START, MONTHS
from ramp155.model.scenario.levers import LEVERS
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.levers import prepare_scenario
from ramp155.model.simulation.plans import build_running_capacity, find_chain
from ramp155.model.simulation.runs import run_scenario
from ramp155.record.records import Records
from ramp155.text.numbers import (
    say_chance,
    say_month,
    say_percent,
    say_short_month,
    say_small_number,
)
from ramp155.text.output.capacity import write_utilisation
from ramp155.text.output.goal import write_goal_answer, write_odds_line, write_supply_odds_title
from ramp155.text.output.reading import (
    write_reading,
    write_readout,
    write_recovery,
    write_tonne_gain,
)
from ramp155.text.output.sensitivity import write_attribution, write_tornado
from ramp155.text.output.title import write_output_title, write_response_title
from ramp155.text.scenario import list_lever_warnings
from ramp155.text.stages import name_stages
from tests.wording import LEAST_EASE, find_style_faults, measure_ease

DRAWS = 40
RUNS, PART = 500, 15
PARTS = -(-RUNS // PART)
QUICK = 10  # parts in every run; the others come at night
NUMBER = r"([+−]?[\d,.]*\d)( million)?"
EDITS = (("nitrocellulose_fraction", 0.7), ("utilisation", 0.88), ("slip_months", 0.0))
READ_OFF = [m for m in MONTHS if m >= "2026-06" and m[-2:] in ("06", "12")]


def number(text: str) -> float:
    """The first rate in a text: 1.31 million, 640,000."""
    whole, million = re.search(NUMBER, text).groups()
    return float(whole.replace(",", "").replace("−", "-")) * (1e6 if million else 1)


def near(said: float, true: float) -> bool:
    """Right but for rounding: two decimals of a million, tens of thousands, thousands."""
    unit = 10_000 if abs(true) >= 100_000 else 1_000
    return abs(said - true) <= unit / 2 + 1


def rounds_in(text: str) -> list[float]:
    return [
        float(whole.replace(",", "").replace("−", "-")) * (1e6 if million else 1)
        for whole, million in re.findall(NUMBER, text)
    ]


def random_scenario(rng: np.random.Generator) -> Scenario:
    values: dict[str, object] = {"nitrocellulose": float(rng.integers(0, 41)) * 0.05}
    values["nitrocellulose"] = round(values["nitrocellulose"], 2)
    for lever in LEVERS:
        if lever.name in ("nitrocellulose", "months") or rng.random() < 0.8:
            continue
        if lever.name in ("extra_delay", "under_way", "realised"):
            values[lever.name] = {"extra_delay": 12, "under_way": 0.5, "realised": 0.0}[lever.name]
        else:
            steps = rng.integers(round(lever.low * 20), round(lever.high * 20) + 1)
            values[lever.name] = round(float(steps) / 20, 2)
    if rng.random() < 0.4:
        values["start"] = MONTHS[int(rng.integers(MONTHS.index(FORECAST_START), 96))]
    if rng.random() < 0.4:
        values["months"] = int(rng.integers(1, 37))
    if rng.random() < 0.2:
        values["assume"] = (EDITS[int(rng.integers(3))],)
    if rng.random() < 0.1:
        values["also"] = ("UA",)
    return Scenario(**values)


@pytest.fixture(scope="module")
def cases() -> list[tuple[Scenario, str]]:
    rng = np.random.default_rng(155)
    return [(random_scenario(rng), READ_OFF[int(rng.integers(len(READ_OFF)))]) for _ in range(RUNS)]


def test_the_scenarios_differ(cases: list[tuple[Scenario, str]]) -> None:
    assert len({scenario for scenario, _ in cases}) > 0.9 * RUNS


@pytest.mark.parametrize(
    "part",
    [pytest.param(p, marks=pytest.mark.nightly if p >= QUICK else ()) for p in range(PARTS)],
)
def test_every_sentence_is_right(
    records: Records, cases: list[tuple[Scenario, str]], part: int
) -> None:
    base_draws = run_scenario(Model(records, draws=DRAWS), Scenario())[0]
    base = np.median(base_draws, axis=1)
    order = find_chain(records).order
    names = name_stages(records)
    for scenario, month in cases[part * PART : (part + 1) * PART]:
        at = MONTHS.index(month)
        drawn, who = run_scenario(Model(records, draws=DRAWS), scenario)
        output = np.median(drawn, axis=1)
        paired = base_draws[:, _kept(records, scenario)]
        shares = {order[s]: float((who[at] == s).mean()) for s in np.unique(who[at])}
        read = read_outlook(Model(records, draws=DRAWS), scenario, month)
        title = write_output_title(records, scenario, read)
        told, told_base = output[at] * 12, base[at] * 12
        if month.endswith("-12"):
            year = slice(at - 11, at + 1)
            told, told_base = (np.median(a[year].sum(axis=0)) for a in (drawn, base_draws))
        _check_title(title, scenario, month, told, told_base, shares, names, records)
        _check_response(records, scenario, month)
        _check_readout(write_readout(scenario, read), drawn[at] * 12, (drawn - paired)[at] * 12)
        said = write_reading(records, scenario, read)
        _check_reading(said, shares, names)
        is_rise = told > told_base * 1.005
        year_base = np.median(base_draws[at // 12 * 12 : at // 12 * 12 + 12].sum(axis=0))
        _check_recovery(write_recovery(scenario, read), scenario, output, base, is_rise, year_base)
        _check_gain(records, scenario, month, read)
        _check_warnings(records, scenario)
        _check_odds(records, scenario, drawn, month)
        _check_causes(records, scenario, month, base[at] * 12, output[at] * 12)
        _check_style(records, scenario, month, read)


def _kept(records: Records, scenario: Scenario) -> np.ndarray:
    return draw_coefficients(Model(records, draws=DRAWS), scenario.assume).kept


def _check_title(
    title: str,
    scenario: Scenario,
    month: str,
    rounds: float,
    baseline: float,
    shares: dict[str, float],
    names: dict[str, str],
    records: Records,
) -> None:
    assert month[:4] in title
    assert "by our assumptions" in title
    limit = title.rsplit("by our assumptions ", 1)[1]
    held = [stage for stage in shares if names[stage] in limit]
    assert sum(shares[stage] for stage in held) >= 0.7
    if scenario == Scenario():
        return
    moved = scenario.moved
    if scenario.nitrocellulose != 1:
        assert title.startswith(f"At {round(scenario.nitrocellulose * 100)} % nitrocellulose")
        others = len(moved) - 1
        assert ("one other lever moved" in title) == (others == 1)
        assert (f"{say_small_number(others)} other levers moved" in title) == (others > 1)
    if scenario.months and moved:
        length = "1 month" if scenario.months == 1 else f"{scenario.months} months"
        assert f"for {length} from {say_month(scenario.start)}" in title
    assert ("your own value" in title) == bool(scenario.assume)
    assert ("counting Ukraine" in title) == bool(scenario.also)
    if rounds < 1_000:
        assert "has most likely stopped" in title
        return
    assert near(number(title.split("completes ")[1]), rounds)
    change = rounds / baseline - 1
    if abs(change) < 0.02:
        assert "about as in the baseline" in title
        return
    match = re.search(r"(\d+) % (fewer|more) than in the baseline", title)
    assert abs(int(match[1]) - abs(change) * 100) <= 0.51
    assert match[2] == ("fewer" if change < 0 else "more")


def _check_response(records: Records, scenario: Scenario, month: str) -> None:
    """Half as much and half as much again, run anew."""
    model = Model(records, draws=DRAWS)
    text = write_response_title(model, scenario, month)
    year = [place for place, name in enumerate(MONTHS) if name.startswith(month[:4])]
    half, full, more = (
        float(
            np.median(
                run_scenario(model, dataclasses.replace(scenario, nitrocellulose=supply))[0][
                    year
                ].sum(axis=0)
            )
        )
        for supply in (0.5, 1.0, 1.5)
    )
    loss, gain = text.split("cost ")[1].split(" in ")[0], text.split("would add ")[1]
    for said, true in ((loss, full - half), (gain, more - full)):
        if said == "no rounds":
            assert true <= 0.005 * full + 1
        else:
            assert near(number(said), true), text


def _check_readout(text: str, drawn: np.ndarray, change: np.ndarray) -> None:
    low, median, high = np.quantile(drawn, [0.1, 0.5, 0.9])
    assert near(number(text.split(": ")[1]), median), text
    assert ("Likely range" in text) == (high >= 500), "no range from nothing to nothing"
    if high >= 500:
        band = text.split("Likely range (8 of 10 runs): ")[1].split(". ")[0]
        said = rounds_in(band)
        # "1.55 to 1.91 million": the unit stands once.
        said[0] = said[0] * 1e6 if said[0] < 10 and said[1] > 1e5 else said[0]
        assert near(said[0], low), text
        assert near(said[1], high), text
    less, more = np.quantile(change, [0.1, 0.9])
    if "No change" in text:
        assert max(abs(less), abs(more)) < 500
    elif "Likely change" in text:
        said = rounds_in(text.split("Likely change: ")[1])
        assert near(said[0], less)
        assert near(said[1], more)


def _check_reading(text: str, shares: dict[str, float], names: dict[str, str]) -> None:
    assert text.startswith("By our assumptions the limit in ")
    stage = next(s for s in names if names[s] == re.search(r"\*\*(.+?)\*\*", text)[1])
    assert shares[stage] == max(shares.values())
    leading = float(re.search(r"\((\d+) %", text)[1])
    assert abs(leading - shares[stage] * 100) <= 0.51
    if "most often" in text:
        others = text.split("In others it is ")[1].split(". ")[0]
        listed = re.findall(r"([a-z ]+?) \((\d+) %\)", others)
        assert 1 <= len(listed) <= 2
        for name, share in listed:
            key = next(s for s in names if names[s] == name.replace(" or ", "").strip())
            assert abs(int(share) - shares[key] * 100) <= 0.51
    else:
        assert "in nearly all runs" in text
        others = [share for s, share in shares.items() if s != stage]
        assert shares[stage] >= 0.95 or max(others) < 0.05


def _check_recovery(
    text: str,
    scenario: Scenario,
    output: np.ndarray,
    base: np.ndarray,
    is_rise: bool,
    year_base: float,
) -> None:
    """Only from the scenario's start on, only what is more than next to nothing, and beside no rise."""
    start = MONTHS.index(scenario.start)
    under = start + np.flatnonzero(output[start:] < base[start:] * 0.99)
    lost = np.maximum(base - output, 0)[start:].sum()
    assert bool(text) == bool(len(under) and lost >= 0.01 * year_base and not is_rise)
    if not text:
        return
    assert say_month(MONTHS[under[0]]) in text
    if "does not come back" in text:
        assert under[-1] == len(MONTHS) - 1
    else:
        assert f"back in {say_month(MONTHS[under[-1] + 1])}" in text
    assert near(number(text.rsplit(": ", 1)[1]), lost)


def _check_gain(
    records: Records,
    scenario: Scenario,
    month: str,
    read: Reading,
) -> None:
    model = Model(records, draws=DRAWS)
    percent = round(scenario.nitrocellulose * 100)
    gained = compute_rounds_per_tonne(model, scenario, month)[percent]
    text = write_tonne_gain(records, read, gained)
    assert "by our assumptions" in text
    if percent == 200:
        return
    more = dataclasses.replace(scenario, nitrocellulose=(percent + 5) / 100)
    at = MONTHS.index(month) + 1
    rise = sum(
        np.median(run_scenario(model, where)[0][:at], axis=1).sum() * sign
        for where, sign in ((more, 1), (scenario, -1))
    )
    if "adds nothing" in text:
        assert rise < 0.5 * 5 * 300 * at / 12  # a percent is well under 300 tonnes a year
    else:
        need = compute_needs(records, draw_coefficients(model, scenario.assume).params)
        # No tonne makes more rounds than it holds.
        most = 1 / np.median(need["nitrocellulose"]) / scenario.propellant_per_round
        assert rise > 0
        assert 0 < number(text.split("about ")[1]) <= most * 1.01 + 1


def _check_warnings(records: Records, scenario: Scenario) -> None:
    model = Model(records, draws=DRAWS)
    said = " ".join(list_lever_warnings(model, scenario))
    assert ("thought experiment" in said) == (
        scenario.nitrocellulose > 1.3 and scenario.start < "2028-01"
    )
    if "cannot be made" in said:
        assert scenario.linters < 1
        stacked = build_running_capacity(model, scenario.plans)
        supply = prepare_scenario(model, scenario)[3]
        acts = supply.acts
        if acts.any():
            month = int(np.flatnonzero(acts)[-1])
            made_rounds, fed = (
                stacked.array[stacked.stages.index(s), month] * supply.factor
                for s in ("nitrocellulose", "cellulose")
            )
            assert (fed * supply.fibre < made_rounds).mean() > 0.4
    assert ("short shots" in said) == (scenario.propellant_per_round < 0.8)
    assert ("replaces nothing" in said) == (scenario.wood_pulp > 0 and scenario.linters >= 1)


def _check_odds(records: Records, scenario: Scenario, drawn: np.ndarray, month: str) -> None:
    for row in compute_target_odds(Model(records, draws=DRAWS), scenario, month).itertuples():
        share = (drawn[MONTHS.index(month)] * 12 >= row.rounds_per_year).mean()
        text = write_odds_line(row.label, row.odds, row.even_from)
        match = re.search(r": (under|over)? ?(\d+) %", text)
        assert abs(int(match[2]) - share * 100) <= (1.0 if match[1] else 0.51)
        assert "not" not in text  # odds under a half by the end are no "no"
        even = re.search(r"even odds from (\w+ \d{4})", text)
        assert bool(even) != text.endswith("even odds after 2030")
        lasting = (drawn * 12 >= row.rounds_per_year).mean(axis=1) >= 0.5
        assert bool(even) == bool(lasting[-1])
        if even:
            first = next(i for i, m in enumerate(MONTHS) if say_short_month(m) == even[1])
            assert lasting[first:].all()


def _check_causes(
    records: Records, scenario: Scenario, month: str, baseline: float, rounds: float
) -> None:
    origins = attribute_change(Model(records, draws=DRAWS), scenario, month)
    text = write_attribution(origins, month)
    if "nothing has changed" in text:
        assert abs(rounds - baseline) < 500
        return
    before, after = text.split("goes from ")[1].split(" rounds a year")[0].split(" to ")
    assert near(number(before), baseline)
    assert near(number(after), rounds)
    parts = [number(p) for p in re.findall(r": ([+−]?[\d,.]*\d(?: million)?)\.", text)]
    assert len(parts) >= 2
    assert abs(sum(parts) - (rounds - baseline)) <= 5_001 * (len(parts) + 1)


def _check_style(records: Records, scenario: Scenario, month: str, read: Reading) -> None:
    """What is said keeps to docs/style.md."""
    model = Model(records, draws=DRAWS)
    texts = [
        write_output_title(records, scenario, read),
        write_readout(scenario, read),
        write_reading(records, scenario, read),
        write_response_title(model, scenario, month),
        write_attribution(attribute_change(model, scenario, month), month),
        *write_utilisation(records, scenario, compute_utilisation(model, scenario, month), month),
        *list_lever_warnings(model, scenario),
    ]
    for text in texts:
        assert find_style_faults(text) == []
        assert measure_ease(text) >= LEAST_EASE, text


def test_goal_sentences_are_right(records: Records, cases: list[tuple[Scenario, str]]) -> None:
    rng = np.random.default_rng(7)
    model = Model(records, draws=DRAWS)
    names = name_stages(records)
    seen = set()
    for scenario, by in cases[:25]:
        target = float(rng.integers(2, 30)) * 1e5
        at = MONTHS.index(by)
        goal = seek_goal(model, scenario, target, by)
        said = write_goal_answer(records, goal)
        most = dataclasses.replace(scenario, nitrocellulose=2.0)
        rounds_at_most = np.median(run_scenario(model, most)[0][at]) * 12
        reachable = rounds_at_most >= target
        seen.add(bool(reachable))
        assert ("No supply" in said[0]) == (not reachable)
        if not reachable and rounds_at_most < 1_000:
            assert "output has stopped" in said[0]
            continue
        where = most
        if reachable:
            where = dataclasses.replace(scenario, nitrocellulose=goal.nitrocellulose)
            percent = int(re.search(r"take (\d+) %", said[0])[1])
            assert 0 <= percent - goal.nitrocellulose * 100 < 1
        else:
            assert near(number(said[0].split("most likely ")[1]), rounds_at_most)
        limit = f"By our assumptions the limit there is {names[goal.binds]} in"
        assert any(limit in part for part in said)
        odds = (run_scenario(model, where)[0][at] * 12 >= target * (1 - 1e-6)).mean()
        share = next(part for part in said if "of our runs" in part)
        match = re.search(r"(under|over|Under|Over)? ?(\d+) % of our runs", share)
        if match:
            # Between two runs of the grid the median is read on a straight line.
            assert abs(int(match[2]) - odds * 100) <= (1.0 if match[1] else 0.51)
        else:
            assert odds == 0
    assert seen == {True, False}


def test_the_tornado_s_sentence_is_right(records: Records) -> None:
    for what in (Scenario(), Scenario(nitrocellulose=0.6), Scenario(explosive=0.5)):
        table = compute_tornado(Model(records, draws=DRAWS), what, "2027-12")
        text = write_tornado(table, "2027-12")
        first = table.iloc[0]
        assert text.startswith(f"**{first['label']}** matters most")
        low, high = re.search(
            r"is ([\d.,]+(?: million)?) rounds a year.*? it is ([\d.,]+(?: million)?)\.", text
        ).groups()
        assert near(number(low), first["rounds_at_low"])
        assert near(number(high), first["rounds_at_high"])
        idle = int((table["share"] < 0.01).sum())
        assert f"Of {len(table)} assumptions, {idle} explain next to nothing" in text


def test_the_sentence_on_utilisation_is_right(records: Records) -> None:
    names = name_stages(records)
    for what in (Scenario(), Scenario(nitrocellulose=0.5), Scenario(shifts=1.3, explosive=0.4)):
        usage = compute_utilisation(Model(records, draws=DRAWS), what, "2028-12")
        stages, countries = write_utilisation(records, what, usage, "2028-12")
        top = usage.stages.loc[usage.stages["utilisation"].idxmax()]
        assert f"would most likely run at {say_percent(top['utilisation'])} of capacity" in stages
        full = usage.stages[usage.stages["utilisation"] > top["utilisation"] - 0.005]["stage"]
        assert all(names[stage] in stages for stage in full)
        busiest = usage.countries["utilisation"].max()
        assert f"busiest ({say_percent(busiest)})" in countries


def test_odds_by_supply_in_words(records: Records) -> None:
    for target in (300_000.0, 1_000_000.0, 1_400_000.0, 3_800_000.0):
        table = tabulate_odds_by_supply(Model(records, draws=DRAWS), Scenario(), target, "2027-12")
        text = write_supply_odds_title(table, target, "2027-12")
        best = table["odds"].max()
        level = 0.8 if best >= 0.8 else 0.5 if best >= 0.5 else None
        if level is None:
            assert text.startswith("**However much")
            assert ("at most under" in text, "at most" in text) == (False, best >= 0.01)
        else:
            supply = table.loc[table["odds"] >= level, "nitrocellulose"].iloc[0]
            assert f"from about {say_percent(supply)} nitrocellulose" in text
        assert say_chance(best) in text
