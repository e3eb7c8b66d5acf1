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


def track_supply(key: str, releases: tuple[str, ...]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The header that the slider of a key is given, and what it calls when a value is let go.

    `releases` are the names under which its component lets go; `again` asks for a page that is drawn by the server.
    """
    slider_memory = st.session_state.setdefault(
        f"{key}_own", {"stamp": 0, "token": secrets.token_hex(8)}
    )
    value_and_visit = (st.session_state[SUPPLY], st.session_state[keys.VISIT])
    if slider_memory.get("known") != value_and_visit:
        slider_memory.update(
            stamp=slider_memory["stamp"] + 1,
            value=st.session_state[SUPPLY],
            known=value_and_visit,
        )

    def take_released(name: str) -> None:
        released_value = st.session_state[key].get(name)
        # What a browser sends is not to be trusted: a whole percent in range, or nothing.
        if isinstance(released_value, int | float) and 0 <= released_value <= 200:
            st.session_state[SUPPLY] = round(released_value)
            slider_memory["known"] = (round(released_value), st.session_state[keys.VISIT])
            slider_memory["is_followed"] = name != "again"

    header = {name: slider_memory[name] for name in ("value", "stamp", "token")}
    header["address"] = SUPPLY  # what is let go stands in the address under this name in the end
    return header, {f"on_{name}_change": partial(take_released, name) for name in releases}


def is_followed(key: str) -> bool:
    """Whether pictures in the browser have drawn what was last let go."""
    return bool(st.session_state[f"{key}_own"].get("is_followed"))
