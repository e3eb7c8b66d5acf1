from __future__ import annotations

import datetime as dt

import pytest

import ramp155
from ramp155 import Scenario, outlook, words


def finding(records: ramp155.Records, scenario: Scenario, month: str = "2027-12") -> str:
    return words.finding(records, scenario, outlook.read(records, scenario, month, 50))


@pytest.mark.parametrize("supply", [0.0, 0.3, 0.7, 0.9, 1.0, 1.2, 2.0])
def test_the_headline_agrees_with_the_numbers(records: ramp155.Records, supply: float) -> None:
    scenario = Scenario(nitrocellulose=supply)
    row = ramp155.run(records, scenario).path.set_index("month").loc["2027-12"]
    said = finding(records, scenario)
    output, baseline = row["rounds_per_year"], row["baseline_rounds_per_year"]
    if output > 1000:
        assert words.millions(output) in said
    else:
        assert "stopped" in said
    if supply < 0.8 and output > 1000:
        assert f"{words.percent(1 - output / baseline)} under" in said
        assert words.labels(records)["nitrocellulose"] in said
    if supply == 2.0:
        assert "for want of nitrocellulose" not in said


def test_doubt_is_said_when_draws_disagree(records: ramp155.Records) -> None:
    assert words.tightest(records, {"nitrocellulose": 0.9, "fuze": 0.1}) == "nitrocellulose"
    both = words.tightest(records, {"nitrocellulose": 0.45, "propellant": 0.4, "fuze": 0.15})
    assert both == "nitrocellulose or propellant powder"


def test_other_levers_are_counted(records: ramp155.Records) -> None:
    said = finding(records, Scenario(nitrocellulose=0.7, explosive=0.9, months=12))
    assert said.startswith(
        "At 70 % nitrocellulose and one other lever moved for 12 months from January 2026"
    )
    assert finding(records, Scenario(fuzes=0.5)).startswith("With fuzes at 50 %")
    three = Scenario(fuzes=0.5, explosive=0.9, shifts=0.9)
    assert finding(records, three).startswith("With the levers as set")


def test_a_dozen_lines_opened_in_the_two_years_nato_spoke_of(records: ramp155.Records) -> None:
    opened = words.opened_since(records)
    by_then = opened[[day <= dt.date(2025, 11, 30) for day in opened["first_day"]]]
    assert 10 <= len(by_then) <= len(opened)
    assert (opened["status"] == "done").all()
    assert min(opened["first_day"]) >= dt.date(2023, 11, 1)
    origins = records.lines.set_index("line_id").loc[opened["line_id"], "origin"]
    assert "existing" not in set(origins)


def test_slips_in_a_sentence(records: ramp155.Records) -> None:
    slips = ramp155.milestones(records)["slip_months"].dropna()
    late = words.percent((slips > 0).mean())
    assert words.slip_sentence(slips).startswith(f"{late} of {len(slips)} milestones")
    assert "no slip can be stated" in words.slip_sentence(slips.iloc[:0])
