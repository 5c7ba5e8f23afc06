"""Who counts as an operator: members of the operator group, as the messenger tells it.

In a public group, or under a channel's posts, anybody can write and press; a stranger must neither take a ticket nor be
read by a customer. An answer is believed for minutes. Where there is none, the last one holds, over restarts too.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import structlog

from services.delivery.messenger import Messenger, MessengerError, Refused
from services.queues.worker import Later
from storage.records import Cause
from storage.store import Store
from storage.units import Unit

log = structlog.get_logger()
FRESH_S: Final = 300.0
ASK_S: Final = 5.0
"""Whoever has pressed a button waits for a word."""
SOON: Final = timedelta(seconds=3)
REMEMBERED: Final = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    member: bool
    at: float


class Members:
    """Asks, and remembers what it was told."""

    def __init__(self, *, store: Store, messenger: Messenger, clock: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._messenger = messenger
        self._clock = clock
        self._answers: dict[tuple[int, int], _Answer] = {}

    async def counts(self, chat_id: int, user_id: int) -> bool:
        """Return whether somebody who writes or presses in the group is an operator. Raises Later."""
        known = self._answers.get((chat_id, user_id))
        if known is not None and self._clock() - known.at < FRESH_S:
            return known.member
        member = await self._asked(chat_id, user_id)
        if len(self._answers) >= REMEMBERED:
            self._answers.clear()
        self._answers[chat_id, user_id] = _Answer(member=member, at=self._clock())
        return member

    async def forget(self, cause: Cause) -> None:
        """Keep nothing of what a stranger has said but that it came."""

        def act(unit: Unit) -> None:
            if cause.task is not None:
                unit.inbox.forget(cause.task)

        await self._store.write(act, cause)

    async def _asked(self, chat_id: int, user_id: int) -> bool:
        note = f"member:{chat_id}:{user_id}"
        before = await self._store.read(lambda unit: unit.key_values.read(note)) is not None
        try:
            async with asyncio.timeout(ASK_S):
                member = await self._messenger.is_member(chat_id, user_id)
        except (MessengerError, TimeoutError) as error:
            log.info("members.no_answer", error=type(error).__name__)
            return before or await self._allowed(chat_id, error)
        if member and not before:
            await self._store.write(lambda unit: unit.key_values.write(note, ""))
        elif before and not member:
            await self._store.write(lambda unit: unit.key_values.forget(note))
        return member

    async def _allowed(self, chat_id: int, error: Exception) -> bool:
        """Judge somebody never heard of before. Who writes in a group that nobody can enter by themselves is a member.

        Raises Later where a later answer may tell.
        """
        if not isinstance(error, Refused):
            raise Later(SOON, "it is not known whether this is an operator")
        try:
            return not await self._messenger.is_open(chat_id)
        except Refused:
            return True
        except MessengerError as again:
            raise Later(SOON, "it is not known whether this is an operator") from again
