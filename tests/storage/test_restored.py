"""A backup put in the place of a file that was lost under the bot: the log of the lost one is not written into it."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import make_url

from storage.backup import back_up
from storage.errors import DatabaseTrouble
from storage.store import Store
from storage.units import Unit


async def note(store: Store, first: int, count: int) -> None:
    def act(unit: Unit, number: int) -> None:
        unit.key_values.write(f"n{number}", "x" * 3_000)

    for number in range(first, first + count):
        await store.write(partial(act, number=number))


def trouble(store: Store) -> DatabaseTrouble | None:
    return store.watch.trouble


def delete(file: Path, _copy: Path) -> None:
    file.unlink()


def replace(file: Path, copy: Path) -> None:
    shutil.copy(copy, file.with_name("other.db"))
    file.with_name("other.db").replace(file)


@pytest.mark.parametrize("lose", [delete, replace])
@pytest.mark.parametrize("killed", [False, True])
async def test_a_restored_backup_is_what_it_was(
    sqlite_url: str, tmp_path: Path, lose: Callable[[Path, Path], None], *, killed: bool
) -> None:
    file, copy = Path(make_url(sqlite_url).database or ""), tmp_path / "copy.db"
    async with Store(sqlite_url) as store:
        await note(store, 0, 40)
        back_up(file, copy, replace=False, progress=lambda _done, _all: None)
        await note(store, 40, 40)
        await store.watch.look()
        lose(file, copy)
        await store.watch.look()
        assert store.watch.trouble is not None
        assert store.watch.trouble.ailment == "lost"
        assert not file.with_name(f"{file.name}-wal").exists(), "a kill now would leave it behind"
        if killed:
            shutil.copy(copy, file)
            with closing(sqlite3.connect(file)) as restored:
                assert restored.execute("PRAGMA integrity_check").fetchone() == ("ok",)
                assert restored.execute("SELECT count(*) FROM notebook WHERE name LIKE 'n%'").fetchone() == (40,)
            file.unlink()  # noqa: ASYNC240  # the test is alone
    shutil.copy(copy, file)
    async with Store(sqlite_url) as store:
        await store.integrity.prove(thoroughly=True)
        assert await store.read(lambda unit: unit.key_values.read("n39"))
        assert await store.read(lambda unit: unit.key_values.read("n40")) is None


async def test_a_file_that_is_moved_back_has_its_log_again(sqlite_url: str) -> None:
    file = Path(make_url(sqlite_url).database or "")
    away = file.with_name("away.db")
    async with Store(sqlite_url) as store:
        await note(store, 0, 40)
        await store.watch.look()
        file.rename(away)  # noqa: ASYNC240  # the test is alone
        await store.watch.look(at_once=True)
        assert trouble(store) is not None
        away.rename(file)
        await store.watch.look(at_once=True)
        assert trouble(store) is None
        await note(store, 40, 5)
    async with Store(sqlite_url) as store:
        assert await store.read(lambda unit: unit.key_values.read("n44"))
