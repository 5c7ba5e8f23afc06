"""The way out to Telegram: words in, calls out, at the pace Telegram allows."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import nullcontext
from typing import Any

import structlog
from aiogram import Bot
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, MessageEntity, ReplyParameters
from aiohttp import ClientTimeout
from markupsafe import Markup

from handlers.telegram import methods
from handlers.telegram.failures import CANNOT_PARSE, NOT_MODIFIED, TOPIC_CLOSED, meaning
from services.budget import Budget
from services.effects import Keyboard, Words
from services.traffic import Traffic
from services.underway import Underway
from services.wire import Leave, Sent, Spot, Unreached, Unsure, WireError

log = structlog.get_logger()
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
CALL_TIMEOUT = ClientTimeout(total=40, connect=10)
"""Longer than a server takes that answers late: cut off, its answer would be in doubt. What hangs holds up nobody."""
PROBE = "."
PROBE_S = 5


class Courier:
    """The `Wire` to a Bot API server."""

    def __init__(self, bot: Bot, budget: Budget | None = None) -> None:
        self._bot = bot
        self.traffic = Traffic(budget=budget)
        self.underway = Underway()

    async def say(self, spot: Spot, words: Words, *, leave: Leave) -> Sent:
        call = methods.SendMessage(
            chat_id=spot.chat_id,
            message_thread_id=spot.topic_id,
            reply_parameters=_reply(spot),
            link_preview_options=NO_PREVIEW,
            reply_markup=_markup(words.buttons),
            **_text(words),
        )
        return _sent(await self._send(call, words, leave=leave))

    async def copy(self, spot: Spot, from_chat: int, telegram_ids: Sequence[int], *, leave: Leave) -> list[Sent]:
        """Copy one message, or several so that an album stays an album (those cannot hang on a card)."""
        if len(telegram_ids) > 1:
            several = methods.CopyMessages(
                chat_id=spot.chat_id,
                message_thread_id=spot.topic_id,
                from_chat_id=from_chat,
                message_ids=sorted(telegram_ids),
            )
            answer = await self._call(several, count=len(telegram_ids), leave=leave)
            return [_sent(one) for one in answer] if isinstance(answer, list) else []
        one = methods.CopyMessage(
            chat_id=spot.chat_id,
            message_thread_id=spot.topic_id,
            from_chat_id=from_chat,
            message_id=telegram_ids[0],
            reply_parameters=_reply(spot),
        )  # type: ignore[call-arg]  # aiogram's stub asks for parameters that Telegram has retired
        return [_sent(await self._call(one, leave=leave))]

    async def edit(self, chat_id: int, telegram_id: int, words: Words) -> None:
        call = methods.EditMessageText(
            chat_id=chat_id,
            message_id=telegram_id,
            link_preview_options=NO_PREVIEW,
            reply_markup=_markup(words.buttons),
            **_text(words),
        )
        await self._unless_the_same(call, words)

    async def strip_buttons(self, chat_id: int, telegram_id: int) -> None:
        await self._unless_the_same(
            methods.EditMessageReplyMarkup(chat_id=chat_id, message_id=telegram_id), Words(text="")
        )

    async def open_topic(self, chat_id: int, name: str, *, leave: Leave) -> int:
        answer = await self._call(methods.CreateForumTopic(chat_id=chat_id, name=name), leave=leave)
        return int(answer["message_thread_id"])

    async def turn_topic(self, chat_id: int, topic_id: int, *, closed: bool) -> None:
        method = methods.CloseForumTopic if closed else methods.ReopenForumTopic
        try:
            await self._call(method(chat_id=chat_id, message_thread_id=topic_id))
        except Exception as error:
            if "TOPIC_NOT_MODIFIED" not in str(error):
                raise

    async def is_forum(self, chat_id: int) -> bool:
        answer = await self._call(methods.GetChat(chat_id=chat_id), count=0)
        return bool(answer.get("is_forum"))

    async def takes_messages(self) -> bool:
        """Whether the server answers a send: one to the bot itself, which it refuses, so that nobody reads it."""
        call = methods.SendMessage(chat_id=self._bot.id, text=PROBE)  # type: ignore[call-arg]  # as in `copy`
        try:
            async with asyncio.timeout(PROBE_S):
                await self._call(call, count=0)
        except (Unsure, Unreached, TimeoutError) as error:
            log.info("courier.probed", answer=str(error))
            return False
        except WireError as error:
            log.info("courier.probed", answer=str(error))
        return True

    async def _unless_the_same(self, call: Any, words: Words) -> None:
        try:
            await self._send(call, words)
        except Exception as error:
            if NOT_MODIFIED not in str(error):
                raise

    async def _send(self, call: Any, words: Words, *, leave: Leave | None = None) -> Any:
        """Send; a text whose markup Telegram cannot read goes once more without it: our fault, not the customer's."""
        try:
            return await self._call(call, leave=leave)
        except Exception as error:
            if not (words.html and CANNOT_PARSE in str(error)):
                raise
            log.warning("courier.markup_refused", reason=str(error))
            bare = Markup(words.text).striptags()  # noqa: S704  # on the contrary: it loses its markup
            return await self._call(call.model_copy(update={"parse_mode": None, "text": bare}), leave=leave)

    async def _call(self, call: Any, *, count: int = 1, leave: Leave | None = None) -> Any:
        """Wait for a turn, let the call be noted that must not be made twice, make it.

        `count`: how many messages the limits see in it.
        """
        turn = self.traffic.turn(call.chat_id, count) if count else nullcontext()
        async with turn:
            if leave is not None:
                await leave()
            try:
                with self.underway.call(call.chat_id):
                    return await self._bot(call, request_timeout=CALL_TIMEOUT)  # type: ignore[arg-type]  # aiohttp takes it
            except Exception as error:
                if TOPIC_CLOSED not in str(error):
                    raise meaning(error) from error
        await self.turn_topic(call.chat_id, call.message_thread_id, closed=False)
        return await self._call(call, count=count, leave=leave)


def _text(words: Words) -> dict[str, Any]:
    if words.html:
        return {"text": words.text, "parse_mode": "HTML"}
    entities = [MessageEntity.model_validate(entity) for entity in words.entities]
    return {"text": words.text, "parse_mode": None, "entities": entities or None}


def _reply(spot: Spot) -> ReplyParameters | None:
    if spot.reply_to is None:
        return None
    return ReplyParameters(message_id=spot.reply_to, allow_sending_without_reply=True)


def _markup(buttons: Keyboard) -> InlineKeyboardMarkup | None:
    if not buttons:
        return None
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text=button.text, callback_data=button.press, style=button.style) for button in row]
            for row in buttons
        ]
    )


def _sent(answer: Any) -> Sent:
    """Read what matters from the raw answer: the call has succeeded, whatever else stands in it."""
    number, chat = (answer.get("message_id"), answer.get("chat")) if isinstance(answer, dict) else (None, None)
    return Sent(
        telegram_id=number if isinstance(number, int) else None,
        forum=bool(chat.get("is_forum")) if isinstance(chat, dict) else None,
    )
