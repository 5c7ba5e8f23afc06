"""What is done with an effect that could not be carried out: `remedies` says what it calls for, and here that is done.

A failure that certainly did nothing is tried again for as long as it takes. What may have arrived is the business of
`Repeats`: once more at the most, then a calm or the list of what nobody can confirm.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Final, assert_never

import structlog

from services.delivery.accounts import doubted
from services.delivery.attempts import Attempt
from services.delivery.call_book import CallBook
from services.delivery.messenger import ChatGone, MessengerError, Unreached, Unsure
from services.delivery.operator_group import Group
from services.delivery.operator_groups import Groups
from services.delivery.outages import GuardedCall, Outages
from services.delivery.rate_limits import RateLimits
from services.delivery.remedies import (
    AT_ONCE,
    GroupClosed,
    GroupMoved,
    MayHaveArrived,
    PersonGone,
    Remedy,
    SetAside,
    TopicLost,
    TryFreely,
    TryLater,
    Undelivered,
    UndeliveredKey,
    remedy_of,
)
from services.delivery.repeats import Repeats, Unconfirmed
from services.delivery.telling import Telling
from services.desk import reach
from services.messages.effects import Copy, Effect, PrivateChat, Say, ShowCard, decode
from services.messages.subjects import message_of, reader_of
from services.queues.alerts import Alerts
from services.queues.backoff import backoff
from services.queues.outbox import CARD, Outgoing
from services.queues.outcomes import PermanentFailure, Postpone
from services.queues.troubles import Troubles
from services.texts import say
from services.texts.team import Team
from storage.address import Address
from storage.outbox import UNCONFIRMED
from storage.records import Task, Ticket
from storage.store import Store
from storage.units import Unit

log = structlog.get_logger()
HEALING: Final = "heal:"
"""Keys begin so of cards that are posted again because their topic was deleted."""
LOST: Final = "lost:"
"""Of cards that say that their customer cannot be reached."""
RECENT_MOST: Final = 10_000
LOOK_AHEAD: Final = 20


class Failures:
    """Turns every MessengerError into what is done with its task."""

    def __init__(
        self,
        *,
        store: Store,
        book: CallBook,
        groups: Groups,
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
        self._groups = groups
        self._group = group
        self._rate_limits = rate_limits
        self._outages = outages
        self._repeats = repeats
        self._alerts = alerts
        self._troubles = troubles
        self._team = team
        self._telling = Telling(team=team)
        self._unclear: Counter[str] = Counter()

    @asynccontextmanager
    async def of(self, task: Task, effect: Effect) -> AsyncIterator[Attempt]:
        """Carry an effect out in here, with the attempt that its calls are noted by. Raises Postpone in an outage."""
        with self._outages.guarded() as call:
            attempt = Attempt(store=self._store, book=self._book, outages=self._outages, call=call, task=task)
            try:
                yield attempt
            except Unconfirmed as error:
                await self._unconfirmed(attempt, effect, str(error))
            except MessengerError as error:
                log.info("delivery.failed", failure=type(error).__name__, reason=str(error))
                await self._learn(attempt, call, error)
                await self._meet(remedy_of(error, effect, noted=attempt.left), attempt, effect, error)
            else:
                if attempt.left:
                    self._outages.answered()
                self._repeats.settled(task)
                self._unclear.pop(task.lane, None)
                if attempt.left and reader_of(effect) is None:
                    await self._troubles.end("no_access", self._group.id)

    async def allow(self, attempt: Attempt) -> None:
        """Ask, in the attempt, whether it may be made. Raises what `of` knows what to do with, or Postpone."""
        await self._repeats.allow(attempt.task, attempt.call)

    async def _learn(self, attempt: Attempt, call: GuardedCall, error: MessengerError) -> None:
        """Note what a failed call tells of the server, and of the call itself."""
        if isinstance(error, Unsure | Unreached):
            self._outages.failed(call)
        elif attempt.left:
            self._outages.answered()
        if not isinstance(error, Unsure):
            await attempt.refused()

    async def _meet(  # noqa: C901  # one case a remedy
        self, remedy: Remedy, attempt: Attempt, effect: Effect, error: MessengerError
    ) -> None:
        task, why = attempt.task, str(error)
        match remedy:
            case TryLater(after, pool_rests):
                if pool_rests and error.chat is not None:
                    self._rate_limits.pause(error.chat, after.total_seconds())
                raise Postpone(after, why)
            case TryFreely():
                raise Postpone(self._reminders(task), why)
            case MayHaveArrived(unsure):
                await self._unsure(attempt, effect, unsure)
            case GroupMoved(chat_id):
                await self._groups.move(error.chat or 0, chat_id)
                raise Postpone(AT_ONCE, why)
            case TopicLost(ticket_id):
                await self._forget_topic(task, effect, ticket_id)
                raise Postpone(AT_ONCE, why)
            case GroupClosed(after):
                await self._store.write(
                    lambda unit: self._troubles.begin(
                        unit,
                        "no_access",
                        self._group.id,
                        reason=(isinstance(error, ChatGone) and error.because) or why,
                        group=self._groups.name_of(self._group),
                    )
                )
                raise Postpone(after, why)
            case PersonGone(address):
                await self._person_gone(task, effect, address)
            case Undelivered(key):
                await self._undelivered(task, effect, key, say(key, self._team.language, why=why))
            case SetAside(reason):
                raise PermanentFailure(reason)
            case _:
                assert_never(remedy)

    def _reminders(self, task: Task) -> timedelta:
        """Wait longer each time, in this process's memory: a restart may well try at once."""
        if len(self._unclear) > RECENT_MOST:
            self._unclear.clear()
        self._unclear[task.lane] += 1
        return backoff(self._unclear[task.lane] - 1, most_s=30)

    async def _unsure(self, attempt: Attempt, effect: Effect, error: Unsure) -> None:
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
            if not self._telling.operator(unit, attempt.task, effect, "desk.unconfirmed"):
                self._alerts.unconfirmed(unit, attempt.task)

        await self._store.write(act)

    async def _forget_topic(self, task: Task, effect: Effect, ticket_id: int) -> None:
        def act(unit: Unit) -> None:
            ticket = unit.tickets.get(ticket_id)
            if ticket is not None and ticket.thread_id is not None:
                self._tell_of_lost_topic(unit, ticket)
            unit.tickets.place(ticket_id, topic_id=None, card_id=None)
            if not isinstance(effect, ShowCard):
                # The card went with the topic; without it the new one would have no buttons.
                Outgoing(unit, f"{HEALING}{task.key}").put(ShowCard(ticket_id=ticket_id), rank=CARD)

        await self._store.write(act)

    def _tell_of_lost_topic(self, unit: Unit, ticket: Ticket) -> None:
        """The topic that a route names is gone: its tickets stand by themselves from now on, and admins hear of it."""
        unit.tickets.change(ticket.id, thread_id=None)
        cause = f"no_topic:{ticket.group_id}:{ticket.thread_id}"
        self._alerts.admins(
            unit,
            cause,
            "no_topic",
            topic=ticket.thread_id,
            group=self._groups.name_of(self._groups.of(ticket.group_id)),
        )

    async def _person_gone(self, task: Task, effect: Effect, address: Address) -> None:
        def act(unit: Unit) -> None:
            unit.outbox.settle(task, error=None)
            customer = unit.customers.find(address)
            if customer is None:
                return
            reach.lost(unit, customer, Outgoing(unit, f"{LOST}{task.key}"))
            why = say("desk.unreachable", self._team.language)
            if self._telling.operator(unit, task, effect, "desk.undelivered", reason=why):
                self._unanswered(unit, task, effect)

        await self._store.write(act)

    @staticmethod
    def _unanswered(unit: Unit, task: Task, effect: Effect) -> None:
        """Let the customer wait again, unless another line of an operator is on its way to them."""
        if not isinstance(effect, Say | Copy) or not isinstance(effect.to, PrivateChat):
            return
        behind = (decode(one.payload) for one in unit.outbox.behind(task, most=LOOK_AHEAD))
        if not any(isinstance(one, Say | Copy) and one.written is not None for one in behind):
            reach.not_answered(unit, effect.message_id, Outgoing(unit, f"unanswered:{task.key}"))

    async def _undelivered(self, task: Task, effect: Effect, key: UndeliveredKey, reason: str) -> None:
        """Set it aside, and say so where somebody waits for it: for no notice to a customer who is silent for long."""

        def act(unit: Unit) -> None:
            unit.outbox.settle(task, error=reason)
            doubted(unit, reader_of(effect), key)
            if self._telling.operator(unit, task, effect, "desk.undelivered", reason=reason):
                self._unanswered(unit, task, effect)
            elif key != "desk.no_word" or not _is_notice(unit, effect):
                self._alerts.quarantined(unit, "outbox", task)

        await self._store.write(act)


def _is_notice(unit: Unit, effect: Effect) -> bool:
    """Whether it tells what has become of a ticket: no answer to anything."""
    message = unit.messages.get(message_of(effect) or 0)
    return message is not None and message.kind == "notice"
