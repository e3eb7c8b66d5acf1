"""The live slider: a component (v2, inline, no iframe, nothing fetched) around the response surface.

Chosen by measurement over Streamlit's slider with a Vega chart, which needs a round trip a move, and
over a Vega-Lite parameter, whose value never reaches Python (see README, "Fast where it is felt").

What it is given stays the same when it is let go, so that nothing is sent again: the slider's own
value travels with it only when it was changed elsewhere, under a new stamp.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from functools import lru_cache
from pathlib import Path

import streamlit as st

from ramp155 import Records, Scenario, charts, words
from ui import state

_HERE = Path(__file__).parent
_HTML = """
<div class="live">
  <h2></h2>
  <div class="row">
    <label for="supply">Nitrocellulose supply</label>
    <span class="typed">
      <input type="number" min="0" max="200" step="1" aria-label="Nitrocellulose supply, typed" /> %
    </span>
    <p class="readout" role="status"></p>
  </div>
  <input id="supply" type="range" min="0" max="200" step="1" aria-label="Nitrocellulose supply" />
  <div class="ends" aria-hidden="true"><span>0</span><span>100 % = baseline</span><span>200 %</span></div>
  <div class="pictures"><div class="grid2">
    <div class="main"><div class="chart"><svg role="img"></svg></div><p class="hint" aria-hidden="true"></p></div>
    <div class="aside">
      <div class="curve"><svg role="img"></svg></div>
      <p class="gain"></p>
      <p class="odds-title"></p>
      <ul class="odds" role="list"></ul>
    </div>
  </div></div>
  <div class="below"><p class="reading"></p><p class="warning" role="note" hidden></p></div>
</div>
"""
_slider = st.components.v2.component(
    "ramp155_live_slider",
    html=_HTML,
    css=(_HERE / "live.css").read_text(encoding="utf-8"),
    js=(_HERE / "live.js").read_text(encoding="utf-8"),
)


def slider(
    records: Records, scenario: Scenario, month: str, height: int, key: str, full: bool
) -> None:
    """Slider, readout and path chart in one; with `full` also title, response curve, odds and reading.

    A released value becomes the lever's.
    """
    own = st.session_state.setdefault(f"{key}_own", {"stamp": 0})
    now = (st.session_state["nc"], st.session_state["visit"])
    if own.get("known") != now:
        own.update(stamp=own["stamp"] + 1, value=st.session_state["nc"], known=now)

    def released() -> None:
        value = st.session_state[key].get("nc")
        # What a browser sends is not to be trusted: a whole percent in range, or nothing.
        if isinstance(value, int | float) and 0 <= value <= 200:
            st.session_state["nc"] = round(value)
            own["known"] = (round(value), st.session_state["visit"])

    body = _body(
        records,
        dataclasses.replace(scenario, nitrocellulose=1.0),
        month,
        height,
        full,
        tuple((pin.letter, pin.name, pin.colour, pin.scenario) for pin in state.pins()),
    )
    head = {"value": own["value"], "stamp": own["stamp"], "version": hashlib.md5(body).hexdigest()}
    _slider(key=key, data=json.dumps(head).encode() + b"\n" + body, on_nc_change=released)


@lru_cache(maxsize=64)
def _body(
    records: Records,
    scenario: Scenario,
    month: str,
    height: int,
    full: bool,
    pins: tuple[tuple[str, str, str, Scenario], ...],
) -> bytes:
    """All but the slider's value, as JSON text: made once for all sessions that look at the same."""
    told = words.live(records, scenario, month, state.DRAWS)
    return json.dumps(
        {
            **charts.live_data(records, scenario, state.DRAWS, month),
            "words": told if full else {k: told[k] for k in ("titles", "readouts")},
            "pins": [
                {
                    "letter": letter,
                    "name": name,
                    "colour": colour,
                    "path": charts.live_path(records, pinned),
                }
                for letter, name, colour, pinned in pins
            ],
            "height": height,
            "full": full,
        },
        ensure_ascii=False,
    ).encode()
