"""Links to what is on screen, and everything one can leave the room with."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlencode

import segno
import streamlit as st

from ramp155 import Records, brief, posters, screens, slides, standalone, stories
from ramp155.stories import Story
from ui import cite, state


def link(records: Records) -> str:
    """The address that opens what is on screen, as the browser knows the server.

    It says which record and model it was made with, so that a newer one can say what has changed.
    """
    base = (st.context.url or "http://localhost:8501").partition("?")[0]
    query = [(key, text) for key in st.query_params for text in st.query_params.get_all(key)]
    if not any(key == "made_with" for key, _ in query):
        query.append(("made_with", state.today(records)))
    return f"{base}?{urlencode(query, safe=':|,')}"


_copy = st.components.v2.component(
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


@lru_cache(maxsize=64)
def qr(address: str) -> str:
    """A QR code as SVG markup, black on white whatever the theme, for cameras."""
    code = segno.make(address, error="m", micro=False)
    return code.svg_inline(border=2, dark="black", light="white", omitsize=True)


def _screen_link(story: Story, address: str, number: int) -> str:
    """The address of one screen of a story; of a page's pictures, that of the page."""
    if story.key not in state.STORIES:
        return address
    base, _, query = address.partition("?")
    made = [text for text in query.split("&") if text.startswith("made_with=")]
    return f"{base}?{'&'.join(['present=1', f'story={story.key}', f'screen={number}', *made])}"


def slides_of(records: Records, story: Story, address: str) -> bytes:
    """A story as slides: findings as titles, notes and sources below."""
    made = []
    for number, screen in enumerate(story.screens, 1):
        picture = screens.build(records, screen.picture, screen.view)
        told = []
        for claim in map(records.claim, screen.claims):
            source = records.source(claim.source_id)
            told.append(f"{source.publisher}: {claim.basis} {source.url}")
        here = _screen_link(story, address, number)
        made.append(slides.Slide(picture, screen.note, here, tuple(told), screen.title))
    return slides.deck(made)


def downloads(records: Records, story: Story, key: str, first: bool = True) -> None:
    """Slides, brief and live page of a story, each made when it is asked for."""
    address, stem = link(records), f"ramp155-{story.key or 'page'}-{records.version}"
    theme_free = dict(on_click="ignore", width="stretch")
    st.download_button(
        f"Slides (PPTX, {len(story.screens)})",
        lambda: slides_of(records, story, address),
        f"{stem}.pptx",
        slides.TYPE,
        key=f"{key}_pptx",
        type="primary" if first else "secondary",
        help="Charts stay editable; notes carry sources and this link.",
        **theme_free,
    )
    st.download_button(
        "Brief (PDF, two pages)",
        lambda: brief.pdf(records, story, address),
        f"{stem}.pdf",
        "application/pdf",
        key=f"{key}_pdf",
        **theme_free,
    )
    st.download_button(
        "Live page (HTML)",
        lambda: standalone.page(records, _supplied(story), address),
        f"{stem}.html",
        "text/html",
        key=f"{key}_html",
        help="The slider in one file: works from an e-mail, with no server and no network.",
        **theme_free,
    )


def _supplied(story: Story) -> screens.View:
    """The view whose scenario the live page opens with: the last one that moves the levers."""
    moved = [s.view for s in story.screens if s.view.scenario != screens.View().scenario]
    return moved[-1] if moved else story.screens[0].view


@st.dialog("Share", width="large")
def dialog(records: Records, story: Story) -> None:
    """The link with its QR code, and the files of the page."""
    address = link(records)
    left, right = st.columns([2.2, 1], gap="medium")
    with left:
        st.markdown(
            "**Link to just this**: page, levers, date, filters; it says which record and model it was made with."
        )
        st.code(address, language=None, wrap_lines=True)
        _copy(data=address, key="copy_link")
        st.markdown("**Files**, made on this machine when you click")
        downloads(records, story, "share")
    with right:
        told = "QR code of the link, for the room's phones, where they can reach this server"
        st.image(qr(address), alt=told, width=220)
        st.caption(told)
    st.caption(
        f"On this page: {'; '.join(cite.escape(posters.plain(_finding(records, s))) for s in story.screens)}"
    )


def _finding(records: Records, screen: stories.Screen) -> str:
    return screens.build(records, screen.picture, screen.view).finding
