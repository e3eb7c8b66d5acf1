"""Present mode: one finding a screen over the whole window, stepped by keys, its lever live."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import secrets
from functools import partial

import streamlit as st

from ramp155.files.assets import join_scripts, read_asset
from ramp155.files.live_body import build_live_body
from ramp155.files.poster.sheet import recall_poster_svg
from ramp155.files.story.dial import build_dial, find_lever_position
from ramp155.files.story.story import Screen, Story
from ramp155.model.model import Model
from ramp155.pictures.catalogue import CATALOGUE
from ramp155.pictures.view import View
from ui.briefing.course import find_screen_view, find_story, list_carried_fields, put_link_values
from ui.link import keys
from ui.link.address import keep_view, open_link, write_link
from ui.link.session import open_model, read_theme
from ui.link.view import enter_view
from ui.widgets.share.screen_link import draw_qr_code, write_address

_LEVER_HEIGHT, _CODE_SIZE = 96, 180  # px of the stage: under the chart, and for the QR code


def _read_component_text(asset_name: str) -> str:
    """A text of the component with the palette's quiet ink in it."""
    return read_asset(asset_name).replace(
        "QUIET", "color-mix(in srgb, var(--st-text-color) 78%, var(--st-background-color))"
    )


_stage_component = st.components.v2.component(
    "ramp155_present",
    html=read_asset("present.html").replace("LIVE", read_asset("live.html")),
    css=read_asset("live.css") + _read_component_text("present.css"),
    js=join_scripts("release.js", "live.js").replace(
        "export default function", "function liveSlider"
    )
    + read_asset("present.js"),
)


def show_screen(page_path: str) -> None:
    """The screen in turn. `page_path` is the first part of the address the briefing is on."""
    model = open_model()
    open_link(model, f"present {page_path}")
    story = find_story(model, page_path)
    screen_index = min(st.session_state[keys.SCREEN], len(story.screens)) - 1
    put_link_values(screen=screen_index + 1)
    screen = story.screens[screen_index]
    screen_view = find_screen_view(model, screen)
    if st.session_state.pop(keys.LEAVING, False):
        _leave_briefing(model, screen_view, screen, story.key)
    write_link(model, *list_carried_fields(model, story))
    _show_stage(model, story, screen_index, screen_view)


def _leave_briefing(model: Model, view: View, screen: Screen, story_key: str) -> None:
    """Back to the page of the screen, with what it showed."""
    put_link_values(present=False, screen=1, lever=None)
    if story_key or view != screen.view:
        enter_view(view, screen.page)
    keep_view(model)
    page_name = screen.page.partition("?")[0]
    st.switch_page(f"../pages/{page_name}.py")


def _show_stage(model: Model, story: Story, screen_index: int, view: View) -> None:
    screen = story.screens[screen_index]
    theme = read_theme()
    catalogued = CATALOGUE[screen.picture]
    picture = catalogued.build(model, view)
    is_live = catalogued.live and screen.lever == catalogued.lever
    payload: dict[str, object] = {
        "story": f"{story.key}/{len(story.screens)}",
        "at": screen_index,
        # Another token tells the browser that this session is another: the server was away.
        "token": st.session_state.setdefault(keys.STAGE_TOKEN, secrets.token_hex(8)),
        "titles": [story_screen.title or story_screen.picture for story_screen in story.screens],
        "kicker": screen.title,
        "told": f"{screen.title} {picture.told}".strip(),
        "source": picture.credit,
        "note": screen.note,
        "qr": draw_qr_code(model, write_address(model)),
        "lever": _list_lever_entries(model, screen, view, is_live),
    }
    body = b""
    if is_live:
        resting_scenario = dataclasses.replace(view.scenario, nitrocellulose=1.0)
        body = build_live_body(model, resting_scenario, view.month, None, "titled", (), theme)
        payload |= {"body": hashlib.md5(body).hexdigest(), "stamp": screen_index}
    else:
        payload["svg"] = recall_poster_svg(
            model, picture, theme, screen.title, _LEVER_HEIGHT if screen.lever else 0, _CODE_SIZE
        )

    def step_to_screen() -> None:
        target_index = st.session_state[keys.STAGE].get("go")
        if isinstance(target_index, int | float) and 0 <= target_index < len(story.screens):
            put_link_values(screen=int(target_index) + 1, lever=None)

    def keep_lever(name: str) -> None:
        # What a browser sends is not to be trusted: a whole number, or nothing.
        lever_value = st.session_state[keys.STAGE].get(name)
        if isinstance(lever_value, int | float) and float(lever_value).is_integer():
            put_link_values(lever=int(lever_value))

    def ask_to_leave() -> None:
        st.session_state[keys.LEAVING] = True

    _stage_component(
        key=keys.STAGE,
        data=json.dumps(payload, ensure_ascii=False).encode() + b"\n" + body,
        on_go_change=step_to_screen,
        on_lever_change=partial(keep_lever, "lever"),
        on_again_change=partial(keep_lever, "again"),
        on_leave_change=ask_to_leave,
    )


def _list_lever_entries(
    model: Model, screen: Screen, view: View, is_live: bool
) -> dict[str, object] | None:
    """The screen's lever as the stage has it, with its position, or none."""
    if not screen.lever:
        return None
    position = find_lever_position(model.record, view, screen.lever)
    if is_live and st.session_state[keys.SCREEN_LEVER] is None:
        # Its value is in the component's own hands until another screen comes.
        position = find_lever_position(model.record, screen.view, screen.lever)
    elif is_live:
        position = st.session_state[keys.SCREEN_LEVER]
    return {**dataclasses.asdict(build_dial(model.record, screen.lever)), "value": position}
