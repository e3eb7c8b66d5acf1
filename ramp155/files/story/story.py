"""Briefings: a story is a list of screens, each a picture of one view with a question and a note.

Figures are never written into a story: a screen asks, and the numbers of the day answer. Also
stories of a page as it stands and of pinned scenarios.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.catalogue import CATALOGUE, list_page_pictures
from ramp155.pictures.view import View
from ramp155.text.scenario import write_scenario_note

MOST_SCREENS = 20  # screens of a story
SUPPLY_LEVER = "nitrocellulose"


class StoryError(ValueError):
    """A story file that cannot be used: which screen, which entry, what was expected."""


@dataclass(frozen=True)
class Screen:
    """One screen: a question, the picture that answers it, on which page, with which lever, what to say.

    `claims` are ids of the claims behind the note. `answer` is the answer in words, its figures named in braces ("":
    the picture's own finding), `headline` the same in at most twelve words, for a slide; `look` is the one thing to look at,
    or why a scenario is asked for; `unknown` are lines on what we do not know.
    """

    title: str
    picture: str
    page: str
    view: View = field(default_factory=View)
    lever: str = ""
    note: str = ""
    claims: tuple[str, ...] = ()
    answer: str = ""
    look: str = ""
    unknown: tuple[str, ...] = ()
    headline: str = ""


@dataclass(frozen=True)
class Story:
    """A briefing: its name in a link, its title, what it is about, its screens."""

    key: str
    title: str
    about: str
    screens: tuple[Screen, ...]


def build_story_from_page(page: str, view: View, lines: Sequence[str] = ()) -> Story:
    """A page as it stands, one picture a screen; of a plant's page one for each of its `lines`."""
    pictures = list_page_pictures(page) or list_page_pictures(page.partition("?")[0])
    views = [dataclasses.replace(view, line=line) for line in lines] or [view]
    screens = [
        build_plain_screen(name, page, line_view) for name in pictures for line_view in views
    ]
    title = view.scenario_note.title or "This page"
    return Story("", title, "", tuple(screens[:MOST_SCREENS]))


def build_plain_screen(picture: str, page: str, view: View) -> Screen:
    """A picture of a page as it stands, with the lever that is live on it; where that is the scenario's, with its note."""
    lever = CATALOGUE[picture].lever
    if lever != SUPPLY_LEVER:
        return Screen("", picture, page, view, lever)
    note = view.scenario_note
    words, look = write_scenario_note(note), write_scenario_note(note, is_brief=True)
    return Screen(note.title, picture, page, view, lever, words, look=look)


def build_story_from_pins(
    pins: list[tuple[str, Scenario]], view: View, notes: Mapping[str, str]
) -> Story:
    """Pinned scenarios as a story of one's own: the baseline, then each scenario. (name, scenario)"""
    baseline_view = dataclasses.replace(view, scenario=Scenario())
    story_screens = [build_output_screen("Where we stand", baseline_view, notes)]
    story_screens += [
        build_output_screen(name, dataclasses.replace(view, scenario=pinned_scenario), notes)
        for name, pinned_scenario in pins
    ]
    return Story(
        "own",
        "Your scenarios",
        "The baseline, then each scenario you pinned.",
        tuple(story_screens),
    )


def build_output_screen(name: str, view: View, notes: Mapping[str, str]) -> Screen:
    """The output picture of a pinned scenario, under its name and with its note."""
    return Screen(name, "output", "what_if", view, "nitrocellulose", notes.get(name, ""))
