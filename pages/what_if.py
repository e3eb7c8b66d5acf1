"""The levers, and all that follows from them: output, what holds it back, odds, goals, comparisons,
causes.
"""

import streamlit as st

from ui.link.address import open_link
from ui.link.session import open_model
from ui.what_if.instrument import show_instrument, show_levers
from ui.what_if.panels import note_asked_panel
from ui.widgets.answer import show_path_sources
from ui.widgets.levers.engine import mount_engine
from ui.widgets.levers.sheet import mount_lever_sheet

model = open_model()
note_asked_panel()
open_link(model, "what_if")
with st.sidebar:
    show_levers(model)
show_instrument(model)
show_path_sources(model, "what_if")
mount_lever_sheet()
mount_engine(model)
