"""`/metrics`, for whoever watches the server: how many requests were answered how, sessions, memory, processor. Off unless set.

Nothing here is of one visitor. What Streamlit tells of itself to everybody (`_stcore/metrics`) is closed.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime import get_instance

from ui.serve.doors.log import read_status


class Counts:
    """Counts of one process, in the text form of Prometheus."""

    def __init__(self) -> None:
        # Here, for a server that does not count need not load it.
        from prometheus_client import CollectorRegistry, Counter, Gauge, ProcessCollector

        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._answered = Counter(
            "ramp155_answers", "Requests answered.", ["status"], registry=self._registry
        )
        sessions = Gauge("ramp155_sessions", "Visitors connected.", registry=self._registry)
        sessions.set_function(_count_sessions)

    def note(self, status: int) -> None:
        """Count an answer."""
        self._answered.labels(f"{status // 100}xx").inc()

    async def send(self, request: Request) -> Response:
        """The counts, as Prometheus reads them."""
        from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

        return Response(
            generate_latest(self._registry), headers={"Content-Type": CONTENT_TYPE_LATEST}
        )


class CountAnswers:
    """Middleware that counts answers.

    Parameters
    ----------
    app : ASGIApp
        The application.
    counts : Counts
        Where they are counted.
    """

    def __init__(self, app: ASGIApp, counts: Counts) -> None:
        self._app, self._counts = app, counts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and count its answer (ASGI)."""

        async def send_on(message: Message) -> None:
            status = read_status(message)
            if status:
                self._counts.note(status)
            await send(message)

        await self._app(scope, receive, send_on)


class ClosePath:
    """Middleware that has nothing at one path, whatever the application has there.

    Parameters
    ----------
    app : ASGIApp
        The application.
    path : str
        The path that is closed.
    """

    def __init__(self, app: ASGIApp, path: str) -> None:
        self._app, self._path = app, path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or say that there is nothing (ASGI)."""
        is_closed = scope["type"] == "http" and scope["path"] == self._path
        await (PlainTextResponse("Not Found", 404) if is_closed else self._app)(
            scope, receive, send
        )


def _count_sessions() -> int:
    return get_instance()._session_mgr.num_active_sessions()
