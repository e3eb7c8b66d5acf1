"""Sources as Markdown links, the best first, with state-controlled publishers marked; the link that
reports an error in a row; and the quiet button that opens the sources of the figure beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

import pandas as pd
import streamlit as st

from ramp155.model.model import Model
from ramp155.record.grades import mark_outlet, rank_sources, say_weak_support
from ramp155.text.citations import write_error_link
from ui.markup import escape_markdown
from ui.settings import read_report_address


def link_source(model: Model, source_id: str) -> str:
    """A source as a Markdown link: publisher and date; state-controlled publishers are marked."""
    source = model.record.source_of[source_id]
    name = escape_markdown(source["publisher"] or source["title"] or source_id)
    published_on = f", {escape_markdown(source['published'])}" if source["published"] else ""
    mark = mark_outlet(source["state_controlled"])
    outlet_mark = f" **{mark}**" if mark else ""
    url = quote(source["url"], safe="%/:?#&=+,;@~!'*")
    return (
        f"[{name}{published_on}]({url}){outlet_mark}"
        if url
        else f"{name}{published_on} (no address){outlet_mark}"
    )


def link_sources(model: Model, source_ids: Iterable[str]) -> str:
    """Sources as Markdown links, the best first, and whether none of them may stand alone."""
    ranked = rank_sources(model.record, source_ids)
    weak_note = say_weak_support(model.record, ranked)
    links = ", ".join(link_source(model, source_id) for source_id in ranked)
    return f"{links} ({weak_note})" if weak_note else links


def link_plant(model: Model, line_id: str) -> str:
    """The plant of a line as a Markdown link to its page."""
    site = model.record.site(model.record.line(line_id).site_id)
    return f"[{escape_markdown(site.name)}](plant?site={quote(site.site_id)})"


def link_event_source(model: Model, event_id: str) -> str:
    """The source of an event as a Markdown link."""
    return link_source(model, model.record.event(event_id).source_id)


def find_addresses(model: Model, source_ids: pd.Series[str]) -> pd.Series[str]:
    """The address of each source in a column, blank where it has none or no source is named."""
    addresses = {
        source_id: source["url"] or None for source_id, source in model.record.source_of.items()
    }
    return source_ids.map(addresses)


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
