"""A story or a page as a deck: its slides with what to say and who says so, between its cover and what is not known."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from ramp155.files.slides.pptx_deck import Cover, Slide, write_slides
from ramp155.files.story.answers import build_screen_picture, fill_unknown
from ramp155.files.story.screen_sources import find_picture_sources
from ramp155.files.story.story import Screen, Story
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.version import MODEL_VERSION
from ramp155.pictures.picture import Picture
from ramp155.pictures.plants.lines import list_shown_lines, say_view_lines
from ramp155.pictures.view import View
from ramp155.record.grades import (
    find_best_witness,
    list_witnesses,
    name_source,
    pick_best_sources,
    rank_claims,
    say_weak_support,
)
from ramp155.record.records import Records
from ramp155.text.headlines.fit import is_short
from ramp155.text.headlines.questions import write_file_stem, write_page_question
from ramp155.text.headlines.unknowns import UNKNOWNS_TITLE, list_unknowns
from ramp155.text.scenario import list_note_lines, write_scenario_lead

TABLE_CHART_TITLE = "Their dates: first promised, promised now, delivered"
MOST_SOURCES = 3  # of a slide
OWN_ESTIMATE = "Our own estimate, from the record and the assumptions that the page Evidence lists"


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
        headline = TABLE_CHART_TITLE if picture.table is not None else ""
        slides.append(Slide(picture, screen.note, link, slide_sources, kicker, headline=headline))
    return slides


def build_slide_picture(model: Model, screen: Screen) -> Picture:
    """The picture of a screen; the screen's answer is its headline where it is short enough, else what stands under it."""
    picture = build_screen_picture(model, screen)
    if not screen.answer:
        return picture
    if is_short(picture.finding):
        return dataclasses.replace(picture, headline=picture.finding)
    return dataclasses.replace(picture, detail=picture.detail or picture.finding)


def _say_shown(model: Model, screen: Screen) -> str:
    """Over a slide of plants, which lines are meant."""
    meant = say_view_lines(model.record, screen.view)
    return f"Shown: {meant}" if meant and screen.picture in ("sites", "board") else ""


def list_slide_sources(model: Model, screen: Screen) -> tuple[str, ...]:
    """List who stands behind a slide, the best first, at most three with their addresses: claims of the note, else of the picture.

    A picture of lines has who reported of them; one that nobody but the model stands behind says so.
    """
    records = model.record
    claim_ids, source_ids = list(screen.claims), list[str]()
    if not claim_ids:
        claim_ids, source_ids = find_picture_sources(model, screen)
    lines: dict[str, str] = {}
    for claim in map(records.claim, rank_claims(records, claim_ids)):
        source_id = find_best_witness(records, claim.claim_id)
        name, url = name_source(records, source_id), records.source(source_id).url
        lines.setdefault(
            source_id, f"{name}, {claim.reported_on or 'undated'}: {claim.basis} {url}".rstrip()
        )
    with_address = [source_id for source_id in source_ids if records.source(source_id).url]
    for source_id in pick_best_sources(records, with_address or source_ids, MOST_SOURCES):
        source = records.source(source_id)
        lines.setdefault(
            source_id, f"{name_source(records, source_id)}: {source.title} {source.url}".rstrip()
        )
    witnesses = [*list_witnesses(records, claim_ids), *source_ids]
    weak_note = say_weak_support(records, witnesses)
    remarks = [f"Weak support: {weak_note}."] if weak_note else []
    return (*list(lines.values())[:MOST_SOURCES], *remarks) if lines else (OWN_ESTIMATE,)


def find_moved_view(story: Story) -> View:
    """The view of the first screen that moves a lever, else of the first."""
    baseline = Scenario()
    scenario_view = [screen.view for screen in story.screens if screen.view.scenario != baseline]
    return scenario_view[0] if scenario_view else story.screens[0].view


def write_story_question(records: Records, story: Story) -> str:
    """The question a deck or brief answers: a story's title, else the page's."""
    if story.key:
        return story.title
    return write_page_question(records, story.screens[0].page, find_moved_view(story).scenario)


def write_story_stem(records: Records, story: Story) -> str:
    """What files of a story or page are called, without their ending."""
    view = find_moved_view(story) if not story.key else View()
    return write_file_stem(
        records,
        story.key,
        story.screens[0].page,
        view.scenario,
        say_view_lines(records, view),
        view.month,
    )


def say_made(records: Records) -> str:
    """When and by what a file was made."""
    return f"Record as of {records.end.day} {records.end:%B %Y}, version {records.version}, model {MODEL_VERSION}"


def list_story_unknowns(model: Model, story: Story) -> list[str]:
    """What is not known: what the story's last screen says of it, else what holds for its pictures and lines."""
    if story.screens[-1].unknown:
        return list(fill_unknown(model, story.screens[-1]))
    names = [screen.picture for screen in story.screens]
    return list_unknowns(model, names, list_shown_lines(model, find_moved_view(story)))


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
        lines.append(f"Shown: {meant}.")
    if view.as_of and view.as_of != records.end and not story.key:
        lines.append(f"As known on {view.as_of.day} {view.as_of:%B %Y}.")
    lines += list_note_lines(records, view.scenario_note)
    titles = "\n".join(screen.title for screen in story.screens if screen.title)
    return Cover(
        question,
        tuple(filter(None, lines)),
        say_made(records),
        link,
        f"Open with the question, then go through it in this order:\n{titles}" if titles else "",
        UNKNOWNS_TITLE,
        tuple(list_story_unknowns(model, story)),
    )
