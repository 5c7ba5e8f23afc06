"""What comes in is broken: poison between good messages, and everything five times in any order."""

from __future__ import annotations

import asyncio
import random
from typing import Any

import aiohttp

from benchmarks.faults.figures import Figures, measured
from benchmarks.faults.scene import Scene, staged

SEED = 20_263
SECRET = "a-secret-for-benchmarks-only"  # noqa: S105  # of no bot at all
POISON: tuple[Any, ...] = (
    {"message": None},
    {"message": []},
    {"message": {"message_id": "x", "chat": {"id": "y"}}},
    {"message": {"message_id": 1, "date": 0, "chat": {"id": 9, "type": "private"}, "text": ["a"]}},
    {"callback_query": {"id": 1, "from": {}, "data": {}}},
    {"edited_message": {"message_id": 1, "date": "never", "chat": {"id": 9, "type": "private"}}},
    {"a_kind_of_next_year": {"chat": {"id": 9}}},
    {},
)


async def poison(database: str) -> Figures:
    """Put an update that no version can read between any two messages."""
    async with staged(database) as scene:
        await scene.bot()
        for number in range(200):
            scene.ask(people=number % 20 == 19)
            scene.playground.inject_update(dict(POISON[number % len(POISON)]))
        await scene.all_served(within_s=90)
        shown = sum(message.text.startswith("⚠️") for message in scene.group.from_bot)
        return measured(scene, "poison between messages", note=f"{shown} notices in the group")


async def replays(database: str) -> Figures:
    """Deliver every update five times, in any order, over the webhook."""
    chance = random.Random(SEED)  # noqa: S311  # a story that can be told again
    async with staged(database) as scene:
        address = await _hooked(scene)
        bodies = [_written(scene) for _ in range(200)] * 5
        chance.shuffle(bodies)
        await _deliver(address, bodies)
        await scene.all_served(within_s=90)
        await asyncio.sleep(5)  # a sixth answer would be on its way now
        return measured(scene, "each update 5 times, any order")


async def used_numbers(database: str) -> Figures:
    """Let the numbers of updates and messages begin anew, as after a week of silence or a restored backup."""
    async with staged(database) as scene:
        address = await _hooked(scene)
        before = [_written(scene) for _ in range(40)]
        await _deliver(address, before)
        after = [_written(scene) for _ in range(40)]
        for old, new in zip(before, after, strict=True):
            new["update_id"] = old["update_id"]
        await _deliver(address, after)
        await scene.all_served(within_s=60)
        return measured(scene, "used update ids")


async def _hooked(scene: Scene) -> str:
    """Start the bot behind a webhook that nobody but this scenario uses, and return its address."""
    bot = await scene.bot(
        SUPPORT_TELEGRAM__MODE="webhook",
        SUPPORT_TELEGRAM__WEBHOOK_URL="https://bot.example.org",
        SUPPORT_TELEGRAM__WEBHOOK_SECRET=SECRET,
    )
    scene.playground.world.updates.listener = lambda _update: None
    return f"{bot.http}/telegram/webhook"


def _written(scene: Scene) -> dict[str, Any]:
    scene.ask()
    pending = scene.playground.world.updates.pending
    return pending[next(reversed(pending))].body


async def _deliver(url: str, bodies: list[dict[str, Any]]) -> None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    async with aiohttp.ClientSession(headers=headers, connector=aiohttp.TCPConnector(limit=50)) as client:

        async def one(body: dict[str, Any]) -> None:
            async with client.post(url, json=body) as answer:
                answer.raise_for_status()

        for start in range(0, len(bodies), 50):
            await asyncio.gather(*(one(body) for body in bodies[start : start + 50]))
