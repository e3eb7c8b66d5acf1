"""Has the tide turned?

Europe, NATO, the US and Russia; statements held to account; two tracks; money.
"""

import streamlit as st

from ui.gap.views import mount_chain, show_below, show_chosen_view, show_levers
from ui.link.address import open_link
from ui.link.session import open_model
from ui.widgets.levers.sheet import mount_lever_sheet

model = open_model()
open_link(model, "gap")
with st.sidebar:
    show_levers(model)
view_key = st.session_state["show"]
show_chosen_view(model, view_key)
show_below(model, view_key)
mount_lever_sheet()
mount_chain(model, view_key)
