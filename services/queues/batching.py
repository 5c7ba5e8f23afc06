"""Do at once what many ask for at the same time: one transaction for all that has come meanwhile.

A transaction each would cost as many flushes and trips to the database, and a kill makes ambiguous whatever waits.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, Generic, TypeVar

from storage.errors import AlreadySettled

T = TypeVar("T")
MOST: Final = 64


class Batching(Generic[T]):
    """Act on one batch at a time; what comes meanwhile is the next one."""

    def __init__(self, act: Callable[[Sequence[T]], Awaitable[None]]) -> None:
        """`act` does everything or nothing. When it raises AlreadySettled, each of the batch is tried by itself."""
        self._act = act
        self._waiting: deque[tuple[T, asyncio.Future[None]]] = deque()
        self._working: asyncio.Task[None] | None = None

    async def do(self, item: T) -> None:
        """Return once it is done. Raises what `act` raises. Given up by its caller, it is done all the same."""
        outcome: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, outcome))
        if self._working is None:
            self._working = asyncio.create_task(self._work(), name="together")
        await outcome

    async def _work(self) -> None:
        try:
            while self._waiting:
                batch = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
                await self._carry_out(batch)
        finally:
            self._working = None

    async def _carry_out(self, batch: Sequence[tuple[T, asyncio.Future[None]]]) -> None:
        try:
            await self._act([item for item, _ in batch])
        except AlreadySettled as error:
            if len(batch) == 1:
                _end(batch, error)
            else:
                for one in batch:
                    await self._carry_out([one])
        except BaseException as error:
            _end(batch, error)
            if not isinstance(error, Exception):
                raise
        else:
            _end(batch, None)


def _end(batch: Sequence[tuple[object, asyncio.Future[None]]], error: BaseException | None) -> None:
    for _, outcome in batch:
        with contextlib.suppress(asyncio.InvalidStateError):  # its caller has given it up
            if error is None:
                outcome.set_result(None)
            else:
                outcome.set_exception(error)
