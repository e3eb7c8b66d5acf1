"""The start of the server: what takes time is done beside the browser's own loading, and two addresses say how far it is.

`/healthz` answers as long as the process does; `/ready` once the first page can be drawn at once, and with 503 until then or
where the record is broken. Files of `static/` are sent packed, and kept by the browser under their content's hash.
"""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from streamlit import config
from streamlit.starlette import App

from ramp155.base.places import find_folder
from ramp155.record.faults import RecordsError

# What the first page needs.
_FIRST_MODULES = ("ui.header", "ui.briefing.stage", "ui.overview.site_map", "ui.overview.story")
_STATIC_TYPES = {"land.geojson": "application/geo+json", "logo.svg": "image/svg+xml"}
_FOREVER = "public, max-age=31536000, immutable"


class Start:
    """How far a server is with its start."""

    def __init__(self) -> None:
        self._work: asyncio.Future[None] | None = None

    @asynccontextmanager
    async def warm_up_beside(self, app: App) -> AsyncIterator[None]:
        """Warm up in a thread while the server already answers (the application's lifespan)."""
        self._work = asyncio.get_running_loop().run_in_executor(None, warm_up)
        yield
        self._work.cancel()

    def list_routes(self) -> list[Route]:
        """The addresses that this product adds to Streamlit's."""
        base = config.get_option("server.baseUrlPath").strip("/")
        prefix = f"/{base}" if base else ""
        return [
            Route(f"{prefix}/healthz", _say_alive),
            Route(f"{prefix}/ready", self._say_ready),
            Route(f"{prefix}/app/static/{{name}}", _send_static),
        ]

    async def _say_ready(self, request: Request) -> PlainTextResponse:
        if self._work is None or not self._work.done():
            return PlainTextResponse("warming up", 503)
        error = self._work.exception()
        if error is None:
            return PlainTextResponse("ready")
        is_record = isinstance(error, RecordsError)
        words = "the record breaks its own rules" if is_record else "the start failed"
        return PlainTextResponse(words, 503)


def warm_up() -> None:
    """Load what the first page needs. Raises RecordsError where the record breaks its own rules."""
    for module in _FIRST_MODULES:
        import_module(module)
    from ui.link.session import load_shared_records  # here only: the server answers before it is read

    load_shared_records()


async def _say_alive(request: Request) -> PlainTextResponse:
    return PlainTextResponse("ok")


async def _send_static(request: Request) -> Response:
    """A file of `static/`, packed once; one that is asked for by its hash need never be asked for again."""
    name = request.path_params["name"]
    if name not in _STATIC_TYPES:
        return PlainTextResponse("no such file", 404)
    is_packed = "gzip" in request.headers.get("accept-encoding", "")
    headers = {"X-Content-Type-Options": "nosniff", "Vary": "Accept-Encoding"}
    headers |= {"Cache-Control": _FOREVER if "v" in request.query_params else "no-cache"}
    headers |= {"Content-Encoding": "gzip"} if is_packed else {}
    content = _pack_static(name) if is_packed else (find_folder("static") / name).read_bytes()
    return Response(content, headers=headers, media_type=_STATIC_TYPES[name])


@remember_asset
def _pack_static(name: str) -> bytes:
    return gzip.compress((find_folder("static") / name).read_bytes(), mtime=0)
