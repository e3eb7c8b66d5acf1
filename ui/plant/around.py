"""What stands around a plant's lines: what nobody says, where reports disagree, what it adds, who makes the same."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import quote

import streamlit as st

from ramp155.answers.plants.addition import compute_additions
from ramp155.answers.plants.contradictions import Contradiction, list_contradictions
from ramp155.answers.plants.neighbours import list_neighbours
from ramp155.model.model import Model
from ramp155.record.records import Records
from ramp155.record.rows import Site
from ramp155.record.schema.vocabulary import PRODUCTS
from ramp155.text.numbers import count_words
from ramp155.text.plant.additions import say_addition, say_no_addition
from ramp155.text.plant.contradictions import say_contradiction, say_side
from ramp155.text.plant.standing import name_line
from ramp155.text.plant.unknowns import list_line_unknowns, list_site_unknowns
from ui.markup import escape_markdown, escape_sentence
from ui.plant.lines import LineStatus
from ui.widgets.citations.lists import cite_event
from ui.widgets.lookups import name_countries


def show_around(
    known_model: Model, site_id: str, line_statuses: Sequence[LineStatus], *, is_past: bool
) -> None:
    """Two columns: what is not known and what it adds; below them what disagrees and who makes the same."""
    record = known_model.record
    unknown_column, added_column = st.columns(2, gap="medium")
    with unknown_column.container(key="plant_unknown"):
        st.markdown("#### What is not known")
        st.markdown(_list_unknowns(record, site_id, line_statuses))
    with added_column.container(key="plant_adds"):
        st.markdown("#### What it would add to Europe's output")
        st.markdown(_list_additions(known_model, site_id, is_past))
    _show_contradictions(known_model, line_statuses)
    _show_neighbours(record, site_id)


def _list_unknowns(record: Records, site_id: str, line_statuses: Sequence[LineStatus]) -> str:
    """What nobody says of the plant, then of each line, as a list."""
    items = [f"- {escape_sentence(sentence)}" for sentence in list_site_unknowns(record, site_id)]
    for line_status in line_statuses:
        line_name = escape_markdown(name_line(record.line(line_status["line_id"])))
        sentences = list_line_unknowns(record, line_status)
        prefix = f"*{line_name}.* " if len(line_statuses) > 1 else ""
        if sentences:
            items.append(f"- {prefix}{' '.join(map(escape_sentence, sentences))}")
    return "\n".join(items) or "Nothing that this page asks for is missing from the record."


def _list_additions(known_model: Model, site_id: str, is_past: bool) -> str:
    """What the plant adds by stage, as a list; on an earlier day nothing is worked out."""
    if is_past:
        return "This is worked out of all that is known, not of an earlier day."
    record = known_model.record
    additions = compute_additions(known_model, site_id)
    if not additions:
        return escape_sentence(say_no_addition(record, site_id))
    items = [f"- {escape_sentence(say_addition(record, addition))}" for addition in additions]
    items.append(
        "\nOur reading, by stage: rounds a year that the new capacity is enough for, with delays as on record. "
        "What a plant makes today is inside Europe's figure, and a stage that others hold back makes no more rounds."
    )
    return "\n".join(items)


def _show_contradictions(known_model: Model, line_statuses: Sequence[LineStatus]) -> None:
    """Reports that disagree, what each says side by side."""
    record = known_model.record
    contradictions = [
        contradiction
        for line_status in line_statuses
        for contradiction in list_contradictions(record, line_status["line_id"])
    ]
    if not contradictions:
        return
    with st.container(key="plant_disputed"):
        st.markdown("#### Where reports disagree")
        for contradiction in contradictions:
            _show_contradiction(known_model, contradiction, is_named=len(line_statuses) > 1)


def _show_contradiction(known_model: Model, contradiction: Contradiction, is_named: bool) -> None:
    record = known_model.record
    line_name = f"{name_line(record.line(contradiction.line_id))}. " if is_named else ""
    st.markdown(f"*{escape_markdown(line_name + say_contradiction(contradiction))}*")
    for column, reports in zip(
        st.columns(max(len(contradiction.sides), 2)), contradiction.sides, strict=False
    ):
        citations = "  \n".join(cite_event(known_model, report) for report in reports)
        column.markdown(
            f"**{escape_markdown(say_side(contradiction.kind, reports[0]))}**: {citations}"
        )


def _show_neighbours(record: Records, site_id: str) -> None:
    """Other plants that make the same, by country and name."""
    neighbours = {
        product: sites for product, sites in list_neighbours(record, site_id).items() if sites
    }
    if not neighbours:
        return
    with st.container(key="plant_neighbours"):
        st.markdown("#### Others that make the same")
        for product, sites in neighbours.items():
            label = f"{PRODUCTS[product]}: {count_words(len(sites), 'plant')}, by country"
            with st.expander(label):
                st.html(_write_neighbours(record, sites))


def _write_neighbours(record: Records, sites: Sequence[Site]) -> str:
    """Plants by country as links."""
    names = name_countries(record)
    links_of: dict[str, list[str]] = {}
    for site in sites:
        link = f'<a href="plant?site={quote(site.site_id)}">{escape(site.name)}</a>'
        links_of.setdefault(names[site.country], []).append(link)
    return "<br>".join(
        f"<b>{escape(country)}</b> {' · '.join(links)}" for country, links in links_of.items()
    )
