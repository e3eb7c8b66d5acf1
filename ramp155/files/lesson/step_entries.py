"""The entries of one step of a lesson file, with errors that name the step and the entry at fault."""

from __future__ import annotations

import re
from typing import Any

from ramp155.answers.lessons import NAMED_ANSWERS, Question
from ramp155.files.lesson.lesson import STEP_KINDS, LessonError, LeverTask, Step
from ramp155.files.story.dial import SCREEN_LEVERS, build_dial, find_lever_position
from ramp155.files.story.screen_entries import read_text_entry, read_view
from ramp155.files.story.story import StoryError
from ramp155.model.scenario.horizon import DEFAULT_MONTH, MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.catalogue import CATALOGUE, list_pages
from ramp155.pictures.view import View
from ramp155.record.records import Records

_VIEW_ENTRIES = ("as_of", "month", "scenario", "settings")
_READ_ENTRIES = ("kind", "title", "text", "picture", "page", "watch_for", *_VIEW_ENTRIES)
# Entries of a step by kind.
STEP_ENTRIES = {
    "read": _READ_ENTRIES,
    "predict": (*_READ_ENTRIES, "answer", "of"),
    "move": (*_READ_ENTRIES, "lever", "to"),
    "check": (*_READ_ENTRIES, "answer", "of", "within"),
}
# Pages that a step may lead to beside those with a picture.
_OTHER_PAGES = ("plant", "glossary", "learn", "briefing")
_TERMS = ("month", "country", "plant", "stage")
_FIRST_RATIO_MONTH = "2023-01"
_PAGE = re.compile(r"[a-z_]+(\?[a-z_]+=[\w.%-]+(&[a-z_]+=[\w.%-]+)*)?")


def read_step(records: Records, entries: dict[str, Any], where: str) -> Step:
    """One step of a lesson from its TOML table.

    Parameters
    ----------
    records : Records
        The record that its plants, stages and countries must be in.
    entries : dict
        The table.
    where : str
        Which lesson and step, for the error.

    Raises
    ------
    LessonError
        For an entry that is unknown, missing, or cannot be read.
    """
    try:
        kind = _read_choice(entries, "kind", tuple(STEP_KINDS), where)
        for name in sorted(set(entries) - set(STEP_ENTRIES[kind])):
            raise LessonError(_refuse_entry(name, kind, where))
        title, text = (read_text_entry(entries, name, where) for name in ("title", "text"))
        for name, words in (("title", title), ("text", text)):
            if not words:
                raise LessonError(f"{where}: {name} is missing")
        picture = read_text_entry(entries, "picture", where)
        if picture and picture not in CATALOGUE:
            raise LessonError(f"{where}: picture {picture!r} is not one of {', '.join(CATALOGUE)}")
        view = read_view(
            records, {name: entries[name] for name in _VIEW_ENTRIES if name in entries}, where
        )
        return Step(
            kind,
            title,
            text,
            picture,
            view,
            _read_page(entries, where),
            _read_question(records, entries, view, where)
            if "answer" in STEP_ENTRIES[kind]
            else None,
            _read_task(records, entries, view, picture, where) if kind == "move" else None,
            _read_within(entries, where),
            read_text_entry(entries, "watch_for", where),
        )
    except StoryError as error:
        raise LessonError(str(error)) from None


def _refuse_entry(name: str, kind: str, where: str) -> str:
    if name in ("right", "correct", "solution", "value"):
        return f"{where}: {name!r} is not allowed, for answers are worked out; name one as answer"
    return f"{where}: {name!r} is not one of {', '.join(STEP_ENTRIES[kind])} (a step to {kind})"


def _read_choice(entries: dict[str, Any], name: str, choices: tuple[str, ...], where: str) -> str:
    text = entries.get(name)
    if text not in choices:
        said = "is missing" if text is None else f"{text!r} is not known"
        raise LessonError(f"{where}: {name} {said}; it is one of {', '.join(choices)}")
    return str(text)


def _read_page(entries: dict[str, Any], where: str) -> str:
    page = read_text_entry(entries, "page", where)
    known_pages = {*_OTHER_PAGES, *(address.partition("?")[0] for address in list_pages())}
    if page and (not _PAGE.fullmatch(page) or page.partition("?")[0] not in known_pages):
        raise LessonError(f"{where}: page {page!r} is not one of {', '.join(sorted(known_pages))}")
    return page


def _read_question(records: Records, entries: dict[str, Any], view: View, where: str) -> Question:
    name = _read_choice(entries, "answer", tuple(NAMED_ANSWERS), where)
    named = NAMED_ANSWERS[name]
    of = entries.get("of", {})
    if not isinstance(of, dict):
        raise LessonError(f"{where}: of must be a table, such as of = {{ month = '2027-12' }}")
    for term in sorted(set(of) - set(named.terms)):
        known_terms = ", ".join(named.terms) or "nothing"
        raise LessonError(f"{where}: of: {term!r} is not asked of {name!r}; it takes {known_terms}")
    for term in named.needed:
        if not of.get(term):
            raise LessonError(f"{where}: of: {name!r} needs a {term}")
    if entries["kind"] == "check" and named.kind == "curve":
        raise LessonError(f"{where}: answer {name!r} is a curve: it can only be predicted")
    if entries["kind"] == "predict" and named.kind == "choice":
        raise LessonError(f"{where}: answer {name!r} is a choice: it can only be checked")
    choices_of = {
        "month": MONTHS[MONTHS.index(_FIRST_RATIO_MONTH) :],
        "country": list(records.countries["country"]),
        "plant": list(records.sites["site_id"]),
        "stage": list(records.stages["stage"]),
    }
    for term, said in of.items():
        if said not in choices_of[term]:
            raise LessonError(f"{where}: of: {term} {said!r} is not in the record")
    terms = {term: str(of.get(term, "")) for term in _TERMS if term != "month"}
    month = str(of.get("month", view.month if entries.get("month") else DEFAULT_MONTH))
    # Levers count where the answer is the model's.
    return Question(name, view.scenario if entries.get("scenario") else Scenario(), month, **terms)


def _read_task(
    records: Records, entries: dict[str, Any], view: View, picture: str, where: str
) -> LeverTask:
    lever = _read_choice(entries, "lever", SCREEN_LEVERS, where)
    if not picture:
        raise LessonError(f"{where}: picture is missing: a lever moves one")
    if not CATALOGUE[picture].lever:
        raise LessonError(
            f"{where}: lever {lever!r} cannot be used, for picture {picture!r} has none"
        )
    lever_dial = build_dial(records, lever)
    to = entries.get("to")
    if to is None:
        return LeverTask(lever)
    if lever_dial.words:
        words = {_fold_month(word): place for place, word in enumerate(lever_dial.words)}
        if str(to) not in words:
            raise LessonError(f"{where}: to {to!r} is not a month like {next(iter(words))}")
        return LeverTask(lever, words[str(to)], lever_dial.words[words[str(to)]])
    is_number = isinstance(to, int) and not isinstance(to, bool)
    if not is_number or not lever_dial.low <= to <= lever_dial.high:
        raise LessonError(
            f"{where}: to must be a whole number from {lever_dial.low} to {lever_dial.high}"
        )
    if to == find_lever_position(records, view, lever):
        raise LessonError(f"{where}: to {to} is where the lever stands already")
    return LeverTask(lever, to, f"{to} {lever_dial.unit}".strip())


_SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _fold_month(word: str) -> str:
    """Jan 2023 -> 2023-01."""
    month, year = word.split()
    return f"{year}-{_SHORT_MONTHS.index(month) + 1:02d}"


def _read_within(entries: dict[str, Any], where: str) -> float:
    within = entries.get("within", Step.within)
    if isinstance(within, bool) or not isinstance(within, int | float) or not 0 < within <= 1:
        raise LessonError(f"{where}: within must be a share above 0 and at most 1, such as 0.15")
    return float(within)
