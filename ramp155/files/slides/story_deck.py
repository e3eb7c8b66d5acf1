"""A story or a page as a deck: its slides with what to say and who says so, between its cover and what is not known."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from ramp155.files.slides.file_names import find_moved_view
from ramp155.files.slides.pptx_deck import Cover, Slide, write_slides
from ramp155.files.slides.sources import list_slide_sources
from ramp155.files.story.answers import build_screen_picture, fill_answer, fill_unknown
from ramp155.files.story.story import Screen, Story
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.version import MODEL_VERSION
from ramp155.pictures.board.late_table import LATE_CELL
from ramp155.pictures.evidence.slips import count_late_or_not
from ramp155.pictures.picture import Picture
from ramp155.pictures.plants.lines import list_shown_lines, say_view_lines
from ramp155.record.records import Records
from ramp155.text.headlines.fit import is_short, shorten_finding, write_rest
from ramp155.text.headlines.plants import write_furthest_headline
from ramp155.text.headlines.questions import write_page_question
from ramp155.text.headlines.unknowns import UNKNOWNS_TITLE, list_unknowns
from ramp155.text.scenario import list_note_lines, write_scenario_lead


def build_story_deck(
    model: Model,
    story: Story,
    link: str,
    write_screen_link: Callable[[int], str] = lambda number: "",
) -> bytes:
    """Build a story as a PPTX.

    Parameters
    ----------
    model : Model
        Record and draws.
    story : Story
        At least one screen.
    link : str
        The address of the whole; "" for none.
    write_screen_link : Callable
        The address of a screen by its number, a count from 1.

    Returns
    -------
    bytes
        A PPTX file.
    """
    return write_slides(
        list_story_slides(model, story, write_screen_link), build_cover(model, story, link)
    )


def list_story_slides(
    model: Model, story: Story, write_screen_link: Callable[[int], str] = lambda number: ""
) -> list[Slide]:
    """List the slides of a story: each screen's picture, and its table where it has one.

    Parameters
    ----------
    model : Model
        Record and draws.
    story : Story
        Its screens.
    write_screen_link : Callable
        The address of a screen by its number, a count from 1.

    Returns
    -------
    list of Slide
        In the order of the screens.
    """
    slides = []
    for number, screen in enumerate(story.screens, 1):
        picture = build_slide_picture(model, screen)
        slide_sources = list_slide_sources(model, screen)
        link, kicker = write_screen_link(number), screen.title or _say_shown(model, screen)
        if picture.table is not None:
            slides.append(Slide(picture, screen.note, link, slide_sources, kicker, picture.table))
        headline = (
            write_furthest_headline(
                [cells[LATE_CELL] for cells in picture.table.rows], picture.headline
            )
            if picture.table is not None
            else ""
        )
        slides.append(Slide(picture, screen.note, link, slide_sources, kicker, headline=headline))
    return slides


def build_slide_picture(model: Model, screen: Screen) -> Picture:
    """The picture of a screen; its headline is the screen's answer, or that in few words, with the answer under it."""
    picture = build_screen_picture(model, screen)
    if not screen.answer:
        return picture
    if screen.headline:
        short = fill_answer(model, screen.view, screen.headline)
    else:
        short = shorten_finding(picture.finding)
    if not is_short(short):
        short = picture.headline
    detail = picture.detail or write_rest(short, picture.finding)
    return dataclasses.replace(picture, headline=short, detail=detail)


def _say_shown(model: Model, screen: Screen) -> str:
    """Over a slide of plants, which lines are meant."""
    if screen.picture == "slips":  # it counts all lines that are meant, late or not
        return _say_meant(say_view_lines(model.record, count_late_or_not(screen.view)))
    meant = say_view_lines(model.record, screen.view)
    return _say_meant(meant) if screen.picture in ("sites", "board") else ""


def _say_meant(meant: str) -> str:
    """Which lines are shown, from words such as "in Germany, late only"; "" for all."""
    lines = "lines " if meant.startswith(("in ", "of ", "found ", "late ")) else ""
    return f"Shown: {lines}{meant}" if meant else ""


def write_story_question(records: Records, story: Story) -> str:
    """The question a deck or brief answers: a story's title, else the page's."""
    if story.key:
        return story.title
    view = find_moved_view(story)
    return write_page_question(records, story.screens[0].page, view.scenario, view.site)


def say_made(records: Records) -> str:
    """When and by what a file was made."""
    return f"Record as of {records.end.day} {records.end:%B %Y}, version {records.version}, model {MODEL_VERSION}"


def list_story_unknowns(model: Model, story: Story) -> list[str]:
    """What is not known: what the story's last screen says of it, else what holds for its pictures and lines."""
    if story.screens[-1].unknown:
        return list(fill_unknown(model, story.screens[-1]))
    names = [screen.picture for screen in story.screens]
    view = find_moved_view(story)
    lines = list_shown_lines(model, view)
    if story.screens[0].page == "plant" and view.site:
        lines = lines[lines["site_id"] == view.site]
    return list_unknowns(model, names, lines)


def build_cover(model: Model, story: Story, link: str) -> Cover:
    """Build the first and the last slide: the question, which lines and levers are meant, and what is not known."""
    records, view = model.record, find_moved_view(story)
    meant = say_view_lines(records, view)
    lines = [story.about] if story.about else []
    question = write_story_question(records, story)
    lead = write_scenario_lead(records, view.scenario)
    if not story.key and view.scenario != Scenario() and lead[1:] not in question:
        lines.append(f"{lead}.")
    if meant and not story.key:
        lines.append(f"{_say_meant(meant)}.")
    if view.as_of and view.as_of != records.end and not story.key:
        lines.append(f"As known on {view.as_of.day} {view.as_of:%B %Y}.")
    lines += list_note_lines(records, view.scenario_note)
    titles = "\n".join(dict.fromkeys(screen.title for screen in story.screens if screen.title))
    return Cover(
        question,
        tuple(filter(None, lines)),
        say_made(records),
        link,
        f"Open with the question, then go through it in this order:\n{titles}"
        if "\n" in titles
        else "",
        UNKNOWNS_TITLE,
        tuple(list_story_unknowns(model, story)),
    )
