"""The database fails under a running bot: nothing set aside, nothing promised, one line logged, work goes on."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
from aiohttp import ClientSession
from structlog.testing import capture_logs
from structlog.typing import EventDict

from storage import engines
from tests.durability.crowd import QUESTIONS
from tests.durability.ledger import read, wait_until
from tests.durability.waiting import until
from tests.walk.conftest import House, opened

LOUD = ("warning", "error", "critical")
TOKEN = "a-token-for-the-api-of-the-tests"


@pytest.fixture
def file(sqlite_template: Path, tmp_path: Path) -> Path:
    """A database in a folder of its own."""
    folder = tmp_path / "memory"
    folder.mkdir()
    shutil.copy(sqlite_template, folder / "support.db")
    return folder / "support.db"


@pytest.fixture
async def house(file: Path, home: Path) -> AsyncIterator[House]:
    async with opened(f"sqlite+aiosqlite:///{file}", SUPPORT_HTTP__API_TOKEN=TOKEN) as opened_house:
        yield opened_house


@pytest.fixture
def log() -> Iterator[list[EventDict]]:
    """What the bot logs."""
    with capture_logs() as events:
        yield events


def told(log: list[EventDict], event: str) -> list[EventDict]:
    return [one for one in log if one["event"] == event]


async def health(house: House, part: str) -> tuple[int, str]:
    async with ClientSession() as http, http.get(f"{house.http}{part}") as answer:
        return answer.status, await answer.text()


async def ready_says(house: House, status: int) -> str:
    """Wait for the answer of /health/ready to be so, and return its words."""
    async with ClientSession() as http:
        words = ""

        async def same() -> bool:
            nonlocal words
            async with http.get(f"{house.http}/health/ready") as answer:
                words = await answer.text()
                return answer.status == status

        while not await same():  # bounded by the time limit of the test
            pass
    return words


def pages_of(file: Path, table: str) -> list[int]:
    """Return the pages of a table, all of them in the file itself, and make every connection read them anew."""
    with contextlib.closing(sqlite3.connect(file)) as other:
        with other:
            other.execute("INSERT OR REPLACE INTO notebook VALUES ('test', 'written')")
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return [page for (page,) in other.execute("SELECT pageno FROM dbstat WHERE name = ?", (table,))]


@contextlib.contextmanager
def broken(file: Path, table: str) -> Iterator[None]:
    """Write garbage over a table, and put back what stood there."""
    pages = pages_of(file, table)
    with file.open("r+b") as opened_file:
        kept = {page: os.pread(opened_file.fileno(), 4096, (page - 1) * 4096) for page in pages}
        for page in pages:
            os.pwrite(opened_file.fileno(), b"\xa5" * 4096, (page - 1) * 4096)
        yield
        for page, content in kept.items():
            os.pwrite(opened_file.fileno(), content, (page - 1) * 4096)


@pytest.mark.parametrize("table", ["inbox", "outbox", "messages", "customers"])
async def test_a_broken_page_is_nobodys_fault_and_is_told_once(
    house: House, file: Path, log: list[EventDict], table: str
) -> None:
    house.anna.send(QUESTIONS[0])
    await house.answer(house.anna)
    with broken(file, table):
        for number in range(6):
            house.john.send(QUESTIONS[4].format(number))
        words = await ready_says(house, 503)
        await until(lambda: told(log, "database.trouble"))
        status, full = await health(house, "/health/full")
        assert status == 503
        assert "malformed" in words + full
        assert '"unhealthy"' in (await health(house, "/health"))[1]
    await ready_says(house, 200)
    house.john.send(QUESTIONS[0])
    await house.playground.wait_for(lambda: len(house.john.replies) >= 2)
    ledger = await wait_until(house.database_url, lambda found: found.settled)
    assert ledger.all_done
    assert {row.attempts for row in (*ledger.inbox, *ledger.outbox)} == {0}
    (line,) = told(log, "database.trouble")
    assert f"table {table}" in line["reason"]
    assert ".recover" in line["fix"]
    assert not [one for one in log if one.get("exc_info")]
    assert len([one for one in log if one["log_level"] in LOUD]) <= 4


def delete(file: Path) -> None:
    file.unlink()


def replace(file: Path) -> None:
    other = file.with_name("other.db")
    shutil.copy(file, other)
    other.rename(file)


def take_the_folder(file: Path) -> None:
    shutil.rmtree(file.parent)


def delete_the_log(file: Path) -> None:
    file.with_name(f"{file.name}-wal").unlink()


def move_away(file: Path) -> Callable[[], object]:
    """Move it, and return what moves it back."""
    away = file.rename(file.with_name("away.db"))
    return lambda: away.rename(file)


@pytest.mark.parametrize("lose", [delete, move_away, replace, take_the_folder, delete_the_log])
async def test_a_lost_file_is_noticed_and_nothing_is_promised_any_more(
    house: House, file: Path, log: list[EventDict], lose: Callable[[Path], object]
) -> None:
    house.anna.send(QUESTIONS[0])
    await house.answer(house.anna)
    lose(file)
    words = await ready_says(house, 503)
    assert str(file) in words
    await until(lambda: told(log, "database.trouble"))
    house.john.send(QUESTIONS[4])
    polls = len(house.playground.calls.of("getUpdates"))
    await house.playground.wait_for(lambda: len(house.playground.calls.of("getUpdates")) > polls + 1)
    assert house.playground.world.updates.pending
    said = {"client_id": "c", "content": "where is my parcel?", "message_id": "1"}
    async with (
        ClientSession() as http,
        http.post(f"{house.http}/api/messages/", json=said, headers={"Authorization": f"Bearer {TOKEN}"}) as answer,
    ):
        assert answer.status == 503
    assert not house.john.replies
    (line,) = told(log, "database.trouble")
    assert "restore" in line["fix"]
    assert not [one for one in log if one.get("exc_info")]


async def test_a_file_that_comes_back_is_worked_on_again(house: House, file: Path) -> None:
    house.anna.send(QUESTIONS[0])
    await house.answer(house.anna)
    move_back = move_away(file)
    await ready_says(house, 503)
    house.john.send(QUESTIONS[4])
    move_back()
    await house.answer(house.john)
    await ready_says(house, 200)
    assert (await read(house.database_url)).all_done


async def test_a_database_that_is_locked_for_long_is_waited_for(
    file: Path, home: Path, log: list[EventDict], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "BUSY_MS", 300)
    async with opened(f"sqlite+aiosqlite:///{file}") as house:
        house.anna.send(QUESTIONS[0])
        await house.answer(house.anna)
        with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            for customer in (house.anna, house.john):
                customer.send(QUESTIONS[4])
            assert "locked" in await ready_says(house, 503)
            await until(lambda: told(log, "database.trouble"))
            assert house.playground.world.updates.pending
            other.execute("ROLLBACK")
        await house.answer(house.john)
        await ready_says(house, 200)
        assert (await wait_until(house.database_url, lambda found: found.settled)).all_done
    assert len(told(log, "database.trouble")) == 1
    assert not [one for one in log if one.get("exc_info")]
