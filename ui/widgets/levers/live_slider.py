"""The live slider: a component (v2, inline, no iframe, nothing fetched) around the response
surface.

Chosen by measurement over Streamlit's slider with a Vega chart, which needs a round trip a move,
and over a Vega-Lite parameter, whose value never reaches Python (see README, "Fast where it is
felt").
"""

from __future__ import annotations

import dataclasses
import hashlib
import json

import streamlit as st

from ramp155.files.assets import join_scripts, read_asset
from ramp155.files.live_body import build_live_body
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ui.link.pins import list_pins
from ui.link.session import read_theme
from ui.widgets.levers.released import track_supply

_slider_component = st.components.v2.component(
    "ramp155_live_slider",
    html=read_asset("live.html"),
    css=read_asset("live.css"),
    js=join_scripts("release.js", "live.js"),
)


def show_live_slider(
    model: Model, scenario: Scenario, month: str, height: int, key: str, with_consequences: bool
) -> None:
    """Slider, readout and path chart in one; with `with_consequences` also title, response curve, odds and reading.

    A released value becomes the lever's.
    """
    header, callbacks = track_supply(key, ("nc", "again"))
    body = build_live_body(
        model,
        dataclasses.replace(scenario, nitrocellulose=1.0),
        month,
        height,
        "full" if with_consequences else "",
        tuple((pin.letter, pin.name, pin.colour, pin.scenario) for pin in list_pins()),
        read_theme(),
    )
    header["version"] = hashlib.md5(body).hexdigest()
    _slider_component(
        key=key,
        data=json.dumps(header).encode() + b"\n" + body,
        **callbacks,
    )
