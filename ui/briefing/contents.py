"""What a story holds, how to begin it, and how to take it away."""

from __future__ import annotations

import streamlit as st

from ramp155.files.poster.sheet import recall_poster_svg
from ramp155.files.story.answers import build_screen_picture, fill_unknown
from ramp155.files.story.story import Story
from ramp155.files.story.story_text import write_story
from ramp155.model.model import Model
from ramp155.pictures.picture import strip_markup
from ui.briefing.course import start_briefing
from ui.link.session import read_theme
from ui.markup import escape_markdown
from ui.widgets.share.files import show_story_downloads


def show_story_actions(model: Model, story: Story) -> None:
    """Present it; slides, brief, live page, story file."""
    screen_count = len(story.screens)
    st.button(
        f"Present {screen_count} screen{'s'[: screen_count != 1]}",
        key="begin",
        type="primary",
        width="stretch",
        on_click=start_briefing,
        args=(story.key,),
        help="Arrow or page keys step, N opens the notes in a window of their own, Esc leaves",
    )
    st.markdown("**To leave the room with**")
    show_story_downloads(model, story, "story", is_primary=False)
    st.download_button(
        "Story file (TOML)",
        lambda: write_story(model.record, story),
        f"ramp155-story-{story.key}.toml",
        "application/toml",
        key="story_file",
        width="stretch",
        on_click="ignore",
        help="Change it in any editor, then open it under Your own",
    )
    st.caption(
        "Keys: → on, ← back, N the presenter's window (notes, clock, lever; the room sees none of it), "
        "Esc leaves, Tab to the lever."
    )


def show_contents(model: Model, story: Story) -> None:
    """Every screen: its question, the finding of today, its note; and what the first one looks like."""
    first = story.screens[0]
    picture = build_screen_picture(model, first)
    svg_text = recall_poster_svg(model, picture, read_theme(), first.title, embedded=True)
    with st.container(key="story_preview"):  # on a phone it could not be read (ui/app.css)
        st.image(svg_text, alt=picture.told)
    for screen_number, screen in enumerate(story.screens, 1):
        finding = strip_markup(build_screen_picture(model, screen).finding)
        with st.container(gap=None, key=f"story_screen_{screen_number}"):
            st.markdown(
                f"{screen_number}. **{escape_markdown(screen.title)}** {escape_markdown(finding)}"
            )
            if screen.note:
                st.caption(escape_markdown(screen.note))
            unknown = fill_unknown(model, screen)
            if unknown:
                st.caption("What we do not know: " + " ".join(map(escape_markdown, unknown)))
