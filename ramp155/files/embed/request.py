"""What an embed is asked for: a picture by name, and the same query as a page's link carries."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from ramp155.answers.gap.estimates import check_comparison
from ramp155.base.foreign_text import cut_foreign_text
from ramp155.model.coefficients.edits import check_edits
from ramp155.model.scenario.codec import read_query, write_query
from ramp155.model.scenario.field import find_field
from ramp155.pictures.catalogue import CATALOGUE, OLD_NAMES
from ramp155.pictures.fields import change_view, list_view_fields, list_view_values
from ramp155.pictures.view import View
from ramp155.record.records import Records

THEME = "theme"
THEMES = ("light", "dark")
MOST_QUERY = 4_000  # characters
_MOST_NOTES = 3
_USUAL = View()


@dataclass(frozen=True)
class EmbedRequest:
    """A picture of a view on a ground ("": the reader's own), and what of the link was not understood."""

    name: str
    view: View = _USUAL
    theme: str = ""
    notes: tuple[str, ...] = ()


def read_embed(
    records: Records,
    name: str,
    query: Sequence[tuple[str, str]] = (),
    other_keys: Collection[str] = (),
) -> EmbedRequest:
    """Read what an embed is asked for. Raises KeyError for a picture that is not known.

    `other_keys` are those of a page's link that mean nothing to a picture, and are passed over.
    """
    name = OLD_NAMES.get(name, name)
    page = CATALOGUE[name].page.partition("?")[0]
    if sum(len(key) + len(text) for key, text in query) > MOST_QUERY:
        return EmbedRequest(name, notes=("The link is too long to be read, so it is ignored.",))
    table = list_view_fields(records)
    stored, notes = read_query(table, query, page)
    view = View()
    try:
        view = change_view(view, table, stored)
        check_edits(records, view.scenario.assume)
        check_comparison(records, view.comparison)
    except ValueError as error:
        view = View()
        notes.append(f"The link says {cut_foreign_text(str(error))}, so it is ignored.")
    theme = ""
    for key, text in query:
        if key == THEME and text in THEMES:
            theme = text
        elif key == THEME or not (key in other_keys or find_field(table, key, page)):
            pair = cut_foreign_text(f"{key}={text}")
            notes.append(f"The link says {pair}: this is not known here, so it is ignored.")
    return EmbedRequest(name, view, theme, tuple(dict.fromkeys(notes))[:_MOST_NOTES])


def write_view_query(records: Records, view: View) -> str:
    """Write the query by which a link says what a view is asked of; blank for the usual view."""
    table = list_view_fields(records)
    return urlencode(write_query(table, list_view_values(view, table)), safe=":|,")


def write_embed_path(records: Records, request: EmbedRequest) -> str:
    """Write the address of an embed below that of the server: `embed/output/?nitrocellulose=70`."""
    query = write_view_query(records, request.view)
    ground = f"{THEME}={request.theme}" if request.theme else ""
    query_pairs = "&".join(filter(None, [query, ground]))
    return f"embed/{request.name}/{'?' if query_pairs else ''}{query_pairs}"


def write_page_path(records: Records, name: str, view: View) -> str:
    """Write the address of the page that a picture belongs to, with a view: `gap?gap_view=tracks&preference=50`."""
    page, _, page_query = CATALOGUE[name].page.partition("?")
    query_pairs = "&".join(filter(None, [page_query, write_view_query(records, view)]))
    return f"{page}{'?' if query_pairs else ''}{query_pairs}"
