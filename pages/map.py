"""Every site, its status on a date, and the dossier of the one that is chosen."""

import streamlit as st

from ramp155 import maps, timeline
from ramp155.records import ORIGINS, PRODUCTS
from ui import dossier, state, utilisation

records = state.records()
state.open_link(records, "map")
full = records.full_lines
countries = dict(zip(records.countries["country"], records.countries["name"], strict=True))
present = sorted(set(full["country"]), key=countries.get)
operators = sorted(set(full["operator"]))
site_names = dict(zip(records.sites["site_id"], records.sites["name"], strict=True))
FILTERS = {
    "country": present,
    "product": list(PRODUCTS),
    "status": maps.LEADING,
    "origin": list(ORIGINS),
    "operator": operators,
    "site": list(site_names),
}

bar = st.columns([1.25, 1.2, 1.2, 1.1, 1.4, 1.9])
bar[0].date_input(
    "As known on",
    min_value=state.FIRST_DAY,
    max_value=records.end,
    key="as_of",
)
NAMES = {"country": countries.get, "product": PRODUCTS.get, "origin": ORIGINS.get}
for place, key in zip(bar[1:5], ("country", "product", "origin", "operator"), strict=True):
    place.multiselect(
        key.capitalize(),
        FILTERS[key],
        format_func=NAMES.get(key, str),
        key=key,
        placeholder="All",
    )
day = st.session_state["as_of"]
lines = timeline.status(records, day)
lines = lines.merge(
    full[["country", "operator", "origin", "title"]], left_on="line_id", right_index=True
)
for key in ("country", "product", "origin", "operator"):
    if st.session_state[key]:
        lines = lines[lines[key].isin(st.session_state[key])]
known = lines[lines["status"] != "not yet reported"]
counts = known["status"].value_counts()


def picked_on_map() -> None:
    """A click on the map chooses the site (a click on the sea leaves the choice alone)."""
    objects = st.session_state["map"]["selection"]["objects"].get("sites", [])
    if objects:
        st.session_state["site"] = objects[0]["site_id"]


bar[5].selectbox(
    "Site",
    FILTERS["site"],
    format_func=site_names.get,
    key="site",
    placeholder="Choose, or click the map",
)
pills, toggle = st.columns([6, 1], vertical_alignment="center")
with toggle:
    utilisation.switch()
pills.pills(
    "Lines by status: click to filter",
    FILTERS["status"],
    selection_mode="multi",
    format_func=lambda s: f"{maps.GLYPHS[s]} {s} {counts.get(s, 0)}",
    key="status",
    label_visibility="collapsed",
)
if st.session_state["status"]:
    known = known[known["status"].isin(st.session_state["status"])]
sites = maps.site_table(records, known)
site_id = st.session_state["site"]
wide, side = st.columns([1.9, 1], gap="medium")
with wide:
    st.markdown(
        f"#### {len(known)} line{'s'[: len(known) != 1]} at {len(sites)} site{'s'[: len(sites) != 1]}"
        + (f", as known on {day:%d %B %Y}" if day != records.end else "")
    )
    if sites.empty:
        st.info("No line fits these filters on this date. Take one away, or choose a later date.")
    else:
        st.pydeck_chart(
            maps.deck(
                records,
                sites,
                state.theme(),
                site_id or "",
                use=utilisation.of_countries(records),
            ),
            key="map",
            on_select=picked_on_map,
            height=470,
            alt=f"Map of {len(sites)} munitions sites; the table below lists them all",
        )
    st.caption(
        "Size: the rounds a year a site's largest reported or promised rate is enough for; the smallest "
        "marks have no reported rate. Sites stand at their town's centre, never at the plant. "
        "Made with Natural Earth."
    )
with side, st.container(height=560, border=False):
    if site_id:
        own = lines[(lines["site_id"] == site_id) & (lines["status"] != "not yet reported")]
        if own.empty:
            own = records.lines.loc[records.lines["site_id"] == site_id, "line_id"]
            reported = timeline.status(records, day).set_index("line_id").loc[own, "status"]
            if (reported == "not yet reported").all():
                st.info("Nothing was reported of this site by this date. Choose a later one.")
            else:
                st.info("The filters above leave this site out. Clear one to see its dossier.")
        else:
            dossier.show(records, site_id, own, day)
    elif st.session_state["use"]:
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
with st.expander("All sites as a table"):
    shown = sites.assign(
        country=sites["country"].map(countries),
        dossier=[f"map?site={s}" for s in sites["site_id"]],
    )
    st.dataframe(
        shown[["name", "operator", "country", "town", "status", "lines", "rounds", "dossier"]],
        hide_index=True,
        placeholder="",
        column_config={
            "rounds": st.column_config.NumberColumn("rounds a year, largest rate", format="%,.0f"),
            "dossier": st.column_config.LinkColumn("sources", display_text="dossier"),
        },
    )
SHOWN = ("as_of", "country", "product", "origin", "operator", "status", "site", "use")
state.write_link(records, *SHOWN)
