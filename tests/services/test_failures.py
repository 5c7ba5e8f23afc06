"""What a failed call means: what certainly did nothing, what nobody knows, what the server refused."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiohttp import web

from handlers.telegram.courier import Courier
from playground import defaults
from services.delivery.messenger import Busy, ChatGone, MessengerError, Refused, Shut, Target, Unreached, Unsure
from services.messages.effects import Words
from tests.ports import free_port


def _json(code: int, description: str) -> dict[str, Any]:
    return {"status": code, "body": {"ok": False, "error_code": code, "description": description}}


ANSWERS: list[tuple[dict[str, Any], type[MessengerError]]] = [
    (_json(429, "Too Many Requests: retry after 7"), Busy),  # without `parameters`
    (_json(413, "Request Entity Too Large"), Refused),
    (_json(403, "Forbidden: bot was blocked by the user"), ChatGone),
    (_json(401, "Unauthorized"), Unreached),
    (_json(500, "Internal Server Error"), Unsure),
    (_json(502, "Bad Gateway"), Unsure),
]
BECAUSE: dict[str, Shut] = {
    "Forbidden: bot was kicked from the supergroup chat": "out",
    "Forbidden: bot is not a member of the channel chat": "out",
    "Bad Request: chat not found": "out",
    "Bad Request: CHANNEL_PRIVATE": "out",
    "Bad Request: not enough rights to send text messages to the chat": "silenced",
    "Bad Request: have no rights to send a message": "silenced",
    "Bad Request: need administrator rights in the channel chat": "silenced",
    "Bad Request: CHAT_WRITE_FORBIDDEN": "silenced",
    "Bad Request: CHAT_ADMIN_REQUIRED": "silenced",
    "Bad Request: CHAT_RESTRICTED": "restricted",
}
"""What servers have said to sends into a chat that takes nothing."""
ANSWERS += [(_json(403 if one.startswith("Forbidden") else 400, one), ChatGone) for one in BECAUSE]


async def _say(port: int) -> None:
    bot = Bot(defaults.TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(f"http://127.0.0.1:{port}")))
    try:
        await Courier(bot).say(Target(chat_id=5), Words(text="x"), leave=_freely)
    finally:
        await bot.session.close()


async def _freely() -> None:
    """A call that nobody needs to remember."""


@pytest.mark.parametrize(("answer", "meaning"), ANSWERS, ids=[one["body"]["description"] for one, _ in ANSWERS])
async def test_an_answer_means(answer: dict[str, Any], meaning: type[MessengerError]) -> None:
    async def handle(_: web.BaseRequest) -> web.StreamResponse:
        return web.json_response(answer["body"], status=HTTPStatus(answer["status"]))

    runner = web.ServerRunner(web.Server(handle))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port := free_port())
    await site.start()
    try:
        with pytest.raises(meaning) as error:
            await _say(port)
    finally:
        await runner.cleanup()
    if isinstance(error.value, ChatGone):
        assert error.value.because == BECAUSE.get(answer["body"]["description"])
    if isinstance(error.value, Busy):
        assert error.value.seconds == 7


async def test_where_nobody_listens_nothing_was_carried_out() -> None:
    with pytest.raises(Unreached):
        await _say(free_port())
