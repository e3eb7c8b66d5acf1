"""The scenario as a file: to take away, and to open again."""

from __future__ import annotations

import streamlit as st

from ramp155.files.scenario_file import (
    MOST_SCENARIO_BYTES,
    SCENARIO_TYPE,
    ScenarioFileError,
    read_scenario_file,
    write_scenario_file,
)
from ramp155.model.model import Model
from ramp155.model.scenario.note import ScenarioNote
from ui.link import keys
from ui.link.levers import apply_scenario, current_scenario
from ui.link.view import current_view
from ui.markup import escape_markdown

_UPLOAD, _FAULT = "scenario_upload", "scenario_fault"  # session keys


def show_scenario_files(model: Model) -> None:
    """The scenario with its note as a file, and a file to open."""
    st.download_button(
        "Scenario file (TOML)",
        lambda: write_scenario_file(model.record, current_scenario(), current_view().scenario_note),
        f"ramp155-scenario-{model.record.version}.toml",
        SCENARIO_TYPE,
        key="scenario_file",
        on_click="ignore",
        width="stretch",
    )
    st.file_uploader(
        "Open a scenario file", type=["toml"], key=_UPLOAD, on_change=_open_file, args=(model,)
    )
    fault_text = st.session_state.get(_FAULT)
    if fault_text:
        st.error(
            f"The file was not opened, so nothing has changed. {escape_markdown(fault_text, 300)}"
        )


def _open_file(model: Model) -> None:
    """Take an uploaded scenario if it can be read; else say why and keep what there was."""
    file = st.session_state[_UPLOAD]
    st.session_state[_FAULT] = None
    if file is None:
        return
    try:
        content = file.getvalue()
        if len(content) > MOST_SCENARIO_BYTES:
            raise ScenarioFileError("A scenario file has at most 20 kB.")
        scenario, note = read_scenario_file(model.record, content.decode("utf-8"))
    except UnicodeDecodeError:
        st.session_state[_FAULT] = "It is not a text in UTF-8."
    except ScenarioFileError as error:
        st.session_state[_FAULT] = str(error)
    else:
        apply_scenario(scenario)
        _keep_note(note)


def _keep_note(note: ScenarioNote) -> None:
    st.session_state[keys.WHY_TITLE] = note.title
    st.session_state[keys.WHY_REASON] = note.reason
    st.session_state[keys.WHY_SOURCES] = [*note.sources]
