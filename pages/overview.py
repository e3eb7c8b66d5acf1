"""The story in one screen: headline numbers, the map, the one slider and what follows from it."""

import streamlit as st

from ramp155.answers.output.reading import read_outlook
from ramp155.answers.stages.on_record import attributed_capacity
from ramp155.history.milestones import list_milestones
from ramp155.history.status import list_statuses
from ramp155.model.scenario.horizon import DEFAULT_MONTH
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.catalogue import build_picture
from ramp155.pictures.map.sites import build_site_table, say_site_rounds
from ramp155.pictures.map.symbols import LEADING_STATUSES, STATUS_GLYPHS
from ramp155.pictures.view import View
from ramp155.text.output.record import write_three_sentences
from ui.link.address import open_link, write_link
from ui.link.levers import current_scenario
from ui.link.session import open_model
from ui.markup import escape_markdown, escape_sentence
from ui.overview.site_pick import pick_site
from ui.widgets.answer import show_answer, show_headline, show_path_sources
from ui.widgets.citations.lists import (
    cite_assumptions,
    cite_claims,
    cite_slips,
    find_model_assumptions,
)
from ui.widgets.citations.sources import show_source_button
from ui.widgets.headline_tiles import show_headline_tiles
from ui.widgets.map_widget import show_map
from ui.widgets.picture import show_heading

model = open_model()
open_link(model, "overview")


@st.fragment
def show_slider_and_answer() -> None:
    """The finding, the slider and its chart: all that moves with the slider."""
    show_answer(model, DEFAULT_MONTH, 300, "path", full=False)
    with headline:
        show_headline(model, current_scenario())
    write_link(model, "plain")


@st.fragment
def show_site_map() -> None:
    """The map, and the site picked on it or else how many sites have which status."""
    sites = build_site_table(model, list_statuses(model.record))
    status_counts = sites["status"].value_counts()
    key_line = " · ".join(
        f"{STATUS_GLYPHS[status_word]} {status_word} {status_counts[status_word]}"
        for status_word in LEADING_STATUSES
        if status_word in status_counts
    )
    picked_site = st.session_state.get("overview_site", "")
    show_heading(
        model,
        lambda: build_picture(model, "sites", View()),
        "overview_map_picture",
        "**Sites by status of their furthest line**",
    )
    show_map(
        model,
        sites,
        "overview_map",
        pick_site,
        alt=f"Map of {len(sites)} munitions sites in Europe by ramp-up status: {key_line}",
        selected=picked_site,
        home=2.4,
    )
    for site in sites[sites["site_id"] == picked_site].itertuples():
        text_column, button_column = st.columns([3, 1.2], vertical_alignment="center")
        text_column.markdown(
            f"**{escape_markdown(site.name)}**: {site.status}, {say_site_rounds(site.rounds)}"
        )
        button_column.page_link(
            "pages/map.py", label="Open dossier", query_params={"site": site.site_id}
        )
        return
    st.caption(
        f"Sites by status: {key_line}. They stand at their town's centre; click one for its dossier."
    )


headline = st.container(key="headline").empty()
with st.container(key="tiles"):
    show_headline_tiles(model)
with st.container(key="story"):  # on a phone it stands above the tiles (ui/app.css)
    map_column, answer_column = st.columns([1, 1.12], gap="medium")
with map_column:
    show_site_map()
with answer_column:
    show_slider_and_answer()
    show_path_sources(model, "overview")

baseline_reading = read_outlook(model, Scenario(), DEFAULT_MONTH)
attributed_shares = (
    attributed_capacity(model).set_index(["stage", "month"]).loc[("projectile", "2025-12")]
)
attributed_share = attributed_shares["attributed"] / (
    attributed_shares["attributed"] + attributed_shares["unattributed"]
)
unknown_claims = (
    "europe-nc-output-epc-2025 europe-nc-need-epc-2025 europe-powder-bottleneck-2025-11"
)
proofs = [
    cite_slips(model, list_milestones(model.record)),
    cite_assumptions(model, find_model_assumptions(model, "total_pro", "share_155_pro")),
    cite_assumptions(model, ["nitrocellulose_fraction", *find_model_assumptions(model, "total_n")])
    + "\n"
    + cite_claims(model, unknown_claims.split()),
]
sentence_proofs = zip(
    st.columns(3),
    write_three_sentences(model.record, baseline_reading, attributed_share),
    proofs,
    strict=True,
)
for position, (column, sentence, proof) in enumerate(sentence_proofs):
    with column, st.container(gap=None):
        st.markdown(escape_sentence(sentence))
        show_source_button("Says who", proof, f"sentence_{position}")
st.caption(
    f"Record as of {model.record.end:%d %B %Y}, version {model.record.version}. "
    "Made with Natural Earth. Capacity is not output: nameplate counts bodies and filling, output "
    "counts rounds with charge and fuze."
)
