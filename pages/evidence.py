"""Who says so, what was known when, how far promises held, how good the model is; and the record to take away."""

import streamlit as st

from ui import claims, hindcast, method, promises, quality, sources, state, take, yours

records = state.records()
state.open_link(records, "evidence")

# Each view: its name, how it is drawn, and the parts of a link that belong to it.
VIEWS = {
    "promises": ("Promises", promises.show, ("group",)),
    "claims": ("Claims", claims.show, ("topic", "quantity", "subject", "find")),
    "hindcast": ("Hindcast", hindcast.show, ()),
    "sources": ("Sources", sources.show, ("find",)),
    "assumptions": ("Assumptions", method.assumptions, ("find",)),
    "model": ("Model", method.show, ()),
    "quality": ("Quality", quality.show, ()),
    "take": ("Take away", take.show, ()),
    "yours": ("Your data", yours.show, ()),
}
st.segmented_control(
    "View",
    state.LOOKS,
    format_func=lambda name: VIEWS[name][0],
    key="look",
    required=True,
    label_visibility="collapsed",
)
_, draw, shown = VIEWS[st.session_state["look"]]
draw(records)
state.write_link(records, "look", *shown)
