"""A site's dossier: each line's status with the event that proves it, its ramp, its dated events."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ramp155 import Records, charts, timeline
from ramp155.maps import GLYPHS
from ramp155.records import ORIGINS, PRODUCTS
from ui import cite, figure


def open_site(records: Records, known: Records, site_id: str, lines: pd.DataFrame) -> None:
    """The dossier of a site from the record as known on a date, or why there is none.

    `lines` are rows of `timeline.status` that the filters leave.
    """
    own = lines[(lines["site_id"] == site_id) & (lines["status"] != "not yet reported")]
    if not own.empty:
        _show(known, site_id, own)
        return
    ids = records.lines.loc[records.lines["site_id"] == site_id, "line_id"]
    if any(known.events_of[line] for line in ids):
        st.info("The filters above leave this site out. Clear one to see its dossier.")
    else:
        st.info("Nothing was reported of this site by this date. Choose a later one.")


def _show(records: Records, site_id: str, lines: pd.DataFrame) -> None:
    """Everything a record has of one site; `lines` are its rows of `timeline.status`."""
    site = records.site(site_id)
    country = dict(records.countries[["country", "name"]].itertuples(index=False))[site.country]
    st.subheader(cite.escape(site.name))
    place = site.town or "town not published"
    owner = f" ({cite.escape(site.parent)})" if site.parent else ""
    st.caption(
        f"{cite.escape(site.operator)}{owner} · {cite.escape(place)}, {cite.escape(country)} · {cite.wrong(records, site_id)}"
    )
    for line in lines.itertuples():
        _line(records, line)


def table(sites: pd.DataFrame, countries: dict[str, str]) -> None:
    """Rows of `maps.site_table` with the way to each dossier."""
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


def unplaced(sites: pd.DataFrame, countries: dict[str, str]) -> None:
    """The sites (rows of `maps.site_table`) that no published town allows to be drawn."""
    rows = sites[sites["lat"].isna()]
    if rows.empty:
        return
    st.markdown(f"**{len(rows)} sites without a published town**")
    st.caption(
        "  \n".join(
            f"{GLYPHS[row.status]} {cite.escape(row.name)} ({cite.escape(countries[row.country])})"
            for row in rows.itertuples(index=False)
        )
    )


def _line(records: Records, line: object) -> None:
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
    events = records.events_of[line.line_id]
    proof = next((e for e in events if e.event_id == line.evidence), None)
    if proof is not None:
        st.markdown(f"Proved by: {cite.event(records, proof)}")
    rates = charts.ramp_data(records, [line.line_id])
    if len(rates) > 1:
        name = f"ramp_{line.line_id}"
        finding = (
            f"{detail['name']}: {len(rates)} rates reached or promised, in {rates['unit'].iloc[0]}"
        )
        ids = [e.source_id for e in events]
        spec = charts.ramp_chart(rates, 130)
        figure.show(
            records,
            figure.of(
                records, name, finding, spec, "Dots: reached; hollow diamonds: promised.", ids
            ),
            name,
            "**Rates**",
        )
        st.caption("Dots: reported as reached. Hollow diamonds: promised.")
    with st.expander(f"{len(events)} reports, newest first"):
        st.markdown("\n".join(_events(records, line.line_id)))


def _events(records: Records, line_id: str) -> list[str]:
    """Dated events as a list; promises that a later word replaced are struck through with the slip."""
    found = timeline.milestones(records)
    own = found[found["line_id"] == line_id].set_index("milestone")
    lines = []
    for event in reversed(records.events_of[line_id]):
        when = event.date or "no date"
        word = f"{event.event.replace('_', ' ')} {when}"
        if event.rate is not None:
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
