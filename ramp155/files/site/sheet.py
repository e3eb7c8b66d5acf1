"""A page of the static site: what it holds in blocks, and the one template that sets them."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from ramp155.files.assets import fill_template, read_asset
from ramp155.files.embed.drawing import (
    WIDTHS,
    Drawing,
    NodeTable,
    choose_drawings,
    draw_nodes,
    write_svg,
)
from ramp155.files.embed.page import FONT_FOLDER_NAME, write_font_faces, write_grounds
from ramp155.pictures.picture import Picture, strip_markup

_TEMPLATE = "site.html"
# Nothing runs on these pages; embeds in them are pages of their own, with their own policy.
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
    "frame-src 'self'; base-uri 'none'; form-action 'none'"
)


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere; `href` as seen from the site's root, or a whole address."""

    words: str
    href: str = ""


@dataclass(frozen=True)
class Block:
    """A part of a page under a heading of its own: sentences, a list, pictures, embeds, a table, links."""

    heading: str = ""
    key: str = ""
    text: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    drawings: tuple[tuple[str, Drawing, str], ...] = ()
    svg: str = ""
    frame: Link | None = None
    credit: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Link, ...], ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class SitePage:
    """A page: its path below the root (with a slash at its end, or a file's name), title, what it says first, its blocks."""

    path: str
    title: str
    lead: str
    blocks: tuple[Block, ...]
    preview: str = ""


@dataclass(frozen=True)
class Place:
    """Where a site will stand ("": unknown), where the live app does ("": nowhere), and what all pages say at their foot."""

    public: str
    app: str
    foot: str


def write_sheet(page: SitePage, place: Place, navigation: Sequence[Link]) -> bytes:
    """Write a page as HTML; all words are escaped by the template."""
    is_file = not page.path.endswith("/") and page.path != ""
    depth = page.path.count("/")
    # A page that stands for every address that there is none at cannot say where it is but by the root.
    root = _find_path(place.public) if is_file and page.path == "404.html" else "../" * depth
    return fill_template(
        _TEMPLATE,
        page=page,
        place=place,
        navigation=navigation,
        policy=_POLICY,
        fonts=write_font_faces(f"{root}embed/{FONT_FOLDER_NAME}/"),
        grounds=write_grounds(),
        css=read_asset("embed.css") + read_asset("site.css"),
        link=lambda href: href if "://" in href else (f"{root}{href}" or "./"),
    ).encode()


def _find_path(public: str) -> str:
    """The path of a site's root on its host."""
    return f"/{public.partition('://')[2].partition('/')[2]}" if public else "/"


def draw_block(picture: Picture, block: Block) -> Block:
    """A block with a picture drawn into it, for a wide and a narrow screen."""
    drawings = []
    for name in WIDTHS:
        table = NodeTable()
        drawing = draw_nodes(picture, name, table, prefix=block.key)
        drawings.append((name, drawing, write_svg(table, drawing, picture.told)))
    return dataclasses.replace(
        block, drawings=tuple(choose_drawings(picture.name, drawings)), credit=picture.credit
    )


def write_plain(sentences: Sequence[str]) -> tuple[str, ...]:
    """Sentences without the marks of emphasis."""
    return tuple(strip_markup(sentence) for sentence in sentences if sentence)
