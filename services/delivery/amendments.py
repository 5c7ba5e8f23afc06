"""What changes of messages that are there: words, files, buttons, a reaction; or all of it goes."""

from __future__ import annotations

import contextlib
from datetime import timedelta
from typing import Final, assert_never

import structlog

from services.delivery.accounts import Accounts
from services.delivery.call_book import CallBook, Done
from services.delivery.messenger import Busy, ChatGone, ChatMoved, MessageGone, Messenger, Refused, Target
from services.messages.addresses import chat_of
from services.messages.effects import (
    MessageRef,
    Move,
    React,
    Reword,
    StripButtons,
    TicketPlace,
    Withdraw,
    Words,
    decode,
)
from services.messages.topic_names import SweepLine
from services.queues.outcomes import Postpone
from storage.records import Task
from storage.store import Store
from storage.units import Unit

log = structlog.get_logger()
LOOK_AHEAD: Final = 20


class Amendments:
    """Changes what has been delivered, one message at a time."""

    def __init__(self, *, store: Store, book: CallBook, messenger: Messenger) -> None:
        self._store = store
        self._book = book
        self._messenger = messenger
        self._accounts = Accounts(store=store)

    async def make(self, task: Task, effect: Reword | Withdraw | StripButtons | React | Move | SweepLine) -> None:
        """Make a change, and note that it is made. What stands nowhere needs none."""
        if isinstance(effect, React | SweepLine | Move):
            await (self._move(task, effect) if isinstance(effect, Move) else self._at_best(effect))
            await self._book.settle(Done(tasks=[task]))
            return
        telegram_id = await self._delivered_at(effect.message_id)
        if telegram_id is not None:
            await self._change(await self._accounts.target(effect.to.address), telegram_id, effect)
        if isinstance(effect, Withdraw):
            arrived = [(task, effect.written)] if effect.written else ()
            await self._book.settle(Done(tasks=[task], arrived=arrived, withdrawn=[(task, effect.message_id)]))
        else:
            await self._book.settle(Done(tasks=[task]))

    async def _change(self, there: Target, telegram_id: int, effect: Reword | Withdraw | StripButtons) -> None:
        match effect:
            case Withdraw():
                await self._take_back(there, telegram_id, effect)
            case Reword():
                await self._say(there, telegram_id, effect.words, shows=effect.shows, file_id=effect.file_id)
            case StripButtons():
                await self._messenger.strip_buttons(there.chat_id, telegram_id, via=there.via)
            case _:
                assert_never(effect)

    async def _say(
        self, there: Target, telegram_id: int, words: Words, *, shows: str, file_id: str | None = None
    ) -> None:
        chat, via = there.chat_id, there.via
        if file_id is not None:
            await self._messenger.edit_media(chat, telegram_id, shows, file_id, words, via=via)
        elif shows == "text":
            await self._messenger.edit(chat, telegram_id, words, via=via)
        else:
            await self._messenger.edit_caption(chat, telegram_id, words, via=via)

    async def _take_back(self, there: Target, telegram_id: int, effect: Withdraw) -> None:
        try:
            await self._messenger.delete(there.chat_id, telegram_id, via=there.via)
        except (MessageGone, Refused) as error:
            log.info("withdraw.replaced", reason=str(error))
            await self._say(there, telegram_id, effect.instead, shows=effect.shows)

    async def _at_best(self, effect: React | SweepLine) -> None:
        """A group may take no reactions, a message may be gone: that is nobody's loss."""
        try:
            if isinstance(effect, React):
                await self._messenger.react(effect.at.chat_id, effect.at.telegram_id, effect.emoji)
            else:
                await self._messenger.sweep(effect.at.chat_id, effect.at.telegram_id)
        except Busy as error:
            raise Postpone(timedelta(seconds=error.seconds), str(error)) from None
        except (ChatGone, ChatMoved, MessageGone, Refused) as error:
            log.info("sign.refused", reason=str(error))

    async def _move(self, task: Task, effect: Move) -> None:
        """Nobody misses a step on the way; the next one is soon there."""

        def look(unit: Unit) -> MessageRef | None:
            behind = (decode(one.payload) for one in unit.outbox.behind(task, most=LOOK_AHEAD))
            if any(isinstance(one, Move) and one.message_id == effect.message_id for one in behind):
                return None
            if isinstance(effect.to, TicketPlace):
                shown = unit.placements.showing(effect.message_id)
                return MessageRef(chat_id=shown.chat_id, telegram_id=shown.telegram_id) if shown else None
            line = unit.messages.get(effect.message_id)
            at = line.telegram_id if line else None
            return None if at is None else MessageRef(chat_id=chat_of(effect.to.address), telegram_id=at)

        at = await self._store.read(look)
        if at is not None:
            with contextlib.suppress(ChatMoved, MessageGone, Refused):
                via = None if isinstance(effect.to, TicketPlace) else await self._accounts.via(effect.to.address)
                await self._messenger.move(at.chat_id, at.telegram_id, effect.position, via=via)

    async def _delivered_at(self, message_id: int) -> int | None:
        """Return where a message stands. Its own sending came before in the same lane, so it stands somewhere."""
        message = await self._store.read(lambda unit: unit.messages.get(message_id))
        return message.telegram_id if message else None
