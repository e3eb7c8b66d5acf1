"""The page of a plant from top to bottom."""

from __future__ import annotations

import streamlit as st

from ramp155.model.model import Model
from ramp155.pictures.ramp.told_lines import list_line_statuses
from ramp155.pictures.view import find_known_record
from ui.link import keys
from ui.link.address import write_link
from ui.link.view import current_view
from ui.plant.around import show_around
from ui.plant.choice import show_plant_list
from ui.plant.evidence import show_evidence
from ui.plant.head import show_head
from ui.plant.lines import show_lines

_SHOWN_FIELDS = (keys.SITE, keys.AS_OF, keys.HINDSIGHT)


def show_page(model: Model) -> None:
    """The plant that the link names, else the list of all."""
    site_id = st.session_state[keys.SITE]
    if not site_id:
        show_plant_list(model)
        return
    known = find_known_record(model, current_view())
    known_model = model.with_record(known)
    line_statuses = list_line_statuses(known, site_id)
    with st.container(key="plant"):
        show_head(model, known, site_id, line_statuses)
        show_lines(model, known, line_statuses)
        show_around(known_model, site_id, line_statuses, is_past=known != model.record)
        show_evidence(known_model, line_statuses)
    write_link(model, *_SHOWN_FIELDS)
