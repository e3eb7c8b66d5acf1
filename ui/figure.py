"""Every chart goes on a page through here: its finding over it, its text alternative, and how to take it away."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import streamlit as st

from ramp155 import Records, charts, palette, posters, screens, slides
from ramp155.posters import Picture
from ui import cite, share, state


def show(
    records: Records, picture: Picture, key: str, label: str = "", height: int | None = None
) -> None:
    """A picture under its finding, or under a label where the finding is the page's title."""
    head(
        records,
        lambda: picture,
        key,
        label or f"**{cite.escape(picture.finding.replace('**', ''))}**",
    )
    spec = palette.themed(picture.spec, state.theme())
    if height:
        spec = {**spec, "height": height}
    st.vega_lite_chart(picture.data, spec, key=key, alt=_alternative(picture, label))


def _alternative(picture: Picture, label: str) -> str:
    """The text alternative: the finding and what is drawn.

    Where the finding is the page's title, which says it in words, only what is drawn: a chart whose
    alternative changes is made anew by Streamlit, which takes 80 ms at every move of a slider.
    """
    if not label or not picture.alt:
        return picture.told
    return f"{picture.alt.split('. ')[0]}; what it comes to stands in the page's title"


def of(
    records: Records,
    name: str,
    finding: str,
    spec: charts.Spec,
    counted: str,
    source_ids: Iterable[str] = (),
    alt: str = "",
) -> Picture:
    """A picture that only one page draws: its source line says what is counted and who says so."""
    source = screens.source(records, counted, list(source_ids))
    return Picture(name, finding, spec, source, alt=alt)


def of_claims(records: Records, claim_ids: Iterable[str]) -> list[str]:
    """The sources of some claims."""
    return [records.claim(claim_id).source_id for claim_id in claim_ids]


def head(records: Records, make: Callable[[], Picture], key: str, text: str) -> None:
    """A heading with the way to take away what something else draws below it (the map, the live slider).

    The picture is made when it is asked for.
    """
    with st.container(
        horizontal=True, vertical_alignment="bottom", gap="small", key=f"head_{key}", wrap=False
    ):
        st.markdown(text, width="stretch")
        save(records, make, key)


def save(records: Records, make: Callable[[], Picture], key: str, label: str = "Save") -> None:
    """The button that opens what can be taken away of a picture."""
    told = "This picture as PNG, SVG or slide; its data as a table or CSV"
    if st.button(label, key=f"save_{key}", type="tertiary", help=told):
        _take(records, make())


@st.dialog("Take it away", width="large")
def _take(records: Records, picture: Picture) -> None:
    """Files of one picture, what it says in words, and its data as a table."""
    theme = state.theme()
    stem = f"ramp155-{picture.name}-{records.version}"
    link = share.link(records)
    files = [
        ("PNG", lambda: posters.png(picture, theme), "png", "image/png"),
        ("PNG, twice as large", lambda: posters.png(picture, theme, 2), "2x.png", "image/png"),
        ("SVG", lambda: posters.svg_file(picture, theme), "svg", "image/svg+xml"),
        ("Data (CSV)", lambda: posters.to_csv(picture), "csv", "text/csv"),
    ]
    if picture.native:
        slide = (
            "Slide (PPTX)",
            lambda: slides.deck([slides.Slide(picture, "", link)]),
            "pptx",
            None,
        )
        files.insert(0, slide)
    with st.container(horizontal=True):
        for label, make, ending, kind in files:
            st.download_button(
                label,
                make,
                f"{stem}.{ending}",
                kind,
                key=f"get_{ending}",
                type="primary" if ending == "pptx" else "secondary",
                on_click="ignore",
            )
    st.image(posters.svg(picture, theme, embedded=True), alt=picture.told, width=640)
    st.markdown(f"**In words.** {cite.escape(posters.plain(picture.told))}")
    rows = posters.table(picture)
    if len(rows):
        st.markdown(f"**As a table**, {len(rows)} row{'s'[: len(rows) != 1]}")
        st.dataframe(rows, hide_index=True, height=240, placeholder="", key="taken_table")
    st.caption(cite.escape(picture.source))
