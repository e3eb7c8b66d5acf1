"""The small panel that says why a scenario is asked for, and the line that shows it beside the answer.

What is typed and not understood stays where it was typed, and says why.
"""

from __future__ import annotations

from urllib.parse import quote

import streamlit as st

from ramp155.model.model import Model
from ramp155.model.scenario.note import (
    LONGEST_REASON,
    LONGEST_SOURCE,
    LONGEST_TITLE,
    MOST_SOURCES,
    ScenarioNote,
    build_source_reader,
    find_source_address,
)
from ui.link import keys
from ui.link.levers import read_setting
from ui.markup import escape_markdown
from ui.what_if.note.scenario_files import show_scenario_files

_SOURCE_LINES = "why_source_lines"  # session key of the box
_WRONG_LINES = "why_wrong_lines"  # what was typed there and is no source: (line, what was expected)


def show_note(model: Model) -> None:
    """Title, reason and sources to type, and the scenario as a file."""
    for key in (keys.WHY_TITLE, keys.WHY_REASON, keys.WHY_SOURCES):
        if key not in st.session_state:
            st.session_state[key] = read_setting(key)
    wrong_lines = st.session_state.setdefault(_WRONG_LINES, [])
    with st.expander("Say why", key="say_why"):
        st.text_input(
            "Title",
            key=keys.WHY_TITLE,
            max_chars=LONGEST_TITLE,
            placeholder="what you call this scenario",
        )
        st.text_area(
            "Reason",
            key=keys.WHY_REASON,
            max_chars=LONGEST_REASON,
            height=90,
            placeholder="why one would ask for it",
        )
        lines = [*st.session_state[keys.WHY_SOURCES], *(line for line, _ in wrong_lines)]
        st.session_state[_SOURCE_LINES] = "\n".join(lines)
        st.text_area(
            f"Sources, at most {MOST_SOURCES}, a line each",
            key=_SOURCE_LINES,
            max_chars=2 * MOST_SOURCES * LONGEST_SOURCE,
            height=90,
            placeholder="https://... or an id of the record",
            on_change=_read_sources,
            args=(model,),
            help="An address, or the id of a source, claim, event or assumption of the record.",
        )
        for line, expected in wrong_lines:
            st.warning(f"Not kept: {escape_markdown(line, 80)}. {escape_markdown(expected, 200)}")
        st.caption("It goes with the scenario: in the link, on slides, in the brief and the file.")
        show_scenario_files(model)


def _read_sources(model: Model) -> None:
    """Keep the lines that are sources; the others stay in the box, each with what was expected."""
    read_source = build_source_reader(model.record)
    sources: list[str] = []
    wrong_lines: list[tuple[str, str]] = []
    for line in st.session_state[_SOURCE_LINES].splitlines():
        if not line.strip():
            continue
        try:
            source = read_source(line)
        except ValueError as error:
            wrong_lines.append((line.strip(), f"{str(error)[:1].upper()}{str(error)[1:]}."))
            continue
        if source in sources:
            continue
        if len(sources) == MOST_SOURCES:
            wrong_lines.append((source, f"At most {MOST_SOURCES} sources are kept."))
        else:
            sources.append(source)
    st.session_state[keys.WHY_SOURCES] = sources
    st.session_state[_WRONG_LINES] = wrong_lines


def show_note_words(model: Model, note: ScenarioNote) -> None:
    """Why the scenario is asked for, beside its answer, as its author wrote it."""
    if not note:
        return
    title = f"**{escape_markdown(note.title)}** " if note.title else ""
    links = ", ".join(_link_source(model, source) for source in note.sources)
    sources = f" Sources, by the author of the scenario: {links}" if links else ""
    st.caption(f"{title}{escape_markdown(note.reason)}{sources}")


def _link_source(model: Model, source: str) -> str:
    """A source as a Markdown link; one without an address as its id."""
    name, address = escape_markdown(source), find_source_address(model.record, source)
    return f"[{name}]({quote(address, safe='%/:?#&=+,;@~!*')})" if address else name
