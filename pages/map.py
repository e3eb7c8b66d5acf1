"""Every site, its status on a date, and the dossier of the one that is chosen."""

import pandas as pd
import streamlit as st

from ramp155.history.status import STATUSES, list_statuses
from ramp155.pictures.map.sites import build_site_table
from ramp155.pictures.map.symbols import LEADING_STATUSES, STATUS_GLYPHS
from ramp155.pictures.plants.sites import map_of_sites
from ramp155.record.records import Records
from ramp155.record.schema.vocabulary import ORIGINS, PRODUCTS
from ui.link.address import open_link, write_link
from ui.link.session import open_model
from ui.map.dossier import show_dossier
from ui.map.selection import choose_site, filter_by_status
from ui.map.site_table import show_site_table, show_unplaced_sites
from ui.map.utilisation import find_country_utilisation, is_utilisation_drawn, show_utilisation
from ui.widgets.map_widget import show_map
from ui.widgets.picture import show_heading
from ui.widgets.replay import (
    REPLAY_FIELDS,
    run_replay,
    show_known_capacity,
    show_replay_controls,
    write_known_date,
)

model = open_model()
open_link(model, "map")
full_lines = model.record.full_lines
country_names = dict(
    zip(model.record.countries["country"], model.record.countries["name"], strict=True)
)
site_names = dict(zip(model.record.sites["site_id"], model.record.sites["name"], strict=True))
FILTER_CHOICES = {
    "country": sorted(set(full_lines["country"]), key=country_names.get),
    "product": list(PRODUCTS),
    "origin": list(ORIGINS),
    "operator": sorted(set(full_lines["operator"])),
}
CHOICE_NAMES = {"country": country_names.get, "product": PRODUCTS.get, "origin": ORIGINS.get}
SHOWN_FIELDS = (*REPLAY_FIELDS, *FILTER_CHOICES, "status", "site", "use")


def filter_lines(known: Records) -> pd.DataFrame:
    """Lines with their status as known, without those that the filters leave out."""
    lines = list_statuses(known).merge(
        full_lines[["country", "operator", "origin", "title"]], left_on="line_id", right_index=True
    )
    for key in FILTER_CHOICES:
        if st.session_state[key]:
            lines = lines[lines[key].isin(st.session_state[key])]
    return lines


def show_sites(known: Records, lines: pd.DataFrame, sites: pd.DataFrame) -> None:
    """How much is shown, what named lines were known to make, and the map."""
    line_count, site_count = len(lines), len(sites)
    show_heading(
        model,
        lambda: map_of_sites(
            model, known, lines, use=tuple(find_country_utilisation(model).items())
        ),
        "map_picture",
        f"#### {line_count} line{'s'[: line_count != 1]} at {site_count} site{'s'[: site_count != 1]}{write_known_date(model)}",
    )
    show_known_capacity(known)
    if sites.empty:
        st.info("No line fits these filters on this date. Take one away, or choose a later date.")
    else:
        show_map(
            model,
            sites,
            "map",
            choose_site,
            alt=f"Map of {site_count} munitions sites; the table below lists them all",
            selected=st.session_state["site"] or "",
            use=find_country_utilisation(model),
        )
    st.caption(
        "Size: the rounds a year a site's largest reported or promised rate is enough for; the smallest "
        "marks have no reported rate. Sites stand at their town's centre, never at the plant. "
        "Made with Natural Earth."
    )


def show_beside(known: Records, lines: pd.DataFrame, sites: pd.DataFrame) -> None:
    """The chosen site's dossier, else the stages in use, else what the marks mean."""
    site_id = st.session_state["site"]
    if site_id:
        show_dossier(model, known, site_id, lines)
    elif is_utilisation_drawn(model):
        show_utilisation(model)
    else:
        st.markdown(
            "**Click a site** for its dossier: each line's status, the event that proves it, "
            "and every dated report with its source."
        )
        st.caption(
            "  \n".join(
                f"{STATUS_GLYPHS[status_word]} **{status_word}**: {STATUSES[status_word]}"
                for status_word in LEADING_STATUSES
            )
        )
        show_unplaced_sites(sites, country_names)


def show_dated_map() -> None:
    """All that follows the date."""
    known = show_replay_controls(model)
    lines = filter_lines(known)
    reported_lines = lines[lines["status"] != "not yet reported"]
    shown_lines = filter_by_status(reported_lines)
    sites = build_site_table(model, shown_lines)
    map_column, side_column = st.columns([1.9, 1], gap="medium")
    with map_column:
        show_sites(known, shown_lines, sites)
    with side_column, st.container(height=530, border=False):
        show_beside(known, lines, sites)
    with st.expander("All sites as a table"):
        show_site_table(sites, country_names)
    write_link(model, *SHOWN_FIELDS)


filter_columns = st.columns([1.2, 1.2, 1.1, 1.4, 1.9])
for filter_column, key in zip(filter_columns, FILTER_CHOICES, strict=False):
    filter_column.multiselect(
        key.capitalize(),
        FILTER_CHOICES[key],
        format_func=CHOICE_NAMES.get(key, str),
        key=key,
        placeholder="All",
    )
filter_columns[4].selectbox(
    "Site",
    list(site_names),
    format_func=site_names.get,
    key="site",
    placeholder="Choose, or click the map",
)
run_replay(show_dated_map)
