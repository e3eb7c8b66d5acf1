"""One's own story: pinned scenarios with notes, or a story file that is opened in this session
only.
"""

from __future__ import annotations

import streamlit as st

from ramp155.files.story.story import Story, StoryError
from ramp155.files.story.story_file import read_story, try_pictures
from ramp155.model.model import Model
from ui.briefing.course import read_own_story
from ui.link import keys
from ui.link.pins import list_pins
from ui.markup import escape_markdown

_MOST_STORY_BYTES = 200_000


def show_own_story(model: Model) -> Story:
    """The controls of one's own story; returns it as it stands."""
    pins = list_pins()
    story_text = st.session_state.get(keys.OWN_STORY)
    if story_text:
        st.markdown(
            f"**{escape_markdown(read_story(model.record, story_text).title)}**, from your file, in this session only"
        )
        st.button("Close the file", key="close_story", on_click=_close_story)
    elif pins:
        st.markdown(
            "Your pinned scenarios, after the baseline. The link keeps them, the story file keeps notes too."
        )
        for pin in pins:
            st.text_input(
                f"Note for {pin.letter}: {escape_markdown(pin.name)}",
                st.session_state.get(keys.OWN_NOTES, {}).get(pin.name, ""),
                key=f"note_{pin.letter}",
                max_chars=600,
                on_change=_keep_note,
                args=(pin.name, f"note_{pin.letter}"),
            )
    else:
        st.markdown(
            "Pin scenarios on [What-if](what_if), up to four: each becomes a screen here. Or open a story file."
        )
    st.file_uploader(
        "Open a story file",
        type=["toml"],
        key=keys.STORY_UPLOAD,
        on_change=_open_story,
        args=(model,),
    )
    fault_text = st.session_state.get(keys.STORY_FAULT)
    if fault_text:
        st.error(
            f"The file was not opened, so nothing has changed. {escape_markdown(fault_text, 300)}"
        )
    return read_own_story(model)


def _keep_note(name: str, key: str) -> None:
    st.session_state.setdefault(keys.OWN_NOTES, {})[name] = st.session_state[key]


def _close_story() -> None:
    st.session_state[keys.OWN_STORY] = None


def _open_story(model: Model) -> None:
    """Take an uploaded story if it can be read; else say why and keep what there was."""
    file = st.session_state[keys.STORY_UPLOAD]
    st.session_state[keys.STORY_FAULT] = None
    if file is None:
        return
    try:
        content = file.getvalue()
        if len(content) > _MOST_STORY_BYTES:
            raise StoryError("A story file has at most 200 kB.")
        story_text = content.decode("utf-8")
        try_pictures(model, read_story(model.record, story_text))
    except UnicodeDecodeError:
        st.session_state[keys.STORY_FAULT] = "It is not a text in UTF-8."
    except StoryError as error:
        st.session_state[keys.STORY_FAULT] = str(error)
    else:
        st.session_state[keys.OWN_STORY] = story_text
