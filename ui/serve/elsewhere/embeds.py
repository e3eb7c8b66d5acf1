"""`/embed/PICTURE/`: one picture as a page of its own for other people's pages, with the same query as a page's link.

Any page may frame it; it asks this server for its fonts and its lever's positions, and nobody else for anything. Drawn
in a thread, few at once, each once for all who ask at the same time.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Collection
from functools import partial

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from ramp155.files.assets import ASSET_FOLDER
from ramp155.files.embed.drawing import WIDTHS
from ramp155.files.embed.moves import build_moves, find_lever
from ramp155.files.embed.page import WEB_FONTS, EmbedPlace, write_embed_page
from ramp155.files.embed.request import EmbedRequest, read_embed
from ramp155.files.poster.sheet import write_preview_png
from ramp155.model.model import Model
from ramp155.pictures.catalogue import CATALOGUE, build_picture
from ramp155.record.faults import RecordsError
from ramp155.record.records import Records
from ui.serve.elsewhere.drawer import Drawer
from ui.serve.problems import OPEN_HEADERS, build_problem, tell_failure, tell_http_problem

FOREVER = "public, max-age=31536000, immutable"
FOR_NOW = "public, max-age=300, stale-while-revalidate=86400"
_SOON = {"Retry-After": "10"}


class Embeds:
    """The embeds over a record.

    Parameters
    ----------
    load_records : callable
        Gives the record; asked at every embed, so it is to be quick after the first.
    find_public : callable
        Gives the address of the server for others, with a slash at its end; blank where none is set.
    list_other_keys : callable
        Gives the keys of a page's link that mean nothing to a picture.
    drawer : Drawer
        Draws for all that other people's pages ask.
    """

    def __init__(
        self,
        load_records: Callable[[], Records],
        find_public: Callable[[], str],
        list_other_keys: Callable[[], Collection[str]],
        drawer: Drawer,
    ) -> None:
        self._load_records = load_records
        self._find_public = find_public
        self._list_other_keys = list_other_keys
        self._drawer = drawer

    def build_app(self) -> Starlette:
        """The application, to be mounted at `/embed` or asked by itself."""
        routes = [
            Route("/fonts/{font}", _send_font, methods=["GET"]),
            Route("/{name}", partial(self._send, "../"), methods=["GET"]),
            Route("/{name}/", partial(self._send, "../../"), methods=["GET"]),
            Route("/{name}/preview.png", self._send_preview, methods=["GET"]),
            Route("/{name}/{width}.json", self._send_moves, methods=["GET"]),
        ]
        handlers = {HTTPException: tell_http_problem, Exception: tell_failure}
        return Starlette(routes=routes, exception_handlers=handlers)

    async def _send(self, root: str, request: Request) -> Response:
        try:
            records, asked = await asyncio.to_thread(self._read, request)
        except RecordsError:
            return build_problem(503, "The record breaks its own rules.", {"Retry-After": "60"})
        except KeyError:
            return _tell_unknown()
        place = EmbedPlace(root, self._find_public())
        model = Model(records)
        work = partial(write_embed_page, model, asked, place)
        page = await self._drawer.draw((records.version, asked, place), work)
        if page is None:
            return build_problem(503, "Too many pictures are waiting.", _SOON)
        headers = {"Content-Security-Policy": f"{page.policy}; frame-ancestors *"}
        return _answer(request, page.html, "text/html; charset=utf-8", headers)

    async def _send_moves(self, request: Request) -> Response:
        width = request.path_params["width"]
        try:
            records, asked = await asyncio.to_thread(self._read, request)
            model = Model(records)
            if width not in WIDTHS or find_lever(model, asked.name, asked.view) is None:
                raise KeyError(width)
        except RecordsError:
            return build_problem(503, "The record breaks its own rules.", {"Retry-After": "60"})
        except KeyError:
            return build_problem(404, "There is no such picture with a lever.")
        question = (records.version, asked.name, asked.view, width)
        work = partial(build_moves, model, asked.name, asked.view, width)
        content = await self._drawer.draw(question, work)
        if content is None:
            return build_problem(503, "Too many pictures are waiting.", _SOON)
        return _answer(request, content, "application/json", {})

    async def _send_preview(self, request: Request) -> Response:
        try:
            records, asked = await asyncio.to_thread(self._read, request)
        except RecordsError:
            return build_problem(503, "The record breaks its own rules.", {"Retry-After": "60"})
        except KeyError:
            return build_problem(404, "There is no such picture.")
        model = Model(records)
        content = await self._drawer.draw(
            ("preview", records.version, asked.name, asked.view),
            lambda: write_preview_png(model, build_picture(model, asked.name, asked.view)),
        )
        if content is None:
            return build_problem(503, "Too many pictures are waiting.", _SOON)
        return _answer(request, content, "image/png", {})

    def _read(self, request: Request) -> tuple[Records, EmbedRequest]:
        """The record and what is asked of it. Raises KeyError for a picture that is not known."""
        records = self._load_records()
        query = request.query_params.multi_items()
        asked = read_embed(records, request.path_params["name"], query, self._list_other_keys())
        return records, asked


def _answer(request: Request, content: bytes, kind: str, headers: dict[str, str]) -> Response:
    """What is the same for everybody until the record is another, told in a line to who has it already."""
    digest = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {
        **OPEN_HEADERS,
        "Cache-Control": FOR_NOW,
        "ETag": f"W/{digest}",  # weak: it may be sent packed or not
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Cross-Origin-Resource-Policy": "cross-origin",
        **headers,
    }
    if digest in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=kind)


def _tell_unknown() -> Response:
    """That there is no such picture, and which there are; what the address said is not repeated."""
    links = " · ".join(f'<a href="../{one}/">{one}</a>' for one in CATALOGUE)
    headers = {
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors *",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return HTMLResponse(
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>No such picture</title>'
        "<style>:root{color-scheme:light dark}body{font:1rem/1.5 sans-serif;margin:1rem}</style>"
        f"<h1>There is no such picture</h1><p>Pictures: {links}</p></html>",
        404,
        headers,
    )


async def _send_font(request: Request) -> Response:
    """One of the two fonts of embeds."""
    name = request.path_params["font"]
    if name not in WEB_FONTS.values():
        return build_problem(404, "There is no such font.")
    content = (ASSET_FOLDER / "web_fonts" / name).read_bytes()
    headers = {**OPEN_HEADERS, "Cache-Control": FOREVER}
    return Response(content, headers=headers, media_type="font/woff2")
