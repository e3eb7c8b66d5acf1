"""The nitrocellulose lever by itself, and what follows it in the browser: charts, title and sentences of a page.

The lever is a component like the live slider (v2, inline, nothing fetched). Another one beside it has no picture of
its own: it gives the page's charts new rows each frame (`ramp155/assets/follow.js`). Those rows are worked out after
the page's first picture, on a thread of their own, and sent once for a scenario.
"""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import Future, ThreadPoolExecutor
from typing import NamedTuple

import streamlit as st

from ramp155.files.assets import read_asset
from ramp155.files.follow_body import build_follow_body, narrow_view
from ramp155.model.model import Model
from ramp155.pictures.view import View
from ui.link.view import current_view
from ui.markup import escape_sentence
from ui.widgets.levers.released import SUPPLY, track_supply

_lever_component = st.components.v2.component(
    "ramp155_lever",
    html=read_asset("lever.html"),
    css=read_asset("live.css") + read_asset("lever.css"),
    js=read_asset("lever.js"),
)
_follow_component = st.components.v2.component("ramp155_follow", js=read_asset("follow.js"))

_MOMENT = 0.05  # seconds in which what was worked out before is there


class Followed(NamedTuple):
    """What follows the lever on a page.

    `name` is its name in `follow_body`; `charts` are the keys of its pictures' charts, `words` those of the
    containers that hold its texts.
    """

    name: str
    charts: dict[str, str]
    words: dict[str, str]


class _Work(NamedTuple):
    """Rows that are being worked out, and what of."""

    question: tuple[object, ...]
    body: Future[bytes]


def show_supply_lever(key: str = "supply") -> None:
    """The lever, called after all that it moves: then it is told last that the page stands for its value."""
    header, callbacks = track_supply(key)
    header["shown"] = st.session_state[SUPPLY]
    with st.container(key=f"{key}_lever"):
        _lever_component(key=key, data=json.dumps(header), **callbacks)


def show_followed_words(paragraphs: list[str], key: str) -> None:
    """Sentences that follow the lever, a paragraph each, in a container of a key."""
    with st.container(key=key):
        st.markdown("\n\n".join(map(escape_sentence, paragraphs)))


@st.fragment
def follow_supply(model: Model, followed: Followed) -> None:
    """What lets charts and words of a page follow the lever; a fragment, so that its rows come without a rerun."""
    view = narrow_view(current_view(), followed.name)
    question = (model.identity, view, followed.name)
    work: _Work | None = st.session_state.get("follow_work")
    if work is not None and work.question != question:
        work.body.cancel()
        work = st.session_state["follow_work"] = None
    version = hashlib.md5(repr(question).encode()).hexdigest()

    def begin() -> None:
        """Work the rows out for what the browser shows, which asks for them when it is at rest."""
        if st.session_state["follow"].get("wanted") == version and not st.session_state.get(
            "follow_work"
        ):
            body = _open_worker().submit(build_follow_body, model, view, followed.name)
            st.session_state["follow_work"] = _Work(question, body)

    header = {
        "version": version,
        "state": _describe_work(work),
        "usual": view == View(),
        "charts": followed.charts,
        "words": followed.words,
    }
    body = work.body.result() if work is not None and header["state"] == "ready" else b""
    _follow_component(
        key="follow", data=json.dumps(header).encode() + b"\n" + body, on_wanted_change=begin
    )


def _describe_work(work: _Work | None) -> str:
    """Blank before it began, `waiting`, `ready`, or `failed`."""
    if work is None:
        return ""
    try:
        failure = work.body.exception(timeout=_MOMENT)
    except TimeoutError:
        return "waiting"
    return "failed" if failure else "ready"


@st.cache_resource
def _open_worker() -> ThreadPoolExecutor:
    """One thread for the rows of all sessions: what waits there waits for each other, not for a page."""
    return ThreadPoolExecutor(1, thread_name_prefix="ramp155-follow")
