"""What becomes of an effect that could not be carried out: one table from failures to fates.

A failure that certainly did nothing is tried again for as long as it takes. A line to a customer that may have gone out
is tried once more at the most, and only after the server has shown that it is back; so one break costs one duplicate at
worst. What people of the team see is tried until it stands there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Final

import structlog

from services.alarms import PREFIX, Alarms
from services.backoff import backoff
from services.effects import (
    Copy,
    Effect,
    PrivateChat,
    Reword,
    Say,
    ShowAside,
    ShowCard,
    ShowPage,
    TicketPlace,
    Withdraw,
    Words,
)
from services.group import Group
from services.outgoing import CARD, Outgoing, lane_of
from services.texts import say
from services.traffic import Traffic
from services.troubles import Troubles
from services.wire import (
    Busy,
    ChatGone,
    ChatMoved,
    MessageGone,
    Refused,
    TopicGone,
    Unreached,
    Unsure,
    WireError,
)
from services.worker import Again, Hopeless, Later
from storage.records import Task
from storage.store import Store
from storage.units import Unit

log = structlog.get_logger()
AT_ONCE: Final = timedelta(0)
GROUP_CLOSED: Final = timedelta(seconds=30)
HEALING: Final = "heal:"
"""Of the causes of what puts a damaged place right."""
RECENT_MOST: Final = 10_000
BREATH: Final = timedelta(seconds=2)
CONVALESCENCE: Final = timedelta(seconds=15)
"""A server that answers 5xx gets this long before the one more try is spent on it."""
MORE_TRIES: Final = 1
"""Of a send that may have gone out."""


class Fates:
    """Turns every WireError into a fate of its task."""

    def __init__(
        self, *, store: Store, group: Group, traffic: Traffic, alarms: Alarms, troubles: Troubles, team_language: str
    ) -> None:
        self._store = store
        self._group = group
        self._traffic = traffic
        self._alarms = alarms
        self._troubles = troubles
        self._team = team_language
        self._unreached: Counter[str] = Counter()
        self.duplicates_possible = 0
        """Sends that were tried again although the first may have gone out."""

    @asynccontextmanager
    async def of(self, task: Task, effect: Effect) -> AsyncIterator[None]:
        """Carry an effect out in here."""
        try:
            yield
        except WireError as error:
            log.info("delivery.failed", fate=type(error).__name__, reason=str(error))
            await self._decide(task, effect, error)
        else:
            self._unreached.pop(task.lane, None)
            if isinstance(effect, Say | Copy) and not isinstance(effect.to, PrivateChat):
                await self._troubles.end("no_access")

    async def _decide(self, task: Task, effect: Effect, error: WireError) -> None:
        match error:
            case Busy():
                self._traffic.pause(lane_of(effect)[1], error.seconds)
                raise Later(timedelta(seconds=error.seconds), str(error))
            case Unreached():
                raise Later(self._patience(task), str(error))
            case Unsure():
                self._unsure(task, effect, error)
            case ChatMoved():
                await self._group.move(error.chat_id)
                raise Later(AT_ONCE, str(error))
            case TopicGone():
                await self._forget_topic(task, effect)
                raise Later(AT_ONCE, str(error))
            case ChatGone():
                await self._chat_gone(task, effect, error)
            case MessageGone():
                key = "desk.no_copy" if isinstance(effect, Say | Copy) else "desk.old_stays"
                await self._undelivered(task, effect, say(key, self._team))
            case Refused():
                await self._refused(task, effect, error)
            case _:
                raise error

    def _patience(self, task: Task) -> timedelta:
        """Wait longer each time, in this process's memory: a restart may well try at once."""
        if len(self._unreached) > RECENT_MOST:
            self._unreached.clear()
        self._unreached[task.lane] += 1
        return backoff(self._unreached[task.lane] - 1, most_s=30)

    def _unsure(self, task: Task, effect: Effect, error: Unsure) -> None:
        """A customer may read a line twice at the most; a card or a warning twice harms nobody, its loss does."""
        self._traffic.doubt()
        if not (isinstance(effect, Say | Copy) and isinstance(effect.to, PrivateChat) and effect.message_id):
            raise Later(self._patience(task), str(error))
        if task.attempts >= MORE_TRIES:
            raise Hopeless(f"{type(error).__name__}: {error}")
        self.duplicates_possible += 1
        raise Again(str(error), CONVALESCENCE if error.sick else BREATH)

    async def _forget_topic(self, task: Task, effect: Effect) -> None:
        ticket = _ticket_of(effect)
        if ticket is None:
            raise Hopeless("the topic is gone")
        async with self._store.write() as unit:
            await unit.tickets.place(ticket, topic_id=None, card_id=None)
            if not isinstance(effect, ShowCard):
                # The card went with the topic; without it the new one would have no buttons.
                Outgoing(unit, f"{HEALING}{task.key}").put(ShowCard(ticket_id=ticket), rank=CARD)

    async def _chat_gone(self, task: Task, effect: Effect, error: ChatGone) -> None:
        chat = _private_chat(effect)
        if chat is None:
            async with self._store.write() as unit:
                await self._troubles.begin(unit, "no_access", reason=str(error))
            raise Later(GROUP_CLOSED, str(error))
        async with self._store.write() as unit:
            await unit.outbox.settle(task, error=None)
            customer = await unit.customers.find("telegram", str(chat))
            if customer is not None:
                await unit.customers.change(customer.id, reachable=False)
                await self._tell_operator(unit, task, effect, say("desk.unreachable", self._team))

    async def _refused(self, task: Task, effect: Effect, error: Refused) -> None:
        if _private_chat(effect) is not None and _message_of(effect) is not None:
            key = "desk.refused" if isinstance(effect, Say | Copy) else "desk.old_stays"
            await self._undelivered(task, effect, say(key, self._team, why=str(error)))
            return
        raise Hopeless(f"{type(error).__name__}: {error}")

    async def _undelivered(self, task: Task, effect: Effect, reason: str) -> None:
        """Set it aside, and say so where somebody waits for it to arrive."""
        async with self._store.write() as unit:
            await unit.outbox.settle(task, error=reason)
            if not await self._tell_operator(unit, task, effect, reason):
                self._alarms.quarantined(unit, "outbox", task)

    async def tell_partly(self, task: Task, effect: Copy, *, missing: int, parts: int) -> None:
        """Tell the operator that of their album not everything has arrived."""
        async with self._store.write() as unit:
            reason = say("desk.parts_undelivered", self._team, missing=missing, parts=parts)
            await self._tell_operator(unit, task, effect, reason)

    async def _tell_operator(self, unit: Unit, task: Task, effect: Effect, reason: str) -> bool:
        """Tell the operator whose line it is, under that line. False when it is nobody's line."""
        message_id = _message_of(effect)
        message = await unit.messages.get(message_id) if message_id is not None else None
        if message is None or message.ticket_id is None or message.author != "operator":
            return False
        text = say("desk.undelivered", self._team, reason=reason)
        Outgoing(unit, f"{PREFIX}{task.key}").put(
            Say(to=TicketPlace(ticket_id=message.ticket_id), words=Words(text=text))
        )
        return True


def _message_of(effect: Effect) -> int | None:
    """Return the stored message that an effect brings, changes or takes back."""
    return effect.message_id if isinstance(effect, Say | Copy | Reword | Withdraw) else None


def _ticket_of(effect: Effect) -> int | None:
    if isinstance(effect, Say | Copy):
        return effect.to.ticket_id if isinstance(effect.to, TicketPlace) else None
    return getattr(effect, "ticket_id", None)


def _private_chat(effect: Effect) -> int | None:
    """Return the chat of a person, None for the operator group."""
    if isinstance(effect, Say | Copy | ShowPage | ShowAside):
        return effect.to.chat_id if isinstance(effect.to, PrivateChat) else None
    return getattr(effect, "chat_id", None)
