"""Headers of every answer: what a page may load and call, who may frame it, what it may ask of the browser.

What a route says itself stands: so a picture to embed says with `write_policy` that anybody may frame it. A handshake of a
websocket has none of them, for a browser heeds none there; a refused one does.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import file_util

# Tried page by page in Chromium; docs/deploy.md says which of these Streamlit's browser part needs, and for what.
_SOURCES = {
    "default-src": ("'none'",),
    "script-src": ("'self'", "blob:", "'wasm-unsafe-eval'"),
    "style-src": ("'self'", "'unsafe-inline'"),
    "img-src": ("'self'", "data:", "blob:"),
    "font-src": ("'self'", "data:"),
    "connect-src": ("'self'", "data:"),
    "worker-src": ("'self'", "blob:"),
    "manifest-src": ("'self'",),
    "base-uri": ("'none'",),
    "form-action": ("'self'",),
}
_CLOSED = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)
_TWO_YEARS = 63_072_000  # seconds
_INLINE_SCRIPT = re.compile(rb"<script>(.*?)</script>", re.DOTALL)


def write_policy(
    framers: Sequence[str] = ("'self'",), more: Mapping[str, Sequence[str]] | None = None
) -> str:
    """Write a content security policy.

    Parameters
    ----------
    framers : sequence of str
        Who may frame the answer: origins, `'self'`, or `*` for anybody. None of them: nobody.
    more : mapping of str to sequence of str, optional
        Sources beside the usual ones, by directive.

    Returns
    -------
    str
        Value of the header `Content-Security-Policy`.
    """
    directives = {
        name: [*sources, *(more or {}).get(name, ())] for name, sources in _SOURCES.items()
    }
    directives["frame-ancestors"] = [*framers] or ["'none'"]
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


def hash_inline_scripts(page: bytes) -> list[str]:
    """Name the scripts that stand in a page itself, as a policy does.

    Parameters
    ----------
    page : bytes
        HTML.

    Returns
    -------
    list of str
        A source of `script-src` for each.
    """
    digests = [hashlib.sha256(script).digest() for script in _INLINE_SCRIPT.findall(page)]
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]


class SendHeaders:
    """Middleware that adds the headers to what the application answers.

    Parameters
    ----------
    app : ASGIApp
        The application.
    framers : sequence of str
        Who may frame its pages.
    """

    def __init__(self, app: ASGIApp, framers: Sequence[str]) -> None:
        self._app = app
        shell = _read_shell()
        self._headers = {
            "Content-Security-Policy": write_policy(
                framers, {"script-src": hash_inline_scripts(shell)}
            ),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "Permissions-Policy": ", ".join(f"{name}=()" for name in _CLOSED),
            "Cross-Origin-Opener-Policy": "same-origin",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its answer back with the headers (ASGI)."""

        async def send_on(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                self._add(MutableHeaders(scope=message), scope["scheme"] in ("https", "wss"))
            await send(message)

        await self._app(scope, receive, send_on)

    def _add(self, headers: MutableHeaders, is_secure: bool) -> None:
        for name, value in self._headers.items():
            headers.setdefault(name, value)
        is_open = headers.get("Access-Control-Allow-Origin") == "*"
        headers.setdefault(
            "Cross-Origin-Resource-Policy", "cross-origin" if is_open else "same-origin"
        )
        if is_secure:  # said over http it counts for nothing
            headers.setdefault("Strict-Transport-Security", f"max-age={_TWO_YEARS}")
            cookies = headers.getlist("Set-Cookie")
            if cookies:  # Streamlit does not know that a proxy ends TLS
                del headers["Set-Cookie"]
            for cookie in cookies:
                headers.append("Set-Cookie", f"{cookie.removesuffix('; Secure')}; Secure")


def _read_shell() -> bytes:
    """The page that Streamlit sends for every address: its browser part draws all the rest."""
    return (Path(file_util.get_static_dir()) / "index.html").read_bytes()
