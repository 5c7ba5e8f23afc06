"""A call to the Bot API is written down as aiogram itself would write it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.methods import EditMessageMedia, GetUpdates, SendDocument, TelegramMethod
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    LinkPreviewOptions,
    MessageEntity,
    ReplyParameters,
)

from handlers.telegram.methods import SendMessage
from handlers.telegram.session import Session

KEYBOARD = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text="Да 👍", callback_data="a:1", style="success")], []]
)


def _call(kind: type[TelegramMethod[Any]], **fields: Any) -> TelegramMethod[Any]:
    return kind(**fields)


CALLS: list[TelegramMethod[Any]] = [
    _call(
        SendMessage,
        chat_id=7,
        text="слово",
        reply_markup=KEYBOARD,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    ),
    _call(SendMessage, chat_id=7, text="", parse_mode=None, entities=[MessageEntity(type="bold", offset=0, length=2)]),
    _call(SendMessage, chat_id=-7, text="<b>a</b>", parse_mode="HTML", message_thread_id=3, disable_notification=False),
    _call(
        SendMessage,
        chat_id=7,
        text="a",
        reply_parameters=ReplyParameters(message_id=4, allow_sending_without_reply=True),
    ),
    _call(SendMessage, chat_id=7, text="a", of_tomorrow="b"),
    _call(GetUpdates, offset=-1, limit=100, timeout=0, allowed_updates=["message"]),
    _call(
        EditMessageMedia, chat_id=7, message_id=1, media=InputMediaPhoto(media="id", caption="x"), reply_markup=KEYBOARD
    ),
    _call(SendDocument, chat_id=7, document=BufferedInputFile(b"1", "a.txt")),
]


@pytest.fixture(params=[{}, {"parse_mode": "HTML", "protect_content": True}], ids=["plain", "with defaults"])
async def bot(request: pytest.FixtureRequest) -> AsyncIterator[Bot]:
    bot = Bot("1:token", default=DefaultBotProperties(**request.param))
    yield bot
    await bot.session.close()


def fields(session: AiohttpSession, bot: Bot, call: TelegramMethod[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for options, _headers, value in session.build_form_data(bot, call)._fields:
        name = "file" if "filename" in options else str(options["name"])
        text = "attach://" if isinstance(value, str) and value.startswith("attach://") else value
        is_json = isinstance(text, str) and text[:1] in "[{"
        found[name] = json.loads(text) if is_json else type(text) if name == "file" else text
    return found


@pytest.mark.parametrize("call", CALLS, ids=lambda call: type(call).__name__)
async def test_it_says_what_aiogram_says(bot: Bot, call: TelegramMethod[Any]) -> None:
    assert fields(Session(), bot, call) == fields(AiohttpSession(), bot, call)
