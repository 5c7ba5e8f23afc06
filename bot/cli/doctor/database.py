"""The database: reachable, of the newest schema, nothing set aside. Looking changes nothing."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from bot.cli.doctor.findings import Finding, fail, ok, warn
from bot.settings import Settings
from storage.engines import sqlite_file
from storage.store import Store

SUBJECT: Final = "database"
WITHIN_S: Final = 10


async def examine(settings: Settings) -> AsyncIterator[Finding]:
    url = settings.database.url.get_secret_value()
    file = sqlite_file(url)
    if file is not None and not file.exists():
        yield _new_file(file)
        return
    try:
        async with asyncio.timeout(WITHIN_S), Store(url, pool_size=1, max_overflow=0) as store:
            yield ok(SUBJECT, f"{settings.database.shown} answers ({await store.version()})")
            async for finding in _contents(store):
                yield finding
    except (OSError, SQLAlchemyError, TimeoutError) as error:
        reason = (str(getattr(error, "orig", error)) or type(error).__name__).splitlines()[0]
        fix = (
            "check that it is a database of this bot"
            if file
            else "check that the server runs and DATABASE_URL is right"
        )
        yield fail(SUBJECT, f"cannot use {settings.database.shown} ({reason})", fix)


def _new_file(file: Path) -> Finding:
    folder = next(parent for parent in file.absolute().parents if parent.exists())
    if os.access(folder, os.W_OK):
        return ok(SUBJECT, f"{file} will be made at the first start")
    return fail(SUBJECT, f"{file} cannot be made: {folder} is not writable", "give the bot a folder of its own")


async def _contents(store: Store) -> AsyncIterator[Finding]:
    try:
        async with store.read() as unit:
            known = await unit.scenarios.count()
            aside = {"inbox": await unit.inbox.count_quarantined(), "outbox": await unit.outbox.count_quarantined()}
    except SQLAlchemyError:
        yield warn(SUBJECT, "its schema is not the newest", "run `support-bot migrate`, or just start the bot")
        return
    yield ok(
        SUBJECT, f"{known} scenarios" if known else "no scenarios yet: the first start brings them in from the files"
    )
    for queue, count in aside.items():
        if count:
            yield warn(queue, f"{count} set aside after failing", f"look at them: support-bot {queue} list")
