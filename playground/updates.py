"""The queue of updates: ids rise, an offset confirms, one poller at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import Any, Final

from playground.errors import conflict

LONGEST_POLL_S: Final = 50.0
MOST: Final = 100
FIRST_ID: Final = 700_000_001
NOT_BY_DEFAULT: Final = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
SECOND_POLLER: Final = "terminated by other getUpdates request; make sure that only one bot instance is running"


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """A pending update. `lane`: what webhooks keep in order: the chat, or the user for presses."""

    update_id: int
    body: dict[str, Any]
    lane: int


class Updates:
    """Pending updates, kept by rising id. Whoever listens (a webhook) is told of each new one."""

    def __init__(self, *, clock: Callable[[], float], past: int = 0) -> None:
        self.pending: dict[int, Update] = {}
        self.next_id = FIRST_ID + past
        self.last_poll: float | None = None
        self.listener: Callable[[Update], None] | None = None
        self.dropped: Callable[[], None] = lambda: None
        """Called when the bot has taken one."""
        self._clock = clock
        self._allowed: frozenset[str] = frozenset()
        self._poller: asyncio.Future[None] | None = None

    @property
    def allowed(self) -> list[str]:
        return sorted(self._allowed)

    @property
    def polled_now(self) -> bool:
        return self._poller is not None

    def forget_poller(self) -> None:
        """The bot that polled has ended; only a poll that is yet to come shows a bot again."""
        self.last_poll = self._poller = None

    def allow(self, kinds: list[Any] | None) -> None:
        """Remember which kinds are wanted; None leaves it as it was, an empty list means the usual ones."""
        if kinds is not None:
            self._allowed = frozenset(str(kind) for kind in kinds)

    def put(self, kind: str, content: dict[str, Any], *, lane: int) -> int | None:
        """Queue an update unless its kind is not wanted; give its id."""
        wanted = kind in self._allowed if self._allowed else kind not in NOT_BY_DEFAULT
        return self.inject({kind: content}, lane=lane) if wanted else None

    def inject(self, raw: dict[str, Any], *, lane: int = 0) -> int:
        """Queue `raw` as it is, whatever was asked for; without an `update_id` it gets the next one."""
        update_id = raw.get("update_id")
        if not isinstance(update_id, int):
            update_id = self.next_id
        update = Update(update_id=update_id, body={"update_id": update_id} | raw, lane=lane)
        if self.pending and update_id < next(reversed(self.pending)):
            self.pending = dict(sorted((self.pending | {update_id: update}).items()))
        else:
            self.pending[update_id] = update
        self.next_id = max(self.next_id, update_id + 1)
        if self.listener:
            self.listener(update)
        elif self._poller and not self._poller.done():
            self._poller.set_result(None)
        return update_id

    def restore(self, pending: Iterable[Update], *, next_id: int, allowed: Iterable[str]) -> None:
        """Take in what an earlier time left undelivered; ids go on from there, or from `past` where that is more."""
        self.pending = {update.update_id: update for update in pending}
        self.next_id = max(self.next_id, next_id)
        self._allowed = frozenset(allowed)

    def clear(self) -> None:
        """Forget what waits; ids go on."""
        self.pending = {}
        self.dropped()

    def drop(self, update_id: int) -> None:
        """Forget an update that the bot has."""
        self.pending.pop(update_id, None)
        self.dropped()

    async def poll(self, *, offset: int, limit: int, timeout: float) -> list[dict[str, Any]]:  # noqa: ASYNC109  the Bot API calls it so
        """Confirm what is below `offset` (below zero: all but the last few); wait for something to give."""
        self.terminate(SECOND_POLLER)
        self.last_poll = self._clock()
        self._confirm(offset)
        if not self.pending and timeout > 0:
            await self._wait(min(timeout, LONGEST_POLL_S))
        self.last_poll = self._clock()
        count = limit if 0 < limit <= MOST else MOST
        return [update.body for update in islice(self.pending.values(), count)]

    def terminate(self, reason: str) -> None:
        """Answer the poll under way, if there is one, with 409."""
        if self._poller and not self._poller.done():
            self._poller.set_exception(conflict(reason))
        self._poller = None

    async def _wait(self, seconds: float) -> None:
        poller = self._poller = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                await poller
        except TimeoutError:
            pass
        finally:
            if self._poller is poller:
                self._poller = None

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            offset = next(islice(reversed(self.pending), -offset - 1, None), 0)
        for update_id in list(takewhile(lambda waiting: waiting < offset, self.pending)):
            self.drop(update_id)
