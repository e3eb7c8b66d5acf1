"""Answers say so where the record's files have changed since the server read them."""

from __future__ import annotations

from collections.abc import Callable

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CHANGED_HEADER = "Ramp155-Changed-On-Disk"


def say_changed_files(app: ASGIApp, list_changed: Callable[[], list[str]]) -> ASGIApp:
    """An application whose answers name the files that have changed, in a header; none while there is none."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_header(message: Message) -> None:
            if message["type"] == "http.response.start" and (names := list_changed()):
                MutableHeaders(scope=message)[CHANGED_HEADER] = ", ".join(names)
            await send(message)

        await app(scope, receive, send_with_header)

    return answer
