"""Every chart goes on a page through here: its finding over it, its text alternative, and the
dialog to take it away as PNG, SVG, slide or table.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from functools import partial

import pandas as pd
import streamlit as st

from ramp155.files.poster.picture_table import build_picture_table, write_picture_csv
from ramp155.files.poster.sheet import recall_poster_svg, write_poster_png, write_poster_svg
from ramp155.files.slides.pptx_deck import Slide, write_slides
from ramp155.model.model import Model
from ramp155.pictures.catalogue import CATALOGUE, build_picture
from ramp155.pictures.grammar.spec import Spec
from ramp155.pictures.picture import Picture, strip_markup
from ramp155.pictures.source import write_source_line
from ramp155.pictures.theme import apply_theme
from ramp155.text.numbers import count_words
from ui.link.session import read_theme
from ui.link.view import current_view
from ui.markup import escape_markdown
from ui.widgets.citations.cite import show_citations, show_error_report
from ui.widgets.explain.panel import MakeExplanation, show_explain
from ui.widgets.share.screen_link import write_address


def show_picture(
    model: Model,
    picture: Picture,
    key: str,
    label: str = "",
    height: int | None = None,
    make_explanation: MakeExplanation | None = None,
) -> None:
    """A picture under its finding, or under a label where the finding is the page's title.

    `make_explanation` explains it where it is not what the page's own view asks for.
    """
    show_heading(
        model,
        lambda: picture,
        key,
        label or f"**{escape_markdown(picture.finding.replace('**', ''))}**",
        picture.name,
        make_explanation,
    )
    spec = apply_theme(picture.spec, read_theme())
    if height:
        spec = {**spec, "height": height}
    st.vega_lite_chart(picture.data, spec, key=key, alt=_write_alternative(picture, label))


def show_moving_picture(model: Model, name: str, key: str, label: str) -> None:
    """A picture of the catalogue under a label, drawn at every move of a lever: its chart alone.

    What else belongs to it (its finding, series and sources) is made when it is asked for.
    """
    entry, view = CATALOGUE[name], current_view()
    show_heading(model, partial(build_picture, model, name, view), key, label, name)
    spec = entry.draw(model, view) if entry.draw else build_picture(model, name, view).spec
    st.vega_lite_chart(None, apply_theme(spec, read_theme()), key=key, alt=_describe(entry.alt))


def _describe(alt: str) -> str:
    """The text alternative of a chart whose finding is the page's title: what is drawn.

    A chart whose alternative changes is made anew by Streamlit, which takes 80 ms at every move of a slider.
    """
    return f"{alt.split('. ')[0]}; what it comes to stands in the page's title"


def _write_alternative(picture: Picture, label: str) -> str:
    """The text alternative: the finding and what is drawn.

    Where the finding is the page's title, which says it in words, only what is drawn.
    """
    if not label or not picture.alt:
        return picture.told
    return _describe(picture.alt)


def build_page_picture(
    model: Model,
    name: str,
    finding: str,
    spec: Spec,
    counting_note: str,
    source_ids: Iterable[str] = (),
    alt: str = "",
    sign_key: str = "",
) -> Picture:
    """A picture that only one page draws: its source line says what is counted and who says so."""
    source_line = write_source_line(model, counting_note, list(source_ids))
    return Picture(name, finding, spec, source_line, alt=alt, key=sign_key)


def show_heading(
    model: Model,
    make_picture: Callable[[], Picture],
    key: str,
    heading_text: str,
    name: str = "",
    make_explanation: MakeExplanation | None = None,
) -> None:
    """A heading with the way to explain what is drawn below it and to take it away (a chart, the map).

    The picture is made when it is asked for.
    """
    with st.container(
        horizontal=True, vertical_alignment="bottom", gap="small", key=f"head_{key}", wrap=False
    ):
        st.markdown(heading_text, width="stretch")
        show_explain(model, name, key, make_explanation)
        offer_picture(model, make_picture, key)


def offer_picture(
    model: Model, make_picture: Callable[[], Picture], key: str, label: str = "Save"
) -> None:
    """The button that opens what can be taken away of a picture."""
    help_text = "This picture as PNG, SVG or slide; its data as a table or CSV"
    if st.button(label, key=f"save_{key}", type="tertiary", help=help_text):
        _show_picture_files(model, make_picture())


@st.dialog("Take it away", width="large")
def _show_picture_files(model: Model, picture: Picture) -> None:
    """Files of one picture, what it says in words, and its data as a table."""
    theme = read_theme()
    stem = f"ramp155-{picture.name}-{model.record.version}"
    link_address = write_address(model)
    files: list[tuple[str, Callable[[], bytes], str, str | None]] = [
        ("PNG", lambda: write_poster_png(picture, theme), "png", "image/png"),
        ("PNG, twice as large", lambda: write_poster_png(picture, theme, 2), "2x.png", "image/png"),
        ("SVG", lambda: write_poster_svg(picture, theme), "svg", "image/svg+xml"),
        ("Data (CSV)", lambda: write_picture_csv(picture), "csv", "text/csv"),
    ]
    if picture.native:
        slide_file = (
            "Slide (PPTX)",
            lambda: write_slides([Slide(picture, "", link_address)]),
            "pptx",
            None,
        )
        files.insert(0, slide_file)
    with st.container(horizontal=True):
        for file_label, build_file, file_ending, media_type in files:
            st.download_button(
                file_label,
                build_file,
                f"{stem}.{file_ending}",
                media_type,
                key=f"get_{file_ending}",
                type="primary" if file_ending == "pptx" else "secondary",
                on_click="ignore",
            )
    st.image(recall_poster_svg(model, picture, theme, embedded=True), alt=picture.told, width=640)
    st.markdown(f"**In words.** {escape_markdown(strip_markup(picture.told))}")
    data_rows = build_picture_table(picture)
    if len(data_rows):
        st.markdown(f"**As a table**, {count_words(len(data_rows), 'row')}")
        _show_rows(data_rows)
    st.caption(escape_markdown(picture.credit))
    show_citations(model, strip_markup(picture.finding), link_address, "Chart")
    show_error_report(model, link_address, picture.name)


def _show_rows(data_rows: pd.DataFrame) -> None:
    """A picture's rows as they are read: months in words, figures of three digits. The file has them as they are."""
    shown_rows = data_rows.copy()
    for name in data_rows.select_dtypes("float"):
        shown_rows[name] = [float(f"{figure:.3g}") for figure in data_rows[name]]
    is_day = {name: all(isinstance(c, dt.date) for c in data_rows[name]) for name in data_rows}
    columns = {
        str(name): st.column_config.DateColumn(format="MMM YYYY")
        if is_day[name]
        else st.column_config.NumberColumn(format="localized")
        for name in data_rows
        if is_day[name] or pd.api.types.is_float_dtype(data_rows[name])
    }
    st.dataframe(
        shown_rows,
        hide_index=True,
        height=240,
        placeholder="",
        key="taken_table",
        column_config=columns,
    )
