"""Made-up links opened on the pages, in process: no page may fall, and nothing hostile may stand raw in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from streamlit.testing.v1 import AppTest

from ramp155.model.model import Model
from tests.fuzz.links import LinkMaker
from tests.shared import ENTRY, open_entry

# What is left of hostile text where it stands raw in Markdown.
RAW = re.compile(
    r"(?<!\\)\]\((?:https:)?//evil|:red|:material|https?://evil|(?<!\\)<(?:img|script)|(?<!\\)\$x"
)


def open_link_alone(page: str) -> None:
    """A page of which only the reading of its link runs, the notices above it and the writing of the address."""
    from ui.link.address import open_link, write_link
    from ui.link.fields import list_link_fields
    from ui.link.session import open_model

    model = open_model()
    open_link(model, page)
    fields = list_link_fields(model).items()
    write_link(model, *[key for key, field in fields if not field.pages or page in field.pages])


def list_bodies(app: AppTest) -> Iterator[str]:
    """Every text of a page that Streamlit reads as Markdown."""
    for kind in ("markdown", "caption", "info", "warning", "error", "success", "title", "header"):
        for element in app.get(kind):
            yield str(element.value)


def fuzz_pages(
    model: Model, count: int, seed: int, whole: bool
) -> Iterator[tuple[str, list[tuple[str, str]], str]]:
    """Links under which a page falls or shows hostile text raw, with what went wrong: there must be none.

    `whole`: the whole page is drawn, else only what reads the link.
    """
    maker = LinkMaker(model, seed)
    assert ENTRY.is_file()
    for _ in range(count):
        page, query = maker.make_link()
        app = open_entry() if whole else AppTest.from_function(open_link_alone, args=(page,))
        for key, text in query:
            if "\0" not in key:
                app.query_params[key] = text
        if whole and page != "overview":
            app.switch_page(f"../pages/{page}.py")
        app.run(timeout=120)
        if app.exception:
            yield page, query, app.exception[0].message
        elif raw := [body for body in list_bodies(app) if RAW.search(body)]:
            yield page, query, raw[0]
