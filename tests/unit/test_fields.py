"""The table of fields: what is written in any of its forms is read back as the same thing, and old
keys are read.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from ramp155.answers.gap.comparison import CALIBRES, CONDITIONS, COUNTS, Comparison
from ramp155.answers.gap.estimates import list_estimates
from ramp155.answers.procurement.terms import DEMAND_LEVERS, Terms
from ramp155.cli.question_commands import read_settings
from ramp155.files.story.story import Screen, Story
from ramp155.files.story.story_file import read_story
from ramp155.files.story.story_text import write_story
from ramp155.history.claims import list_topics
from ramp155.history.replay_days import FIRST_REPLAY_DAY
from ramp155.model.scenario.codec import (
    read_query,
    read_scenario_query,
    read_scenario_settings,
    write_query,
    write_scenario_query,
)
from ramp155.model.scenario.field import find_field
from ramp155.model.scenario.fields import SCENARIO_FIELDS, START_MONTHS
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.levers import LEVERS, STAGE_LEVERS, Lever
from ramp155.model.scenario.presets import build_preset
from ramp155.model.scenario.readers import COUNTED_UNITS, write_number
from ramp155.model.scenario.scenario import COUNTRIES_ON_REQUEST, Scenario
from ramp155.pictures.fields import RESPONSE_MONTHS, change_view, list_view_fields, list_view_values
from ramp155.pictures.view import View
from ramp155.record.records import Records
from ramp155.record.schema.vocabulary import PRODUCTS
from tests.oracles import write_scenario_settings

QUICK = settings(max_examples=100, deadline=None, derandomize=True)


def lever_values(lever: Lever, whole_shown: bool) -> some.SearchStrategy[float]:
    """Values of a lever: any in its range, or those that its widget can show."""
    is_rounds = lever.unit == "thousand" and not whole_shown
    if lever.unit in COUNTED_UNITS or (is_rounds and lever in LEVERS):
        return some.integers(int(lever.low), int(lever.high))
    if whole_shown:
        low, high = round(lever.low * lever.scale), round(lever.high * lever.scale)
        return some.integers(low, high).map(lambda shown: shown / lever.scale)
    return some.floats(lever.low, lever.high, allow_nan=False)


@some.composite
def scenarios(draw: some.DrawFn, whole_shown: bool = False) -> Scenario:
    values = {lever.name: draw(lever_values(lever, whole_shown)) for lever in LEVERS}
    edits = some.tuples(
        some.sampled_from(["utilisation", "slip_months"]), some.floats(0.5, 1.0, exclude_max=True)
    )
    return Scenario(
        **values,
        start=draw(some.sampled_from(START_MONTHS)),
        also=tuple(draw(some.lists(some.sampled_from(COUNTRIES_ON_REQUEST)))),
        assume=tuple(draw(some.lists(edits, max_size=2))),
    )


@some.composite
def views(draw: some.DrawFn, records: Records) -> View:
    """Views that widgets can show."""
    pick = {
        name: draw(some.sampled_from(list(options)))
        for name, options in {
            "russia": list_estimates(records, "RU"),
            "us": list_estimates(records, "US"),
            "calibres": CALIBRES,
            "made": CONDITIONS,
            "counts": COUNTS,
        }.items()
    }
    days = some.dates(FIRST_REPLAY_DAY, records.end - dt.timedelta(1))
    return View(
        draw(scenarios(whole_shown=True)),
        draw(some.sampled_from(RESPONSE_MONTHS)),
        Comparison(**pick, russia_rate=draw(some.integers(25, 200)) / 100),
        Terms(**{lever.name: draw(lever_values(lever, True)) for lever in DEMAND_LEVERS}),
        draw(some.none() | days),
        draw(some.booleans()),
        products=draw_several(draw, list(PRODUCTS)),
        countries=draw_several(draw, list(records.sites["country"])),
        makers=draw_several(draw, list(records.sites["operator"])),
        find=draw(some.sampled_from(["", "Bergerac", "Unterlüß powder"])),
        late_only=draw(some.booleans()),
        site=draw(some.sampled_from(["", *records.sites["site_id"]])),
        topic=draw(some.sampled_from(list(list_topics(records)))),
        spend=draw(some.integers(0, 100)) / 10,
        flow_month=draw(some.sampled_from(["", *MONTHS])),
    )


def draw_several(draw: some.DrawFn, options: list[str]) -> tuple[str, ...]:
    """Some of the options, in any order."""
    return tuple(draw(some.lists(some.sampled_from(options), unique=True, max_size=3)))


@given(some.data())
@QUICK
def test_a_view_survives_its_link(records: Records, data: some.DataObject) -> None:
    table, view = list_view_fields(records), data.draw(views(records))
    query = write_query(table, list_view_values(view, table))
    stored, notes = read_query(table, query)
    assert notes == []
    assert change_view(View(), table, stored) == view


@given(some.data())
@QUICK
def test_a_view_survives_its_widgets(records: Records, data: some.DataObject) -> None:
    table, view = list_view_fields(records), data.draw(views(records))
    stored = list_view_values(view, table)
    shown = {name: table[name].show_all(value) for name, value in stored.items()}
    back = {name: table[name].store_all(value) for name, value in shown.items()}
    assert change_view(View(), table, back) == view


@given(some.data())
@QUICK
def test_a_story_survives_its_file(records: Records, data: some.DataObject) -> None:
    screens = tuple(
        Screen("Why?", "output", "what_if", view, "nitrocellulose", "Say\nthis")
        for view in (data.draw(views(records)), View(data.draw(scenarios())))
    )
    story = Story("own", "A title", "", screens)
    assert read_story(records, write_story(records, story)) == story


@given(scenarios())
@QUICK
def test_a_scenario_survives_the_command_line(scenario: Scenario) -> None:
    assignments = [f"{name}={text}" for name, text in write_scenario_settings(scenario).items()]
    assert read_scenario_settings(read_settings(assignments)) == scenario


@given(scenarios())
@QUICK
def test_a_scenario_survives_the_presets(scenario: Scenario) -> None:
    written = write_scenario_settings(scenario)
    if not written:
        return
    assignments = ";".join(f"{name}={text}" for name, text in written.items())
    presets = pd.DataFrame({"preset_id": ["one"], "settings": [assignments]})
    record = argparse.Namespace(presets=presets)
    assert build_preset(record, "one") == scenario


def test_every_preset_of_the_record_is_written_as_it_was_read(records: Records) -> None:
    for preset_id in records.presets["preset_id"]:
        scenario = build_preset(records, preset_id)
        assert read_scenario_settings(write_scenario_settings(scenario)) == scenario


@given(some.floats(0, 1e7), some.sampled_from([1.0, 100.0, 1e-3]))
@QUICK
def test_a_number_is_written_so_that_it_is_read_again(number: float, scale: float) -> None:
    assert float(write_number(number, scale)) / scale == pytest.approx(number, rel=1e-14)
    assert write_number(0.07, 100.0) == "7"


def test_an_assumption_keeps_all_its_digits() -> None:
    scenario = Scenario(nitrocellulose=0.123456789, assume=(("utilisation", 0.1234567890123),))
    assert read_scenario_query(write_scenario_query(scenario)) == (scenario, [])


def test_scenario_fields_are_those_of_a_scenario() -> None:
    names = {attribute.name for attribute in dataclasses.fields(Scenario)} - {"factors"}
    assert set(SCENARIO_FIELDS) == names | set(STAGE_LEVERS)
    baseline = Scenario()
    for name, field in SCENARIO_FIELDS.items():
        assert field.default == getattr(baseline, name), name


def test_view_fields_have_the_defaults_of_a_view(records: Records) -> None:
    table = list_view_fields(records)
    assert list_view_values(View(), table) == {name: field.default for name, field in table.items()}
    assert write_query(table, list_view_values(View(), table)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (("plate", "1"), ("counts", "nameplate")),
        (("plate", "0"), None),
        (("counts", "1"), ("counts", "nameplate")),
        (("fresh", "1"), ("new_only", "1")),
    ],
)
def test_old_keys_of_a_view_are_read_and_written_as_today(
    records: Records, old: tuple[str, str], new: tuple[str, str] | None
) -> None:
    table = list_view_fields(records)
    stored, notes = read_query(table, [old])
    assert notes == []
    assert write_query(table, stored) == ([new] if new else [])


def test_a_key_in_use_comes_before_an_old_one(records: Records) -> None:
    table = list_view_fields(records)
    counts = table["counts"]
    aged = {"other": dataclasses.replace(counts, key="other", old_keys=("counts",)), **table}
    assert find_field(aged, "counts") == ("counts", counts)
    assert find_field(table, "nothing") is None
