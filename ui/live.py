"""The live slider: a component (v2, inline, no iframe, nothing fetched) around the response surface.

Chosen by measurement over Streamlit's slider with a Vega chart, which needs a round trip a move, and
over a Vega-Lite parameter, whose value never reaches Python (see README, "Fast where it is felt").

What it is given stays the same when it is let go, so that nothing is sent again: the slider's own
value travels with it only when it was changed elsewhere, under a new stamp. A stamp counts within
a session, which a token names: where the server was away and the page comes back to a new session, that
one knows the address alone, so the slider says again where it stands.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import secrets
from functools import partial

import streamlit as st

from ramp155 import Records, Scenario, standalone
from ui import state

_slider = st.components.v2.component(
    "ramp155_live_slider",
    html=standalone.asset("live.html"),
    css=standalone.asset("live.css"),
    js=standalone.asset("live.js"),
)


def slider(
    records: Records, scenario: Scenario, month: str, height: int, key: str, full: bool
) -> None:
    """Slider, readout and path chart in one; with `full` also title, response curve, odds and reading.

    A released value becomes the lever's.
    """
    own = st.session_state.setdefault(f"{key}_own", {"stamp": 0, "token": secrets.token_hex(8)})
    now = (st.session_state["nc"], st.session_state["visit"])
    if own.get("known") != now:
        own.update(stamp=own["stamp"] + 1, value=st.session_state["nc"], known=now)

    def released(name: str) -> None:
        value = st.session_state[key].get(name)
        # What a browser sends is not to be trusted: a whole percent in range, or nothing.
        if isinstance(value, int | float) and 0 <= value <= 200:
            st.session_state["nc"] = round(value)
            own["known"] = (round(value), st.session_state["visit"])

    body = standalone.live_body(
        records,
        dataclasses.replace(scenario, nitrocellulose=1.0),
        month,
        height,
        "full" if full else "",
        tuple((pin.letter, pin.name, pin.colour, pin.scenario) for pin in state.pins()),
        state.theme(),
    )
    head = {name: own[name] for name in ("value", "stamp", "token")}
    head["version"] = hashlib.md5(body).hexdigest()
    _slider(
        key=key,
        data=json.dumps(head).encode() + b"\n" + body,
        on_nc_change=partial(released, "nc"),
        on_again_change=partial(released, "again"),
    )
