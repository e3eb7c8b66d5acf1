"""Made-up links opened on the pages, in process: no page may fall, and nothing hostile may stand raw in it."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from streamlit.testing.v1 import AppTest

from ramp155.model.model import Model
from tests.fuzz.links import LinkMaker, Part
from tests.shared import ENTRY, open_entry

# What is left of hostile text where it stands raw in Markdown.
RAW = re.compile(
    r"(?<!\\)\]\((?:https:)?//evil|(?<!\\)\]: ?//evil|:red|:material/home|https?://evil|www\.evil|a@evil|"
    r"(?<!\\)<(?:/?script|img|svg)|(?<!\\)&(?:lt|#60);|(?<!\\)\$x|(?<!\\)[~`|]{3}"
)
# Streamlit shows these as they are: what a field of input holds, code, and values for scripts, which set them as text.
_PLAIN = {
    *("TextInput.value", "TextInput.default", "TextArea.value", "TextArea.default"),
    *("Code.code_text", "BidiComponent.json", "BidiComponent.mixed", "Selectbox.options"),
    *("Selectbox.raw_value", "MultiSelect.raw_values", "MultiSelect.options", "Json.body"),
    *("ArrowVegaLiteChart.spec", "DeckGlJsonChart.json", "PageLink.query_string"),
    *("BidiComponent.css_content", "BidiComponent.js_content"),
}
_PATIENCE = 600  # seconds for a page, on a machine that does much else
_HTML = {"Html.body", "BidiComponent.html_content"}


class _ActiveTags(HTMLParser):
    """The tags of an HTML text that run or fetch something of somebody else's."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        runs = tag == "script" or any(name.startswith("on") for name, _ in attrs)
        leads = any(
            name in ("src", "href", "action")
            and re.match(r"(?i)\s*javascript:|.*//evil", text or "")
            for name, text in attrs
        )
        if runs or leads:
            self.tags.append(self.get_starttag_text() or tag)


@dataclass
class Opened:
    """A link that was opened: what went wrong (blank: nothing), seconds it took, and how many texts it showed."""

    page: str
    query: list[Part] = field(repr=False)
    fault: str
    seconds: float
    texts: int


def open_link_alone(page: str) -> None:
    """A page of which only the reading of its link runs, the notices above it and the writing of the address."""
    from ui.link.address import open_link, write_link
    from ui.link.fields import list_link_fields
    from ui.link.session import open_model

    model = open_model()
    open_link(model, page)
    fields = list_link_fields(model).items()
    write_link(model, *[key for key, field in fields if not field.pages or page in field.pages])


def list_texts(message: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    """Every text of a message to the browser, with the kind of message and its field: `Button.label`."""
    for descriptor, content in message.ListFields():
        name = f"{message.DESCRIPTOR.name}.{descriptor.name}"
        for single in content if descriptor.is_repeated else (content,):
            if isinstance(single, str):
                yield name, single
            elif hasattr(single, "ListFields"):
                yield from list_texts(single)


def list_page_texts(app: AppTest) -> Iterator[tuple[str, str]]:
    """Every text of a page as it was drawn, each with its kind."""
    for node in app._tree:
        message = getattr(node, "proto", None)
        if hasattr(message, "ListFields"):
            yield from list_texts(message)


def find_raw(name: str, text: str) -> str:
    """What stands raw in a text that Streamlit reads as markup; blank where nothing does."""
    if name in _PLAIN:
        return ""
    if name in _HTML:
        return next((f"{name}: {tag}" for tag in _ActiveTags(text).tags), "")
    sign = RAW.search(text)
    return f"{name}: {text[max(sign.start() - 60, 0) : sign.end() + 60]!r}" if sign else ""


def find_fault(app: AppTest, least: int = 6) -> tuple[str, int]:
    """What is wrong with a page as it was drawn (blank: nothing), and how many texts it shows, `least` of which there must be."""
    if app.exception:
        return app.exception[0].message or repr(app.exception[0]), 0
    count = 0
    for name, text in list_page_texts(app):
        count += 1
        if raw := find_raw(name, text):
            return raw, count
    return ("" if count >= least else "nothing is shown"), count


def open_page(page: str, query: list[Part], whole: bool = True) -> Opened:
    """Open a link in a session of its own. `whole`: the whole page is drawn, else only what reads the link."""
    started = time.monotonic()
    app = open_entry() if whole else AppTest.from_function(open_link_alone, args=(page,))
    for key, text in query:
        app.query_params.setdefault(key, []).append(text)
    if whole and page != "overview":
        app.switch_page(f"../pages/{page}.py")
    app.run(timeout=_PATIENCE)
    fault, texts = find_fault(app) if whole else find_fault(app, least=0)
    return Opened(page, query, fault, time.monotonic() - started, texts)


def fuzz_pages(
    model: Model, count: int, seed: int, whole: bool, first: int = 0
) -> Iterator[Opened]:
    """Open links by their numbers, from the first: none may have a fault."""
    maker = LinkMaker(model, seed)
    assert ENTRY.is_file()
    for number in range(first, first + count):
        yield open_page(*maker.make_numbered_link(number), whole)
