from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pandas as pd
import pytest

from ramp155.answers.output.medians import find_year_median
from ramp155.answers.output.reading import read_outlook
from ramp155.answers.output.response import find_supply_effect
from ramp155.history.openings import find_counted_openings
from ramp155.model.model import Model
from ramp155.model.scenario.levers import LEVER_BY_NAME
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.records import Records
from ramp155.text.numbers import (
    count_words,
    join_words,
    say_chance,
    say_percent,
    say_rounds,
    say_signed_rounds,
)
from ramp155.text.output.reading import write_readout, write_recovery, write_tonne_gain
from ramp155.text.output.record import write_three_sentences
from ramp155.text.output.title import write_output_title
from ramp155.text.output.unknowns import write_half_more
from ramp155.text.scenario import name_scenario, say_position
from ramp155.text.stages import name_stages, say_tightest_stages
from tests.shared import record
from tests.wording import find_style_faults
from ui.widgets.signed import print_minus


def finding(records: Records, scenario: Scenario, month: str = "2027-12") -> str:
    return write_output_title(
        records, scenario, read_outlook(Model(records, draws=50), scenario, month)
    )


@pytest.mark.parametrize("supply", [0.5, 1.0, 1.4])
def test_a_year_s_rounds_and_a_month_s_pace_are_told_apart(records: Records, supply: float) -> None:
    """Title and readout stand together: one has the sum of the year, one December's output times twelve."""
    scenario = Scenario(nitrocellulose=supply)
    answer = read_outlook(Model(records, draws=100), scenario, "2027-12")
    title = write_output_title(records, scenario, answer)
    assert re.search(rf"{say_rounds(answer.year_rounds)} rounds\b(?! a year)", title)
    assert "2027" in title
    assert "Dec" not in title
    pace = f"Pace in Dec 2027: {say_rounds(answer.rounds)} rounds a year"
    assert write_readout(scenario, answer).startswith(pace)


@pytest.mark.parametrize("supply", [0.0, 0.3, 0.7, 0.9, 1.0, 1.2, 2.0])
def test_the_headline_agrees_with_the_numbers(records: Records, supply: float) -> None:
    scenario = Scenario(nitrocellulose=supply)
    model = Model(records, draws=50)
    output = find_year_median(model, scenario, 2027)
    baseline = find_year_median(model, Scenario(), 2027)
    said = finding(records, scenario)
    assert "by our assumptions" in said
    if output > 1000:
        assert f"{say_rounds(output)} rounds in 2027" in said or scenario == Scenario()
        assert say_rounds(output) in said
    else:
        assert "stopped" in said
    if supply < 0.8 and output > 1000:
        assert f"{say_percent(1 - output / baseline)} fewer" in said
        assert name_stages(records)["nitrocellulose"] in said
    if supply == 2.0:
        assert "nitrocellulose or" not in said


def test_another_month_than_december_is_a_rate(records: Records) -> None:
    said = finding(records, Scenario(), "2028-06")
    assert said.startswith("In June 2028 Europe will most likely complete")
    assert "rounds a year" in said
    assert finding(records, Scenario(), "2024-12").startswith(
        "In 2024 Europe most likely completed"
    )


def test_doubt_is_said_when_draws_disagree(records: Records) -> None:
    assert say_tightest_stages(records, {"nitrocellulose": 0.9, "fuze": 0.1}) == "nitrocellulose"
    both = say_tightest_stages(records, {"nitrocellulose": 0.45, "propellant": 0.4, "fuze": 0.15})
    assert both == "nitrocellulose or propellant powder"


def test_other_levers_are_counted(records: Records) -> None:
    said = finding(records, Scenario(nitrocellulose=0.7, explosive=0.9, months=12))
    assert said.startswith(
        "At 70 % nitrocellulose and one other lever moved for 12 months from January 2026"
    )
    assert finding(records, Scenario(fuzes=0.5)).startswith("With fuzes at 50 %")
    three = Scenario(fuzes=0.5, explosive=0.9, shifts=0.9)
    assert finding(records, three).startswith("With the levers as set")


def test_a_dozen_lines_opened_in_the_two_years_nato_spoke_of(records: Records) -> None:
    opened = find_counted_openings(records)
    by_then = opened[[day <= dt.date(2025, 11, 30) for day in opened["first_day"]]]
    assert 9 <= len(by_then) <= len(opened)
    assert opened["counted"].all()
    assert (opened["status"] == "done").all()
    assert min(opened["first_day"]) >= dt.date(2023, 11, 1)
    origins = records.lines.set_index("line_id").loc[opened["line_id"], "origin"]
    assert "existing" not in set(origins)


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 lines"), (1, "1 line"), (2, "2 lines"), (1.4, "1 line"), (12_345, "12,345 lines")],
)
def test_counts_agree_with_what_they_count(count: float, said: str) -> None:
    assert count_words(count, "line") == said
    assert count_words(2, "other country", "other countries") == "2 other countries"


@pytest.mark.parametrize(
    ("words", "said"), [("", ""), ("a", "a"), ("ab", "a and b"), ("abc", "a, b and c")]
)
def test_lists_are_read_out(words: str, said: str) -> None:
    assert join_words(words) == said
    assert join_words(words, "or") == said.replace("and", "or")


def test_a_rise_by_an_assumption_of_ones_own_is_said_to_fall_nowhere(records: Records) -> None:
    """Neither months before the change nor falls that are next to nothing stand beside a rise."""
    model = Model(records)
    for value in (0.3, 0.5):
        scenario = Scenario(assume=(("nitrocellulose_fraction", value),))
        answer = read_outlook(model, scenario, "2027-12")
        if answer.year_rounds > answer.year_baseline:
            assert write_recovery(scenario, answer) == ""
        assert not answer.falls or answer.falls >= scenario.start


@pytest.mark.parametrize("supply", [0.99, 1.01])
def test_a_change_too_small_for_the_figures_shown_is_no_change(
    records: Records, supply: float
) -> None:
    scenario = Scenario(nitrocellulose=supply)
    answer = read_outlook(Model(records, draws=50), scenario, "2027-12")
    assert abs(answer.year_rounds / answer.year_baseline - 1) < 0.02
    assert "about as in the baseline" in write_output_title(records, scenario, answer)
    said = write_readout(scenario, answer)
    assert "About as in the baseline" in said or "No change" in said


def test_a_shortfall_that_stores_still_cover_is_said_to_be(records: Records) -> None:
    scenario = Scenario(nitrocellulose=0.5, start="2027-01")
    model = Model(records, draws=50)
    falls = read_outlook(model, scenario, "2030-12").falls
    assert falls > scenario.start
    said = write_readout(scenario, read_outlook(model, scenario, scenario.start))
    assert "in the safety stock still covers it" in said
    assert "still covers it" not in write_readout(scenario, read_outlook(model, scenario, falls))


def test_a_change_is_told_with_the_digits_it_bears() -> None:
    changes = (-1_268_400, -337_000, 43_210, 300, -300)
    assert [say_signed_rounds(change) for change in changes] == [
        "−1.27 million",
        "−340,000",
        "+43,000",
        "0",
        "0",
    ]


def test_output_that_has_stopped_has_no_range(records: Records) -> None:
    scenario = Scenario(nitrocellulose=0.0)
    answer = read_outlook(Model(records, draws=50), scenario, "2029-12")
    assert answer.p90 < 500
    assert "Likely range" not in write_readout(scenario, answer)


def test_one_round_is_one_round(records: Records) -> None:
    answer = read_outlook(Model(records, draws=50), Scenario(), "2027-12")
    assert "about 1 round," in write_tonne_gain(records, answer, 0.9)


def test_the_share_of_capacity_is_that_of_the_figures_beside_it(records: Records) -> None:
    answer = read_outlook(Model(records, draws=50), Scenario(), "2026-12")
    said = write_three_sentences(records, answer, 0.5)[1]
    assert say_rounds(answer.year_rounds) in said
    assert f"about {say_percent(answer.year_rounds / answer.nameplate)} of" in said


def test_why_half_as_much_again_helps_little_is_said_with_its_numbers(records: Records) -> None:
    model = Model(records, draws=50)
    effect = find_supply_effect(model, Scenario(), 2027)
    said = write_half_more(model)
    assert f"{say_percent(effect.more / effect.full - 1)} more rounds in 2027" in said
    limit = read_outlook(model, Scenario(nitrocellulose=1.5), "2027-12").bottleneck
    assert name_stages(records)[limit] in said
    # Of powder, which is made of nitrocellulose, the page says that its plants are meant.
    assert ("plants that make propellant powder of it are most often full" in said) == (
        limit == "propellant"
    )
    assert not find_style_faults(said)


def test_odds_are_said_in_one_way() -> None:
    """Runs are a sample: none of them is under one percent, not nought, and all of them are no certainty."""
    said = [say_chance(share) for share in (0.0, 0.004, 0.01, 0.5, 0.99, 0.996, 1.0)]
    assert said == ["under 1 %"] * 2 + ["1 %", "50 %", "99 %"] + ["over 99 %"] * 2


def test_signs_and_thousands_are_printed_in_one_way() -> None:
    rows = pd.DataFrame({"months": [-4.0, 9.0, float("nan")], "change": [-1234567.0, 0.0, 5e3]})
    printed = print_minus(rows, {"months": "+.0f", "change": ",.0f"}).to_string()
    assert "−4" in printed
    assert "+9" in printed
    assert "−1,234,567" in printed
    assert "nan" not in printed
    orders = LEVER_BY_NAME["orders"]
    assert say_position(orders, orders.default) == "3,000"
    assert say_position(LEVER_BY_NAME["fuzes"], 1.1) == "110"
    assert "orders 1,500 thousand" in name_scenario(record(), Scenario(orders=1_500_000))


def test_no_table_prints_signs_with_hyphens() -> None:
    """Streamlit's own formats write a hyphen: what has a sign goes through `print_minus`."""
    sources = [path.read_text("utf-8") for path in Path("ui").rglob("*.py")]
    assert len(sources) > 50
    assert not [text for text in sources if re.search(r'format="%\+', text)]
