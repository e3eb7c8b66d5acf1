"""The server's log: what happened, without who asked and without what was asked.

As JSON lines (a setting) each request is a line of method, path, status and milliseconds. Of a path only the words that are
the product's own are written, of an error its kind and where it came up, of a library's sentence its numbers: names, values of a
link and addresses of the network have no way in. Else Streamlit's own lines stand, and requests are not written at all.
"""

from __future__ import annotations

import json
import logging
import re
import threading
import time
import traceback
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path

import streamlit.logger
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_REQUESTS = logging.getLogger("ui.requests")
_FAULTS = logging.getLogger("ui.faults")
# Whose sentences are fixed and have what varies beside them; of all others only the place is written.
_FIXED = ("ui", "ramp155", "streamlit", "uvicorn")
_DETAILS = "details"  # of a record: what its line says beside the usual
_HIDDEN = "..."
_ROOT = Path(__file__).resolve().parents[3]
# A sentence's places for values, as the operator % has them.
_PLACE = re.compile(r"%(?:\(\w+\))?[-#0 +]*[\d*]*(?:\.[\d*]+)?[diouxXeEfFgGcrsa]")
# First parts of addresses, and what stands below them, that are Streamlit's or the server's; pages and questions are added.
_WORDS = frozenset(
    re.findall(
        r"[^\s/]+",
        "_stcore/bidi-components _stcore/health _stcore/host-config _stcore/metrics _stcore/stream _stcore/upload_file api/v1/openapi.json "
        "app/static component data/latest embed favicon.png healthz index.html media metrics oembed ready static",
    )
)


class JsonLine(logging.Formatter):
    """A record of the log as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Write the line."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            **getattr(record, _DETAILS, {"message": _tell_message(record)}),
        }
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            line["at"] = [
                f"{_shorten_path(frame.filename)}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(record.exc_info[2])[-8:]
            ]
        return json.dumps(line)


class TellRequests:
    """Middleware that writes a line for each request, and answers for what the application could not.

    Parameters
    ----------
    app : ASGIApp
        The application.
    words : frozenset of str
        Parts of paths that may be written beside the usual ones: names of pages, of questions.
    """

    def __init__(self, app: ASGIApp, words: frozenset[str] = frozenset()) -> None:
        self._app = app
        self._words = _WORDS | words

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and write its line when it is answered; of a websocket when it is closed (ASGI)."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        began, path = time.monotonic(), scope["path"]
        status = 0

        async def send_on(message: Message) -> None:
            nonlocal status
            is_refused = message["type"] == "websocket.close" and not status
            status = HTTPStatus.FORBIDDEN if is_refused else read_status(message) or status
            await send(message)

        try:
            await self._app(scope, receive, send_on)
        except Exception:
            if scope["type"] == "websocket" or status:
                raise
            _FAULTS.exception("A request could not be answered")
            await PlainTextResponse("The answer could not be worked out.", 500)(
                scope, receive, send_on
            )
        finally:
            details = {
                "method": scope.get("method", "WEBSOCKET"),
                "path": hide_foreign(path, self._words),
                "status": int(status),
                "ms": round(1000 * (time.monotonic() - began)),
            }
            _REQUESTS.info("A request", extra={_DETAILS: details})


def read_status(message: Message) -> int:
    """The status that a message of an answer begins it with; 0 of one that does not."""
    if message["type"] in ("http.response.start", "websocket.http.response.start"):
        return int(message["status"])
    if message["type"] == "websocket.accept":
        return HTTPStatus.SWITCHING_PROTOCOLS
    return 0


def hide_foreign(path: str, words: frozenset[str]) -> str:
    """Write a path with a star for each part that is no word of the product.

    Parameters
    ----------
    path : str
        Path of a request.
    words : frozenset of str
        The product's own.

    Returns
    -------
    str
        The path, as it may stand in a log.
    """
    parts = [part if part in words or not part else "*" for part in path.split("/")[:8]]
    return "/".join(parts)


def write_log_as_json() -> None:
    """Send every line of the process to standard error as JSON, also of loggers that Streamlit makes later."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLine())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)

    def hand_up(logger: logging.Logger) -> None:
        logger.handlers.clear()
        logger.propagate = True

    # Streamlit gives each of its loggers a handler of its own, with this.
    streamlit.logger.setup_formatter = hand_up
    streamlit.logger.update_formatter()
    for name in ("uvicorn", "uvicorn.error"):
        hand_up(logging.getLogger(name))
    logging.captureWarnings(True)
    threading.excepthook = _tell_lost_thread
    _REQUESTS.disabled = False


def keep_addresses_out() -> None:
    """Write nothing of requests, until told otherwise: uvicorn's own lines have the caller and the whole address."""
    logging.getLogger("uvicorn.access").disabled = True
    logging.getLogger("uvicorn.error").addFilter(_is_no_caller)
    _REQUESTS.disabled = True


def _is_no_caller(record: logging.LogRecord) -> bool:
    """Whether a line of uvicorn is another than that of a websocket, with its caller and whole address."""
    return '"WebSocket %s"' not in str(record.msg)


def _tell_message(record: logging.LogRecord) -> str:
    """What a record says, without what may be a person's: of a library's sentence the numbers are filled in, texts are not."""
    if record.name.partition(".")[0] not in _FIXED or not isinstance(record.msg, str):
        return f"{_shorten_path(record.pathname)}:{record.lineno}"
    values = list(record.args) if isinstance(record.args, tuple) else []

    def fill(place: re.Match[str]) -> str:
        value = values.pop(0) if values else None
        return f"{value}" if isinstance(value, int | float) else _HIDDEN

    return _PLACE.sub(fill, record.msg)


def _shorten_path(path: str) -> str:
    """A file's path from the project's or from the library's folder."""
    _, _, library = path.rpartition("site-packages/")
    return library if library != path else path.removeprefix(f"{_ROOT}/")


def _tell_lost_thread(hook: threading.ExceptHookArgs) -> None:
    if hook.exc_value is not None:
        kind = (hook.exc_type, hook.exc_value, hook.exc_traceback)
        _FAULTS.error("A thread ended with an error", exc_info=kind)
