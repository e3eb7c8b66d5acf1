"""Who says so, what was known when, how far promises held, how good the model is; and the record to
take away.
"""

import streamlit as st

from ui.evidence.assumptions import show_assumptions
from ui.evidence.claims import show_claims
from ui.evidence.hindcast import show_hindcast
from ui.evidence.model import show_model
from ui.evidence.promises import show_promises
from ui.evidence.quality import show_quality
from ui.evidence.sources import show_sources
from ui.link.address import open_link, write_link
from ui.link.fields import EVIDENCE_VIEWS
from ui.link.session import open_model
from ui.widgets.downloads import show_downloads
from ui.widgets.own_data.page import show_own_data

model = open_model()
open_link(model, "evidence")

# Each view: its name, how it is drawn, and the parts of a link that belong to it.
VIEW_PARTS = {
    "promises": ("Promises", show_promises, ("group",)),
    "claims": ("Claims", show_claims, ("topic", "quantity", "subject", "find")),
    "hindcast": ("Hindcast", show_hindcast, ()),
    "sources": ("Sources", show_sources, ("find",)),
    "assumptions": ("Assumptions", show_assumptions, ("find",)),
    "model": ("Model", show_model, ()),
    "quality": ("Quality", show_quality, ()),
    "take": ("Take away", show_downloads, ()),
    "yours": ("Your data", show_own_data, ()),
}
st.segmented_control(
    "View",
    EVIDENCE_VIEWS,
    format_func=lambda name: VIEW_PARTS[name][0],
    key="look",
    required=True,
    label_visibility="collapsed",
)
_, draw_view, shown_fields = VIEW_PARTS[st.session_state["look"]]
draw_view(model)
write_link(model, "look", *shown_fields)
