"""The table of all that a link can carry: the fields of a view, as the library has them, and those
of the app alone, each under its key in session state.

Also the choices that some fields offer: the panels of What-if, the views of Gap and Evidence, the
stories and lessons that come with the product.
"""

from __future__ import annotations

import re

from ramp155.base.memory import remember
from ramp155.files.lesson.lesson import MOST_STEPS
from ramp155.files.lesson.lesson_file import LESSON_FOLDER
from ramp155.files.story.country import list_country_keys
from ramp155.files.story.story import MOST_SCREENS
from ramp155.files.story.story_file import STORY_FOLDER
from ramp155.history.claims import list_claims
from ramp155.history.slips import SLIP_GROUPS
from ramp155.model.coefficients.edits import EDITABLE_KINDS
from ramp155.model.model import Model
from ramp155.model.scenario.field import Field, Reader
from ramp155.model.scenario.fields import SCENARIO_FIELDS
from ramp155.model.scenario.readers import (
    build_choice_reader,
    build_flag_field,
    build_number_reader,
    read_short_text,
)
from ramp155.pictures.fields import MOST_SPENT, RESPONSE_MONTHS, list_view_fields
from ramp155.record.schema import TABLES
from ramp155.record.schema.vocabulary import CLASSES
from ramp155.text.glossary.terms import find_term, list_terms
from ui.link import keys
from ui.link.origin import link_version
from ui.link.readers import (
    build_done_reader,
    build_given_reader,
    build_origin_reader,
    build_pin_reader,
)

__all__ = ["MOST_SPENT", "RESPONSE_MONTHS"]  # offered by widgets, and checked by the library

# What stands under the instrument on What-if, one at a time.
WHAT_IF_PANELS = (
    "goal",
    "locks",
    "flow",
    "compare",
    "sensitivity",
    "assumptions",
    "causes",
    "pinned",
)
# The views of the gap page.
GAP_VIEWS = ("gap", "who", "statements", "tracks", "money", "policy")
# The views of the evidence page.
EVIDENCE_VIEWS = (
    "track",
    "promises",
    "targets",
    "claims",
    "sources",
    "assumptions",
    "model",
    "quality",
    "take",
    "yours",
)
UNKNOWN = "unknown"  # the language of a source that names none
FIRST_TABLE = "events"  # of those that may be taken away
_OLD_EVIDENCE_VIEWS = {"hindcast": "track"}
# The briefings that come with the product, and the user's own.
SHIPPED_STORIES = tuple(path.stem.partition("-")[2] for path in sorted(STORY_FOLDER.glob("*.toml")))
# The lessons that come with the product, and a teacher's own.
SHIPPED_LESSONS = tuple(
    path.stem.partition("-")[2] for path in sorted(LESSON_FOLDER.glob("*.toml"))
)
# Session keys of a view's fields where they are not the key of the link.
_SESSION_KEYS = {
    "new_only": keys.NEW_ONLY,
    "counts": keys.COUNTS,
    "find": keys.LINE_FIND,
    "utilisation": keys.UTILISATION,
    "title": keys.WHY_TITLE,
    "why": keys.WHY_REASON,
    "source": keys.WHY_SOURCES,
}

# Fields of a scenario by session key.
SCENARIO_LINK_FIELDS = {field.key: field for field in SCENARIO_FIELDS.values()}


@remember
def list_link_fields(model: Model) -> dict[str, Field]:
    """Every part of a link that is not of the scenario, by session key."""
    view_table = list_view_fields(model.record)
    view_fields = {
        session_key: view_table[name] for session_key, name in list_session_keys(model).items()
    }
    app_fields = {
        **list_what_if_fields(model),
        keys.GAP_VIEW: build_field(
            keys.GAP_VIEW,
            GAP_VIEWS[0],
            build_choice_reader(GAP_VIEWS, "view"),
            "gap",
            key="gap_view",
            old_keys=("show",),
        ),
        **list_search_fields(model),
        **list_evidence_fields(model),
        **list_briefing_fields(model),
        **list_lesson_fields(),
        keys.TERM: build_field(keys.TERM, list_terms()[0].key, read_term, "glossary"),
        keys.GLOSSARY_FIND: build_field(
            keys.GLOSSARY_FIND, "", read_short_text, "glossary", key="find"
        ),
    }
    return view_fields | app_fields


@remember
def list_session_keys(model: Model) -> dict[str, str]:
    """Session key -> name of every field of a view that is not of its scenario."""
    return {
        _SESSION_KEYS.get(field.key, field.key): name
        for name, field in list_view_fields(model.record).items()
        if field.part != "scenario"
    }


def build_field(
    name: str,
    default: object,
    read: Reader,
    page: str = "",
    *,
    key: str = "",
    many: bool = False,
    old_keys: tuple[str, ...] = (),
) -> Field:
    """A field of the app alone: what it stores is what its widget holds."""
    pages = (page,) if page else ()
    return Field(name, key or name, default, read, many=many, pages=pages, old_keys=old_keys)


def list_search_fields(model: Model) -> dict[str, Field]:
    """What is searched for among the statements, and whose statements are shown."""
    fields = [
        build_field(keys.STATEMENT_FIND, "", read_short_text, "gap", key="find"),
        build_field(
            keys.SPEAKER,
            None,
            build_choice_reader(sorted(set(model.record.statements["who"])), "speaker"),
            "gap",
        ),
    ]
    return {field.name: field for field in fields}


def list_what_if_fields(model: Model) -> dict[str, Field]:
    """The panel of What-if, pinned scenarios, what the link was made with, the coefficient looked up, and the plain slider."""
    assumptions = model.record.assumptions
    editable = assumptions.loc[assumptions["kind"].isin(EDITABLE_KINDS), "assumption_id"]
    return {
        keys.PLAIN: build_flag_field(keys.PLAIN, keys.PLAIN),
        keys.PINS: build_field(keys.PINS, (), build_pin_reader(model), many=True),
        keys.MADE_WITH: build_field(keys.MADE_WITH, None, build_origin_reader(link_version(model))),
        keys.PANEL: build_field(
            keys.PANEL, WHAT_IF_PANELS[0], build_choice_reader(WHAT_IF_PANELS, "panel"), "what_if"
        ),
        keys.COEFFICIENT: build_field(
            keys.COEFFICIENT,
            None,
            build_choice_reader(editable, "coefficient"),
            "what_if",
        ),
    }


def list_briefing_fields(model: Model) -> dict[str, Field]:
    """What a briefing adds: whether it is on, for whom, which story, which screen, where its lever stands."""
    stories = ["", *SHIPPED_STORIES, *list_country_keys(model.record), "own"]
    fields = [
        build_flag_field(keys.PRESENT, keys.PRESENT),
        build_flag_field(keys.NOTES, keys.NOTES),
        build_field(keys.STORY, "", build_choice_reader(stories, "story")),
        build_field(keys.SCREEN, 1, build_number_reader(1, MOST_SCREENS)),
        build_field(keys.SCREEN_LEVER, None, build_number_reader(0, 10_000)),
    ]
    return {field.name: field for field in fields}


def list_lesson_fields() -> dict[str, Field]:
    """Which lesson and step is open, and over all lessons which steps are done and what was answered."""
    lessons = (*SHIPPED_LESSONS, "own")
    page = "learn"
    fields = [
        build_field(keys.LESSON, "", build_choice_reader(("", *lessons), "lesson"), page),
        build_field(keys.STEP, 1, build_number_reader(1, MOST_STEPS + 1), page, key="step"),
        build_field(keys.DONE, (), build_done_reader(lessons), page, key="done", many=True),
        build_field(
            keys.TAKEN,
            SHIPPED_LESSONS[0],
            build_choice_reader(lessons, "lesson"),
            page,
            key="taken",
        ),
        build_field(keys.GIVEN, (), build_given_reader(lessons), page, key="given", many=True),
    ]
    return {field.name: field for field in fields}


def read_evidence_view(text: str) -> object:
    """A view of the evidence page; older links name the track record by what it was."""
    read = build_choice_reader(EVIDENCE_VIEWS, "view")
    return read(_OLD_EVIDENCE_VIEWS.get(text, text))


def read_term(text: str) -> object:
    """A term of the glossary by its key, its name or another word for it, as its key."""
    return find_term(text).key


def read_row_id(text: str) -> object:
    """The id of a row of the record, whether or not there is one."""
    if not re.fullmatch(r"[\w.:-]{0,120}", text, re.ASCII):
        raise ValueError("the id of a row of the record was expected")
    return text


def list_evidence_fields(model: Model) -> dict[str, Field]:
    """What the evidence page adds: its view and what is picked out of it."""
    claims, sources = model.record.claims, model.record.sources
    subjects = sorted(
        {single_subject for subject in claims["subject"] for single_subject in subject.split("+")}
    )
    quantities = sorted(set(claims["quantity"]))
    publishers = sorted(set(list_claims(model.record)["publisher"]) - {""})
    page = "evidence"
    fields = [
        build_field(
            keys.EVIDENCE_VIEW,
            EVIDENCE_VIEWS[0],
            read_evidence_view,
            page,
            key="evidence_view",
            old_keys=("look",),
        ),
        build_field(keys.GROUP, SLIP_GROUPS[0], build_choice_reader(SLIP_GROUPS, "group"), page),
        build_field(keys.QUANTITY, None, build_choice_reader(quantities, "quantity"), page),
        build_field(keys.SUBJECT, None, build_choice_reader(subjects, "subject"), page),
        build_field(keys.FIND, "", read_short_text, page),
        build_field(
            keys.PUBLISHER, None, build_choice_reader(publishers, "publisher"), page, key="speaker"
        ),
        build_field(
            keys.LANGUAGE,
            None,
            build_choice_reader(sorted({*sources["language"].replace("", UNKNOWN)}), "language"),
            page,
        ),
        build_field(keys.KIND, (), build_choice_reader(CLASSES, "kind of source"), page, many=True),
        build_field(keys.REPORT, "", read_row_id, page),
        build_field(keys.TABLE, FIRST_TABLE, build_choice_reader(TABLES, "table"), page),
    ]
    return {field.name: field for field in fields}


def list_defaults(model: Model) -> dict[str, object]:
    """Every field as its widget holds it where nothing was set, by session key."""
    fields = {**SCENARIO_LINK_FIELDS, **list_link_fields(model)}
    return {session_key: field.usual for session_key, field in fields.items()}
