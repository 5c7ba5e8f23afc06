"""Remembers answers, and lets those who ask the same at the same time wait for one."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Memory(Generic[K, V]):
    """A bounded memory of the answers used last. Failures are shared with those who wait, and not remembered."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._known: OrderedDict[K, V] = OrderedDict()
        self._asked: dict[K, tuple[asyncio.Task[V], set[object]]] = {}

    def __len__(self) -> int:
        return len(self._known)

    def get(self, key: K) -> V | None:
        if key in self._known:
            self._known.move_to_end(key)
        return self._known.get(key)

    def is_asked(self, key: K) -> bool:
        """Whether an answer is on its way."""
        return key in self._asked

    async def ask(self, key: K, asking: Callable[[], Awaitable[V]]) -> V:
        """Wait for the answer on its way, or ask for it. It is given up when nobody waits for it any more."""
        if key not in self._asked:
            task = asyncio.create_task(self._learn(key, asking))
            task.add_done_callback(_looked_at)
            self._asked[key] = (task, set())
        task, waiting = self._asked[key]
        me = object()
        waiting.add(me)
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            if waiting == {me} and not task.done():
                del self._asked[key]
                task.cancel()
            raise
        finally:
            waiting.discard(me)

    async def _learn(self, key: K, asking: Callable[[], Awaitable[V]]) -> V:
        mine = asyncio.current_task()
        try:
            answer = await asking()
        finally:
            if key in self._asked and self._asked[key][0] is mine:
                del self._asked[key]
        self._known[key] = answer
        while len(self._known) > self._size:
            self._known.popitem(last=False)
        return answer


def _looked_at(task: asyncio.Task[V]) -> None:
    """Take note of a failure that came when nobody waited any more: asyncio would complain of it otherwise."""
    if not task.cancelled():
        task.exception()
