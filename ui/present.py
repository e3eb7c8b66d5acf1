"""Present mode: one finding a screen over the whole window, stepped by keys, its lever live."""

from __future__ import annotations

import dataclasses
import hashlib
import json

import streamlit as st

from ramp155 import Records, posters, screens, standalone, stories
from ramp155.stories import Screen, Story
from ui import share, state

_LEVER, _CORNER = 96, 180  # px of the stage: under the chart, and for the QR code


def _source(name: str) -> str:
    """A text of the component with the palette's quiet ink in it."""
    return standalone.asset(name).replace(
        "QUIET", "color-mix(in srgb, var(--st-text-color) 78%, var(--st-background-color))"
    )


_screen = st.components.v2.component(
    "ramp155_present",
    html=standalone.asset("present.html").replace("LIVE", standalone.asset("live.html")),
    css=standalone.asset("live.css") + _source("present.css"),
    js=standalone.asset("live.js").replace("export default function", "function liveSlider")
    + standalone.asset("present.js"),
)


def wanted() -> bool:
    """Whether a briefing is on, by the session or, when it is new, by the address."""
    return st.session_state.get("present", st.query_params.get("present") == "1")


def start(story: str = "") -> None:
    """Begin a briefing at its first screen (a button's callback)."""
    # A story brings levers and dates of its own: what was set before it can be had back.
    st.session_state["before"] = dict(st.session_state["view"]) if story else None
    put(present=True, story=story, screen=1, lever=None)


def put(**parts: object) -> None:
    """Set parts of the link, also where no widget owns them: a page that opens takes them from there."""
    st.session_state.update(parts)
    st.session_state["view"].update(parts)


def show(path: str) -> None:
    """The screen in turn. `path` is the first part of the address the briefing is on."""
    records = state.records()
    state.open_link(records, f"present {path}")
    story = chosen(records, path)
    place = min(st.session_state["screen"], len(story.screens)) - 1
    put(screen=place + 1)
    one = story.screens[place]
    view = now(records, one)
    if st.session_state.pop("leaving", False):
        _leave(records, view, one, story.key)
    state.write_link(records, *_carried(records, story))
    _draw(records, story, place, view)


def chosen(records: Records, path: str) -> Story:
    """The story in turn: one that ships, the user's own, or the page as it stands."""
    key = st.session_state["story"]
    if key == "own":
        return own(records)
    if key:
        return stories.shipped(records)[key]
    return stories.of_page(address(path), state.view())


def address(path: str) -> str:
    """A page with its view, as stories know it."""
    path = path or "overview"
    part = {"gap": "show", "evidence": "look"}.get(path)
    full = f"{path}?{part}={st.session_state[part]}" if part else path
    return full if full in stories.PAGES else path


def own(records: Records) -> Story:
    """The user's own story: a file they opened, else their pinned scenarios."""
    text = st.session_state.get("own_story")
    if text:
        return stories.read(records, text)
    pins = [(pin.name, pin.scenario) for pin in state.pins()]
    return stories.of_pins(pins, screens.View(), st.session_state.get("own_notes", {}))


def now(records: Records, one: Screen) -> screens.View:
    """A screen's view with its lever where it was put; a position it does not have is dropped."""
    if one.lever and st.session_state["lever"] is not None:
        try:
            return stories.turned(records, one.view, one.lever, st.session_state["lever"])
        except ValueError:
            st.session_state["lever"] = None
    return one.view


def _carried(records: Records, story: Story) -> list[str]:
    """The parts of the link that bring this screen back."""
    parts = ["present", "story", "screen", "lever"]
    if story.key == "own":
        return [*parts, "pin"]
    if story.key:
        return parts
    return [*parts, *(key for key in state.parts(records) if key not in parts)]


def _leave(records: Records, view: screens.View, one: Screen, key: str) -> None:
    """Back to the page of the screen, with what it showed."""
    put(present=False, screen=1, lever=None)
    if key or view != one.view:
        state.enter(view, one.page)
    state.keep(records)
    page = one.page.partition("?")[0]
    st.switch_page(f"pages/{page}.py")


def _draw(records: Records, story: Story, place: int, view: screens.View) -> None:
    one = story.screens[place]
    theme = state.theme()
    picture = screens.build(records, one.picture, view)
    link = share.link(records)
    payload: dict[str, object] = {
        "story": f"{story.key}/{len(story.screens)}",
        "at": place,
        "titles": [s.title or s.picture for s in story.screens],
        "kicker": one.title,
        "told": f"{one.title} {picture.told}".strip(),
        "source": picture.source,
        "note": one.note,
        "qr": share.qr(link),
        "lever": None,
    }
    body = b""
    if one.lever:
        found = stories.dial(records, one.lever)
        value = stories.position(records, view, one.lever)
        payload["lever"] = {**dataclasses.asdict(found), "value": value}
    if one.picture == "output" and one.lever == "nitrocellulose":
        still = dataclasses.replace(view.scenario, nitrocellulose=1.0)
        body = standalone.live_body(records, still, view.month, 190, "titled", (), theme)
        # Its value is in the component's own hands until another screen comes.
        payload["lever"]["value"] = (
            stories.position(records, one.view, one.lever)
            if st.session_state["lever"] is None
            else st.session_state["lever"]
        )
        payload |= {"body": hashlib.md5(body).hexdigest(), "stamp": place}
    else:
        payload["svg"] = posters.svg(picture, theme, one.title, _LEVER if one.lever else 0, _CORNER)

    def went() -> None:
        to = st.session_state["stage"].get("go")
        if isinstance(to, int | float) and 0 <= to < len(story.screens):
            put(screen=int(to) + 1, lever=None)

    def moved() -> None:
        value = st.session_state["stage"].get("lever")
        if isinstance(value, int | float) and value == int(value):
            put(lever=int(value))

    def left() -> None:
        st.session_state["leaving"] = True

    _screen(
        key="stage",
        data=json.dumps(payload, ensure_ascii=False).encode() + b"\n" + body,
        on_go_change=went,
        on_lever_change=moved,
        on_leave_change=left,
    )
