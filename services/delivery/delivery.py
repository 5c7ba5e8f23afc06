"""Carries effects out, one at a time for each chat or ticket, and notes where they now stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Final, assert_never

import structlog

from services.delivery.addresses import Addresses, NoGroup, TicketIsGone
from services.delivery.amendments import Amendments
from services.delivery.attempts import Attempt
from services.delivery.batches import Batches, joined
from services.delivery.call_book import CallBook, Done
from services.delivery.card_watch import CardWatch
from services.delivery.copies import Copies
from services.delivery.desk_message import DeskMessage
from services.delivery.edits_in_place import EditsInPlace
from services.delivery.failures import Failures
from services.delivery.generated_files import GeneratedFiles
from services.delivery.introductions import Introductions
from services.delivery.lesson_lines import LessonLines
from services.delivery.messenger import Messenger, NotAllowed, Sent, Target
from services.delivery.notices import Notices
from services.delivery.pace import Pace
from services.delivery.rate_limits import RateLimits
from services.delivery.repeats import is_marked, perhaps_again
from services.delivery.telling import Telling
from services.delivery.ticket_list import TicketList
from services.delivery.topic_icons import IconWatch
from services.delivery.unconfirmed import Unconfirmed
from services.messages.effects import (
    Copy,
    Effect,
    ListUnconfirmed,
    Move,
    OpenTopic,
    PointToTopic,
    PrivateChat,
    React,
    Reword,
    Say,
    SendFile,
    ShowAside,
    ShowCard,
    ShowDesk,
    ShowDigest,
    ShowPage,
    StripButtons,
    TicketPlace,
    TurnTopic,
    Withdraw,
    decode,
)
from services.messages.left_behind import PointAway
from services.messages.lesson_effects import ShowLesson
from services.messages.topic_names import NameTopic, ShowIcon, SweepLine
from services.queues.outcomes import Postpone
from services.queues.troubles import Troubles
from services.texts.team import Team
from storage.messages import NOTE
from storage.records import Customer, Task
from storage.store import Store
from storage.units import Unit

log = structlog.get_logger()
NO_GROUP_REST: Final = timedelta(seconds=15)


class Delivery:
    """The outbox worker's hands."""

    def __init__(
        self,
        *,
        store: Store,
        book: CallBook,
        messenger: Messenger,
        addresses: Addresses,
        batches: Batches,
        edits_in_place: EditsInPlace,
        digest: TicketList,
        desk: DeskMessage,
        icons: IconWatch,
        generated_files: GeneratedFiles,
        rate_limits: RateLimits,
        pace: Pace,
        failures: Failures,
        troubles: Troubles,
        team: Team,
    ) -> None:
        self._store = store
        self._book = book
        self._messenger = messenger
        self._addresses = addresses
        self._batches = batches
        self._failures = failures
        self._troubles = troubles
        self._team = team
        self._notices = Notices(store=store, messenger=messenger, addresses=addresses, team=team)
        self._copies = Copies(store=store, messenger=messenger, team=team)
        self._amendments = Amendments(store=store, book=book, messenger=messenger)
        self._telling = Telling(team=team)
        self._watch = CardWatch(store=store, messenger=messenger)
        self._introductions = Introductions(store=store, messenger=messenger, team=team)
        self._unconfirmed = Unconfirmed(store=store, team=team)
        self._lessons = LessonLines(store=store, book=book, messenger=messenger, addresses=addresses, team=team)
        self._edits_in_place = edits_in_place
        self._digest = digest
        self._desk = desk
        self._icons = icons
        self._generated_files = generated_files
        self._rate_limits = rate_limits
        self._pace = pace

    async def deliver(self, task: Task) -> None:
        """Carry out one effect; what goes wrong with it is the business of `Failures`."""
        effect = decode(task.payload)
        async with self._failures.of(task, effect) as attempt:
            try:
                await self._failures.allow(attempt)
                with self._rate_limits.ranked(task.lane_rank):
                    await self._carry_out(attempt, effect)
            except TicketIsGone:
                await self._settle(task)
            except NoGroup:
                await self._store.write(lambda unit: self._troubles.begin(unit, "no_group"))
                raise Postpone(NO_GROUP_REST, "there is no operator group yet") from None

    async def _carry_out(self, attempt: Attempt, effect: Effect) -> None:  # noqa: C901, PLR0912  # one line a kind
        match effect:
            case Say():
                await self._say(attempt, effect)
            case Copy():
                await self._copy(attempt, effect)
            case Reword() | Withdraw() | StripButtons() | React() | Move() | SweepLine():
                await self._amendments.make(attempt.task, effect)
            case ShowCard() | ShowPage() | OpenTopic() | PointToTopic() | PointAway():
                await self._edits_in_place.show(attempt, effect)
            case ShowDigest():
                await self._digest.show(attempt)
            case ShowDesk():
                await self._desk.show(attempt)
            case NameTopic():
                await self._icons.name(attempt.task, effect)
            case ShowIcon():
                await self._icons.show(attempt.task, effect)
            case TurnTopic():
                await self._turn_topic(attempt.task, effect)
            case ShowAside():
                await self._notices.show(attempt, effect)
            case ListUnconfirmed():
                await self._list_unconfirmed(attempt, effect)
            case ShowLesson():
                await self._lessons.show(attempt, effect)
            case SendFile():
                await self._generated_files.send(attempt, effect)
            case _:
                assert_never(effect)

    async def _say(self, attempt: Attempt, effect: Say) -> None:
        if effect.reminds is not None and not await self._still_waits(effect.reminds):
            await self._settle(attempt.task)
            return
        target = await self._place(attempt, effect)
        lines = await self._batches.lines(attempt.task, effect)
        attempt.takes_along([task for task, _ in lines])
        words = joined([line for _, line in lines])
        if is_marked(attempt.task):
            words = perhaps_again(words, await self._language(effect))
        sent = await self._messenger.say(target, words, leave=attempt.leave)
        await self._note(lines, target, [sent] * len(lines))

    async def _place(self, attempt: Attempt, effect: Say | Copy) -> Target:
        """Return where a line goes. Raises Postpone for one that had better wait for the next, among other things."""
        if isinstance(effect.to, TicketPlace):
            self._pace.wait_for_more(attempt.task, joins=isinstance(effect, Say))
        return await self._addresses.answering(await self._addresses.find(effect.to, attempt), effect)

    async def _copy(self, attempt: Attempt, effect: Copy) -> None:
        if isinstance(effect.to, PrivateChat) and await self._stays_inside(effect.message_id):
            await self._settle(attempt.task)
            return
        album = await self._batches.album(attempt.task, effect)
        target = await self._place(attempt, effect)
        attempt.takes_along([task for task, _ in album])
        await self._introductions.before(attempt, target, [one for _, one in album])
        if isinstance(effect.to, TicketPlace):
            album = album[: self._pace.minute.room(len(album))]
        attempt.takes_along([task for task, _ in album])
        sent = await self._copies.send(target, [one for _, one in album], attempt.leave)
        await self._note(album, target, [where or Sent(telegram_id=None) for where in sent])
        missing, partly = sent.count(None), isinstance(effect.to, PrivateChat)
        if missing and partly:
            await self._store.write(
                lambda unit: self._telling.partly(unit, attempt.task, effect, missing=missing, parts=len(album))
            )
        if any(where is not None and where.in_words for where in sent) or (missing and not partly):
            await self._store.write(lambda unit: self._telling.in_words(unit, attempt.task, effect))

    async def _language(self, effect: Say) -> str:
        """Return that of who reads it."""
        if not isinstance(effect.to, PrivateChat) or (message_id := effect.message_id) is None:
            return self._team.language

        def look(unit: Unit) -> Customer | None:
            message = unit.messages.get(message_id)
            return unit.customers.get(message.customer_id) if message else None

        customer = await self._store.read(look)
        return customer.language if customer is not None else self._team.language

    async def _list_unconfirmed(self, attempt: Attempt, effect: ListUnconfirmed) -> None:
        words = await self._unconfirmed.words(attempt.task)
        target = await self._addresses.find(effect.to, attempt)
        await self._messenger.say(target, words, leave=attempt.leave)
        await self._settle(attempt.task)

    async def _stays_inside(self, message_id: int) -> bool:
        """Whether an operator has made a note of it since."""
        message = await self._store.read(lambda unit: unit.messages.get(message_id))
        return message is not None and message.kind == NOTE

    async def _still_waits(self, ticket_id: int) -> bool:
        """Whether the customer waits, for an operator may have answered since the reminder was written."""
        ticket = await self._store.read(lambda unit: unit.tickets.get(ticket_id))
        return ticket is not None and ticket.state == "waiting"

    async def _turn_topic(self, task: Task, effect: TurnTopic) -> None:
        """Close or open it, unless the ticket has been turned back since: what waits behind is read sooner."""
        ticket = await self._store.read(lambda unit: unit.tickets.get(effect.ticket_id))
        stale = ticket is None or (ticket.status == "closed") != effect.closed
        if ticket is not None and not stale and ticket.chat_id is not None and ticket.topic_id is not None:
            try:
                await self._messenger.turn_topic(ticket.chat_id, ticket.topic_id, closed=effect.closed)
            except NotAllowed as error:
                log.info("topic.not_turned", ticket=ticket.id, reason=str(error))  # its card says how it stands
        await self._settle(task)

    async def _note(self, done: Sequence[tuple[Task, Say | Copy]], target: Target, sent: Sequence[Sent]) -> None:
        """Settle what went out together, and remember where each message now stands."""
        first, place = done[0][0], done[0][1].to
        if isinstance(place, TicketPlace):
            self._pace.said(first)
        await self._book.settle(Done.of(done, target, sent))
        if isinstance(place, TicketPlace):
            await self._watch.look(first, target, place.ticket_id)
        for (task, effect), where in zip(done, sent, strict=False):
            if effect.retold is not None and where.telegram_id is not None:
                await self._store.write(partial(self._telling.arrived, task=task, effect=effect))

    async def _settle(self, task: Task) -> None:
        await self._book.settle(Done(tasks=[task]))
