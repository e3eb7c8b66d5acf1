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
from ramp155.files.poster.sheet import recall_narrow_svg, recall_poster_svg
from ramp155.files.story.answers import build_screen_picture, fill_answer, fill_unknown
from ramp155.files.story.dial import find_lever_position
from ramp155.files.story.story import Screen, Story
from ramp155.model.model import Model
from ramp155.pictures.picture import strip_markup
from ramp155.pictures.view import View
from ui.briefing.course import find_screen_view, find_story, list_carried_fields, put_link_values
from ui.briefing.dials import is_live_screen, list_lever_entries
from ui.briefing.notes import show_notes
from ui.link import keys
from ui.link.address import keep_view, open_link, write_link
from ui.link.session import open_model, read_theme
from ui.link.view import enter_view
from ui.widgets.share.screen_link import draw_qr_code, write_address

_NARROW = "stage_narrow"  # session key: whether the window is a phone's
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
    js=join_scripts("release.js", "live.js", "channel.js", "present.js").replace(
        "export default function", "function liveSlider", 1
    ),
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
    if st.session_state[keys.NOTES]:
        show_notes(model, story, name_show(story, page_path), screen_index)
    else:
        _show_stage(model, story, name_show(story, page_path), screen_index, screen_view)


def _leave_briefing(model: Model, view: View, screen: Screen, story_key: str) -> None:
    """Back to the page of the screen, with what it showed."""
    put_link_values(present=False, screen=1, lever=None)
    if story_key or view != screen.view:
        enter_view(view, screen.page)
    keep_view(model)
    page_name = screen.page.partition("?")[0]
    st.switch_page(f"../pages/{page_name}.py")


def _show_stage(model: Model, story: Story, show_name: str, screen_index: int, view: View) -> None:
    screen = story.screens[screen_index]
    theme = read_theme()
    is_narrow = bool(st.session_state.get(_NARROW))
    picture = build_screen_picture(model, screen, view)
    is_live = is_live_screen(screen)
    unknown = fill_unknown(model, screen)
    payload: dict[str, object] = {
        "story": show_name,
        "at": screen_index,
        # Another token tells the browser that this session is another: the server was away.
        "token": st.session_state.setdefault(keys.STAGE_TOKEN, secrets.token_hex(8)),
        "titles": [story_screen.title or story_screen.picture for story_screen in story.screens],
        "kicker": screen.title,
        "told": f"{screen.title} {picture.told}".strip(),
        "source": picture.credit,
        # On a live screen it gives way to the slider's own title, which follows the lever, once that is moved.
        "answer": _write_live_answer(model, screen) if is_live else strip_markup(picture.finding),
        "look": screen.look,
        "unknown": unknown,
        "narrow": is_narrow,
        "qr": draw_qr_code(model, write_address(model)),
        "lever": list_lever_entries(model, screen, view),
        # Where the lever stands on this screen before anybody moves it.
        "rest": find_lever_position(model.record, screen.view, screen.lever)
        if screen.lever
        else None,
    }
    body = b""
    if is_live:
        resting_scenario = dataclasses.replace(view.scenario, nitrocellulose=1.0)
        body = build_live_body(model, resting_scenario, view.month, None, "titled", (), theme)
        payload |= {"body": hashlib.md5(body).hexdigest(), "stamp": screen_index}
    elif is_narrow:
        payload["svg"], payload["least"] = recall_narrow_svg(model, picture, theme)
    else:
        payload["svg"] = recall_poster_svg(
            model,
            picture,
            theme,
            screen.title,
            _LEVER_HEIGHT if screen.lever else 0,
            _CODE_SIZE,
            look=screen.look,
            aside=("What we do not know", *unknown) if unknown else (),
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

    def take_form() -> None:
        st.session_state[_NARROW] = st.session_state[keys.STAGE].get("narrow") is True

    _stage_component(
        key=keys.STAGE,
        data=json.dumps(payload, ensure_ascii=False).encode() + b"\n" + body,
        on_go_change=step_to_screen,
        on_lever_change=partial(keep_lever, "lever"),
        on_again_change=partial(keep_lever, "again"),
        on_leave_change=ask_to_leave,
        on_narrow_change=take_form,
    )


def _write_live_answer(model: Model, screen: Screen) -> str:
    """The answer of a screen whose lever rests; of a page's own picture its headline."""
    if screen.answer:
        return fill_answer(model, screen.view, screen.answer)
    return strip_markup(build_screen_picture(model, screen).headline)


def name_show(story: Story, page_path: str) -> str:
    """What stage and presenter's window know a story by: two windows with the same name show the same."""
    return f"{story.key}/{len(story.screens)}" + ("" if story.key else f"/{page_path}")
