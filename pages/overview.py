"""The story in one screen: headline numbers, the map, the one slider and what follows from it."""

import streamlit as st

from ramp155 import maps, outlook, screens, timeline, words
from ui import answer, atlas, cite, figure, state, tiles

records = state.records()
state.open_link(records, "overview")


@st.fragment
def slider_and_answer() -> None:
    """The finding, the slider and its chart: all that moves with the slider."""
    answer.live_or_plain(records, outlook.DEFAULT_MONTH, 300, "path", full=False)
    with headline:
        answer.headline(records, state.current())
    state.write_link(records, "plain")


@st.fragment
def sites_on_a_map() -> None:
    """The map, and the site picked on it or else how many sites have which status."""
    sites = maps.site_table(records, timeline.status(records))
    counts = sites["status"].value_counts()
    key_line = " · ".join(f"{maps.GLYPHS[s]} {s} {counts[s]}" for s in maps.LEADING if s in counts)
    picked = st.session_state.get("overview_site", "")
    figure.head(
        records,
        lambda: screens.build(records, "sites", screens.View()),
        "overview_map_picture",
        "**Sites by status of their furthest line**",
    )
    atlas.draw(
        records,
        sites,
        "overview_map",
        pick,
        alt=f"Map of {len(sites)} munitions sites in Europe by ramp-up status: {key_line}",
        selected=picked,
        home=2.4,
    )
    for site in sites[sites["site_id"] == picked].itertuples():
        words_of, button = st.columns([3, 1.2], vertical_alignment="center")
        words_of.markdown(f"**{cite.escape(site.name)}**: {site.status}, {maps.says(site.rounds)}")
        button.page_link("pages/map.py", label="Open dossier", query_params={"site": site.site_id})
        return
    st.caption(
        f"Sites by status: {key_line}. They stand at their town's centre; click one for its dossier."
    )


def pick(site: str) -> None:
    """A click on the map names the site below it."""
    st.session_state["overview_site"] = site


headline = st.container(key="headline").empty()
with st.container(key="tiles"):
    tiles.show(records)
with st.container(key="story"):  # on a phone it stands above the tiles (ui/app.css)
    left, right = st.columns([1, 1.12], gap="medium")
with left:
    sites_on_a_map()
with right:
    slider_and_answer()
    answer.path_sources(records, "overview")

base = outlook.read(records, outlook.Scenario(), outlook.DEFAULT_MONTH, state.DRAWS)
shares = outlook.pinned(records).set_index(["stage", "month"]).loc[("projectile", "2025-12")]
pinned = shares["attributed"] / (shares["attributed"] + shares["unattributed"])
unknown = "europe-nc-output-epc-2025 europe-nc-need-epc-2025 europe-powder-bottleneck-2025-11"
proofs = [
    cite.slips(records, timeline.milestones(records)),
    cite.assumptions(records, cite.model_assumptions(records, "total_pro", "share_155_pro")),
    cite.assumptions(
        records, ["nitrocellulose_fraction", *cite.model_assumptions(records, "total_n")]
    )
    + "\n"
    + cite.claims(records, unknown.split()),
]
told = zip(st.columns(3), words.three_sentences(records, base, pinned), proofs, strict=True)
for place, (column, sentence, proof) in enumerate(told):
    with column, st.container(gap=None):
        st.markdown(cite.sentence(sentence))
        cite.says_who("Says who", proof, f"sentence_{place}")
st.caption(
    f"Record as of {records.end:%d %B %Y}, version {records.version}. "
    "Made with Natural Earth. Capacity is not output: nameplate counts bodies and filling, output "
    "counts rounds with charge and fuze."
)
