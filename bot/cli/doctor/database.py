"""The database: reachable, sound, of this program's schema, nobody else's to read. Looking changes nothing."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Final

from bot.cli.doctor import business, routes
from bot.cli.doctor.findings import Finding, fail, ok, warn
from bot.settings import Settings
from services.scenarios.fact_values import load_facts
from services.scenarios.facts import waiting
from services.scenarios.knowledge import load
from services.texts import LANGUAGES
from storage.engines import sqlite_file
from storage.errors import DatabaseTrouble, DatabaseUnusable
from storage.migrate import SchemaState
from storage.private import BESIDE, OTHERS
from storage.records import Pack
from storage.store import Store
from storage.units import Unit

SUBJECT: Final = "database"
WITHIN_S: Final = 10
SHOWN: Final = 5
"""So many names tell what a line is about."""


async def examine(settings: Settings) -> AsyncIterator[Finding]:
    url = settings.database.url.get_secret_value()
    file = sqlite_file(url)
    if file is not None and not file.exists():
        yield _new_file(file)
        return
    shown = settings.database.shown
    try:
        store = Store(url, pool_size=1, max_overflow=0)
    except DatabaseUnusable as error:
        yield fail(SUBJECT, str(error))
        return
    for finding in _rights(file) if file is not None else ():
        yield finding
    async with store:
        try:
            async with asyncio.timeout(WITHIN_S):
                version = await store.read(lambda unit: unit.database_info.version())
                yield ok(SUBJECT, f"{shown} answers ({version})")
                found = await store.schema_state()
            await store.integrity.prove(thoroughly=True)
            async for finding in _contents(store, found, settings):
                yield finding
        except TimeoutError:
            yield fail(SUBJECT, f"cannot use {shown} (no answer within {WITHIN_S} s)", "see what keeps it busy")
        except DatabaseTrouble as trouble:
            found_out = await store.integrity.explained(trouble)
            yield fail(SUBJECT, f"cannot use {shown} ({found_out.what})", found_out.fix)
        except DatabaseUnusable as error:
            yield fail(SUBJECT, str(error))


def _new_file(file: Path) -> Finding:
    folder = next(parent for parent in file.absolute().parents if parent.exists())
    if os.access(folder, os.W_OK):
        return ok(SUBJECT, f"{file} will be made at the first start")
    return fail(SUBJECT, f"{file} cannot be made: {folder} is not writable", "give the bot a folder of its own")


def _rights(file: Path) -> Iterator[Finding]:
    """Opening it has made it private, unless it is somebody else's."""
    found = [file.with_name(file.name + ending) for ending in BESIDE]
    open_to_all = [one for one in found if one.exists() and one.stat().st_mode & OTHERS]
    if open_to_all:
        names = " ".join(str(one) for one in open_to_all)
        yield warn(SUBJECT, "others on this machine may read what customers wrote", f"chmod 600 {names}")


async def _contents(store: Store, found: SchemaState, settings: Settings) -> AsyncIterator[Finding]:
    if found == "newer":
        yield fail(SUBJECT, "a newer support-bot has written it", "update this one")
        return
    if found != "newest":
        yield warn(SUBJECT, "its schema is not the newest", "run `support-bot migrate`, or just start the bot")
        return

    def look(unit: Unit) -> tuple[int, dict[str, int]]:
        known = unit.scenarios.count()
        aside = {"inbox": unit.inbox.count_quarantined(), "outbox": unit.outbox.count_quarantined()}
        return known, aside

    known, aside = await store.read(look)
    yield ok(
        SUBJECT, f"{known} scenarios" if known else "no scenarios yet: the first start brings them in from the files"
    )
    pack = await load(store)
    yield await _facts(store, settings, pack)
    if known:
        for finding in routes.examine(settings, (scenario.key for scenario in pack.scenarios)):
            yield finding
    for finding in await business.examine(store, settings):
        yield finding
    for queue, count in aside.items():
        if count:
            yield warn(queue, f"{count} set aside after failing", f"look at them: support-bot {queue} list")


async def _facts(store: Store, settings: Settings, pack: Pack) -> Finding:
    """Tell whether answers are held back because nobody has filled in what they say."""
    facts = await load_facts(store, settings.facts)
    names = list(dict.fromkeys(one.name for one in waiting(pack.scenarios, facts, LANGUAGES)))
    if not names:
        return ok("facts", f"{len(facts.definitions)} facts, no answer waits for one")
    shown = ", ".join(names[:SHOWN]) + (f" and {len(names) - SHOWN} more" if len(names) > SHOWN else "")
    told = f"{len(names)} answer{'s wait' if len(names) != 1 else ' waits'} for facts: {shown}"
    return warn("facts", told, "support-bot facts list names them; /facts in Telegram asks for them")
