"""The life of the process: start in order, run until told to stop, drain, leave."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import secrets
from collections.abc import AsyncIterator, Callable
from typing import Final

import structlog
from aiogram.exceptions import TelegramAPIError, TelegramUnauthorizedError
from aiogram.methods import DeleteWebhook
from pydantic import SecretStr

from bot.chores import Chore, chores
from bot.engines import open_engines
from bot.file_handles import raise_limit
from bot.first_admin import invite_first_admin
from bot.last_resort import stops_within
from bot.lookups import menu_buttons_of
from bot.openness import warn_of_openings
from bot.settings import Settings
from bot.signals import told_to_stop
from bot.strange_routes import strange_routes
from bot.surface import pages
from bot.trained import MODEL
from bot.wiring import Parts
from handlers.http.listener import CannotListen, listening
from handlers.telegram.registration import WebhookRefused
from services.desk.translated_cards import translate_cards
from services.health.database_log import DatabaseTrouble, OutageLog
from services.setup.planning import bare
from storage.store import Clock, Store, utc_now

log = structlog.get_logger()
COLLECT_AFTER: Final = (10_000, 20, 20)
"""New objects before the youngest are looked through, then rounds before the older are; usually 700, 10, 10."""
DRAIN_S: Final = 20.0
"""Orchestrators kill after 30 s; what is not sent by then is sent after the next start."""

LAST_REQUESTS_S: Final = 3.0
Hide = Callable[[str], None]


class StartRefused(Exception):  # a state: the settings do not fit the world
    """The process cannot start; the text names the setting and the fix."""


async def run_until_signal(settings: Settings, *, hide: Hide) -> None:
    """Run the bot until SIGTERM or SIGINT; raises what `run` does."""
    raise_limit()
    spare_the_collector()
    stopping = asyncio.Event()
    with told_to_stop(stopping), stops_within(stopping):
        await run(settings, stopping, hide=hide)


def spare_the_collector() -> None:
    """What is imported by now stays for good, so the garbage collector need not walk through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)
    gc.enable()


async def run(
    settings: Settings, stopping: asyncio.Event, *, hide: Hide = lambda _secret: None, clock: Clock = utc_now
) -> None:
    """Run the bot until told to stop; `hide` is told of secrets made on the way, `clock` is what people go by.

    Raises StartRefused, DatabaseUnusable, DatabaseTaken, DatabaseTrouble, PackInvalid.
    """
    database = settings.database
    url = database.url.get_secret_value()
    async with (
        Store(url, pool_size=database.pool_size, max_overflow=database.max_overflow, clock=clock) as store,
        store.working(),
    ):
        await store.integrity.prove(thoroughly=False)
        await store.migrate()
        store.watch.listen(OutageLog())
        secret = await _kept("webhook_secret", settings.telegram.webhook_secret, store, hide)
        secret_key = await _kept("secret_key", settings.app.secret_key, store, hide)
        engines = await open_engines(settings, store, MODEL)
        parts = Parts(settings, store, engines=engines, webhook_secret=secret, secret_key=secret_key)
        try:
            await _live(settings, parts, stopping)
        finally:
            await engines.close()
            await parts.spinners.close()
            await parts.bot.session.close()


async def _kept(name: str, given: SecretStr | None, store: Store, hide: Hide) -> str:
    """Return a secret as it is given, else as it was made once and is kept for all replicas."""
    if given is not None:
        return given.get_secret_value()
    made = secrets.token_urlsafe(32)
    hide(made)  # before it is written: drivers log what they write, at debug
    kept = await store.write(lambda unit: unit.key_values.keep(name, made))
    hide(kept)
    return kept


async def _live(settings: Settings, parts: Parts, stopping: asyncio.Event) -> None:
    await _seed(settings, parts)
    await parts.knowledge.refresh()
    _warn_of_routes(settings, parts)
    await parts.groups.load()
    await parts.connecting.team_refresh.look()
    await parts.admins.load()
    await translate_cards(parts.store, parts.team)
    await parts.outbound.look_around()
    await _mend(parts)
    async with _serving(parts, settings.http.host, settings.http.port):
        await _greet(parts)
        await invite_first_admin(parts)
        await _work(settings, parts, stopping)


async def _seed(settings: Settings, parts: Parts) -> None:
    begin, folder = settings.playground.begin, settings.scenarios.path
    if begin == "nothing":
        await parts.knowledge.seed(folder, choose=bare)
    else:
        await parts.knowledge.seed(folder, invented=begin == "example")


def _warn_of_routes(settings: Settings, parts: Parts) -> None:
    """Tell of routes that no ticket can take. They stop nothing: a scenario may be brought in again."""
    for key in strange_routes(settings, [one.key for one in parts.knowledge.scenarios]):
        log.warning("routes.unknown_scenario", scenario=key, hint="support-bot doctor lists those that there are")


async def _mend(parts: Parts) -> None:
    """End the troubles that the settings of this start have put right."""
    if parts.registration is not None:  # nobody polls here any more
        await parts.troubles.end("conflict")


async def _greet(parts: Parts) -> None:
    """Make sure the token is good and say how updates are to come; a server that is away is waited for later."""
    try:
        if parts.registration is None:
            await parts.bot(DeleteWebhook(drop_pending_updates=False))
        else:
            await parts.registration.register()
    except WebhookRefused as error:
        raise _address_refused(error) from None
    except TelegramUnauthorizedError:
        raise StartRefused("telegram.token: Telegram does not know this token; copy it again from @BotFather") from None
    except TelegramAPIError as error:
        log.warning("telegram.unreachable", error=type(error).__name__)


def _address_refused(error: WebhookRefused) -> StartRefused:
    return StartRefused(f"telegram.webhook_url: Telegram does not take it ({error}); it must reach this bot over https")


async def _work(settings: Settings, parts: Parts, stopping: asyncio.Event) -> None:
    background = [
        *(asyncio.create_task(_again_and_again(chore), name=chore.name) for chore in chores(parts)),
        asyncio.create_task(menu_buttons_of(parts, parts.dashboard).publish(), name="menu_buttons"),
        asyncio.create_task(warn_of_openings(parts.bot, parts.groups), name="openness"),
    ]
    workers = [asyncio.create_task(worker.run(), name="worker") for worker in (parts.inbox, *parts.outbound.workers)]
    source = asyncio.create_task(_receive(parts, stopping), name="receive")
    log.info("bot.started", app=settings.app.name, http=f"{settings.http.host}:{settings.http.port}")
    stopped = asyncio.create_task(stopping.wait())
    try:
        await asyncio.wait({stopped, source}, return_when=asyncio.FIRST_COMPLETED)
        log.info("bot.stopping")
        parts.shutdown.close()
        parts.polling.stop()
        await source
    finally:
        stopped.cancel()
        for task in background:
            task.cancel()
        await _drain(parts, workers)
        await asyncio.gather(stopped, *background, return_exceptions=True)
        log.info("bot.stopped")


async def _receive(parts: Parts, stopping: asyncio.Event) -> None:
    try:
        if parts.registration is not None:
            await parts.registration.run(stopping)
        else:
            await _poll(parts, stopping)
    except WebhookRefused as error:
        raise _address_refused(error) from None
    except TelegramUnauthorizedError:
        raise StartRefused("telegram.token: Telegram refuses this token; @BotFather gives a new one") from None


async def _poll(parts: Parts, stopping: asyncio.Event) -> None:
    while not stopping.is_set():
        parts.intake.standing_by = True
        async with parts.store.leading(stopping) as leadership:
            parts.intake.standing_by = False
            log.info("leadership.taken", term=leadership.term)
            await parts.polling.run(leadership.held, leadership.term)
        if not stopping.is_set():
            log.warning("leadership.lost", term=leadership.term)
    await parts.polling.confirm()


async def _drain(parts: Parts, workers: list[asyncio.Task[None]]) -> None:
    """Finish what has come in, then deliver what has been decided, as far as the time goes."""
    trouble = parts.store.watch.trouble
    if trouble is None or trouble.ailment != "lost":  # of a file that is gone nothing can be finished
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(DRAIN_S):
                await parts.inbox.drain()
                await asyncio.gather(*(worker.drain() for worker in parts.outbound.workers))
    for worker in (parts.inbox, *parts.outbound.workers):
        worker.stop()
    _, late = await asyncio.wait(workers, timeout=DRAIN_S / 5)
    for task in late:
        task.cancel()
    await asyncio.gather(*workers, return_exceptions=True)


async def _again_and_again(chore: Chore) -> None:
    """Do it at its pace; a failure is told and the next turn tries anew."""
    pause_s = chore.every_s if chore.first_s is None else chore.first_s
    while True:
        await asyncio.sleep(pause_s)
        pause_s = chore.every_s
        try:
            await chore.run()
        except DatabaseTrouble:
            continue  # told once in the log, by the store's watch
        except Exception:
            log.exception("timer.failed")


@contextlib.asynccontextmanager
async def _serving(parts: Parts, host: str, port: int) -> AsyncIterator[None]:
    try:
        async with listening(pages(parts), host=host, port=port, last_requests_s=LAST_REQUESTS_S):
            yield
    except CannotListen as error:
        raise StartRefused(
            f"http.port: cannot listen on {host}:{port} ({error.reason}); free it or set SUPPORT_HTTP__PORT"
        ) from None
