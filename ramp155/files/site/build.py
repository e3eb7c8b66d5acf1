"""All files of the static site, and the folder they are written to: whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Collection, Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from ramp155.files.embed.drawing import WIDTHS
from ramp155.files.embed.frame import describe_embed
from ramp155.files.embed.moves import build_moves, find_lever
from ramp155.files.embed.page import (
    FONT_FOLDER_NAME,
    WEB_FONTS,
    EmbedPlace,
    read_web_font,
    write_embed_page,
)
from ramp155.files.embed.request import EmbedRequest
from ramp155.files.poster.sheet import write_preview_png
from ramp155.files.site.pages import (
    NAVIGATION,
    list_picture_pages,
    write_embed_list,
    write_glossary_page,
    write_missing_page,
    write_start_page,
    write_statements_page,
)
from ramp155.files.site.plants import list_plant_pages
from ramp155.files.site.sheet import Place, SitePage, write_sheet
from ramp155.files.versions.version_files import build_version_files
from ramp155.model.model import Model
from ramp155.pictures.catalogue import CATALOGUE, build_picture
from ramp155.pictures.picture import strip_markup
from ramp155.pictures.view import View
from ramp155.text.plants import say_record_age

MARK = "site.json"  # says that a folder is one of ours


def build_site(
    model: Model,
    public: str = "",
    app: str = "",
    pictures: Collection[str] = (),
    site_ids: Collection[str] = (),
) -> Iterator[tuple[str, bytes]]:
    """Build every file of the site, one by one, by its path below the root.

    Parameters
    ----------
    model : Model
        Whose answers are shown.
    public : str
        Address of the site's root; blank where it is not known: then no sitemap and no previews.
    app : str
        Address of the live app; blank: links stay on the site.
    pictures, site_ids : collection of str
        Pictures and plants; none: all.

    Yields
    ------
    tuple of str and bytes
        Path and content.
    """
    public, app = (f"{address.rstrip('/')}/" if address else "" for address in (public, app))
    names = [name for name in CATALOGUE if not pictures or name in pictures]
    place = Place(public, app, f"{say_record_age(model.record)}. Ramp 155, CC BY 4.0.")
    paths = []
    for page in _list_pages(model, names, site_ids):
        is_folder = page.path.endswith("/") or not page.path
        paths += [page.path] if is_folder else []
        yield (
            f"{page.path}index.html" if is_folder else page.path,
            write_sheet(page, place, NAVIGATION),
        )
    for name in names:
        yield from _list_embed_files(model, name, place)
    for font in WEB_FONTS.values():
        yield f"embed/{FONT_FOLDER_NAME}/{font}", read_web_font(font)
    version = model.record.version
    for name, content in build_version_files(model).items():
        yield f"data/latest/{name}", content
        yield f"data/{version}/{name}", content
    yield "data/index.json", _write_json({"latest": version, "versions": [version]})
    if public:
        yield "sitemap.xml", _write_sitemap(public, paths)
        yield "robots.txt", f"User-agent: *\nAllow: /\nSitemap: {public}sitemap.xml\n".encode()
    yield MARK, _write_json({"made_by": "ramp155 site", "record": version})


def _list_pages(
    model: Model, names: Collection[str], site_ids: Collection[str]
) -> Iterator[SitePage]:
    yield write_start_page(model, names)
    yield write_embed_list(model, names)
    yield write_missing_page()
    yield write_statements_page(model)
    yield write_glossary_page(model)
    yield from list_picture_pages(model, names)
    yield from list_plant_pages(model, site_ids)


def _list_embed_files(model: Model, name: str, place: Place) -> Iterator[tuple[str, bytes]]:
    """An embed with the positions of its lever, its preview and its description."""
    folder = f"embed/{name}/"
    stands = EmbedPlace(public=place.public, pages=place.app, is_static=True)
    yield f"{folder}index.html", write_embed_page(model, EmbedRequest(name), stands).html
    picture = build_picture(model, name, View())
    yield f"{folder}preview.png", write_preview_png(model, picture)
    if find_lever(model, name, View()):
        for width in WIDTHS:
            yield f"{folder}{width}.json", build_moves(model, name, View(), width)
    if place.public:
        described = describe_embed(place.public, folder, strip_markup(picture.finding))
        yield f"{folder}oembed.json", _write_json(described)


def write_site(folder: Path, files: Iterator[tuple[str, bytes]]) -> int:
    """Write a site into a folder, which is then the new one whole; how many files that is.

    Parameters
    ----------
    folder : Path
        One that is not there, is empty, or holds an earlier site.
    files : iterator
        Path and content of each file.

    Returns
    -------
    int
        Count of files.

    Raises
    ------
    ValueError
        For a folder that holds anything else.
    OSError
        Where it cannot be written.
    """
    check_folder(folder)
    target = folder.resolve()
    piece, old = (
        target.with_name(f".{target.name}.{os.getpid()}.{end}") for end in ("part", "old")
    )
    count = 0
    try:
        for name, content in files:
            path = piece / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            count += 1
        if target.exists():
            target.rename(old)
        piece.rename(target)
    finally:
        shutil.rmtree(piece, ignore_errors=True)
        if not target.exists() and old.exists():
            old.rename(target)
        shutil.rmtree(old, ignore_errors=True)
    return count


def check_folder(folder: Path) -> None:
    """Raise ValueError for a folder that holds something else than an earlier site."""
    if not folder.exists():
        return
    if not folder.is_dir() or (any(folder.iterdir()) and not _is_ours(folder)):
        raise ValueError(
            f"{folder} holds something else than a site of ours, so nothing is written"
        )


def _is_ours(folder: Path) -> bool:
    try:
        mark = json.loads((folder / MARK).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(mark, dict) and mark.get("made_by") == "ramp155 site"


def _write_json(values: object) -> bytes:
    return (json.dumps(values, ensure_ascii=False, indent=1) + "\n").encode()


def _write_sitemap(public: str, paths: Collection[str]) -> bytes:
    places = "".join(f"<url><loc>{escape(public + path)}</loc></url>\n" for path in paths)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{places}</urlset>\n'
    ).encode()
