"""Has the tide turned?

Europe, NATO, the US and Russia; statements held to account; two tracks; money.
"""

import streamlit as st

from ui.gap.views import show_chosen_view, show_levers
from ui.link.address import open_link
from ui.link.session import open_model

model = open_model()
open_link(model, "gap")
with st.sidebar:
    show_levers(model)
show_chosen_view(model, st.session_state["show"])
