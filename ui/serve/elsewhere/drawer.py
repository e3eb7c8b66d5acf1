"""What other people's pages ask for is drawn in a thread, few at once, and each once for all who ask at the same time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

import anyio

T = TypeVar("T")

_WORKERS = 2  # drawn at once
_MOST_WAITING = 32  # that wait for that; the next is told to come again


class Drawer:
    """What is drawn on demand: few at once in threads, and what is asked for twice at the same time once."""

    def __init__(self) -> None:
        self._workers = anyio.CapacityLimiter(_WORKERS)
        self._under_way: dict[Hashable, asyncio.Task[Any]] = {}

    async def draw(self, name: Hashable, work: Callable[[], T]) -> T | None:
        """What `work` gives; None where too many wait already. Who leaves does not stop it."""
        task = self._under_way.get(name)
        if task is None:
            if self._workers.statistics().tasks_waiting >= _MOST_WAITING:
                return None
            task = asyncio.create_task(anyio.to_thread.run_sync(work, limiter=self._workers))
            self._under_way[name] = task
            task.add_done_callback(lambda _: self._under_way.pop(name, None))
        return cast(T, await asyncio.shield(task))
