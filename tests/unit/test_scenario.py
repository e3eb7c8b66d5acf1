from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ramp155.model.scenario.codec import (
    read_scenario_query,
    read_scenario_settings,
    write_scenario_query,
)
from ramp155.model.scenario.horizon import FORECAST_START, MONTHS
from ramp155.model.scenario.levers import LEVERS
from ramp155.model.scenario.scenario import COUNTRIES_ON_REQUEST, Scenario


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    values = {}
    for lever in LEVERS:
        if lever.unit != "%":
            values[lever.name] = draw(st.integers(int(lever.low), int(lever.high)))
        else:
            low, high = round(lever.low * 100), round(lever.high * 100)
            values[lever.name] = draw(st.integers(low, high)) / 100
    start = draw(st.sampled_from(MONTHS[MONTHS.index(FORECAST_START) :]))
    also = tuple(draw(st.lists(st.sampled_from(COUNTRIES_ON_REQUEST), unique=True)))
    return Scenario(**values, start=start, also=also)


@given(scenarios())
def test_a_scenario_survives_its_link(scenario: Scenario) -> None:
    back, notes = read_scenario_query(write_scenario_query(scenario))
    assert notes == []
    assert back == scenario
    assert hash(back) == hash(scenario)


def test_the_baseline_has_an_empty_link() -> None:
    assert write_scenario_query(Scenario()) == []


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("nc", "999"),
        ("nc", "-1"),
        ("nc", "abc"),
        ("nc", "nan"),
        ("nc", "inf"),
        ("nc", ""),
        ("delay", "1.5"),
        ("start", "2019-01"),
        ("start", "soon"),
        ("also", "XX"),
    ],
)
def test_a_mangled_link_is_said_and_loses_nothing_else(key: str, text: str) -> None:
    scenario, notes = read_scenario_query([("linters", "50"), (key, text), ("unrelated", "x")])
    assert scenario == Scenario(linters=0.5)
    assert len(notes) == 1
    assert f"{key}={text}" in notes[0]


def test_settings_of_the_command_line() -> None:
    scenario_read = read_scenario_settings(
        {"nitrocellulose": "0.7", "extra_delay": "6", "also": "tr, ua"}
    )
    assert scenario_read == Scenario(nitrocellulose=0.7, extra_delay=6, also=("TR", "UA"))
    for bad in ({"nitrocellulose": "2.1"}, {"gravity": "1"}, {"extra_delay": "x"}):
        with pytest.raises(ValueError, match=r"nitrocellulose|gravity|extra_delay"):
            read_scenario_settings(bad)


def test_a_scenario_out_of_range_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="nitrocellulose"):
        Scenario(nitrocellulose=float("nan"))
    with pytest.raises(ValueError, match="start"):
        Scenario(start="2021-01")
