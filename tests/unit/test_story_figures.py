"""What the screens of stories say, held against what their pictures show: words and rows are read, and compared."""

from __future__ import annotations

import dataclasses
import re
import textwrap
from pathlib import Path

import pytest

from ramp155.files.story.answers import (
    FIGURES,
    PLACEHOLDER,
    build_screen_picture,
    fill_answer,
    fill_unknown,
)
from ramp155.files.story.country import build_country_story, list_country_keys
from ramp155.files.story.story import Screen, Story, StoryError
from ramp155.files.story.story_file import (
    find_known_story,
    list_story_keys,
    read_shipped_stories,
    read_story,
)
from ramp155.files.story.story_text import write_story
from ramp155.model.model import Model
from ramp155.pictures.catalogue import build_picture
from ramp155.pictures.picture import Picture
from ramp155.record.records import Records
from ramp155.text.headlines.fit import is_short
from tests.reading import OF_THE_VIEW, READERS, Drawn
from tests.wording import find_style_faults

DRAWS = 200
SCREENS_OF = ("tide", "nitrocellulose", "plants", "late", "country-de", "country-pl")
# What a screen says of lines that its picture does not draw: told in its words, and counted elsewhere.
NOT_DRAWN = {
    ("board", "lines"),
    ("sites", "without_rate"),
    ("sites", "lines"),
    ("lateness", "without_date"),
    ("unsaid", "late_lines"),
}


@pytest.fixture(scope="module")
def model(records: Records) -> Model:
    return Model(records, DRAWS)


def find_differences(model: Model, screen: Screen, picture: Picture) -> list[str]:
    """Where the words of a screen and the rows of its picture say different things."""
    drawn = Drawn(model.record, screen.view, picture)
    readers = {**OF_THE_VIEW, **READERS.get(screen.picture, {})}
    template = " ".join([screen.answer, screen.headline, *screen.unknown])
    differences = []
    for name in PLACEHOLDER.findall(template):
        if (screen.picture, name) in NOT_DRAWN:
            continue
        shown, said = readers[name](drawn), FIGURES[name](model, screen.view)
        if shown != said:
            differences.append(f"{screen.title} {name}: the words say {said}, the picture {shown}")
    return differences


@pytest.mark.parametrize("key", SCREENS_OF)
def test_words_and_picture_of_each_screen_say_the_same(model: Model, key: str) -> None:
    for screen in find_known_story(model.record, key).screens:
        picture = build_picture(model, screen.picture, screen.view)
        assert find_differences(model, screen, picture) == []
        if screen.answer:
            words = build_screen_picture(model, screen).finding
            assert "{" not in words
            for name in PLACEHOLDER.findall(screen.answer):
                said = FIGURES[name](model, screen.view)
                assert said.lower() in words.lower()


def make_larger(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """Rows with every number a half larger."""
    return [
        {
            name: cell * 1.5 + 1
            if isinstance(cell, int | float) and not isinstance(cell, bool)
            else cell
            for name, cell in row.items()
        }
        for row in rows
    ]


@pytest.mark.parametrize(
    ("key", "place"),
    [("tide", 3), ("tide", 4), ("tide", 6), ("nitrocellulose", 3), ("late", 0), ("country-de", 4)],
)
def test_a_planted_difference_is_found(model: Model, key: str, place: int) -> None:
    """A picture whose rows were changed after its words were made no longer says what they say."""
    screen = find_known_story(model.record, key).screens[place]
    picture = build_picture(model, screen.picture, screen.view)

    def change(spec: dict) -> dict:
        changed = {**spec}
        data = changed.get("data")
        if isinstance(data, dict) and isinstance(data.get("values"), list):
            changed["data"] = {"values": make_larger(data["values"])}
        if "datasets" in changed:
            changed["datasets"] = {
                name: table.assign(
                    **{
                        column: table[column] * 1.5 + 1
                        for column in table.select_dtypes("number").columns
                    }
                )
                for name, table in changed["datasets"].items()
            }
        if "layer" in changed:
            changed["layer"] = [change(layer) for layer in changed["layer"]]
        return changed

    rows = picture.data
    if rows is not None:
        numbers = rows.select_dtypes("number").columns.difference(["percent"])
        rows = rows.assign(**{column: rows[column] * 1.5 + 1 for column in numbers})
    planted = dataclasses.replace(picture, spec=change(picture.spec), data=rows)
    assert find_differences(model, screen, planted)


def test_every_story_answers_its_title_and_says_what_is_not_known(model: Model) -> None:
    for key, story in read_shipped_stories(model.record).items():
        last = story.screens[-1]
        assert last.title == story.title, key
        assert last.answer
        assert len(fill_unknown(model, last)) == 3
    for key in list_country_keys(model.record):
        assert find_known_story(model.record, key).screens[-1].unknown


@pytest.mark.parametrize("key", SCREENS_OF)
def test_a_screen_has_one_question_one_answer_and_one_thing_to_look_at(
    model: Model, key: str
) -> None:
    for screen in find_known_story(model.record, key).screens:
        assert screen.title.count("?") == 1
        assert screen.look.startswith("Look ")
        assert screen.note
        if screen.headline:
            assert is_short(fill_answer(model, screen.view, screen.headline))
        said = [screen.look, *fill_unknown(model, screen)]
        if screen.answer:
            said.append(fill_answer(model, screen.view, screen.answer))
        for text in said:
            assert find_style_faults(text) == []


def test_countries_with_enough_lines_have_a_story_and_no_other(records: Records) -> None:
    countries = list_country_keys(records)
    assert {"country-de", "country-pl", "country-fr"} <= set(countries)
    assert set(list_story_keys(records)) == {*read_shipped_stories(records), *countries}
    germany = build_country_story(records, "DE")
    assert germany.title == "Germany in five screens"
    assert len(germany.screens) == 5
    assert all(screen.view.countries == ("DE",) for screen in germany.screens)
    assert read_story(records, write_story(records, germany), germany.key) == germany
    with pytest.raises(KeyError):
        find_known_story(records, "country-lu")


def test_no_screen_ranks_plants(records: Records) -> None:
    """A country's story counts lines and says what is late; it never says which plant matters most."""
    stories: list[Story] = [find_known_story(records, key) for key in list_story_keys(records)]
    words = " ".join(
        text
        for story in stories
        for screen in story.screens
        for text in (screen.title, screen.answer, screen.look, *screen.unknown)
    )
    assert not re.search(r"critical|vulnerab|\btarget\b|most important|single point", words, re.I)


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ('answer = "12 lines"', "12 is typed"),
        ('answer = "{nothing} lines"', "{nothing} is not one of"),
        ('answer = "{late.__class__}"', "a brace that is not closed"),
        ('look = "Look at 3 bars."', "3 is typed"),
        ('headline = "12 lines"', "12 is typed"),
        ('unknown = ["Half of 40."]', "40 is typed"),
        ('unknown = "one"', "a list of at most"),
        ('unknown = ["a", "b", "c", "d", "e"]', "a list of at most"),
    ],
)
def test_a_figure_that_is_typed_is_refused(records: Records, entry: str, message: str) -> None:
    text = f'[[screens]]\ntitle = "What?"\npicture = "output"\n{entry}\n'
    with pytest.raises(StoryError, match=re.escape(message)):
        read_story(records, text)


def test_years_and_the_calibre_may_be_typed(records: Records) -> None:
    text = '[[screens]]\npicture = "output"\nanswer = "155 mm rounds in 2027: {rate}"\n'
    assert read_story(records, text).screens[0].answer


def test_the_story_in_the_docs_is_one(model: Model) -> None:
    """What docs/adding.md shows is read, drawn, and says what its pictures show."""
    page = (Path(__file__).parents[2] / "docs" / "adding.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^ *```toml data/stories/\S+\n(.*?)^ *```$", page, re.M | re.S)
    story = read_story(model.record, textwrap.dedent(block))
    assert story.screens[-1].title == story.title
    for screen in story.screens:
        picture = build_picture(model, screen.picture, screen.view)
        assert find_differences(model, screen, picture) == []
