"""Utilisation on the map: countries filled by how much of their capacity the scenario uses, stages beside."""

from __future__ import annotations

import streamlit as st

from ramp155 import Records, outlook, screens, words
from ui import cite, figure, state


def switch() -> None:
    """The toggle that fills countries."""
    st.toggle(
        "Utilisation",
        key="use",
        help="Fill countries by how much of their capacity the What-if scenario uses (at the record's end only).",
    )


def drawn(records: Records) -> bool:
    """Whether countries are filled: the model speaks of today's record, so not while an earlier day shows."""
    return st.session_state["use"] and st.session_state["as_of"] == records.end


def of_countries(records: Records) -> dict[str, float]:
    """country -> share of its capacity used under the scenario in force, where that is switched on."""
    if not drawn(records):
        return {}
    rows = _found(records).countries
    return dict(zip(rows["country"], rows["utilisation"], strict=True))


def show(records: Records) -> None:
    """The stages behind the fill, in words and bars."""
    found, month = _found(records), st.session_state["month"]
    for sentence in words.utilisation(records, state.current(), found, month)[1:]:
        st.markdown(cite.sentence(sentence))
    figure.show(records, screens.build(records, "stages", state.view()), "stage_use")
    st.caption(
        "Middle case of the model. A line is taken to run like its stage in all of Europe, so a country's shade "
        "says what its plants make, not how any of them does; countries with one site are left blank. "
        "The stronger the orange, the fuller."
    )
    st.page_link("pages/what_if.py", label="Change the scenario on What-if")
    ids = cite.model_assumptions(records, "utilisation", "ratio_")
    edits = dict(st.session_state["assume"])
    cite.says_who("Assumptions", cite.assumptions(records, ids, edits), "use_assumptions")


def _found(records: Records) -> outlook.Utilisation:
    return outlook.utilisation(records, state.current(), st.session_state["month"])
