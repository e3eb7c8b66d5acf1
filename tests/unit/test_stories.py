"""Stories: the ones that ship, files written and read back, broken ones told, levers of a screen."""

from __future__ import annotations

import dataclasses
import re

import pytest

from ramp155.files.story.dial import SCREEN_LEVERS, build_dial, find_lever_position, set_lever
from ramp155.files.story.story import StoryError, build_story_from_pins
from ramp155.files.story.story_file import read_shipped_stories, read_story
from ramp155.files.story.story_text import write_story
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.catalogue import build_picture
from ramp155.pictures.view import View
from ramp155.record.records import Records

GOOD = '[[screens]]\ntitle = "What?"\npicture = "output"\n'


def test_four_stories_ship_and_write_nothing_down_that_is_computed(
    records: Records,
) -> None:
    stories = read_shipped_stories(records)
    assert [s.title for s in stories.values()] == [
        "Has the tide turned?",
        "Is nitrocellulose the limit?",
        "Where are the new plants?",
        "Who is late?",
    ]
    assert 6 <= len(stories["tide"].screens) <= 8
    for story in stories.values():
        for screen in story.screens:
            assert screen.title.endswith("?")  # a screen asks; the finding answers
            assert screen.note
            picture = build_picture(Model(records), screen.picture, screen.view)
            assert len(picture.finding) > 20


def test_a_story_written_is_the_story_read(records: Records) -> None:
    for key, story in read_shipped_stories(records).items():
        assert read_story(records, write_story(records, story), key) == story
    moved = View(
        Scenario(nitrocellulose=0.6, start="2027-01", months=12, also=("TR",)),
        "2028-06",
        terms=dataclasses.replace(View().terms, preference=0.65),
        products=("charge",),
        hindsight=True,
    )
    pins = [('A "quoted" name', moved.scenario), ("Other", Scenario(linters=0.2))]
    own_story = build_story_from_pins(pins, moved, {"Other": "Say\nthis"})
    assert read_story(records, write_story(records, own_story)).screens == own_story.screens


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "list of screens"),
        ("not toml at all", "not a story file"),
        ("screens = 3", "list of screens"),
        (GOOD.replace("output", "nonsense"), "screen 1: picture 'nonsense'"),
        (GOOD + 'page = "nowhere"', "screen 1: page 'nowhere'"),
        (GOOD + 'lever = "magic"', "screen 1: lever 'magic'"),
        (GOOD + 'colour = "red"', "screen 1: 'colour' is not one of"),
        (GOOD + 'claims = ["no-such-claim"]', "claim 'no-such-claim' is not in the record"),
        (GOOD + 'claims = "one"', "claims must be a list"),
        (GOOD + 'month = "2099-01"', "screen 1"),
        (GOOD + 'as_of = "2035-01-01"', "the record runs from"),
        (GOOD + 'as_of = "soon"', "screen 1"),
        (GOOD + "note = 3", "note must be a text"),
        (GOOD + "[screens.scenario]\nnitrocellulose = 9", "screen 1"),
        (GOOD + '[screens.scenario]\nmagic = "1"', "magic is not a lever"),
        (GOOD + "scenario = 3", "must be tables"),
        (GOOD + '[screens.settings]\nrussia = "nobody"', "screen 1: russia"),
        (GOOD + '[screens.settings]\nproducts = ["cheese"]', "products: 'cheese'"),
        (GOOD + "[screens.settings]\nproducts = 3", "screen 1"),
        (GOOD + "[screens.settings]\npreference = 7", "screen 1"),
        (GOOD + '[screens.settings]\npreference = "much"', "screen 1"),
        (GOOD + "[screens.settings]\nspend = 900", "spend"),
        (GOOD + '[screens.settings]\ntopic = "none"', "topic"),
        (GOOD + '[screens.settings]\nnothing = "none"', "'nothing' is not a setting"),
        (GOOD * 21, "at most 20 screens"),
        (GOOD + 'claims = [["a"]]', "is not in the record"),
        (GOOD + 'month = "2027-07"', "not a June or December"),
        (GOOD + "[screens.settings]\ndelay = 2.5", "whole number"),
        (GOOD + "[screens.settings]\nspend = 50", "from 0 to 10"),
        (GOOD + '[screens.settings]\nhindsight = "abc"', "true or false"),
        (GOOD + 'lever = "months"', "lever 'months'"),
        (GOOD.replace("output", "slips") + 'lever = "nitrocellulose"', "has no lever"),
        ("a = " + "[" * 5_000, "brackets go too deep"),
        ("a = " + "9" * 50_000, "a number in it is too long"),
        (GOOD + "claims = [0x" + "f" * 50_000 + "]", "a number in it is too long"),
        (GOOD + "[screens.settings]\nspend = " + "9" * 400, "from 0 to 10 was expected"),
    ],
    ids=lambda message: message[-40:],
)
def test_a_broken_story_says_where_and_what(records: Records, text: str, message: str) -> None:
    with pytest.raises(StoryError, match=re.escape(message)):
        read_story(records, text)


@pytest.mark.parametrize("name", sorted(SCREEN_LEVERS))
def test_a_screens_lever_turns_and_stays_in_range(records: Records, name: str) -> None:
    dial = build_dial(records, name)
    for value in (dial.low, dial.high):
        view = set_lever(records, View(), name, value)
        assert find_lever_position(records, view, name) == value
    for bad in (dial.low - 1, dial.high + 1, dial.low + 0.5):
        with pytest.raises(ValueError, match=name):
            set_lever(records, View(), name, bad)
    assert set_lever(records, View(), name, find_lever_position(records, View(), name)) == View()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("gap?show=who", "gap?gap_view=who"),
        ("evidence?look=claims", "evidence?evidence_view=claims"),
        ("gap", "gap"),
    ],
)
def test_a_page_named_as_in_older_links_is_found(records: Records, old: str, new: str) -> None:
    story = read_story(records, GOOD + f'page = "{old}"')
    assert [screen.page for screen in story.screens] == [new]
