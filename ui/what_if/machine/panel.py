"""The panel of the machine: a component (v2, inline, nothing fetched) that follows the live slider frame by
frame and steps through the months by itself.

What it is given stays the same when the slider is let go, so that nothing is sent again; its month travels
with it only when it was changed elsewhere, under a new stamp.
"""

from __future__ import annotations

import hashlib
import json
import secrets

import streamlit as st

from ramp155.files.assets import join_scripts, read_asset
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.catalogue import build_picture
from ramp155.pictures.machine.live import build_machine_body
from ui.link import keys
from ui.link.session import read_theme
from ui.link.view import current_view
from ui.widgets.picture import show_heading

_machine_component = st.components.v2.component(
    "ramp155_machine",
    html=read_asset("machine.html"),
    css=read_asset("machine.css"),
    js=join_scripts("machine.js"),
)
_KEY = "machine"


def show_machine_panel(model: Model, scenario: Scenario, month: str) -> None:
    """The chain from cotton to round, as it runs under the scenario in the month chosen here, else the page's."""
    shown_month = st.session_state[keys.FLOW_MONTH] or month
    show_heading(
        model,
        lambda: build_picture(model, "flow", current_view()),
        "flow",
        "**From cotton to round.** Move the month or the nitrocellulose, and watch where it is narrow.",
        "flow",
    )
    memory = st.session_state.setdefault(f"{_KEY}_own", {"stamp": 0, "token": secrets.token_hex(8)})
    month_and_visit = (shown_month, st.session_state[keys.VISIT])
    if memory.get("known") != month_and_visit:
        memory.update(stamp=memory["stamp"] + 1, month=shown_month, known=month_and_visit)

    def take_released() -> None:
        released_month = st.session_state[_KEY].get("month")
        if released_month in MONTHS:  # what a browser sends is not to be trusted
            st.session_state[keys.FLOW_MONTH] = "" if released_month == month else released_month
            memory["known"] = (released_month, st.session_state[keys.VISIT])

    body = build_machine_body(model, scenario, read_theme())
    header = {name: memory[name] for name in ("month", "stamp", "token")}
    # While the slider is live it says itself where it stands.
    header["percent"] = (
        round(scenario.nitrocellulose * 100) if st.session_state[keys.PLAIN] else None
    )
    header["version"] = hashlib.md5(body).hexdigest()
    _machine_component(
        key=_KEY, data=json.dumps(header).encode() + b"\n" + body, on_month_change=take_released
    )
