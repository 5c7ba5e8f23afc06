"""`support-bot backup FILE`: whole and of one moment, whatever the bot writes meanwhile."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.cli import call
from storage.records import Entry
from storage.store import Store
from storage.units import Unit
from tests.durability.waiting import until


@pytest.fixture
def database(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "support.db"


@contextlib.asynccontextmanager
async def writing(url: str, payload: str) -> AsyncIterator[list[int]]:
    """Write rows, two in each unit, for as long as this is open."""
    written = [0]
    ending = asyncio.Event()

    async def write(store: Store) -> None:
        while not ending.is_set():

            def act(unit: Unit) -> None:
                for half in ("a", "b"):
                    unit.inbox.put(Entry(key=f"{half}{written[0]}", lane=f"p:{written[0] % 9}", payload=payload))

            await store.write(act)
            written[0] += 1

    async with Store(url) as store:
        writer = asyncio.create_task(write(store))
        try:
            yield written
        finally:
            ending.set()
            await writer


def keys(file: Path) -> set[str]:
    with contextlib.closing(sqlite3.connect(file)) as found:
        return {key for (key,) in found.execute("SELECT key FROM inbox")}


async def test_a_copy_beside_a_bot_that_writes_is_of_one_moment(
    database: Path, sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = database.with_name("copy.db")
    async with writing(sqlite_url, "слова " * 400) as written:
        await until(lambda: written[0] >= 300)
        before = written[0]
        assert await asyncio.to_thread(call, ["backup", str(copy)]) == 0
    found = keys(copy)
    assert {key[1:] for key in found if key[0] == "a"} == {key[1:] for key in found if key[0] == "b"}
    assert len(found) >= 2 * before
    assert copy.stat().st_mode & 0o777 == 0o600
    assert sorted(one.name for one in database.parent.glob("*copy*")) == ["copy.db"]
    out = capsys.readouterr().out
    assert "MiB" in out
    assert "checked" in out


def test_it_replaces_nothing_unless_told_to(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = database.with_name("copy.db")
    copy.write_text("the only letter from home")
    assert call(["backup", str(copy)]) == 2
    assert "--force" in capsys.readouterr().err
    assert copy.read_text() == "the only letter from home"
    assert call(["backup", "--force", str(copy)]) == 0
    assert keys(copy) == set()


@pytest.mark.parametrize("target", ["support.db", "support.db-wal", "no/such/folder.db", "."])
def test_a_place_that_will_not_do_is_refused_with_one_line(
    database: Path, target: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = database.read_bytes()
    assert call(["backup", "--force", target]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert database.read_bytes() == before


def test_a_malformed_database_gives_no_copy(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with contextlib.closing(sqlite3.connect(database)) as opened:
        (page,) = opened.execute("SELECT rootpage FROM sqlite_master WHERE name = 'messages'").fetchone()
    with database.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xa5" * 4096)
    assert call(["backup", "copy.db"]) == 2
    assert "malformed" in capsys.readouterr().err
    assert not database.with_name("copy.db").exists()


def test_postgresql_brings_its_own(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:hush-hush@db.example:5433/support?sslmode=require")
    assert call(["backup", "copy.dump"]) == 2
    err = capsys.readouterr().err
    assert 'pg_dump --format=custom --file="copy.dump" "postgresql://me@db.example:5433/support?sslmode=require"' in err
    assert "hush" not in err
    assert err.count("\n") == 1
