"""A bare aiogram bot that says everything back: what a message costs when nothing is stored, read or decided.

It is what aiogram's first page shows, on asyncio's own loop. `uvloop` as a second argument puts it on the loop that
the real bot runs on.
"""

from __future__ import annotations

import asyncio
import sys
from typing import Final

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message

from benchmarks.load.meter import answer_with_cpu_time
from bot.loops import run_on_fastest

FASTER: Final = "uvloop"


async def echo(message: Message) -> None:
    await message.answer(message.text or "")


async def main(api_url: str) -> None:
    answer_with_cpu_time(asyncio.get_running_loop())
    bot = Bot("1:bench", session=AiohttpSession(api=TelegramAPIServer.from_base(api_url)))
    dispatcher = Dispatcher()
    dispatcher.message.register(echo)
    await dispatcher.start_polling(bot)


if __name__ == "__main__":
    run = run_on_fastest if sys.argv[2:] == [FASTER] else asyncio.run
    run(main(sys.argv[1]))
