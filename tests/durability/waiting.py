"""For what rings no bell: files another process writes, states that nobody announces."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


async def until(true: Callable[[], object], *, within_s: float = 90) -> None:
    """Return once it is."""
    async with asyncio.timeout(within_s):
        while not true():  # noqa: ASYNC110
            await asyncio.sleep(0.05)
