"""`/data/latest/` and `/data/VERSION/`: every file of a version of the record, at an address that stays.

What has been published is read from its folder and never changes; the record of today is built when it is first asked for.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from ramp155.files.versions.shelf import (
    find_latest_changes,
    is_version,
    list_versions,
    read_version_file,
)
from ramp155.files.versions.version_files import PAGE, build_version_files
from ramp155.model.model import Model
from ramp155.record.faults import RecordsError
from ramp155.record.records import Records
from ui.serve.problems import OPEN_HEADERS, build_problem, tell_failure, tell_http_problem

LATEST = "latest"
_TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".parquet": "application/vnd.apache.parquet",
    ".geojson": "application/geo+json",
    ".json": "application/json",
    ".zip": "application/zip",
    ".html": "text/html; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
}
_FOR_NOW = "public, max-age=300"
_FOREVER = "public, max-age=31536000, immutable"


class DataFiles:
    """The files of every version.

    Parameters
    ----------
    load_records : callable
        Gives the record of today.
    folder : Path or None
        Where earlier versions are kept; None: there are none.
    """

    def __init__(self, load_records: Callable[[], Records], folder: Path | None) -> None:
        self._load_records = load_records
        self._folder = folder
        self._building = asyncio.Lock()

    def build_app(self) -> Starlette:
        """The application, to be mounted at `/data` or asked by itself."""
        routes = [
            Route("/", self._list, methods=["GET"]),
            Route("/{version}", _add_slash, methods=["GET"]),
            Route("/{version}/{name:path}", self._send, methods=["GET"]),
        ]
        handlers = {HTTPException: tell_http_problem, Exception: tell_failure}
        return Starlette(routes=routes, exception_handlers=handlers)

    async def _list(self, request: Request) -> Response:
        """Every version, the oldest first; the record of today is the last."""
        try:
            version = (await asyncio.to_thread(self._load_records)).version
            kept = await asyncio.to_thread(list_versions, self._folder)
        except (RecordsError, ValueError):
            return build_problem(503, "The versions cannot be listed.", {"Retry-After": "60"})
        versions = [*(name for name in kept if name != version), version]
        headers = {**OPEN_HEADERS, "Cache-Control": _FOR_NOW}
        return JSONResponse({"latest": version, "versions": versions}, headers=headers)

    async def _send(self, request: Request) -> Response:
        version, name = request.path_params["version"], request.path_params["name"] or PAGE
        try:
            async with self._building:  # one builds, the others wait for what it built
                content, is_fixed = await asyncio.to_thread(self._read, version, name)
        except RecordsError:
            return build_problem(503, "The record breaks its own rules.", {"Retry-After": "60"})
        except (OSError, ValueError, KeyError):
            return build_problem(503, "This version cannot be read.", {"Retry-After": "60"})
        if content is None:
            return build_problem(404, "There is no such file of the record.")
        digest = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
        headers = {
            **OPEN_HEADERS,
            "Cache-Control": _FOREVER if is_fixed else _FOR_NOW,
            "ETag": f"W/{digest}",  # weak: it may be sent packed or not
            "Link": '<https://creativecommons.org/licenses/by/4.0/>; rel="license"',
        }
        if digest in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        kind = _TYPES.get(PurePosixPath(name).suffix, "text/plain; charset=utf-8")
        return Response(content, headers=headers, media_type=kind)

    def _read(self, version: str, name: str) -> tuple[bytes | None, bool]:
        """A file's content, None where there is none, and whether it will never be another."""
        records = self._load_records()
        asked = records.version if version == LATEST else version
        if self._folder is not None and is_version(asked) and asked in list_versions(self._folder):
            return read_version_file(self._folder, asked, name), version != LATEST
        if asked != records.version:
            return None, False
        model = Model(records)
        return build_version_files(model, find_latest_changes(model, self._folder)).get(name), False


async def _add_slash(request: Request) -> Response:
    """A version without its last slash, whose links would lead beside it."""
    return RedirectResponse(f"{request.url.path}/", 308, OPEN_HEADERS)
