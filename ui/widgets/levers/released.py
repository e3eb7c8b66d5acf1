"""What a slider of ours lets go becomes the lever's value, and what is set elsewhere reaches the slider.

What such a slider is given stays the same when it is let go, so that nothing is sent again: its own value travels
with it only when it was changed elsewhere, under a new stamp.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import streamlit as st

from ramp155.model.scenario.levers import Lever
from ui.link import keys

SUPPLY = "nc"  # the lever's name in session and link


def track_supply(
    key: str, releases: tuple[str, ...], place: str = ""
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The header that the slider of a key is given, and what it calls when a value is let go.

    `releases` are the names under which its component lets go; `again` asks for a page that is drawn by the server.
    Where a page has the slider at more than one `place`, the browser makes it anew at each, and is told where it stands.
    """
    slider_memory = st.session_state.setdefault(
        f"{key}_own", {"stamp": 0, "token": secrets.token_hex(8)}
    )
    known = (st.session_state[SUPPLY], st.session_state[keys.VISIT], place)
    if slider_memory.get("known") != known:
        slider_memory.update(
            stamp=slider_memory["stamp"] + 1, value=st.session_state[SUPPLY], known=known
        )

    def take_released(name: str) -> None:
        released_value = st.session_state[key].get(name)
        # What a browser sends is not to be trusted: a whole percent in range, or nothing.
        if isinstance(released_value, int | float) and 0 <= released_value <= 200:
            st.session_state[SUPPLY] = round(released_value)
            slider_memory["known"] = (round(released_value), st.session_state[keys.VISIT], place)
            slider_memory["is_followed"] = name != "again"

    header = {name: slider_memory[name] for name in ("value", "stamp", "token")}
    header["address"] = SUPPLY  # what is let go stands in the address under this name in the end
    return header, {f"on_{name}_change": partial(take_released, name) for name in releases}


def is_followed(key: str) -> bool:
    """Whether pictures in the browser have drawn what was last let go."""
    return bool(st.session_state[f"{key}_own"].get("is_followed"))


def track_group(key: str, levers: Sequence[Lever]) -> tuple[dict[str, Any], Callable[[], None]]:
    """What a group of sliders is given beside its levers, and what it calls when some are let go.

    The values count in the browser under a new stamp, that is where they were changed elsewhere.
    """
    group_memory = st.session_state.setdefault(
        f"{key}_own", {"stamp": 0, "token": secrets.token_hex(8)}
    )
    values = {lever.key: st.session_state[lever.key] for lever in levers}
    visit, known = st.session_state[keys.VISIT], _open_known()
    if group_memory.get("visit") != visit or any(known.get(k) != v for k, v in values.items()):
        group_memory.update(stamp=group_memory["stamp"] + 1, visit=visit)
        known.update(values)

    def take_released() -> None:
        take_positions(st.session_state[key].get("let_go"), levers)

    header = {"values": values, "stamp": group_memory["stamp"], "token": group_memory["token"]}
    return header, take_released


def take_positions(released: object, levers: Sequence[Lever]) -> None:
    """Put levers to what a browser let go, as far as it may be."""
    # What a browser sends is not to be trusted: whole numbers in range, of these levers.
    for lever in levers:
        position = released.get(lever.key) if isinstance(released, dict) else None
        if not isinstance(position, int | float):
            continue
        if lever.low * lever.scale <= position <= lever.high * lever.scale:
            st.session_state[lever.key] = _open_known()[lever.key] = round(position)


def _open_known() -> dict[str, int]:
    """Where the browser's own sliders stand, as far as the server was told or told them."""
    known: dict[str, int] = st.session_state.setdefault("levers_known", {})
    return known
