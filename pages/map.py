"""Every site, its status on a date, and the dossier of the one that is chosen."""

import pandas as pd
import streamlit as st

from ramp155 import Records, maps, screens, timeline
from ramp155.records import ORIGINS, PRODUCTS
from ui import atlas, dossier, figure, replay, state, utilisation

records = state.records()
state.open_link(records, "map")
full = records.full_lines
countries = dict(zip(records.countries["country"], records.countries["name"], strict=True))
site_names = dict(zip(records.sites["site_id"], records.sites["name"], strict=True))
CHOICES = {
    "country": sorted(set(full["country"]), key=countries.get),
    "product": list(PRODUCTS),
    "origin": list(ORIGINS),
    "operator": sorted(set(full["operator"])),
}
NAMES = {"country": countries.get, "product": PRODUCTS.get, "origin": ORIGINS.get}
SHOWN = (*replay.KEYS, *CHOICES, "status", "site", "use")


def picked_on_map(site: str) -> None:
    """A click on the map chooses the site."""
    st.session_state["site"] = site


def filtered(known: Records) -> pd.DataFrame:
    """Lines with their status as known, without those that the filters leave out."""
    lines = timeline.status(known).merge(
        full[["country", "operator", "origin", "title"]], left_on="line_id", right_index=True
    )
    for key in CHOICES:
        if st.session_state[key]:
            lines = lines[lines[key].isin(st.session_state[key])]
    return lines


def by_status(lines: pd.DataFrame) -> pd.DataFrame:
    """The pills that count lines by status and filter them."""
    counts = lines["status"].value_counts()
    pills, toggle = st.columns([6, 1], vertical_alignment="center")
    with toggle:
        utilisation.switch()
    pills.pills(
        "Lines by status: click to filter",
        maps.LEADING,
        selection_mode="multi",
        format_func=lambda s: f"{maps.GLYPHS[s]} {s} {counts.get(s, 0)}",
        key="status",
        label_visibility="collapsed",
    )
    chosen = st.session_state["status"]
    return lines[lines["status"].isin(chosen)] if chosen else lines


def picture(known: Records, lines: pd.DataFrame, sites: pd.DataFrame) -> None:
    """How much is shown, what named lines were known to make, and the map."""
    count, places = len(lines), len(sites)
    figure.head(
        records,
        lambda: screens.sites_of(
            records, known, lines, use=tuple(utilisation.of_countries(records).items())
        ),
        "map_picture",
        f"#### {count} line{'s'[: count != 1]} at {places} site{'s'[: places != 1]}{replay.told(records)}",
    )
    replay.capacity_line(known)
    if sites.empty:
        st.info("No line fits these filters on this date. Take one away, or choose a later date.")
    else:
        atlas.draw(
            records,
            sites,
            "map",
            picked_on_map,
            alt=f"Map of {places} munitions sites; the table below lists them all",
            selected=st.session_state["site"] or "",
            use=utilisation.of_countries(records),
        )
    st.caption(
        "Size: the rounds a year a site's largest reported or promised rate is enough for; the smallest "
        "marks have no reported rate. Sites stand at their town's centre, never at the plant. "
        "Made with Natural Earth."
    )


def beside(known: Records, lines: pd.DataFrame, sites: pd.DataFrame) -> None:
    """The chosen site's dossier, else the stages in use, else what the marks mean."""
    site_id = st.session_state["site"]
    if site_id:
        dossier.open_site(records, known, site_id, lines)
    elif utilisation.drawn(records):
        utilisation.show(records)
    else:
        st.markdown(
            "**Click a site** for its dossier: each line's status, the event that proves it, "
            "and every dated report with its source."
        )
        st.caption(
            "  \n".join(f"{maps.GLYPHS[s]} **{s}**: {timeline.STATUSES[s]}" for s in maps.LEADING)
        )
        dossier.unplaced(sites, countries)


def view() -> None:
    """All that follows the date."""
    known = replay.controls(records)
    lines = filtered(known)
    reported = lines[lines["status"] != "not yet reported"]
    shown = by_status(reported)
    sites = maps.site_table(records, shown)
    wide, side = st.columns([1.9, 1], gap="medium")
    with wide:
        picture(known, shown, sites)
    with side, st.container(height=530, border=False):
        beside(known, lines, sites)
    with st.expander("All sites as a table"):
        dossier.table(sites, countries)
    state.write_link(records, *SHOWN)


bar = st.columns([1.2, 1.2, 1.1, 1.4, 1.9])
for place, key in zip(bar, CHOICES, strict=False):
    place.multiselect(
        key.capitalize(),
        CHOICES[key],
        format_func=NAMES.get(key, str),
        key=key,
        placeholder="All",
    )
bar[4].selectbox(
    "Site",
    list(site_names),
    format_func=site_names.get,
    key="site",
    placeholder="Choose, or click the map",
)
replay.fragment(view)
