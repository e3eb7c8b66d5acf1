"""The story in one screen: headline numbers, the map, the one slider and what follows from it."""

import streamlit as st

from ramp155 import ensemble, maps, outlook, timeline, words
from ui import answer, cite, state

records = state.records()
state.open_link(records, "overview")
opened = words.opened_since(records)
fit = ensemble.report(records, state.DRAWS).set_index("target_id")
names = words.labels(records)
RUSSIA = "2024"


def tile(label: str, value: str, says: str, text: str, key: str) -> None:
    """One headline number with the way to whoever says so."""
    with st.container(gap=None):
        st.metric(label, value)
        cite.says_who(says, text, key)


def span(target: str) -> str:
    """P10 to P90 of a fitted total."""
    return words.span(fit.loc[target, "p10"], fit.loc[target, "p90"])


def fitted(target: str) -> str:
    """The reports a total is fitted to, in words."""
    row = records.calibration.set_index("target_id").loc[target]
    return f"{row['reasoning']}\n\n" + cite.claims(records, row["claim_ids"].split())


@st.fragment
def slider_and_answer() -> None:
    """The finding, the slider and its chart: all that moves with the slider."""
    result = answer.result(records, state.current())
    answer.slider_and_path(records, result, 285, "path")
    with headline:
        answer.headline(records, answer.result(records, state.current()))
    state.write_link(records, "plain")


headline = st.empty()
tiles = st.columns([1.05, 1, 1, 1.25, 1.15])
with tiles[0]:
    listed = "\n".join(
        f"- {cite.escape(records.full_lines.loc[e.line_id, 'title'])}: {e.event.replace('_', ' ')} "
        f"{e.date}. {cite.source(records, e.source_id)}"
        for e in opened.itertuples()
    )
    tile("Lines opened since Nov 2023", str(len(opened)), "Which, and says who", listed, "t_open")
with tiles[1]:
    tile(
        "Capacity, end of 2025 (model)",
        span("nameplate-2025"),
        "Says who",
        fitted("nameplate-2025"),
        "t_np",
    )
with tiles[2]:
    tile(
        "Complete rounds, 2025 (model)",
        span("output-2025"),
        "Says who",
        fitted("output-2025"),
        "t_out",
    )
with tiles[3]:
    binds = outlook.binding_shares(records, outlook.Scenario(), outlook.DEFAULT_MONTH, state.DRAWS)
    stage, share = next(iter(binds.items()))
    listed = "\n".join(
        f"- {names[s]}: {words.percent(v)} of {state.DRAWS} draws" for s, v in binds.items()
    )
    ids = cite.model_assumptions(records, "nitrocellulose", "propellant", "explosive")
    text = f"Baseline, December 2027:\n{listed}\n\n" + cite.assumptions(records, ids)
    tile(
        "Tightest stage, end of 2027",
        f"{names[stage]} ({words.percent(share)})",
        "How sure?",
        text,
        "t_bind",
    )
with tiles[4]:
    russia = records.claims[
        (records.claims["subject"] == "RU")
        & records.claims["quantity"].isin(["round_output", "round_output_incl_refurbished"])
        & (records.claims["period"] == RUSSIA)
        & (records.claims["unit"] == "rounds/yr")
    ]
    low, high = russia["low"].min(), russia["high"].max()
    note = (
        "Estimates of different things: all calibres or some, new shells or refurbished ones too. "
        "Not like for like with Europe's 155 mm.\n\n"
    )
    text = note + cite.claims(records, russia["claim_id"])
    tile(
        "Russia 2024, all calibres",
        words.span(low, high),
        "Says who",
        text,
        "t_ru",
    )

left, right = st.columns([1, 1.12], gap="medium")
with left:
    lines = timeline.status(records)
    sites = maps.site_table(records, lines)
    counts = sites["status"].value_counts()
    key_line = " · ".join(f"{maps.GLYPHS[s]} {s} {counts[s]}" for s in maps.LEADING if s in counts)
    chosen = st.pydeck_chart(
        maps.deck(records, sites, state.theme(), zoom=2.4),
        key="overview_map",
        on_select="rerun",
        height=425,
        alt=f"Map of {len(sites)} munitions sites in Europe by ramp-up status: {key_line}",
    )
    picked = chosen["selection"]["objects"].get("sites", [])
    if picked:
        site = picked[0]
        words_of, button = st.columns([3, 1.2], vertical_alignment="center")
        words_of.markdown(f"**{cite.escape(site['name'])}**: {site['status']}, {site['says']}")
        button.page_link(
            "pages/map.py", label="Open dossier", query_params={"site": site["site_id"]}
        )
    else:
        st.caption(
            f"Sites by status: {key_line}. They stand at their town's centre; click one for its dossier."
        )
with right:
    slider_and_answer()
    answer.path_sources(records, "overview")

base = outlook.run(records)
shares = outlook.attribution(records).set_index(["stage", "month"]).loc[("projectile", "2025-12")]
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
        st.markdown(sentence)
        cite.says_who("Says who", proof, f"sentence_{place}")
st.caption(
    f"Record as of {records.end:%d %B %Y}, version {records.version}. "
    "Made with Natural Earth. Capacity is not output: nameplate counts bodies and filling, output "
    "counts rounds with charge and fuze."
)
