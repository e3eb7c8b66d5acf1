"""`/oembed?url=...`: how a page or embed of ours is to be shown (oEmbed 1.0, JSON), for whoever is given its address."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from functools import partial

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ramp155.files.embed.card import read_address
from ramp155.files.embed.frame import FRAME_HEIGHT, FRAME_WIDTH, describe_embed
from ramp155.files.embed.request import write_embed_path
from ramp155.model.model import Model
from ramp155.record.faults import RecordsError
from ui.serve.elsewhere.cards import Cards
from ui.serve.problems import OPEN_HEADERS, build_problem

_LEAST_WIDTH, _LEAST_HEIGHT = 320, 320  # pixels


class Oembed:
    """The description of our addresses.

    Parameters
    ----------
    cards : Cards
        What a link is shown as.
    find_public : callable
        Gives the address of the server for others, with a slash at its end, from a request.
    list_other_keys : callable
        Gives the keys of a page's link that mean nothing to a picture.
    """

    def __init__(
        self,
        cards: Cards,
        find_public: Callable[[Request], str],
        list_other_keys: Callable[[], Collection[str]],
    ) -> None:
        self._cards = cards
        self._find_public = find_public
        self._list_other_keys = list_other_keys

    async def send(self, request: Request) -> Response:
        """Answer what an address of ours is to be shown as."""
        asked = request.query_params
        if asked.get("format", "json") != "json":
            return build_problem(501, "Only format=json is answered.")
        if not asked.get("url"):
            return build_problem(
                400, "url is missing: the address of a page or picture of this server."
            )
        try:
            width = _read_most(asked.get("maxwidth"), FRAME_WIDTH, _LEAST_WIDTH)
            height = _read_most(asked.get("maxheight"), FRAME_HEIGHT, _LEAST_HEIGHT)
            public = self._find_public(request)
            records = await asyncio.to_thread(self._cards.load_records)
            work = partial(read_address, records, public, asked["url"], self._list_other_keys())
            page, query, embed = await asyncio.to_thread(work)
        except RecordsError:
            return build_problem(503, "The record breaks its own rules.", {"Retry-After": "60"})
        except KeyError:
            return build_problem(
                404, "This is not the address of a page or picture of this server."
            )
        except ValueError:
            return build_problem(400, "The question cannot be read.")
        card = await self._cards.find(Model(records), page, query, embed)
        path = write_embed_path(records, card.request)
        described = describe_embed(public, path, card.title[:300], width, height)
        headers = {**OPEN_HEADERS, "Cache-Control": "public, max-age=300"}
        return JSONResponse(described, headers=headers)


def _read_most(text: str | None, usual: int, least: int) -> int:
    """The most that a side may be, pixels. Raises ValueError for what is no number."""
    return usual if not text else max(min(int(text), usual), least)
