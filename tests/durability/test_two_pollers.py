"""Two bots with one token and databases of their own: a mistake of whoever runs them, which must not cost a message."""

from __future__ import annotations

import asyncio
from pathlib import Path

from playground.server import Playground
from tests.durability.crowd import QUESTIONS
from tests.durability.processes import Bots
from tests.durability.waiting import until

LINES = 12
WARNING = "Этим же токеном пользуется другой процесс"


async def test_two_pollers_on_one_token_lose_nothing_and_tell_the_admin_once_each(
    bots: Bots, playground: Playground, tmp_path: Path
) -> None:
    customers = [playground.add_customer(f"Asking{n}", language_code="ru") for n in range(LINES)]
    admin = playground.add_customer("Admin", language_code="ru")
    admin.send("/start")
    async with playground.serve() as url:
        pair = [
            await bots.start(url, f"sqlite+aiosqlite:///{tmp_path}/{n}.db", SUPPORT_TELEGRAM__ADMIN_IDS=str(admin.id))
            for n in range(2)
        ]
        await until(lambda: all("bot.started" in bot.words for bot in pair), within_s=150)
        await until(lambda: any("polling.conflict" in bot.words for bot in pair))
        for number, customer in enumerate(customers):
            customer.send(QUESTIONS[number % len(QUESTIONS)].format(number))
            await asyncio.sleep(0.4)
        await until(lambda: all(customer.replies for customer in customers), within_s=60)
        assert [await bot.stop() for bot in pair] == [0, 0]
    replies = [len(customer.replies) for customer in customers]
    turns = sum(bot.words.count("polling.conflict") for bot in pair)
    assert sum(replies) <= LINES + turns  # what one has taken and not confirmed when the other polls, both answer
    told = [message for message in admin.replies if WARNING in message.text]
    assert 1 <= len(told) <= len(pair)
