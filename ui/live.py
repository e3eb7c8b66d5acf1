"""The live slider: a component (v2, inline, no iframe, nothing fetched) around the response surface.

Chosen by measurement over Streamlit's slider with a Vega chart, which needs a round trip a move, and
over a Vega-Lite parameter, whose value never reaches Python (see README, "Fast where it is felt").
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ramp155 import Records, charts
from ramp155.outlook import Outlook
from ui import state

_HERE = Path(__file__).parent
_HTML = """
<div class="live">
  <div class="row">
    <label for="supply">Nitrocellulose supply</label>
    <span class="typed">
      <input type="number" min="0" max="200" step="1" aria-label="Nitrocellulose supply, typed" /> %
    </span>
  </div>
  <input id="supply" type="range" min="0" max="200" step="1" aria-label="Nitrocellulose supply" />
  <div class="ends" aria-hidden="true"><span>0</span><span>100 % = baseline</span><span>200 %</span></div>
  <p class="readout" role="status"></p>
  <div class="chart"><svg role="img"></svg></div>
  <p class="hint" aria-hidden="true"></p>
</div>
"""
_slider = st.components.v2.component(
    "ramp155_live_slider",
    html=_HTML,
    css=(_HERE / "live.css").read_text(encoding="utf-8"),
    js=(_HERE / "live.js").read_text(encoding="utf-8"),
)


def slider(records: Records, answer: Outlook, height: int, key: str) -> None:
    """Slider, readout and path chart in one; a released value becomes the lever's."""

    def released() -> None:
        value = st.session_state[key].get("nc")
        # What a browser sends is not to be trusted: a whole percent in range, or nothing.
        if isinstance(value, int | float) and 0 <= value <= 200:
            st.session_state["nc"] = round(value)

    data = charts.live_data(records, answer.scenario, state.DRAWS)
    _slider(
        key=key,
        data={
            **data,
            "value": st.session_state["nc"],
            "at": data["months"].index(answer.month),
            "height": height,
            "version": f"{data['version']} {answer.month} {height}",
        },
        on_nc_change=released,
    )
