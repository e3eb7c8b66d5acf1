"""The head of a plant's page: what it is called, whose it is, what it makes, and what it does now."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

from ramp155.model.model import Model
from ramp155.record.records import Records
from ramp155.text.plant.standing import say_products, write_summary
from ui.link import keys
from ui.link.address import keep_view
from ui.markup import escape_markdown, escape_sentence
from ui.plant.lines import LineStatus
from ui.widgets.citations.cite import show_citations, show_error_report
from ui.widgets.citations.sources import link_report
from ui.widgets.lookups import name_countries
from ui.widgets.share.screen_link import write_site_address


def show_head(
    model: Model, known: Records, site_id: str, line_statuses: Sequence[LineStatus]
) -> None:
    """Name, town, maker and owner, products, and a sentence on what it does now."""
    site = known.site(site_id)
    country = name_countries(known)[site.country]
    place = ", ".join(part for part in (site.town or "Town not published", country) if part)
    owner = f", owned by {site.parent}" if site.parent not in ("", site.operator) else ""
    st.markdown(f"## {escape_markdown(site.name)}")
    st.markdown(
        f"{escape_markdown(place)} · Maker: {escape_markdown(site.operator)}{escape_markdown(owner)}. "
        f"{escape_sentence(say_products(known, [row['line_id'] for row in line_statuses]))}"
    )
    if known != model.record:
        _say_past(model, known)
    st.markdown(f"**Now:** {escape_sentence(write_summary(known, line_statuses))}")
    # What is noted of a plant is of today.
    note = (
        f"{escape_markdown(site.note.rstrip('.'))}. " if site.note and known == model.record else ""
    )
    with st.container(horizontal=True, key="plant_ways", gap="small", vertical_alignment="center"):
        st.caption(f"{note}{link_report(model, site_id)}", width="stretch")
        with st.popover("Cite", type="tertiary", key="plant_cite", width="content"):
            address = write_site_address(f"plant?{urlencode({keys.SITE: site_id})}")
            show_citations(model, f"{site.name}: what was promised and what came", address, "Plant")
            show_error_report(model, address, row_id=site_id)
        st.page_link("../pages/map.py", label="On the map", query_params={"site": site_id})
        st.button("All plants", key="plant_all", type="tertiary", on_click=st.query_params.clear)


def _say_past(model: Model, known: Records) -> None:
    """That the page shows an earlier day, with the way to the record's end."""
    note_column, button_column = st.columns([4, 1], vertical_alignment="center")
    knowledge = "today" if st.session_state[keys.HINDSIGHT] else "then"
    note_column.info(f"As known {knowledge} of {known.end.day} {known.end:%B %Y}.")
    button_column.button("All that is known", key="plant_today", on_click=_go_to_end, args=(model,))


def _go_to_end(model: Model) -> None:
    """Back to the record's end (a button's callback)."""
    st.session_state[keys.AS_OF] = model.record.end
    keep_view(model)
