"""A bare aiogram bot that says everything back: what a message costs when nothing is stored, read or decided."""

from __future__ import annotations

import asyncio
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message

from benchmarks.load.meter import answer_with_cpu_time


async def echo(message: Message) -> None:
    await message.answer(message.text or "")


async def main(api_url: str) -> None:
    answer_with_cpu_time(asyncio.get_running_loop())
    bot = Bot("1:bench", session=AiohttpSession(api=TelegramAPIServer.from_base(api_url)))
    dispatcher = Dispatcher()
    dispatcher.message.register(echo)
    await dispatcher.start_polling(bot)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
