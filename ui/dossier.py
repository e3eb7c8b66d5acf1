"""A site's dossier: each line's status with the event that proves it, its ramp, its dated events."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import streamlit as st

from ramp155 import Records, charts, timeline
from ramp155.maps import GLYPHS
from ramp155.records import ORIGINS, PRODUCTS
from ui import cite


def show(records: Records, site_id: str, lines: pd.DataFrame, day: dt.date) -> None:
    """Everything known by a date of one site; `lines` are its rows of `timeline.status`."""
    site = records.sites.set_index("site_id").loc[site_id]
    country = records.countries.set_index("country").loc[site["country"], "name"]
    st.subheader(cite.escape(site["name"]))
    place = site["town"] or "town not published"
    owner = f" ({cite.escape(site['parent'])})" if site["parent"] else ""
    st.caption(f"{cite.escape(site['operator'])}{owner} · {cite.escape(place)}, {country}")
    for line in lines.itertuples():
        _line(records, line, day)


def unplaced(sites: pd.DataFrame, countries: dict[str, str]) -> None:
    """The sites (rows of `maps.site_table`) that no published town allows to be drawn."""
    rows = sites[sites["lat"].isna()]
    if rows.empty:
        return
    st.markdown(f"**{len(rows)} sites without a published town**")
    st.caption(
        "  \n".join(
            f"{GLYPHS[row.status]} {cite.escape(row.name)} ({countries[row.country]})"
            for row in rows.itertuples(index=False)
        )
    )


def _line(records: Records, line: object, day: dt.date) -> None:
    detail = records.full_lines.loc[line.line_id]
    st.markdown(
        f"**{GLYPHS[line.status]} {line.status.capitalize()}** · {PRODUCTS[line.product]} · "
        f"{ORIGINS[detail['origin']].lower()}  \n{cite.escape(detail['title'])}"
    )
    notes = [f"{flag}: {timeline.FLAGS[flag]}" for flag in line.flags]
    if detail["for_155"] != "yes":
        notes.append("Not for 155 mm, or not said to be: kept out of every total.")
    if notes:
        st.caption("  \n".join(notes))
    events = [e for e in records.events_of[line.line_id] if e.known_on <= day]
    proof = next((e for e in events if e.event_id == line.evidence), None)
    if proof is not None:
        st.markdown(f"Proved by: {cite.event(records, proof)}")
    rates = charts.ramp_data(records, [line.line_id], day.isoformat())
    if len(rates) > 1:
        st.vega_lite_chart(
            spec=charts.ramp_chart(rates, 130),
            key=f"ramp_{line.line_id}",
            alt=f"Rates reached and promised at {detail['title']}",
        )
        st.caption("Dots: reported as reached. Hollow diamonds: promised.")
    with st.expander(f"{len(events)} reports, newest first"):
        st.markdown("\n".join(_events(records, line.line_id, events, day)))


def _events(
    records: Records, line_id: str, events: list[timeline.Event], day: dt.date
) -> list[str]:
    """Dated events as a list; promises that a later word replaced are struck through with the slip."""
    found = timeline.milestones(records, day)
    own = found[found["line_id"] == line_id].set_index("milestone")
    lines = []
    for event in reversed(events):
        when = event.date or "no date"
        word = f"{event.event.replace('_', ' ')} {when}"
        if event.rate == event.rate:
            word += f", {event.rate:,.0f} {event.unit}"
            word += f" ({event.scope} figure, not added up)" if event.scope != "site" else ""
        state = "done" if event.status == "done" else "planned"
        slip = ""
        if state == "planned" and event.event in own.index:
            latest = own.loc[event.event]
            replaced = latest["latest_event"] != event.event_id and (
                latest["latest_promise"] != event.date
            )
            if replaced and event.date:
                months = latest["slip_months"]
                word = f"~~{word}~~"
                if latest["first_event"] == event.event_id and months == months:
                    slip = f" **slip {months:+.0f} months**"
        lines.append(f"- {word}, {state}{slip}: {cite.event(records, event)}")
    return lines
