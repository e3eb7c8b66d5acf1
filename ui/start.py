"""The start of the server: what takes time is done beside the browser's own loading, and two addresses say how far it is.

`/healthz` answers as long as the process does; `/ready` once the first page can be drawn at once, and with 503 until then or
where the record is broken. The map's borders are sent packed, and kept by the browser under their content's hash.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp
from streamlit import config
from streamlit.starlette import App

from ramp155.questions.question import API_ROOT
from ramp155.record.faults import RecordsError
from ui.serve.changed import say_changed_files
from ui.serve.doors.counts import ClosePath, CountAnswers, Counts
from ui.serve.doors.first_scripts import NameFirstScripts
from ui.serve.doors.headers import SendHeaders
from ui.serve.doors.log import TellRequests, keep_addresses_out, write_log_as_json
from ui.serve.elsewhere.doors import Elsewhere
from ui.serve.late import LateApp, mount_whole
from ui.settings import (
    check_settings,
    is_log_json,
    is_metrics_on,
    read_base_path,
    read_framers,
)

_ROOT = Path(__file__).resolve().parents[1]
# What the first page needs.
_FIRST_MODULES = ("ui.header", "ui.briefing.stage", "ui.overview.site_map", "ui.overview.story")
_FOREVER = "public, max-age=31536000, immutable"


class Start:
    """How far a server is with its start."""

    def __init__(self) -> None:
        try:
            check_settings()
        except ValueError as error:
            raise SystemExit(f"Ramp 155 does not start. {error}") from None
        self._work: asyncio.Task[None] | None = None
        if read_base_path():  # uvicorn does not hand on what Streamlit's own variables say
            config.set_option("server.baseUrlPath", read_base_path())
        self._counts = Counts() if is_metrics_on() else None
        keep_addresses_out()
        if is_log_json():
            write_log_as_json()
        self._elsewhere = Elsewhere(_read_prefix())

    @asynccontextmanager
    async def warm_up_beside(self, app: App) -> AsyncIterator[None]:
        """Warm up in threads while the server already answers (the application's lifespan)."""
        self._work = asyncio.create_task(asyncio.to_thread(warm_up))
        further = asyncio.create_task(self._go_on(self._work))
        yield
        further.cancel()

    def list_routes(self) -> list[BaseRoute]:
        """The addresses that this product adds to Streamlit's."""
        prefix = _read_prefix()
        metrics = [Route(f"{prefix}/metrics", self._counts.send)] if self._counts else []
        return [
            *metrics,
            Route(f"{prefix}/healthz", _say_alive),
            Route(f"{prefix}/robots.txt", _say_what_robots_may),
            Route(f"{prefix}/ready", self._say_ready),
            Route(f"{prefix}/app/static/land.geojson", _send_borders),
            _mount(f"{prefix}{API_ROOT}", lambda: _build_api(prefix)),
            _mount(f"{prefix}/data", _build_data_files),
            _mount(f"{prefix}/embed", self._elsewhere.build_embeds),
            Route(f"{prefix}/oembed", LateApp(self._elsewhere.build_oembed)),
        ]

    def list_middleware(self) -> list[Middleware]:
        """What every request passes on its way in, and every answer on its way out."""
        words = _list_words() if is_log_json() else frozenset()
        counting = [Middleware(CountAnswers, counts=self._counts)] if self._counts else []
        return [
            Middleware(SendHeaders, framers=read_framers()),
            Middleware(NameFirstScripts, prefix=_read_prefix(), pages=_list_pages()),
            *counting,
            Middleware(TellRequests, words=words),
            Middleware(ClosePath, path=f"{_read_prefix()}/_stcore/metrics"),
            self._elsewhere.build_tags(_read_prefix()),
        ]

    async def _go_on(self, first: asyncio.Task[None]) -> None:
        """What later pages and scenarios need; and where nothing is kept for the next start, that too."""
        await first
        if await asyncio.to_thread(warm_up_further):
            return
        preparing = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "ui.prepare", cwd=_ROOT, stdout=asyncio.subprocess.DEVNULL
        )
        try:
            await preparing.wait()
        finally:
            if preparing.returncode is None:
                preparing.terminate()

    async def _say_ready(self, request: Request) -> PlainTextResponse:
        if self._work is None or not self._work.done():
            return PlainTextResponse("warming up", 503)
        error = self._work.exception()
        if error is None:
            changed = _list_changed_files()
            words = f"ready, but changed on disk: {', '.join(changed)}" if changed else "ready"
            return PlainTextResponse(words)
        is_record = isinstance(error, RecordsError)
        if is_record and _list_changed_files():  # somebody may have mended it
            self._work = asyncio.create_task(asyncio.to_thread(warm_up))
        words = "the record breaks its own rules" if is_record else "the start failed"
        return PlainTextResponse(words, 503)


def warm_up() -> None:
    """Load what the first page needs. Raises RecordsError where the record breaks its own rules."""
    for module in _FIRST_MODULES:
        import_module(module)
    from ui.link.session import (
        load_shared_records,
    )

    load_shared_records()


def warm_up_further() -> bool:
    """Load the other pages and what a new scenario is worked out with; whether the next start has all that it is to have."""
    from ramp155.answers.output.reading import read_outlook
    from ramp155.base.memory import ASSETS
    from ramp155.base.shelf import find_folder
    from ramp155.model.model import Model
    from ramp155.model.scenario.horizon import DEFAULT_MONTH
    from ramp155.model.scenario.scenario import Scenario
    from ui.link.session import load_shared_records

    for page in sorted((_ROOT / "ui").glob("*/__init__.py")):
        for path in sorted(page.parent.glob("*.py")):
            import_module(f"ui.{page.parent.name}.{path.stem}".removesuffix(".__init__"))
    read_outlook(Model(load_shared_records()), Scenario(fuzes=0.99), DEFAULT_MONTH)
    if find_folder() is None:
        return True  # nothing is to be kept
    return ASSETS.shelf is not None and not ASSETS.shelf.is_empty


def _mount(path: str, build: Callable[[], ASGIApp]) -> Mount:
    """What is built when it is first asked for, at a path; its answers say where the record has changed."""
    return mount_whole(path, say_changed_files(LateApp(build), _list_changed_files))


def _list_changed_files() -> list[str]:
    from ui.link.session import open_shared_record

    return open_shared_record().list_changed()


def _read_prefix() -> str:
    """The path under which the app stands behind a proxy (`server.baseUrlPath`), blank for none."""
    base = config.get_option("server.baseUrlPath").strip("/")
    return f"/{base}" if base else ""


def _list_words() -> frozenset[str]:
    """Names of pages and questions, and the parts of the prefix: what of a path may stand in the log."""
    from ramp155.questions.catalogue import QUESTIONS

    return frozenset([*_list_pages(), *QUESTIONS, *_read_prefix().split("/")])


def _list_pages() -> list[str]:
    """The pages' names in an address."""
    return [page.stem for page in (_ROOT / "pages").glob("*.py")]


def _build_api(prefix: str) -> ASGIApp:
    """The questions of `/api/v1`, over the record that all sessions share."""
    from ui.link.session import load_shared_records
    from ui.serve.api import Api
    from ui.serve.limits import Allowance
    from ui.settings import read_points_a_minute

    return Api(load_shared_records, Allowance(read_points_a_minute()), prefix).build_app()


def _build_data_files() -> ASGIApp:
    """The record's files under `/data`, and those of versions before it."""
    from ui.link.session import load_shared_records
    from ui.serve.data import DataFiles
    from ui.settings import read_versions_folder

    return DataFiles(load_shared_records, read_versions_folder()).build_app()


async def _say_alive(request: Request) -> PlainTextResponse:
    return PlainTextResponse("ok")


async def _say_what_robots_may(request: Request) -> PlainTextResponse:
    """Everything may be read and listed, but for Streamlit's own doors."""
    return PlainTextResponse("User-agent: *\nDisallow: /_stcore/\n")


async def _send_borders(request: Request) -> Response:
    """The map's borders, packed once; asked for by their hash, they need never be asked for again."""
    from ramp155.pictures.map.borders import BORDERS_FILE, pack_borders

    is_packed = "gzip" in request.headers.get("accept-encoding", "")
    headers = {"X-Content-Type-Options": "nosniff", "Vary": "Accept-Encoding"}
    headers |= {"Cache-Control": _FOREVER if "v" in request.query_params else "no-cache"}
    headers |= {"Content-Encoding": "gzip"} if is_packed else {}
    content = pack_borders() if is_packed else BORDERS_FILE.read_bytes()
    return Response(content, headers=headers, media_type="application/geo+json")
