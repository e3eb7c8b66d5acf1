"""What a story holds, how to begin it, how to take it away, and how to make one's own."""

from __future__ import annotations

import streamlit as st

from ramp155 import Records, posters, screens, stories
from ramp155.stories import Story
from ui import cite, present, share, state

_MOST_BYTES = 200_000


def take(records: Records, story: Story) -> None:
    """Present it; slides, brief, live page, story file."""
    count = len(story.screens)
    st.button(
        f"Present {count} screen{'s'[: count != 1]}",
        key="begin",
        type="primary",
        width="stretch",
        on_click=present.start,
        args=(story.key,),
        help="Arrow or page keys step, N shows the note, Esc leaves",
    )
    st.markdown("**To leave the room with**")
    share.downloads(records, story, "story", first=False)
    st.download_button(
        "Story file (TOML)",
        lambda: stories.write(story),
        f"ramp155-story-{story.key}.toml",
        "application/toml",
        key="story_file",
        width="stretch",
        on_click="ignore",
        help="Change it in any editor, then open it under Your own",
    )
    st.caption(
        "Keys: → or Page Down goes on, ← or Page Up back, N the presenter's note, Esc leaves. Tab reaches the screen's lever."
    )


def contents(records: Records, story: Story) -> None:
    """Every screen: its question, the finding of today, its note; and what the first one looks like."""
    first = story.screens[0]
    picture = screens.build(records, first.picture, first.view)
    svg = posters.svg(picture, state.theme(), first.title, embedded=True)
    st.image(svg, alt=picture.told)
    for number, screen in enumerate(story.screens, 1):
        finding = posters.plain(screens.build(records, screen.picture, screen.view).finding)
        with st.container(gap=None):
            st.markdown(f"{number}. **{cite.escape(screen.title)}** {cite.escape(finding)}")
            if screen.note:
                st.caption(cite.escape(screen.note))


def own(records: Records) -> Story:
    """The controls of one's own story; returns it as it stands."""
    pins = state.pins()
    text = st.session_state.get("own_story")
    if text:
        st.markdown(
            f"**{cite.escape(stories.read(records, text).title)}**, from your file, in this session only"
        )
        st.button("Close the file", key="close_story", on_click=_close)
    elif pins:
        st.markdown(
            "Your pinned scenarios, after the baseline. They are in the link; notes are kept by the story file."
        )
        for pin in pins:
            st.text_input(
                f"Note for {pin.letter}: {cite.escape(pin.name)}",
                st.session_state.get("own_notes", {}).get(pin.name, ""),
                key=f"note_{pin.letter}",
                max_chars=600,
                on_change=_note,
                args=(pin.name, f"note_{pin.letter}"),
            )
    else:
        st.markdown(
            "Pin scenarios on [What-if](what_if), up to four: each becomes a screen here. Or open a story file."
        )
    st.file_uploader(
        "Open a story file", type=["toml"], key="story_upload", on_change=_open, args=(records,)
    )
    fault = st.session_state.get("story_fault")
    if fault:
        st.error(f"The file was not opened, so nothing has changed. {cite.escape(fault, 300)}")
    return present.own(records)


def _note(name: str, key: str) -> None:
    st.session_state.setdefault("own_notes", {})[name] = st.session_state[key]


def _close() -> None:
    st.session_state["own_story"] = None


def _open(records: Records) -> None:
    """Take an uploaded story if it can be read; else say why and keep what there was."""
    file = st.session_state["story_upload"]
    st.session_state["story_fault"] = None
    if file is None:
        return
    try:
        data = file.getvalue()
        if len(data) > _MOST_BYTES:
            raise stories.StoryError("A story file has at most 200 kB.")
        text = data.decode("utf-8")
        stories.tried(records, stories.read(records, text))
    except UnicodeDecodeError:
        st.session_state["story_fault"] = "It is not a text in UTF-8."
    except stories.StoryError as error:
        st.session_state["story_fault"] = str(error)
    else:
        st.session_state["own_story"] = text
