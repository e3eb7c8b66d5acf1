"""The story of the Overview: its finding, the one slider and what follows from it, and three
sentences with who says so.
"""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ramp155.answers.output.reading import read_outlook
from ramp155.answers.stages.on_record import compute_attributed_capacity
from ramp155.base.memory import remember
from ramp155.history.milestones import list_milestones
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import DEFAULT_MONTH
from ramp155.model.scenario.scenario import Scenario
from ramp155.text.output.record import write_three_sentences
from ramp155.text.output.unknowns import write_purpose, write_unknowns
from ui.link import keys
from ui.link.address import write_link
from ui.link.levers import current_scenario
from ui.markup import escape_sentence
from ui.widgets.answer import show_answer, show_headline
from ui.widgets.citations.lists import (
    cite_assumptions,
    cite_claims,
    cite_slips,
    find_model_assumptions,
)
from ui.widgets.citations.sources import show_source_button

_ATTRIBUTED_MONTH = "2025-12"
_UNKNOWN_CLAIMS = (
    "europe-nc-output-epc-2025",
    "europe-nc-need-epc-2025",
    "europe-powder-bottleneck-2025-11",
)


@st.fragment
def show_slider_and_answer(
    model: Model, headline: DeltaGenerator, unknowns: DeltaGenerator
) -> None:
    """The slider and its chart, the finding, and what is known of it: all that moves with the slider."""
    show_answer(model, DEFAULT_MONTH, 280, "path", full=False)
    scenario = current_scenario()
    with headline:
        show_headline(model, scenario)
    unknowns.markdown(escape_sentence(write_unknowns(model, scenario)))
    write_link(model, keys.PLAIN, keys.WHY_TITLE, keys.WHY_REASON, keys.WHY_SOURCES)


def show_purpose(model: Model) -> None:
    """What the product is, in one line."""
    st.markdown(escape_sentence(write_purpose(model.record)))


def show_way_to_limits() -> DeltaGenerator:
    """The place of what is known and what no public source tells, and beside it the way to what holds output back."""
    sentence_column, link_column = st.columns([6.5, 1], vertical_alignment="center", gap="small")
    link_column.container(key="limits_way").page_link(
        "../pages/what_if.py", label="What holds it back?", query_params={keys.PANEL: "locks"}
    )
    place: DeltaGenerator = sentence_column.empty()
    return place


def show_three_sentences(model: Model) -> None:
    """What is known, what is not and what follows, each with who says so."""
    sentences = write_three_sentences(
        model.record,
        read_outlook(model, Scenario(), DEFAULT_MONTH),
        _find_attributed_share(model),
    )
    proofs = _cite_sentences(model)
    for position, (sentence, proof) in enumerate(zip(sentences, proofs, strict=True)):
        with st.container(gap=None):
            st.markdown(escape_sentence(sentence))
            show_source_button("Says who", proof, f"sentence_{position}")


def show_record_note(model: Model) -> None:
    """Which record the page is drawn from, and whose land the map has."""
    st.caption(f"Record {model.record.version}. Map: Natural Earth.")


def _find_attributed_share(model: Model) -> float:
    """The share of the capacity for shell bodies that named lines account for, 0 to 1."""
    capacity_rows = compute_attributed_capacity(model)
    body_rows = capacity_rows[
        (capacity_rows["stage"] == "projectile") & (capacity_rows["month"] == _ATTRIBUTED_MONTH)
    ]
    attributed, unattributed = body_rows[["attributed", "unattributed"]].to_numpy()[0]
    return float(attributed / (attributed + unattributed))


@remember
def _cite_sentences(model: Model) -> list[str]:
    """What stands behind each of the three sentences."""
    unknown_ids = [
        "nitrocellulose_fraction",
        *find_model_assumptions(model, "start_nitrocellulose", "energetics"),
    ]
    return [
        cite_slips(model, list_milestones(model.record)),
        cite_assumptions(
            model, find_model_assumptions(model, "start_pro", "asap", "share_155_pro")
        ),
        f"{cite_assumptions(model, unknown_ids)}\n{cite_claims(model, _UNKNOWN_CLAIMS)}",
    ]
