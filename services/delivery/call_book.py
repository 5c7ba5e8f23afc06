"""Which calls have left and which are done: what a kill finds begun and not done may be sent again."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

from services.delivery.messenger import Sent, Target
from services.messages.effects import (
    ARRIVED,
    Copy,
    GroupPlace,
    MessageRef,
    PrivateChat,
    React,
    Say,
    SendFile,
    ShowCard,
    TicketPlace,
)
from services.queues.batching import Batching
from services.queues.outbox import CARD, TOUCH, Outgoing
from storage.errors import DatabaseTrouble
from storage.placements import Placement
from storage.records import Task
from storage.store import Store
from storage.units import Unit

DUPLICATES: Final = "duplicates_possible"
"""Key of the count of calls made again although the first may have arrived."""
RETRY_FOR_S: Final = 60.0
AGAIN_S: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """Tasks that are carried out, and where what they brought now stands."""

    tasks: Sequence[Task]
    telegram_ids: Sequence[tuple[int, int | None]] = ()
    """By stored message, in private chats."""
    file_ids: Sequence[tuple[int, str]] = ()
    """What the messenger calls files that were given to it, by stored message."""
    placements: Sequence[Placement] = ()
    nobodys: Sequence[tuple[int, int]] = ()
    """Chats and messages in them that belong to no ticket."""
    cards_gone: Sequence[tuple[int, int]] = ()
    """Tickets and their cards that somebody has deleted: lines that should hang on them hang on nothing."""
    arrived: Sequence[tuple[Task, MessageRef]] = ()
    """Where an operator sees that their line has arrived."""
    withdrawn: Sequence[tuple[Task, int]] = ()
    """Messages taken back: the operator's own line says no longer that it has arrived."""

    @classmethod
    def of(cls, done: Sequence[tuple[Task, Say | Copy | SendFile]], target: Target, sent: Sequence[Sent]) -> Self:
        """Return what is to be noted of lines that went out together."""
        telegram_ids: list[tuple[int, int | None]] = []
        placements: list[Placement] = []
        nobodys: list[tuple[int, int]] = []
        cards_gone: list[tuple[int, int]] = []
        arrived: list[tuple[Task, MessageRef]] = []
        for number, (task, effect) in enumerate(done):
            where = sent[number] if number < len(sent) else Sent(telegram_id=None)
            match effect.to:
                case PrivateChat():
                    if effect.message_id is not None:
                        telegram_ids.append((effect.message_id, where.telegram_id))
                case TicketPlace(ticket_id=ticket):
                    if where.hangs is False and target.reply_to is not None:
                        cards_gone.append((ticket, target.reply_to))
                    if number == 0 or where != sent[number - 1]:  # lines that travelled together stand in one place
                        placements += places(target, where, ticket, effect.message_id, effect)
                case GroupPlace():
                    if where.telegram_id is not None:
                        nobodys.append((target.chat_id, where.telegram_id))
            if effect.written is not None and where.telegram_id is not None:
                arrived.append((task, effect.written))
        return cls(
            tasks=[task for task, _ in done],
            telegram_ids=telegram_ids,
            file_ids=[
                (effect.message_id, where.file_id)
                for (_, effect), where in zip(done, sent, strict=False)
                if isinstance(effect, SendFile) and effect.message_id is not None and where.file_id is not None
            ],
            placements=placements,
            nobodys=nobodys,
            cards_gone=cards_gone,
            arrived=arrived,
        )


def places(
    target: Target, sent: Sent, ticket_id: int, message_id: int | None, effect: Say | Copy | SendFile | None = None
) -> list[Placement]:
    """Return where a delivered message of a ticket stands, for the answers to it."""
    if sent.telegram_id is None:
        return []
    return [
        Placement(
            chat_id=target.chat_id,
            telegram_id=sent.telegram_id,
            ticket_id=ticket_id,
            message_id=message_id,
            inside=isinstance(effect, Say) and effect.inside,
            notice=isinstance(effect, Say) and _speaks_to_team(effect),
        )
    ]


def _show_again(unit: Unit, done: Done) -> None:
    """Let cards that were deleted by hand be shown once more."""
    for number, (ticket_id, card_id) in enumerate(dict.fromkeys(done.cards_gone)):
        ticket = unit.tickets.get(ticket_id)
        if ticket is not None and ticket.card_id == card_id:
            unit.tickets.place(ticket_id, card_id=None)
            Outgoing(unit, f"deleted:{done.tasks[0].key}:{number}").put(ShowCard(ticket_id=ticket_id), rank=CARD)


def _take_off(unit: Unit, task: Task, message_id: int) -> None:
    """Take the sign that it has arrived off an operator's line that was taken back."""
    line, shown = unit.messages.get(message_id), unit.placements.showing(message_id)
    if line is not None and line.author == "operator" and shown is not None:
        at = MessageRef(chat_id=shown.chat_id, telegram_id=shown.telegram_id)
        Outgoing(unit, f"withdrawn:{task.key}").put(React(at=at, emoji=None), rank=TOUCH)


def _speaks_to_team(effect: Say) -> bool:
    """Whether it is a reminder, a word about a hand-over: nothing of the customer's, and nothing they are shown."""
    of_customer = effect.message_id is not None or effect.head is not None or effect.for_customer
    return not of_customer and not effect.inside


class CallBook:
    """Writes at once what many calls ask for at the same time."""

    def __init__(self, *, store: Store) -> None:
        self._store = store
        self._leaving = Batching(self._begin)
        self._back = Batching(self._settle)

    async def begin(self, tasks: Sequence[Task]) -> None:
        """Note that a call for these is about to leave. Raises AlreadySettled, DatabaseTrouble."""
        await self._leaving.do(tasks)

    async def settle(self, done: Done) -> None:
        """Return once it is on disk. Raises AlreadySettled, DatabaseTrouble.

        What has arrived cannot be taken back, so a database that is away is waited for: without the note it goes again.
        """
        until = time.monotonic() + RETRY_FOR_S
        while True:
            try:
                await self._back.do(done)
            except DatabaseTrouble:
                if time.monotonic() > until:
                    raise
                await asyncio.sleep(AGAIN_S)
            else:
                return

    async def _begin(self, calls: Sequence[Sequence[Task]]) -> None:
        again = sum(tasks[0].calls > 0 for tasks in calls)

        def act(unit: Unit) -> None:
            unit.outbox.begin([task for tasks in calls for task in tasks])
            if again:
                unit.key_values.add(DUPLICATES, again)

        one = not again and sum(map(len, calls)) == 1  # of several, one that is settled undoes the rest
        await self._store.write(act, ahead=True, alone=one)

    async def _settle(self, batch: Sequence[Done]) -> None:
        def act(unit: Unit) -> None:
            unit.outbox.settle_all([task for done in batch for task in done.tasks])
            unit.messages.stand([pair for done in batch for pair in done.telegram_ids])
            for message_id, file_id in (pair for done in batch for pair in done.file_ids):
                unit.attachments.name(message_id, file_id)
            unit.placements.add([placement for done in batch for placement in done.placements])
            for chat_id, telegram_id in (place for done in batch for place in done.nobodys):
                unit.placements.give_up(chat_id, telegram_id)
            for done in batch:
                _show_again(unit, done)
            for task, written in (pair for done in batch for pair in done.arrived):
                Outgoing(unit, f"arrived:{task.key}").put(React(at=written, emoji=ARRIVED), rank=TOUCH)
            for task, message_id in (pair for done in batch for pair in done.withdrawn):
                _take_off(unit, task, message_id)

        await self._store.write(act, ahead=True)
