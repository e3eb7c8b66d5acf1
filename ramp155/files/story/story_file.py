"""Stories read from TOML files: those shipped in data/stories and those from outside, which are
tried before they are shown.
"""

from __future__ import annotations

import tomllib

from ramp155.base.memory import remember
from ramp155.base.places import find_folder
from ramp155.files.story.country import build_country_story, find_country, list_country_keys
from ramp155.files.story.screen_entries import read_screen, read_text_entry
from ramp155.files.story.story import MOST_SCREENS, Story, StoryError
from ramp155.model.model import Model
from ramp155.pictures.catalogue import build_picture
from ramp155.record.records import Records

STORY_FOLDER = find_folder("data") / "stories"


@remember
def read_shipped_stories(records: Records) -> dict[str, Story]:
    """The stories in `data/stories`, by name of file, in its order. Raises StoryError for a broken one."""
    return {
        path.stem.partition("-")[2]: read_story(
            records, path.read_text(encoding="utf-8"), path.stem.partition("-")[2]
        )
        for path in sorted(STORY_FOLDER.glob("*.toml"))
    }


def list_story_keys(records: Records) -> tuple[str, ...]:
    """The names in links of every story there is: those that ship, and the countries'."""
    return (*read_shipped_stories(records), *list_country_keys(records))


def find_known_story(records: Records, key: str) -> Story:
    """A story by its name in a link: one that ships, or a country's. Raises KeyError for one that is not known."""
    country = find_country(key)
    return build_country_story(records, country) if country else read_shipped_stories(records)[key]


def read_story(records: Records, text: str, key: str = "own") -> Story:
    """A story from the text of a TOML file. Raises StoryError naming the screen and the entry at fault."""
    try:
        document = tomllib.loads(text)
        screen_entries = document.get("screens")
        tables = isinstance(screen_entries, list) and all(
            isinstance(entries, dict) for entries in screen_entries
        )
        if not screen_entries or not tables:
            raise StoryError("A story needs a list of screens: [[screens]]")
        if len(screen_entries) > MOST_SCREENS:
            raise StoryError(
                f"A story has at most {MOST_SCREENS} screens, this one has {len(screen_entries)}"
            )
        title, about = (read_text_entry(document, name, "the story") for name in ("title", "about"))
        story_screens = tuple(
            read_screen(records, entries, number + 1)
            for number, entries in enumerate(screen_entries)
        )
    except StoryError:
        raise
    except tomllib.TOMLDecodeError as error:
        raise StoryError(f"This is not a story file: {error}") from None
    except RecursionError:
        raise StoryError("This is not a story file: its brackets go too deep") from None
    except (ValueError, OverflowError):  # an integer of more digits than Python reads or writes
        raise StoryError("This is not a story file: a number in it is too long") from None
    return Story(key, title or "A story of your own", about, story_screens)


def try_pictures(model: Model, story: Story) -> Story:
    """A story whose every picture has been built once. Raises StoryError for one that cannot be."""
    for number, screen in enumerate(story.screens, 1):
        try:
            build_picture(model, screen.picture, screen.view)
        except Exception as error:  # a file from outside must never break the page
            raise StoryError(f"screen {number}: its picture cannot be drawn ({error})") from error
    return story
