"""The life of the process: start in order, run until told to stop, drain, leave."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Final

import structlog
from aiogram.exceptions import TelegramAPIError, TelegramUnauthorizedError
from aiogram.methods import DeleteWebhook
from aiohttp import web

from bot.menu import publish_commands
from bot.settings import Settings
from bot.signals import told_to_stop
from bot.wiring import Parts, assemble
from storage.store import Store

log = structlog.get_logger()
LEARN_S: Final = 3.0
"""How often a process looks whether the scenarios have changed."""
DRAIN_S: Final = 25.0
"""Orchestrators kill after 30 s; what is not sent by then is sent after the next start."""


class StartRefused(Exception):  # a state: the settings do not fit the world
    """The process cannot start; the text names the setting and the fix."""


async def run_until_signal(settings: Settings) -> None:
    """Run the bot until SIGTERM or SIGINT; raises what `run` does."""
    stopping = asyncio.Event()
    with told_to_stop(stopping):
        await run(settings, stopping)


async def run(settings: Settings, stopping: asyncio.Event) -> None:
    """Run the bot until told to stop. Raises StartRefused, DatabaseUnusable, DatabaseTaken, PackInvalid."""
    database = settings.database
    url = database.url.get_secret_value()
    async with (
        Store(url, pool_size=database.pool_size, max_overflow=database.max_overflow) as store,
        store.working(),
    ):
        await store.migrate()
        parts = assemble(settings, store)
        try:
            await _live(settings, parts, stopping)
        finally:
            await parts.courier.traffic.close()
            await parts.bot.session.close()


async def _live(settings: Settings, parts: Parts, stopping: asyncio.Event) -> None:
    await parts.knowledge.seed(settings.scenarios.path)
    await parts.knowledge.refresh()
    await parts.group.load()
    async with _serving(parts, settings.http.host, settings.http.port):
        await _greet(parts)
        await _work(settings, parts, stopping)


async def _greet(parts: Parts) -> None:
    """Make sure the token is good and that polling is how updates come; a server that is away is waited for later."""
    try:
        await parts.bot(DeleteWebhook(drop_pending_updates=False))
    except TelegramUnauthorizedError:
        raise StartRefused("telegram.token: Telegram does not know this token; copy it again from @BotFather") from None
    except TelegramAPIError as error:
        log.warning("telegram.unreachable", error=type(error).__name__)


async def _work(settings: Settings, parts: Parts, stopping: asyncio.Event) -> None:
    background = [
        asyncio.create_task(_keep_learning(parts), name="learn"),
        asyncio.create_task(publish_commands(parts.bot, settings), name="menu"),
    ]
    workers = [asyncio.create_task(worker.run(), name="worker") for worker in (parts.inbox, *parts.outbox)]
    polling = asyncio.create_task(_poll(parts, stopping), name="polling")
    log.info("bot.started", app=settings.app.name, http=f"{settings.http.host}:{settings.http.port}")
    stopped = asyncio.create_task(stopping.wait())
    try:
        await asyncio.wait({stopped, polling}, return_when=asyncio.FIRST_COMPLETED)
        log.info("bot.stopping")
        parts.polling.stop()
        await polling
    finally:
        stopped.cancel()
        for task in background:
            task.cancel()
        await _drain(parts, workers)
        await asyncio.gather(stopped, *background, return_exceptions=True)
        log.info("bot.stopped")


async def _poll(parts: Parts, stopping: asyncio.Event) -> None:
    try:
        while not stopping.is_set():
            parts.intake.standing_by = True
            async with parts.store.leading(stopping) as leadership:
                parts.intake.standing_by = False
                await parts.polling.run(leadership.held)
        await parts.polling.confirm()
    except TelegramUnauthorizedError:
        raise StartRefused("telegram.token: Telegram refuses this token; @BotFather gives a new one") from None


async def _drain(parts: Parts, workers: list[asyncio.Task[None]]) -> None:
    """Finish what has come in, then deliver what has been decided, as far as the time goes."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(DRAIN_S):
            await parts.inbox.drain()
            await asyncio.gather(*(worker.drain() for worker in parts.outbox))
    for worker in (parts.inbox, *parts.outbox):
        worker.stop()
    _, late = await asyncio.wait(workers, timeout=DRAIN_S / 5)
    for task in late:
        task.cancel()
    await asyncio.gather(*workers, return_exceptions=True)


async def _keep_learning(parts: Parts) -> None:
    while True:
        await asyncio.sleep(LEARN_S)
        try:
            await parts.knowledge.refresh()
        except Exception:
            log.exception("knowledge.refresh_failed")


@contextlib.asynccontextmanager
async def _serving(parts: Parts, host: str, port: int) -> AsyncIterator[None]:
    runner = web.AppRunner(parts.web, access_log=None)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            raise StartRefused(
                f"http.port: cannot listen on {host}:{port} ({error.strerror}); free it or set SUPPORT_HTTP__PORT"
            ) from None
        yield
    finally:
        await runner.cleanup()
