"""The bot's own HTTP, as those see it who call it: orchestrators, Telegram, programs of the business."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import ClientSession, web
from sqlalchemy import text

from bot.running import run
from bot.settings import load
from playground import defaults
from playground.server import Playground
from tests.packs import SHOP
from tests.ports import free_port
from tests.raw import raw
from tests.walk.conftest import House, home, opened, postgresql_kept, sqlite_template

__all__ = ["home", "postgresql_kept", "sqlite_template"]
SECRET = "the_secret-of-the-webhook"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


@pytest.fixture
async def http() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


async def until(predicate: Callable[[], Any], within_s: float = 90) -> None:
    """Wait for what the playground does not announce."""
    async with asyncio.timeout(within_s):
        while not predicate():  # noqa: ASYNC110  # nobody sets an event for it
            await asyncio.sleep(0.01)


def lines(house: House) -> list[str]:
    """Return what has reached the operators of a customer's numbered lines, in order; several may share a message."""
    words = (line for message in house.group.chat.from_bot for line in message.text.splitlines())
    return [line for line in words if line.startswith("строка")]


@asynccontextmanager
async def hooked(
    database_url: str, *, playground: Playground | None = None, address: str = "", **more: str
) -> AsyncIterator[House]:
    """Start a bot in webhook mode, known to Telegram by `address` (its own, if none is given)."""
    port = free_port()
    playground = playground or Playground(webhook_scale=0.02)
    settings = webhook_settings(port, address) | more
    async with opened(database_url, playground=playground, **settings) as house:  # type: ignore[arg-type]  # all are text
        house.http = f"http://127.0.0.1:{port}"
        await until(lambda: playground.webhook.hook or house.running.done())
        yield house


def webhook_settings(port: int, address: str) -> dict[str, str]:
    return {
        "SUPPORT_TELEGRAM__MODE": "webhook",
        "SUPPORT_TELEGRAM__WEBHOOK_URL": address or f"http://127.0.0.1:{port}",
        "SUPPORT_TELEGRAM__WEBHOOK_SECRET": SECRET,
        "SUPPORT_HTTP__PORT": str(port),
    }


@asynccontextmanager
async def replica(house: House, telegram: str, address: str) -> AsyncIterator[str]:
    """Start one more bot on the database of another; gives the address of its HTTP."""
    port = free_port()
    env = {
        "BOT_TOKEN": defaults.TOKEN,
        "DATABASE_URL": house.database_url,
        "SUPPORT_TELEGRAM__API_URL": telegram,
        "SUPPORT_OPERATORS__CHAT_ID": str(house.group.chat.id),
        "SUPPORT_SCENARIOS__PATH": str(SHOP),
    }
    stopping = asyncio.Event()
    running = asyncio.create_task(run(load(env=env | webhook_settings(port, address)), stopping))
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        stopping.set()
        await running


@pytest.fixture
async def hooked_house(database_url: str, home: object) -> AsyncIterator[House]:
    async with hooked(database_url) as house:
        yield house


@asynccontextmanager
async def without(database_url: str, table: str) -> AsyncIterator[None]:
    """Take a table away for a while: whatever needs it fails, as on a database that is broken."""
    async with raw(database_url) as database:
        await database.write(lambda found: found.execute(text(f"ALTER TABLE {table} RENAME TO gone_{table}")))
        try:
            yield
        finally:
            await database.write(lambda found: found.execute(text(f"ALTER TABLE gone_{table} RENAME TO {table}")))


@asynccontextmanager
async def serving(app: web.Application) -> AsyncIterator[str]:
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
