"""Units: all or nothing, alone or in a group."""

from __future__ import annotations

import asyncio
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

from storage.store import Store
from storage.units import Unit


async def note(store: Store, name: str, *, fail: bool = False) -> None:
    def act(unit: Unit) -> None:
        unit.key_values.write(name, "written")
        if fail:
            raise LookupError(name)

    await store.write(act)


async def read(store: Store, name: str) -> str | None:
    return await store.read(lambda unit: unit.key_values.read(name))


async def test_what_is_written_is_there_once_the_unit_is_left(store: Store) -> None:
    await note(store, "a")
    assert await read(store, "a") == "written"


async def test_a_failing_unit_leaves_nothing(store: Store) -> None:
    with pytest.raises(LookupError):
        await note(store, "a", fail=True)
    assert await read(store, "a") is None


async def test_in_a_crowd_each_unit_fails_alone(store: Store) -> None:
    results = await asyncio.gather(
        *(note(store, f"n{number}", fail=number % 3 == 0) for number in range(60)), return_exceptions=True
    )
    for number, result in enumerate(results):
        failed = number % 3 == 0
        assert isinstance(result, LookupError) == failed
        assert await read(store, f"n{number}") == (None if failed else "written")


async def test_a_unit_given_up_in_line_takes_no_other_with_it(store: Store) -> None:
    holding = threading.Event()
    go_on = threading.Event()

    def first(unit: Unit) -> None:
        unit.key_values.write("first", "written")
        holding.set()
        if not store.shared:  # on a server the unit runs on the loop, where nothing may wait
            assert go_on.wait(10)

    one = asyncio.create_task(store.write(first))
    await asyncio.to_thread(holding.wait, 10)
    waiting = asyncio.create_task(note(store, "second"))
    await asyncio.sleep(0)
    waiting.cancel()
    go_on.set()
    await asyncio.wait_for(one, 90)
    assert await read(store, "first") == "written"
    await note(store, "third")
    assert await read(store, "third") == "written"


async def test_a_look_cannot_write(sqlite_url: str) -> None:
    async with Store(sqlite_url) as store:
        with pytest.raises(DBAPIError, match="readonly"):
            await store.read(lambda unit: unit.key_values.write("a", "b"))


async def test_a_look_into_the_file_leaves_the_locks_of_its_process(sqlite_url: str) -> None:
    """A command that opens the database beside the bot, and closes it, must not take the log away under it."""
    file = Path(make_url(sqlite_url).database or "")
    async with Store(sqlite_url) as store:
        await store.check()
        await store.integrity.demand()
        beside = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('SELECT 1 FROM notebook'); c.close()"
        command = await asyncio.create_subprocess_exec(sys.executable, "-c", beside, str(file))
        assert await command.wait() == 0
        assert file.with_name(f"{file.name}-wal").exists()
        await store.check()
