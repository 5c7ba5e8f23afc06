"""The way out to Telegram: words in, calls out, at the pace Telegram allows."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from typing import Any

import structlog
from aiogram import Bot
from aiogram.types import ReactionTypeEmoji, ReactionTypeUnion
from aiohttp import ClientTimeout

from handlers.telegram import files, methods, places, wording
from handlers.telegram.failures import ENTITY, NOT_MODIFIED, QUOTE, TOPIC_CLOSED, meaning
from handlers.telegram.topics import Topics
from services.delivery.calls_in_flight import CallsInFlight
from services.delivery.group_budget import Budget
from services.delivery.messenger import (
    File,
    Leave,
    MessageGone,
    MessengerError,
    Part,
    Refused,
    Sent,
    Target,
    TopicGone,
    Uncopyable,
)
from services.delivery.rate_limits import RateLimits
from services.messages.effects import Position, Words

log = structlog.get_logger()
CALL_TIMEOUT = ClientTimeout(total=40, connect=10)
"""Longer than a server takes that answers late: cut off, its answer would be in doubt. What hangs holds up nobody."""


class Courier(Topics):
    """The `Messenger` to a Bot API server."""

    def __init__(self, bot: Bot, budget: Budget | None = None) -> None:
        super().__init__(bot)
        self.rate_limits = RateLimits(budget=budget)
        self.in_flight = CallsInFlight()

    async def say(self, target: Target, words: Words, *, leave: Leave) -> Sent:
        call = methods.SendMessage(
            **wording.place(target),
            reply_parameters=wording.reply(target),
            link_preview_options=wording.preview(words),
            reply_markup=wording.markup_of(words),
            disable_notification=words.silent or None,
            **wording.text(words),
        )
        return wording.sent(await self._send(call, words, leave=leave), target)

    async def copy(
        self, target: Target, from_chat: int, telegram_ids: Sequence[int], *, leave: Leave, bare: bool = False
    ) -> list[Sent]:
        """Copy one message, or several so that an album stays an album (those cannot hang on a card).

        `bare`: without their captions; only copyMessages can be told so.
        """
        if len(telegram_ids) > 1 or bare:
            several = methods.CopyMessages(
                chat_id=target.chat_id,
                message_thread_id=target.topic_id,
                direct_messages_topic_id=target.direct_topic,
                from_chat_id=from_chat,
                message_ids=sorted(telegram_ids),
                remove_caption=bare or None,
            )
            answer = await self._call(several, count=len(telegram_ids), leave=leave)
            return [wording.sent(one) for one in answer] if isinstance(answer, list) else []
        one = methods.CopyMessage(
            chat_id=target.chat_id,
            message_thread_id=target.topic_id,
            direct_messages_topic_id=target.direct_topic,
            from_chat_id=from_chat,
            message_id=telegram_ids[0],
            reply_parameters=wording.reply(target),
        )  # type: ignore[call-arg]  # aiogram's stub asks for parameters that Telegram has retired
        return [wording.sent(await self._quoting(one, leave=leave))]

    async def send_file(self, target: Target, file: File, words: Words, *, leave: Leave) -> Sent:
        call = files.call(target, file, wording.caption(words))
        return wording.sent(await self._call(call, leave=leave))

    async def send_files(self, target: Target, files_: Sequence[tuple[File, Words]], *, leave: Leave) -> list[Sent]:
        call = files.together(target, [(file, wording.caption(words)) for file, words in files_])
        answer = await self._call(call, count=len(files_), leave=leave)
        return [wording.sent(one) for one in answer] if isinstance(answer, list) else []

    async def send_media(self, target: Target, kind: str, file_id: str, words: Words, *, leave: Leave) -> Sent:
        call = files.resent(target, kind, file_id, wording.caption(words))
        if call is None:
            raise Uncopyable(f"a {kind} cannot be sent again")
        return wording.sent(await self._send(call, words, leave=leave), target)

    async def send_album(self, target: Target, parts: Sequence[Part], *, leave: Leave) -> list[Sent]:
        call = files.album(target, [(one.kind, one.file_id, wording.caption(one.words)) for one in parts])
        if call is None:
            raise Uncopyable("these kinds cannot be one album")
        answer = await self._call(call, count=len(parts), leave=leave)
        return [wording.sent(one) for one in answer] if isinstance(answer, list) else []

    async def locate(self, target: Target, position: Position, *, leave: Leave) -> Sent:
        return wording.sent(await self._quoting(places.call(target, position), leave=leave))

    async def move(self, chat_id: int, telegram_id: int, position: Position, *, via: str | None = None) -> None:
        await self._unless_the_same(places.moving(chat_id, telegram_id, position, via), Words(text=""))

    async def edit(self, chat_id: int, telegram_id: int, words: Words, *, via: str | None = None) -> None:
        call = methods.EditMessageText(
            business_connection_id=via,
            chat_id=chat_id,
            message_id=telegram_id,
            link_preview_options=wording.preview(words),
            reply_markup=wording.markup(words.buttons),
            **wording.text(words),
        )
        await self._unless_the_same(call, words)

    async def edit_caption(self, chat_id: int, telegram_id: int, words: Words, *, via: str | None = None) -> None:
        call = methods.EditMessageCaption(
            business_connection_id=via, chat_id=chat_id, message_id=telegram_id, **wording.caption(words)
        )
        await self._unless_the_same(call, words)

    async def edit_media(
        self, chat_id: int, telegram_id: int, kind: str, file_id: str, words: Words, *, via: str | None = None
    ) -> None:
        """Put another file into a message. Raises KeyError for a kind that no message can be changed into."""
        media = files.MEDIA[kind](media=file_id, **wording.caption(words))
        call = methods.EditMessageMedia(
            business_connection_id=via, chat_id=chat_id, message_id=telegram_id, media=media
        )
        await self._unless_the_same(call, words)

    async def react(self, chat_id: int, telegram_id: int, emoji: str | None) -> None:
        """Let one reaction stand, or none. The limits count messages, and this is none."""
        reaction: list[ReactionTypeUnion] = [] if emoji is None else [ReactionTypeEmoji(emoji=emoji)]
        call = methods.SetMessageReaction(chat_id=chat_id, message_id=telegram_id, reaction=reaction)
        await self._call(call, count=0)

    async def stands(self, chat_id: int, telegram_id: int) -> bool:
        """Ask by taking off a reaction that nobody has set: what is not there cannot be reacted to."""
        try:
            await self.react(chat_id, telegram_id, None)
        except MessageGone:
            return False
        except MessengerError as error:
            log.info("courier.unknown_whether_it_stands", reason=str(error))
        return True

    async def delete(self, chat_id: int, telegram_id: int, *, via: str | None = None) -> None:
        if via is None:
            await self._call(methods.DeleteMessage(chat_id=chat_id, message_id=telegram_id))
        else:
            call = methods.DeleteBusinessMessages(business_connection_id=via, message_ids=[telegram_id])
            await self._call(call, chat=chat_id)

    async def pin(self, chat_id: int, telegram_id: int) -> None:
        """Pin a message without a sound."""
        call = methods.PinChatMessage(chat_id=chat_id, message_id=telegram_id, disable_notification=True)
        await self._by_right(call)

    async def strip_buttons(self, chat_id: int, telegram_id: int, *, via: str | None = None) -> None:
        call = methods.EditMessageReplyMarkup(business_connection_id=via, chat_id=chat_id, message_id=telegram_id)
        await self._unless_the_same(call, Words(text=""))

    async def sweep(self, chat_id: int, telegram_id: int) -> None:
        await self._call(methods.DeleteMessage(chat_id=chat_id, message_id=telegram_id), count=0)

    async def _unless_the_same(self, call: Any, words: Words) -> None:
        try:
            await self._send(call, words)
        except Exception as error:
            if NOT_MODIFIED not in str(error):
                raise

    async def _send(self, call: Any, words: Words, *, leave: Leave | None = None) -> Any:
        """Send. What Telegram refuses goes once more without its formatting, or without the colours of its buttons.

        Nobody shall miss the words, and servers of before Bot API 9.4 know no colours.
        """
        try:
            return await self._quoting(call, leave=leave)
        except Refused as error:
            plainer = self._plainer(call, words, str(error).lower())
            if plainer is None:
                raise
            log.warning("courier.looks_refused", reason=str(error))
            return await self._call(plainer, leave=leave)

    @staticmethod
    def _plainer(call: Any, words: Words, reason: str) -> Any | None:
        """Return what to try instead of a refused call; None where its looks are not to blame."""
        if ENTITY in reason:
            return wording.bare(call, words) if words.html or words.entities else None
        return wording.unstyled(call) if "button" in reason or "style" in reason else None

    async def _quoting(self, call: Any, *, leave: Leave | None = None) -> Any:
        """Call; where what is quoted does not stand in the message as it is quoted, all of the message is answered."""
        try:
            return await self._call(call, leave=leave)
        except Refused as error:
            if not wording.quotes(call) or QUOTE not in str(error).lower():
                raise
        return await self._call(wording.without_quote(call), leave=leave)

    async def _call(self, call: Any, *, count: int = 1, leave: Leave | None = None, chat: int | None = None) -> Any:
        """Wait for a turn, let the call be noted that must not be made twice, make it.

        `count`: how many messages the limits see in it; `chat`: where it goes, of a call that does not say so.
        """
        chat = call.chat_id if chat is None else chat
        turn = self.rate_limits.turn(chat, count) if count else nullcontext()
        async with turn:
            if leave is not None:
                await leave()
            try:
                with self.in_flight.call(chat):
                    return await self._bot(call, request_timeout=CALL_TIMEOUT)  # type: ignore[arg-type]  # aiohttp takes it
            except Exception as error:
                closed, meant = TOPIC_CLOSED in str(error), meaning(error, belongs_to=wording.whose(call))
                if not closed and not (isinstance(meant, TopicGone) and chat > 0):
                    meant.chat = chat
                    raise meant from error
        if closed:
            await self.turn_topic(chat, call.message_thread_id, closed=False)
            return await self._call(call, count=count, leave=leave)
        # A topic of a private chat that its owner has deleted: the chat itself is still there.
        return await self._call(call.model_copy(update={"message_thread_id": None}), count=count, leave=leave)
