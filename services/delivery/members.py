"""Who counts as an operator: members of the operator group, as the messenger tells it.

In a public group, or under a channel's posts, anybody can write and press; a stranger must neither take a ticket nor be
read by a customer. An answer is believed for minutes. Where there is none, the last one holds, over restarts too.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import structlog

from services.delivery.messenger import Messenger, MessengerError, Refused
from services.desk.roster import LEFT, MEMBER, note_of
from services.messages.effects import ShowCard
from services.queues.outbox import TOUCH, Outgoing
from services.queues.outcomes import Postpone
from storage.records import Cause
from storage.store import Store
from storage.units import Unit

log = structlog.get_logger()
FRESH_S: Final = 300.0
ASK_S: Final = 5.0
"""Whoever has pressed a button waits for a word."""
SOON_S: Final = 1.5
"""Whoever has opened a menu reads it within two seconds."""
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
        """Return whether somebody who writes or presses in the group is an operator. Raises Postpone."""
        known = self._answers.get((chat_id, user_id))
        if known is not None and self._clock() - known.at < FRESH_S:
            return known.member
        member = await self._asked(chat_id, user_id)
        if len(self._answers) >= REMEMBERED:
            self._answers.clear()
        self._answers[chat_id, user_id] = _Answer(member=member, at=self._clock())
        return member

    async def refresh(self, chat_id: int, user_ids: Collection[int]) -> None:
        """Ask about operators who are known, all at once, and note who has left. What is not known soon stays."""
        members = await asyncio.gather(*(self._known(chat_id, one) for one in user_ids))
        gone = [one for one, member in zip(user_ids, members, strict=True) if member is False]

        def act(unit: Unit) -> None:
            for one in gone:
                unit.key_values.write(note_of(chat_id, one), LEFT)

        if gone:
            await self._store.write(act)

    async def _known(self, chat_id: int, user_id: int) -> bool | None:
        """Return whether somebody is a member; None where nobody can tell at once."""
        try:
            async with asyncio.timeout(SOON_S):
                return await self.counts(chat_id, user_id)
        except (Postpone, TimeoutError):
            return None

    async def changed(
        self, cause: Cause, chat_id: int, *, came: Collection[int] = (), left: Collection[int] = ()
    ) -> None:
        """Note who has come or gone, as the group itself tells; the cards of their tickets say so."""
        for one in (*came, *left):
            self._answers.pop((chat_id, one), None)

        def act(unit: Unit) -> None:
            outgoing = Outgoing(unit, cause.key)
            for one in (*came, *left):
                if unit.operators.get(one) is None:
                    continue
                unit.key_values.write(note_of(chat_id, one), LEFT if one in left else MEMBER)
                for ticket in unit.tickets.taken_by(one):
                    outgoing.put(ShowCard(ticket_id=ticket.id), rank=TOUCH)

        await self._store.write(act, cause)

    async def forget(self, cause: Cause) -> None:
        """Keep nothing of what a stranger has said but that it came."""

        def act(unit: Unit) -> None:
            if cause.task is not None:
                unit.inbox.forget(cause.task)

        await self._store.write(act, cause)

    async def _asked(self, chat_id: int, user_id: int) -> bool:
        note = note_of(chat_id, user_id)
        before = await self._store.read(lambda unit: unit.key_values.read(note)) == MEMBER
        try:
            async with asyncio.timeout(ASK_S):
                member = await self._messenger.is_member(chat_id, user_id)
        except (MessengerError, TimeoutError) as error:
            log.info("members.no_answer", error=type(error).__name__)
            return before or await self._allowed(chat_id, error)
        if member and not before:
            await self._store.write(lambda unit: unit.key_values.write(note, MEMBER))
        elif before and not member:
            await self._store.write(lambda unit: unit.key_values.write(note, LEFT))
        return member

    async def _allowed(self, chat_id: int, error: Exception) -> bool:
        """Judge somebody never heard of before. Who writes in a group that nobody can enter by themselves is a member.

        Raises Postpone where a later answer may tell.
        """
        if not isinstance(error, Refused):
            raise Postpone(SOON, "it is not known whether this is an operator")
        try:
            return not await self._messenger.is_open(chat_id)
        except Refused:
            return True
        except MessengerError as again:
            raise Postpone(SOON, "it is not known whether this is an operator") from again
