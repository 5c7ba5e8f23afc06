"""Lets messages be found by their words, apart from their way: a few at a time, soon after they were written."""

from __future__ import annotations

import asyncio
from time import perf_counter
from typing import Final

from storage.store import Store

AT_ONCE: Final = 200
BREATH_S: Final = 0.05
"""Between two steps, so that no message waits for a backlog."""
REST: Final = 9
"""So many times as long as a step took it rests: messages of years, at the first start, are a tenth of a core."""


class Indexing:
    """Looks for messages that cannot be found yet."""

    def __init__(self, *, store: Store) -> None:
        self._store = store
        self._seen = -1

    async def look(self) -> int:
        """Read all that is new; return how much. Nothing is asked for where nothing has been written since."""
        newest = await self._store.read(lambda unit: unit.search.newest())
        if newest == self._seen:
            return 0
        read = 0
        while True:
            began = perf_counter()
            count = await self._step()
            read += count
            if count < AT_ONCE:
                break
            await asyncio.sleep(max(BREATH_S, REST * (perf_counter() - began)))
        self._seen = newest
        return read

    async def _step(self) -> int:
        found = await self._store.read(lambda unit: unit.search.unread(most=AT_ONCE))
        if found:
            await self._store.write(lambda unit: unit.search.add(found))
        return len(found)
