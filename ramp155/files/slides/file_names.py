"""How files of stories, pages and single pictures are called: by what is in them, and the day of the record."""

from __future__ import annotations

from collections.abc import Collection

from ramp155.files.story.country import find_country
from ramp155.files.story.story import SUPPLY_LEVER, Story
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.catalogue import CATALOGUE
from ramp155.pictures.plants.lines import say_view_lines
from ramp155.pictures.view import View
from ramp155.record.records import Records
from ramp155.text.headlines.questions import write_file_stem
from ramp155.text.numbers import say_rounds

_SCENARIO_LEVERS = frozenset((SUPPLY_LEVER, "preference", "flow_month"))
_PAGE_PICTURES = ("causes", "compare")  # those of one page alone that hang on the scenario
_USUAL = View()


def find_moved_view(story: Story) -> View:
    """The view of the first screen that moves a lever, else of the first."""
    baseline = Scenario()
    scenario_view = [screen.view for screen in story.screens if screen.view.scenario != baseline]
    return scenario_view[0] if scenario_view else story.screens[0].view


def write_story_stem(records: Records, story: Story) -> str:
    """What files of a story or page are called, without their ending."""
    view = find_moved_view(story) if not story.key else _USUAL
    names = [] if story.key else [screen.picture for screen in story.screens]
    subject = say_view_subject(records, view, names)
    page = story.screens[0].page
    key = story.title if find_country(story.key) else story.key
    return write_file_stem(records, key, page, view.scenario, subject, view.month)


def write_picture_stem(records: Records, name: str, view: View) -> str:
    """What files of a single picture are called, without their ending."""
    is_moved = name.startswith(_PAGE_PICTURES) or _hangs_on_scenario(name)
    return write_file_stem(
        records,
        "",
        name,
        view.scenario if is_moved else Scenario(),
        say_view_subject(records, view, [name]),
        view.month if is_moved else _USUAL.month,
    )


def _hangs_on_scenario(name: str) -> bool:
    return name in CATALOGUE and CATALOGUE[name].lever in _SCENARIO_LEVERS


def say_view_subject(records: Records, view: View, names: Collection[str]) -> str:
    """What some pictures of a view are of, beside levers and month; "" where all is as usual.

    Parameters
    ----------
    records : Records
        The record.
    view : View
        Which plant, lines, topic, target, preference and date are meant.
    names : collection of str
        Names of pictures: only what one of them hangs on is said.
    """
    parts = []
    if any(name in CATALOGUE and CATALOGUE[name].lever == "as_of" for name in names):
        parts.append(records.site(view.site).name if view.site and "ramp" in names else "")
        parts.append(say_view_lines(records, view))
        parts.append(f"as known on {view.as_of}" if view.as_of else "")
    if "topic" in names:
        parts.append(view.topic)
    if "goal_odds" in names and view.target != _USUAL.target:
        own = f"{say_rounds(view.target_rounds)} rounds"
        parts.append(own if view.target == "own" else view.target)
    if "tracks" in names and view.terms.preference != _USUAL.terms.preference:
        parts.append(f"preference {view.terms.preference * 100:.0f} percent")
    if "purchase" in names and view.spend != _USUAL.spend:
        parts.append(f"{view.spend:g} percent")
    if {"ratio", "rates", "named"} & {
        *names
    } and view.comparison.russia != _USUAL.comparison.russia:
        parts.append(view.comparison.russia)
    return " ".join(filter(None, parts))
