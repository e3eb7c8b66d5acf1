"""A site's dossier: each line's status with the event and the rule that decide it, its ramp, its dated events."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from ramp155.history.events import find_promise_key
from ramp155.history.milestones import list_milestones
from ramp155.history.standing.rules import STATUS_RULE_WORDS
from ramp155.history.status import STATUS_FLAGS
from ramp155.model.model import Model
from ramp155.pictures.grammar.signs import list_signs
from ramp155.pictures.map.symbols import STATUS_GLYPHS
from ramp155.pictures.plants.ramps import draw_ramp, list_ramp_rows
from ramp155.record.records import Records
from ramp155.record.schema.vocabulary import ORIGINS, PRODUCTS
from ramp155.text.evidence.promises import list_late_sentences, say_slip
from ramp155.text.numbers import count_words
from ramp155.text.signs import write_key
from ui.markup import escape_markdown
from ui.widgets.citations.lists import cite_event
from ui.widgets.citations.sources import link_report
from ui.widgets.lookups import list_rows, name_countries, name_site
from ui.widgets.picture import build_page_picture, show_picture
from ui.widgets.undated import show_undated_promises

_TOLD_FLAGS = ("late", "unconfirmed")  # said in a sentence of their own


def show_dossier(model: Model, known: Records, site_id: str, lines: pd.DataFrame) -> None:
    """The dossier of a site from the record as known on a date, or why there is none.

    `lines` have columns of `list_statuses`, operator, origin and title: those that the filters leave.
    """
    site_lines = lines[(lines["site_id"] == site_id) & (lines["status"] != "not yet reported")]
    if not site_lines.empty:
        _show_site(model.with_record(known), site_id, site_lines)
        return
    line_ids = model.record.lines.loc[model.record.lines["site_id"] == site_id, "line_id"]
    if any(known.events_of[line_id] for line_id in line_ids):
        st.info("The filters above leave this site out. Clear one to see its dossier.")
    else:
        st.info("Nothing was reported of this site by this date. Choose a later one.")


def _show_site(model: Model, site_id: str, lines: pd.DataFrame) -> None:
    """Everything a record has of one site; `lines` are its lines with their status."""
    site = model.record.site(site_id)
    country = name_countries(model.record)[site.country]
    st.subheader(escape_markdown(site.name))
    town = site.town or "town not published"
    owner = f" ({escape_markdown(site.parent)})" if site.parent else ""
    st.caption(
        f"{escape_markdown(site.operator)}{owner} · {escape_markdown(town)}, {escape_markdown(country)} · {link_report(model, site_id)}"
    )
    report_counts = lines["line_id"].map(lambda line: len(model.record.events_of[line]))
    most_told_first = lines.assign(reports=report_counts).sort_values("reports", ascending=False)
    for line_status in list_rows(most_told_first):
        _show_line(model, line_status)


def _show_line(model: Model, line_status: dict[str, Any]) -> None:
    line = model.record.line(line_status["line_id"])
    status_word = line_status["status"]
    st.markdown(
        f"**{STATUS_GLYPHS[status_word]} {status_word.capitalize()}** · {PRODUCTS[line.product]} · "
        f"{ORIGINS[line.origin].lower()}  \n{escape_markdown(line.title)}"
    )
    notes = list_late_sentences(model.record, line.line_id)
    notes += [
        f"{flag}: {STATUS_FLAGS[flag]}" for flag in line_status["flags"] if flag not in _TOLD_FLAGS
    ]
    if line.for_155 != "yes":
        notes.append("Not for 155 mm, or not said to be: kept out of every total.")
    if notes:
        st.caption("  \n".join(notes))
    events = model.record.events_of[line.line_id]
    if any(line_event.event_id == line_status["evidence"] for line_event in events):
        st.markdown(f"Based on: {cite_event(model, model.record.event(line_status['evidence']))}")
        st.caption(f"Rule “{line_status['rule']}”: {STATUS_RULE_WORDS[line_status['rule']]}")
    if line_status["one_report"]:
        lone_report = model.record.event(line_status["one_report"])
        st.markdown(
            f"One report says more, and is not believed alone: {cite_event(model, lone_report)}"
        )
    _show_line_rates(model, line.line_id)
    with st.expander(f"{count_words(len(events), 'report')}, newest first"):
        st.markdown("\n".join(_list_events(model, line.line_id)))


def _show_line_rates(model: Model, line_id: str) -> None:
    """The chart of a line's rates, where there are two with a date, and what was promised without one."""
    rate_rows = list_ramp_rows(model, [line_id])
    if len(rate_rows) < 2:
        show_undated_promises(model, line_id)
        return
    name = f"ramp_{line_id}"
    sign_key = write_key(list_signs(rate_rows["sign"]))
    picture = build_page_picture(
        model,
        name,
        f"{name_site(model.record, line_id)}: {len(rate_rows)} rates reached or promised, in {rate_rows['unit'].iloc[0]}",
        draw_ramp(rate_rows, 130),
        "A promise stands at the date promised for.",
        [line_event.source_id for line_event in model.record.events_of[line_id]],
        sign_key=f"{sign_key}.",
    )
    show_picture(model, picture, name, "**Rates**")
    st.caption(f"{sign_key}. A promise stands at the date promised for.")
    show_undated_promises(model, line_id)


def _list_events(model: Model, line_id: str) -> list[str]:
    """Dated events as a list; promises that a later word replaced are struck through with the slip."""
    all_milestones = list_milestones(model.record)
    line_milestones = {
        milestone["promise"]: milestone
        for milestone in list_rows(all_milestones[all_milestones["line_id"] == line_id])
    }
    text_lines = []
    for event in reversed(model.record.events_of[line_id]):
        event_date = event.date or "no date"
        event_text = f"{event.event.replace('_', ' ')} {event_date}"
        if event.rate is not None:
            event_text += f", {event.rate:,.0f} {event.unit}"
            event_text += f" ({event.scope} figure, not added up)" if event.scope != "site" else ""
        event_state = "done" if event.status == "done" else "planned"
        slip_text = ""
        if event_state == "planned" and find_promise_key(event) in line_milestones:
            milestone = line_milestones[find_promise_key(event)]
            is_replaced = milestone["latest_event"] != event.event_id and (
                milestone["latest_promise"] != event.date
            )
            if is_replaced and event.date:
                event_text = f"~~{event_text}~~"
                if milestone["first_event"] == event.event_id and pd.notna(milestone["slip_low"]):
                    slip_words = say_slip(milestone["slip_low"], milestone["slip_high"])
                    slip_text = f" **{slip_words}**"
        text_lines.append(f"- {event_text}, {event_state}{slip_text}: {cite_event(model, event)}")
    return text_lines
