"""The scripts of a page's first elements, named with the page itself: a browser then fetches and reads them beside Streamlit's own,
and not one after the other as the first elements ask for them.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import file_util

# Kinds of Streamlit's elements that stand before or in the first chart: its styles, the ways to pages, our components, buttons.
FIRST_ELEMENTS = ("Html", "PageLink", "BidiComponent", "Button")
_SHELL = "index.html"


def list_first_scripts(static_folder: Path) -> list[str]:
    """List the scripts that the first elements need beside those that Streamlit's page names itself.

    Parameters
    ----------
    static_folder : Path
        Streamlit's built browser part, with the list of what imports what; without that there are none.

    Returns
    -------
    list of str
        Paths below the server's address.
    """
    try:
        chunks = json.loads((static_folder / "manifest.json").read_text(encoding="utf-8"))
        own = _collect(chunks, _SHELL)
        entries = [
            key
            for key, chunk in chunks.items()
            if chunk.get("isDynamicEntry") and chunk.get("name") in FIRST_ELEMENTS
        ]
        needed = {key for entry in entries for key in _collect(chunks, entry)} - own
        return sorted(chunks[key]["file"] for key in needed)
    except (OSError, ValueError, KeyError):  # another Streamlit may build otherwise
        return []


def _collect(chunks: dict[str, Any], first: str) -> set[str]:
    """A chunk with all that it imports, by key."""
    collected, waiting = set[str](), [first]
    while waiting:
        key = waiting.pop()
        if key not in collected:
            collected.add(key)
            waiting += chunks[key].get("imports", [])
    return collected


class NameFirstScripts:
    """Middleware that names the first scripts in a header of every page.

    Parameters
    ----------
    app : ASGIApp
        The application.
    prefix : str
        The path under which the server stands, blank for none.
    pages : collection of str
        The pages' names in an address.
    """

    def __init__(self, app: ASGIApp, prefix: str, pages: Collection[str]) -> None:
        self._app = app
        self._paths = {f"{prefix}/{page}" for page in ("", *pages)}
        self._link = ", ".join(
            f"<{prefix}/{script}>; rel=modulepreload"
            for script in list_first_scripts(Path(file_util.get_static_dir()))
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and the answer back with the header where it is a page (ASGI)."""
        if not self._link or scope["type"] != "http" or scope["path"] not in self._paths:
            await self._app(scope, receive, send)
            return

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html"):
                    headers.append("Link", self._link)
            await send(message)

        await self._app(scope, receive, send_on)
