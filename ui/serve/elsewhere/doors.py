"""The ways in for other people's pages: embeds, their description, and the tags of our own; loaded when first asked for."""

from __future__ import annotations

import asyncio
import re
from functools import cached_property
from typing import TYPE_CHECKING

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from ramp155.base.memory import remember_asset
from ui.settings import read_public_address

if TYPE_CHECKING:
    from ui.serve.elsewhere.cards import Cards

_HOST = re.compile(r"[\w-]+(\.[\w-]+)*(:\d{1,5})?|\[[0-9a-fA-F:]+\](:\d{1,5})?", re.ASCII)


class Elsewhere:
    """What other people's pages ask, over the record that all sessions share.

    Parameters
    ----------
    prefix : str
        The path under which the server stands, blank for none.
    """

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix

    def find_public(self, request: Request) -> str:
        """The address of the server for others: the one that is set, else what the request calls it."""
        host = request.headers.get("host", "")
        named = host if _HOST.fullmatch(host) else "localhost"
        return _find_root() or f"{request.url.scheme}://{named}{self._prefix}/"

    def build_embeds(self) -> ASGIApp:
        """The application of `/embed`."""
        from ui.serve.elsewhere.embeds import Embeds

        cards = self._cards
        return Embeds(cards.load_records, _find_root, list_other_keys, cards.drawer).build_app()

    def build_oembed(self) -> ASGIApp:
        """The application of `/oembed`."""
        from starlette.applications import Starlette
        from starlette.routing import Route

        from ui.serve.elsewhere.oembed import Oembed

        described = Oembed(self._cards, self.find_public, list_other_keys)
        return Starlette(routes=[Route("/{path:path}", described.send, methods=["GET"])])

    def build_tags(self, prefix: str) -> Middleware:
        """What puts tags into pages."""
        return Middleware(_LateTags, elsewhere=self, prefix=prefix)

    @cached_property
    def _cards(self) -> Cards:
        from ui.link.session import load_shared_records
        from ui.serve.elsewhere.cards import Cards
        from ui.serve.elsewhere.drawer import Drawer

        return Cards(load_shared_records, Drawer())

    def wrap(self, app: ASGIApp, prefix: str) -> ASGIApp:
        """An application with tags in its pages."""
        from ui.serve.elsewhere.tags import TagPages

        return TagPages(app, self._cards, self.find_public, list_other_keys, prefix)


class _LateTags:
    """Tags in pages, once what they are made with is loaded; till then pages go out without."""

    def __init__(self, app: ASGIApp, elsewhere: Elsewhere, prefix: str) -> None:
        self._app = app
        self._elsewhere = elsewhere
        self._prefix = prefix
        self._tagged: ASGIApp | None = None
        self._loading: asyncio.Task[ASGIApp] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        if self._loading is None:
            wrap = asyncio.to_thread(self._elsewhere.wrap, self._app, self._prefix)
            self._loading = asyncio.create_task(wrap)
        app = self._loading.result() if self._loading.done() else self._app
        await app(scope, receive, send)


def _find_root() -> str:
    """The address that is set, with a slash at its end; blank where none is."""
    address = read_public_address()
    return f"{address}/" if address else ""


@remember_asset
def list_other_keys() -> frozenset[str]:
    """The keys of a page's link, old ones included, that mean nothing to a picture."""
    from ramp155.model.model import Model
    from ui.link.fields import list_link_fields
    from ui.link.session import load_shared_records

    fields = list_link_fields(Model(load_shared_records())).values()
    return frozenset(key for field in fields for key in (field.key, *field.old_keys))
