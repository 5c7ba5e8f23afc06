"""What costs something to find out, found out seldom."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Cached(Generic[T]):
    """Tells what was found within the last `hold_s`. Who asks while it is looked for waits for that same answer."""

    def __init__(
        self, find: Callable[[], Awaitable[T]], *, hold_s: float = 1.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """With a `hold_s` of 0 an answer is only shared by those who ask at the same time."""
        self._find = find
        self._hold_s = hold_s
        self._clock = clock
        self._looking: asyncio.Task[T] | None = None
        self._until = 0.0

    async def get(self) -> T:
        if self._looking is None or (self._looking.done() and self._clock() >= self._until):
            self._looking = asyncio.create_task(self._look())
        return await asyncio.shield(self._looking)

    async def _look(self) -> T:
        try:
            return await self._find()
        finally:
            self._until = self._clock() + self._hold_s
