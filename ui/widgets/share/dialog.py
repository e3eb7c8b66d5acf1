"""The Share dialog: the link with its copy button and QR code, and the files of the page."""

from __future__ import annotations

import streamlit as st

from ramp155.files.story.story import Screen, Story
from ramp155.model.model import Model
from ramp155.pictures.catalogue import build_picture
from ramp155.pictures.picture import strip_markup
from ramp155.text.citations import is_local_address
from ui.markup import escape_markdown
from ui.widgets.citations.cite import show_citations, show_error_report
from ui.widgets.share.embed import show_frame_line
from ui.widgets.share.files import show_story_downloads
from ui.widgets.share.screen_link import draw_qr_code, write_address

_copy_button = st.components.v2.component(
    "ramp155_copy",
    html='<button type="button">Copy the link</button>',
    css="""
button { font: inherit; padding: 0.4rem 0.9rem; cursor: pointer; color: var(--st-background-color);
  background: var(--st-primary-color); border: 1px solid var(--st-primary-color); border-radius: var(--st-base-radius); }
button:focus-visible { outline: 3px solid var(--st-text-color); outline-offset: 2px; }
""",
    js="""
export default function ({ parentElement, data }) {
  const button = parentElement.querySelector("button")
  button.onclick = async () => {
    try {
      await navigator.clipboard.writeText(data)
    } catch {
      // Only pages that are local or encrypted may use the clipboard: the old way works on all.
      const text = document.createElement("textarea")
      text.value = data
      button.after(text)
      text.select()
      document.execCommand("copy")
      text.remove()
    }
    button.textContent = "Copied"
    setTimeout(() => (button.textContent = "Copy the link"), 2000)
  }
}
""",
)


LOCAL_NOTE = (
    "This link opens on this machine only, and so does its QR code: no public address is set. Whoever runs the app sets "
    "`public_address` in `settings.toml`."
)


@st.dialog("Share", width="large")
def show_share_dialog(model: Model, story: Story) -> None:
    """The link with its QR code, and the files of the page."""
    address = write_address(model)
    link_column, code_column = st.columns([2.2, 1], gap="medium")
    with link_column:
        st.markdown(
            "**Link to just this**: page, levers, date, filters, and which record and model it was made with."
        )
        st.code(address, language=None, wrap_lines=True)
        _copy_button(data=address, key="copy_link")
        show_frame_line(model, story)
        if is_local_address(address):
            st.warning(LOCAL_NOTE)
        st.markdown("**Files**, made on this machine when you click")
        show_story_downloads(model, story, "share")
    with code_column:
        code_caption = "QR code of the link"
        st.image(draw_qr_code(model, address), alt=code_caption, width=220)
        st.caption(code_caption)
    show_citations(
        model, strip_markup(_write_screen_finding(model, story.screens[0])), address, "Page"
    )
    show_error_report(model, address, story.screens[0].picture)
    st.caption(
        f"On this page: {'; '.join(escape_markdown(strip_markup(_write_screen_finding(model, screen))) for screen in story.screens)}"
    )


def _write_screen_finding(model: Model, screen: Screen) -> str:
    return build_picture(model, screen.picture, screen.view).finding
