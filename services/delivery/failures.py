"""What becomes of an effect that could not be carried out: one table from failures to fates.

A failure that certainly did nothing is tried again for as long as it takes. What may have arrived is the business of
`Repeats`: once more at the most, then a calm or the list of what nobody can confirm.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Final

import structlog

from services.delivery.attempts import Attempt
from services.delivery.call_book import CallBook
from services.delivery.messenger import (
    Busy,
    ChatGone,
    ChatMoved,
    MessageGone,
    MessengerError,
    Refused,
    Spent,
    TopicGone,
    Unreached,
    Unsure,
)
from services.delivery.operator_group import Group
from services.delivery.outages import Outages, Passage
from services.delivery.rate_limits import RateLimits
from services.delivery.repeats import Repeats, Unconfirmed
from services.messages.effects import Copy, Effect, Say, ShowCard, TicketPlace, Words
from services.messages.lengths import cut
from services.messages.subjects import message_of, private_chat, ticket_of
from services.queues.alerts import PREFIX, Alerts
from services.queues.backoff import backoff
from services.queues.outbox import CARD, Outgoing, lane_of
from services.queues.troubles import Troubles
from services.queues.worker import Hopeless, Later
from services.texts import TextKey, say
from services.texts.team import Team
from storage.outbox import UNCONFIRMED
from storage.records import Task
from storage.store import Store
from storage.units import Unit

log = structlog.get_logger()
AT_ONCE: Final = timedelta(0)
GROUP_CLOSED: Final = timedelta(seconds=10)
HEALING: Final = "heal:"
"""Of the causes of what puts a damaged place right."""
QUOTED: Final = 80
RECENT_MOST: Final = 10_000
UNREACHED_REST: Final = timedelta(seconds=1)
"""What holds the rest back while the server is away are `Outages`."""


class Failures:
    """Turns every WireError into a fate of its task."""

    def __init__(
        self,
        *,
        store: Store,
        book: CallBook,
        group: Group,
        rate_limits: RateLimits,
        outages: Outages,
        repeats: Repeats,
        alerts: Alerts,
        troubles: Troubles,
        team: Team,
    ) -> None:
        self._store = store
        self._book = book
        self._group = group
        self._rate_limits = rate_limits
        self._outages = outages
        self._repeats = repeats
        self._alerts = alerts
        self._troubles = troubles
        self._team = team
        self._unclear: Counter[str] = Counter()

    @asynccontextmanager
    async def of(self, task: Task, effect: Effect) -> AsyncIterator[Attempt]:
        """Carry an effect out in here, with the attempt that its calls are noted by. Raises Later in an outage."""
        with self._outages.passage() as passage:
            attempt = Attempt(store=self._store, book=self._book, outages=self._outages, passage=passage, task=task)
            try:
                yield attempt
            except Unconfirmed as error:
                await self._unconfirmed(attempt, effect, str(error))
            except MessengerError as error:
                log.info("delivery.failed", fate=type(error).__name__, reason=str(error))
                await self._learn(attempt, passage, error)
                await self._decide(attempt, effect, error)
            else:
                if attempt.left:
                    self._outages.answered()
                self._repeats.settled(task)
                self._unclear.pop(task.lane, None)
                if attempt.left and private_chat(effect) is None:
                    await self._troubles.end("no_access")

    async def allow(self, attempt: Attempt) -> None:
        """Ask, in the attempt, whether it may be made. Raises what `of` knows what to do with, or Later."""
        await self._repeats.allow(attempt.task, attempt.passage)

    async def _learn(self, attempt: Attempt, passage: Passage, error: MessengerError) -> None:
        """Note what a failed call tells of the server, and of the call itself."""
        if isinstance(error, Unsure | Unreached):
            self._outages.failed(passage)
        elif attempt.left:
            self._outages.answered()
        if not isinstance(error, Unsure):
            await attempt.refused()

    async def _decide(self, attempt: Attempt, effect: Effect, error: MessengerError) -> None:
        task = attempt.task
        match error:
            case Busy():
                self._rate_limits.pause(lane_of(effect)[1], error.seconds)
                raise Later(timedelta(seconds=error.seconds), str(error))
            case Spent():
                raise Later(timedelta(seconds=error.seconds), str(error))
            case Unreached():
                raise Later(UNREACHED_REST, str(error))
            case Unsure():
                await self._unsure(attempt, effect, error)
            case ChatMoved():
                await self._group.move(error.chat_id)
                raise Later(AT_ONCE, str(error))
            case TopicGone():
                await self._forget_topic(task, effect)
                raise Later(AT_ONCE, str(error))
            case ChatGone():
                await self._chat_gone(task, effect, error)
            case MessageGone():
                key: TextKey = "desk.no_copy" if isinstance(effect, Say | Copy) else "desk.old_stays"
                await self._undelivered(task, effect, say(key, self._team.language))
            case Refused():
                await self._refused(task, effect, error)
            case _:
                raise error

    def _reminders(self, task: Task) -> timedelta:
        """Wait longer each time, in this process's memory: a restart may well try at once."""
        if len(self._unclear) > RECENT_MOST:
            self._unclear.clear()
        self._unclear[task.lane] += 1
        return backoff(self._unclear[task.lane] - 1, most_s=30)

    async def _unsure(self, attempt: Attempt, effect: Effect, error: Unsure) -> None:
        """An edit, or a question, is repeated freely: twice is as good as once."""
        if not attempt.left:
            raise Later(self._reminders(attempt.task), str(error))
        try:
            rest = self._repeats.rest(attempt.task, error)
        except Unconfirmed:
            await self._unconfirmed(attempt, effect, str(error))
        else:
            await attempt.doubt(rest, str(error))

    async def _unconfirmed(self, attempt: Attempt, effect: Effect, reason: str) -> None:
        """Set it aside without a word that it did not arrive, for it may well have been read."""
        log.warning("delivery.unconfirmed", reason=reason, calls=attempt.task.calls)

        def act(unit: Unit) -> None:
            for task in attempt.tasks:
                unit.outbox.settle(task, error=f"{UNCONFIRMED}{reason}")
            if not self._tell_operator(unit, attempt.task, effect, "desk.unconfirmed"):
                self._alerts.unconfirmed(unit, attempt.task)

        await self._store.write(act)

    async def _forget_topic(self, task: Task, effect: Effect) -> None:
        ticket = ticket_of(effect)
        if ticket is None:
            raise Hopeless("the topic is gone")

        def act(unit: Unit) -> None:
            unit.tickets.place(ticket, topic_id=None, card_id=None)
            if not isinstance(effect, ShowCard):
                # The card went with the topic; without it the new one would have no buttons.
                Outgoing(unit, f"{HEALING}{task.key}").put(ShowCard(ticket_id=ticket), rank=CARD)

        await self._store.write(act)

    async def _chat_gone(self, task: Task, effect: Effect, error: ChatGone) -> None:
        chat = private_chat(effect)
        if chat is None:
            await self._store.write(lambda unit: self._troubles.begin(unit, "no_access", reason=str(error)))
            raise Later(GROUP_CLOSED, str(error))

        def act_2(unit: Unit) -> None:
            unit.outbox.settle(task, error=None)
            customer = unit.customers.find("telegram", str(chat))
            if customer is not None:
                unit.customers.change(customer.id, reachable=False)
                self._tell_operator(
                    unit, task, effect, "desk.undelivered", reason=say("desk.unreachable", self._team.language)
                )

        await self._store.write(act_2)

    async def _refused(self, task: Task, effect: Effect, error: Refused) -> None:
        if private_chat(effect) is not None and message_of(effect) is not None:
            key: TextKey = "desk.refused" if isinstance(effect, Say | Copy) else "desk.old_stays"
            await self._undelivered(task, effect, say(key, self._team.language, why=str(error)))
            return
        raise Hopeless(f"{type(error).__name__}: {error}")

    async def _undelivered(self, task: Task, effect: Effect, reason: str) -> None:
        """Set it aside, and say so where somebody waits for it to arrive."""

        def act(unit: Unit) -> None:
            unit.outbox.settle(task, error=reason)
            if not self._tell_operator(unit, task, effect, "desk.undelivered", reason=reason):
                self._alerts.quarantined(unit, "outbox", task)

        await self._store.write(act)

    async def tell_partly(self, task: Task, effect: Copy, *, missing: int, parts: int) -> None:
        """Tell the operator that of their album not everything has arrived."""

        def act(unit: Unit) -> None:
            reason = say("desk.parts_undelivered", self._team.language, missing=missing, parts=parts)
            self._tell_operator(unit, task, effect, "desk.undelivered", reason=reason)

        await self._store.write(act)

    def _tell_operator(self, unit: Unit, task: Task, effect: Effect, key: TextKey, **values: str) -> bool:
        """Tell the operator whose line it is, under that line. False when it is nobody's line."""
        message_id = message_of(effect)
        message = unit.messages.get(message_id) if message_id is not None else None
        if message is None or message.ticket_id is None or message.author != "operator":
            return False
        text = say(key, self._team.language, **values)
        if message.text:
            text += say("desk.about_line", self._team.language, line=cut(message.text, QUOTED))
        Outgoing(unit, f"{PREFIX}{task.key}").put(
            Say(to=TicketPlace(ticket_id=message.ticket_id), words=Words(text=text))
        )
        return True
