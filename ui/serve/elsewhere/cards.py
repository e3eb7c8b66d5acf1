"""What a link is shown as, found within a bound: a crawler never waits long for a view that nobody has worked out yet."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial

from ramp155.files.embed.card import Card, write_card, write_general_card
from ramp155.files.embed.request import EmbedRequest
from ramp155.model.model import Model
from ramp155.record.records import Records
from ui.serve.elsewhere.drawer import Drawer

_MOST_SECONDS = 3.0


class Cards:
    """Cards of links.

    Parameters
    ----------
    load_records : callable
        Gives the record.
    drawer : Drawer
        Bounds how much is worked out at once.
    """

    def __init__(self, load_records: Callable[[], Records], drawer: Drawer) -> None:
        self.load_records = load_records
        self.drawer = drawer

    async def find(
        self, model: Model, page: str, query: Sequence[tuple[str, str]], asked: EmbedRequest
    ) -> Card:
        """A page's card with what its view comes to, else, where that takes too long, the page's general one.

        The work goes on, so that who asks again is told.
        """
        work = partial(write_card, model, page, query, asked)
        question = ("card", model.record.version, page, tuple(query), asked.view)
        try:
            card = await asyncio.wait_for(self.drawer.draw(question, work), _MOST_SECONDS)
        except (TimeoutError, ValueError):
            card = None
        return card or write_general_card(page, asked)
