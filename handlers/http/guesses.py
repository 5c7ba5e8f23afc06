"""Wrong tokens: who guesses waits longer and longer."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from handlers.http.connection_limit import neighbourhood
from handlers.http.problems import Problem

FREE: Final = 2
"""Anybody mistypes; the third wrong token in a row waits."""
FIRST_S: Final = 0.1
MOST_S: Final = 1.0
WAITING: Final = 8
"""So many guesses of one address wait at once; the others are sent away."""
FORGIVEN_S: Final = 600.0
REMEMBERED: Final = 1024
"""Addresses; the one that has been quiet for longest is forgotten first."""
AGAIN_S: Final = 5
Sleep = Callable[[float], Awaitable[None]]


@dataclass(slots=True, kw_only=True)
class _Guesser:
    wrong: int = 0
    waiting: int = 0
    last_at: float = 0.0


class Guesses:
    """Remembers addresses that have brought wrong tokens."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic, sleep: Sleep = asyncio.sleep) -> None:
        self._clock = clock
        self._sleep = sleep
        self._guessers: OrderedDict[str, _Guesser] = OrderedDict()

    async def slow_down(self, host: str | None) -> None:
        """Count a wrong token and let its sender wait. Raises Problem where many guess at once."""
        guesser = self._known(neighbourhood(host))
        guesser.wrong += 1
        guesser.last_at = self._clock()
        if guesser.wrong <= FREE:
            return
        if guesser.waiting >= WAITING:
            raise Problem(429, "too many wrong tokens from this address", Retry_After=str(AGAIN_S))
        guesser.waiting += 1
        try:
            await self._sleep(min(MOST_S, FIRST_S * 2.0 ** min(guesser.wrong - FREE - 1, 8)))
        finally:
            guesser.waiting -= 1

    def _known(self, address: str) -> _Guesser:
        guesser = self._guessers.pop(address, None)
        if guesser is None or self._clock() - guesser.last_at > FORGIVEN_S:
            guesser = _Guesser()
        self._guessers[address] = guesser
        while len(self._guessers) > REMEMBERED:
            self._guessers.popitem(last=False)
        return guesser
