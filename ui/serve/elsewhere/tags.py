"""Streamlit's own page, to which the tags are added by which a link to it is previewed.

A browser that opens a page is told at once what needs no work; what asks for a page in order to show a link to it waits,
within a bound, for what the view comes to.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from urllib.parse import parse_qsl

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ramp155.files.embed.card import PAGES, find_request, write_general_card, write_tags
from ramp155.model.model import Model
from ramp155.record.faults import RecordsError
from ui.serve.elsewhere.cards import Cards

_HEAD_END = b"</head>"
_PLAIN_TITLE = b"<title>Streamlit</title>"
_MOST_QUERY = 12_000  # characters; a longer link is shown as its page


class TagPages:
    """An application whose pages say what they are to whoever previews a link to them (ASGI middleware).

    Parameters
    ----------
    app : ASGIApp
        What answers.
    cards : Cards
        What a link is shown as.
    find_public : callable
        Gives the address of the server for others, with a slash at its end, from a request.
    list_other_keys : callable
        Gives the keys of a page's link that mean nothing to a picture.
    prefix : str
        The path under which the server stands, blank for none.
    """

    def __init__(
        self,
        app: ASGIApp,
        cards: Cards,
        find_public: Callable[[Request], str],
        list_other_keys: Callable[[], Collection[str]],
        prefix: str,
    ) -> None:
        self._app = app
        self._cards = cards
        self._find_public = find_public
        self._list_other_keys = list_other_keys
        self._prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request (ASGI)."""
        page = self._find_page(scope)
        if page is None:
            await self._app(scope, receive, send)
            return
        tags = await self._write_tags(Request(scope), page)
        # The page itself is small: it comes unpacked, so that the tags can be put into it.
        asked = [one for one in scope["headers"] if one[0] != b"accept-encoding"]
        await self._app({**scope, "headers": asked}, receive, _Tagged(send, tags))

    def _find_page(self, scope: Scope) -> str | None:
        """The page that is asked for as HTML; None for anything else."""
        if scope["type"] != "http" or scope["method"] != "GET":
            return None
        path = str(scope["path"])
        if not path.startswith(f"{self._prefix}/"):
            return None
        page = path.removeprefix(f"{self._prefix}/").rstrip("/")
        accepted = Headers(scope=scope).get("accept", "*/*")
        return page if page in PAGES and ("html" in accepted or "*/*" in accepted) else None

    async def _write_tags(self, request: Request, page: str) -> bytes:
        """The tags of a page; none where the record cannot be read."""
        try:
            records = await asyncio.to_thread(self._cards.load_records)
        except RecordsError:
            return b""
        text = request.url.query
        try:
            query = parse_qsl(text, keep_blank_values=True, max_num_fields=200)
        except ValueError:
            query = []
        if len(text) > _MOST_QUERY:
            query = []
        other_keys = self._list_other_keys()
        asked = await asyncio.to_thread(find_request, records, page, query, other_keys)
        is_browser = request.headers.get("sec-fetch-mode") == "navigate"
        card = (
            write_general_card(page, asked)
            if is_browser
            else await self._cards.find(Model(records), page, query, asked)
        )
        address = f"{page}{'?' if query else ''}{text if query else ''}"
        return write_tags(records, card, self._find_public(request), address).encode()


class _Tagged:
    """Where the answer goes: HTML is gathered, tagged and sent whole, anything else goes on as it is."""

    def __init__(self, send: Send, tags: bytes) -> None:
        self._send = send
        self._tags = tags
        self._start: Message | None = None
        self._parts: list[bytes] = []

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            kind = Headers(raw=message["headers"]).get("content-type", "")
            if message["status"] == 200 and kind.startswith("text/html"):
                self._start = message
                return
        if self._start is None or message["type"] != "http.response.body":
            await self._send(message)
            return
        self._parts.append(message.get("body", b""))
        if message.get("more_body"):
            return
        body = b"".join(self._parts)
        body = body.replace(_PLAIN_TITLE, b"<title>Ramp 155</title>", 1)
        body = body.replace(_HEAD_END, self._tags + b"\n" + _HEAD_END, 1)
        headers = MutableHeaders(raw=list(self._start["headers"]))
        headers["content-length"] = str(len(body))
        for name in ("etag", "last-modified"):  # they tell of Streamlit's file alone
            del headers[name]
        await self._send({**self._start, "headers": headers.raw})
        await self._send({"type": "http.response.body", "body": body})
