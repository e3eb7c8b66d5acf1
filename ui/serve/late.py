"""An application that is loaded when it is first asked for something: the server's start does not wait for it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable

from starlette.routing import Mount
from starlette.types import ASGIApp, Receive, Scope, Send

from ramp155.record.faults import RecordsError
from ui.serve.problems import build_problem


class LateApp:
    """What `load` gives, asked for once and in a thread.

    Parameters
    ----------
    load : callable
        Imports and builds the application.
    """

    def __init__(self, load: Callable[[], ASGIApp]) -> None:
        self._load = load
        self._loading: asyncio.Task[ASGIApp] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request (ASGI)."""
        if self._loading is None:
            self._loading = asyncio.create_task(asyncio.to_thread(self._load))
        try:
            app = await asyncio.shield(self._loading)
        except RecordsError:
            self._loading = None
            app = build_problem(503, "The record breaks its own rules.", {"Retry-After": "60"})
        await app(scope, receive, send)


def mount_whole(path: str, app: ASGIApp) -> Mount:
    """Mount an application at a path with all below it: a line break in an address leads nowhere else."""
    mount = Mount(path, app)
    mount.path_regex = re.compile(mount.path_regex.pattern, re.DOTALL)
    return mount
