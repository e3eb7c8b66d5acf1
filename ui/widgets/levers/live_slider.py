"""The live slider: a component (v2, inline, no iframe, nothing fetched) around the response
surface.

Chosen by measurement over Streamlit's slider with a Vega chart, which needs a round trip a move,
and over a Vega-Lite parameter, whose value never reaches Python (see README, "Fast where it is
felt"). What it is given stays the same when it is let go, so that nothing is sent again: the
slider's own value travels with it only when it was changed elsewhere, under a new stamp.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import secrets
from functools import partial

import streamlit as st

from ramp155.files.assets import read_asset
from ramp155.files.live_body import build_live_body
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ui.link.pins import list_pins
from ui.link.session import read_theme

_slider_component = st.components.v2.component(
    "ramp155_live_slider",
    html=read_asset("live.html"),
    css=read_asset("live.css"),
    js=read_asset("live.js"),
)


def show_live_slider(
    model: Model, scenario: Scenario, month: str, height: int, key: str, with_consequences: bool
) -> None:
    """Slider, readout and path chart in one; with `with_consequences` also title, response curve, odds and reading.

    A released value becomes the lever's.
    """
    slider_memory = st.session_state.setdefault(
        f"{key}_own", {"stamp": 0, "token": secrets.token_hex(8)}
    )
    value_and_visit = (st.session_state["nc"], st.session_state["visit"])
    if slider_memory.get("known") != value_and_visit:
        slider_memory.update(
            stamp=slider_memory["stamp"] + 1, value=st.session_state["nc"], known=value_and_visit
        )

    def take_released(name: str) -> None:
        released_value = st.session_state[key].get(name)
        # What a browser sends is not to be trusted: a whole percent in range, or nothing.
        if isinstance(released_value, int | float) and 0 <= released_value <= 200:
            st.session_state["nc"] = round(released_value)
            slider_memory["known"] = (round(released_value), st.session_state["visit"])

    body = build_live_body(
        model,
        dataclasses.replace(scenario, nitrocellulose=1.0),
        month,
        height,
        "full" if with_consequences else "",
        tuple((pin.letter, pin.name, pin.colour, pin.scenario) for pin in list_pins()),
        read_theme(),
    )
    header = {name: slider_memory[name] for name in ("value", "stamp", "token")}
    header["address"] = "nc"  # the link's name of the lever: what is let go stands there in the end
    header["version"] = hashlib.md5(body).hexdigest()
    _slider_component(
        key=key,
        data=json.dumps(header).encode() + b"\n" + body,
        on_nc_change=partial(take_released, "nc"),
        on_again_change=partial(take_released, "again"),
    )
