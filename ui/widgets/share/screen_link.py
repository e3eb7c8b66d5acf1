"""The address that opens what is on screen, or one screen of a story, and its QR code."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

import streamlit as st

from ramp155.base.memory import remember
from ramp155.files.qr_code import draw_qr_svg
from ramp155.files.story.story import Story
from ramp155.model.model import Model
from ui.link.address import find_page_name
from ui.link.origin import write_origin
from ui.settings import read_public_address


def write_address(model: Model) -> str:
    """The address that opens what is on screen, under the public address, or else as the browser knows the server.

    It says which record and model it was made with, so that a newer one can say what has changed.
    """
    query = [(key, text) for key in st.query_params for text in st.query_params.get_all(key)]
    if not any(key == "made_with" for key, _ in query):
        query.append(("made_with", write_origin(model)))
    return f"{find_page_address()}?{urlencode(query, safe=':|,/')}"


def find_page_address() -> str:
    """The address of the open page without what is chosen on it."""
    public_address = read_public_address()
    if not public_address:
        here = (st.context.url or "http://localhost:8501").partition("?")[0]
        return here if urlsplit(here).path else f"{here}/"
    page_name = find_page_name()
    return f"{public_address}/{'' if page_name == 'overview' else page_name}"


def write_site_address(path: str) -> str:
    """The address of another page of the app, with its query, as `plant?site=...`."""
    public_address = read_public_address()
    if not public_address:
        page_name, here = find_page_name(), find_page_address()
        public_address = here.removesuffix(page_name).rstrip("/")
    return f"{public_address}/{path}"


@remember
def draw_qr_code(model: Model, address: str) -> str:
    """A QR code as SVG markup, black on white whatever the theme, for cameras.

    It does not depend on the model, but what an address says of a user's own rows goes with them.
    """
    return draw_qr_svg(address)


def write_screen_address(story: Story, address: str, screen_number: int) -> str:
    """The address of one screen of a story; of a page's pictures, that of the page."""
    if story.key in ("", "own"):
        return address
    base_address, _, query = address.partition("?")
    origin_parts = [
        query_part for query_part in query.split("&") if query_part.startswith("made_with=")
    ]
    return f"{base_address}?{'&'.join(['present=1', f'story={story.key}', f'screen={screen_number}', *origin_parts])}"
