"""What a slider of ours lets go becomes the lever's value, and what is set elsewhere reaches the slider.

What such a slider is given stays the same when it is let go, so that nothing is sent again: its own value travels
with it only when it was changed elsewhere, under a new stamp.
"""

from __future__ import annotations

import secrets
from functools import partial
from typing import Any

import streamlit as st

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
