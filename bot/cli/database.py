"""The database, for commands that work on it beside a running bot."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.cli.shell import Refusal
from bot.settings import Settings
from storage.engines import shown, sqlite_file
from storage.errors import StorageError
from storage.store import Store

T = TypeVar("T")


def work(
    settings: Settings,
    job: Callable[[Store], Awaitable[T]],
    *,
    may_create: bool = False,
    within_s: float | None = None,
) -> T:
    """Do a job on the database. A file that is not there is a slip, unless the job is to fill one.

    `within_s`: what takes longer is refused.
    """
    url = settings.database.url.get_secret_value()
    file = sqlite_file(url)
    if file is not None and not file.exists() and not may_create:
        raise Refusal(f"database.url: there is no {file}; name the database of the bot, which `support-bot run` makes")

    async def done() -> T:
        async with asyncio.timeout(within_s), Store(url) as store:
            await store.ensure_schema(may_create=may_create)
            return await job(store)

    try:
        return asyncio.run(done())
    except StorageError as error:
        raise Refusal(str(error)) from None
    except TimeoutError:
        raise Refusal(f"database.url: {shown(url)} does not answer within {within_s:g} s; is it running?") from None
