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

from ramp155.files.assets import join_scripts, read_asset
from ramp155.files.follow_body import (
    GRID_STEP,
    build_follow_body,
    build_follow_words,
    build_gap_sides,
    has_all_words,
    name_gap_sides,
    narrow_view,
)
from ramp155.model.model import Model
from ramp155.pictures.output.engine import name_engine
from ramp155.pictures.view import View
from ui.link.address import write_link
from ui.link.view import current_view
from ui.markup import escape_sentence
from ui.widgets.levers.released import SUPPLY, is_followed, track_supply

_lever_component = st.components.v2.component(
    "ramp155_lever",
    html=read_asset("lever.html"),
    css=read_asset("live.css") + read_asset("lever.css"),
    js=join_scripts("release.js", "lever.js"),
)
_follow_component = st.components.v2.component(
    "ramp155_follow", js=join_scripts("react.js", "charts.js", "gap_rows.js", "follow.js")
)
_sides_component = st.components.v2.component("ramp155_sides", js=join_scripts("sides.js"))

_LEVER, _FOLLOWER, _WORK, _SIDES = "supply", "follow", "follow_work", "gap_sides"  # session keys
# The rows of all sessions on one thread: what waits there waits for each other, not for a page.
_WORKER = ThreadPoolExecutor(1, thread_name_prefix="ramp155-follow")
_MOMENT = 0.05  # seconds in which what was worked out before is there


class Followed(NamedTuple):
    """What follows the lever on a page.

    `name` is its name in `follow_body`; `charts` are the keys of its pictures' charts, `words` those of the
    containers that hold its texts. Where `is_levered` the engine (`mount_engine`) answers for every other lever too.
    """

    name: str
    charts: dict[str, str]
    words: dict[str, str]
    is_levered: bool = False


class _Work(NamedTuple):
    """Rows that are being worked out, and what of."""

    question: tuple[object, ...]
    body: Future[bytes]


def show_supply_lever(place: str) -> None:
    """The lever alone, on a view called `place`: what is let go reruns the fragment it stands in."""
    _mount_lever(place, st.session_state[SUPPLY])


@st.fragment
def show_followed_lever(
    model: Model, followed: Followed, drawn: int, link_fields: tuple[str, ...]
) -> None:
    """The lever and what follows it in the browser: what is let go reruns this alone.

    `drawn` is the position that the page around it is drawn for. The address (`link_fields`) follows, and the words of
    the position to the digit.
    """
    write_link(model, *link_fields)
    released = st.session_state[SUPPLY]
    exact = b""
    if released != drawn:
        if not is_followed(_LEVER):
            st.rerun()  # the browser has not drawn it: the page does
        view = narrow_view(current_view(), followed.name)
        if released % GRID_STEP and not has_all_words(model, view):
            exact = build_follow_words(model, current_view(), followed.name)
    _mount_lever(followed.name, drawn, exact)
    _show_follower(model, followed)


def _mount_lever(place: str, drawn: int, exact: bytes = b"") -> None:
    header, callbacks = track_supply(_LEVER, ("nc", "followed", "again"), place)
    header["shown"] = drawn
    data = json.dumps(header).encode() + b"\n" + exact
    with st.container(key=f"{_LEVER}_lever"):
        _lever_component(key=_LEVER, data=data, **callbacks)


def show_followed_words(paragraphs: list[str], key: str) -> None:
    """Sentences that follow the lever, a paragraph each, in a container of a key."""
    with st.container(key=key):
        st.markdown("\n\n".join(map(escape_sentence, paragraphs)))


def _show_follower(model: Model, followed: Followed) -> None:
    """The component that lets charts and words follow, with their rows once they have been asked for and worked out."""
    view = narrow_view(current_view(), followed.name)
    question = (model.identity, view, followed.name)
    work: _Work | None = st.session_state.get(_WORK)
    if work is not None and work.question != question:
        work.body.cancel()
        work = st.session_state[_WORK] = None
    version = hashlib.md5(repr(question).encode()).hexdigest()

    def begin() -> None:
        """Work the rows out for what the browser shows, which asks for them when it is at rest."""
        wanted = st.session_state[_FOLLOWER].get("wanted")
        if wanted == version and not st.session_state.get(_WORK):
            body = _WORKER.submit(build_follow_body, model, view, followed.name)
            st.session_state[_WORK] = _Work(question, body)

    state = _describe_work(work)
    header = {
        "version": version,
        "state": state,
        "usual": view == View(),
        "charts": followed.charts,
        "words": followed.words,
    }
    if followed.is_levered:
        header["still"] = _describe_still(model, view)
    body = work.body.result() if work is not None and state == "ready" else b""
    with st.container(key=f"{_FOLLOWER}_rows"):
        _follow_component(
            key=_FOLLOWER,
            data=json.dumps(header).encode() + b"\n" + body,
            on_wanted_change=begin,
        )


def mount_sides(model: Model) -> None:
    """Give the page what the gap needs beside the engine: the last thing of a page, as the engine is."""
    with st.container(key=f"{_SIDES}_rows"):
        _sides_component(key=_SIDES, data=build_gap_sides(model, current_view()))


def _describe_still(model: Model, view: View) -> dict[str, object]:
    """Where the page has its levers, and what in the browser answers while one of them moves."""
    return {
        "levers": current_view().scenario.as_dict(),
        "rate": view.comparison.russia_rate,
        "engine": name_engine(model, view.scenario.assume),
        "sides": name_gap_sides(model, view),
    }


def _describe_work(work: _Work | None) -> str:
    """Blank before it began, `waiting`, `ready`, or `failed`."""
    if work is None:
        return ""
    try:
        failure = work.body.exception(timeout=_MOMENT)
    except TimeoutError:
        return "waiting"
    return "failed" if failure else "ready"
