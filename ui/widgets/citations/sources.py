"""A source as a Markdown link or as plain text, with state-controlled publishers marked; the link
that reports an error in a row; and the quiet button that opens the sources of the figure beside it.
"""

from __future__ import annotations

from urllib.parse import quote

import streamlit as st

from ramp155.model.model import Model
from ramp155.text.citations import write_error_link
from ui.markup import escape_markdown
from ui.settings import read_report_address


def link_source(model: Model, source_id: str) -> str:
    """A source as a Markdown link: publisher and date; state-controlled publishers are marked."""
    row = model.record.source_of[source_id]
    name = escape_markdown(row["publisher"] or row["title"] or source_id)
    published_on = f", {escape_markdown(row['published'])}" if row["published"] else ""
    outlet_mark = (
        f" **[{escape_markdown(row['state_controlled'])} state outlet]**"
        if row["state_controlled"]
        else ""
    )
    url = quote(row["url"], safe="%/:?#&=+,;@~!'*")
    return (
        f"[{name}{published_on}]({url}){outlet_mark}"
        if url
        else f"{name}{published_on} (no address){outlet_mark}"
    )


def name_publisher(model: Model, source_id: str) -> str:
    """Who published a source, as plain text; state-controlled publishers are marked."""
    row = model.record.source_of[source_id]
    outlet_mark = f" [{row['state_controlled']} state outlet]" if row["state_controlled"] else ""
    return (row["publisher"] or row["title"] or source_id) + outlet_mark


def write_report_link(model: Model, row_id: str) -> str:
    """The address that reports an error in a row of the record."""
    return write_error_link(model.record, row_id, read_report_address())


def link_report(model: Model, row_id: str) -> str:
    """A quiet Markdown link that reports an error in a row."""
    return f'[report an error]({write_report_link(model, row_id)} "Report an error in {row_id}")'


def show_source_button(
    label: str, sources_text: str, key: str, help_text: str | None = None
) -> None:
    """A quiet button that opens the sources of the figure beside it."""
    with st.popover(label, type="tertiary", key=key, help=help_text, width="content"):
        st.markdown(sources_text)
