"""What has arrived is noted, also by a database that was away as it came back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import TypeVar

import pytest

from services.delivery.call_book import AGAIN_S, CallBook, Done
from storage.errors import AlreadySettled, DatabaseTrouble
from storage.records import Cause, Entry, Task
from storage.store import Store
from storage.units import Unit

T = TypeVar("T")


class Away(Store):
    """A store that can be told to fail."""

    away = False

    async def write(
        self, act: Callable[[Unit], T], cause: Cause | None = None, *, ahead: bool = False, alone: bool = False
    ) -> T:
        if self.away:
            raise DatabaseTrouble("the disk is full", "make room", ailment="full")
        return await super().write(act, cause, ahead=ahead, alone=alone)


@pytest.fixture
async def away(sqlite_url: str) -> AsyncIterator[Away]:
    async with Away(sqlite_url) as store:
        await store.migrate()
        yield store


async def put(store: Store) -> Task:
    await store.write(lambda unit: unit.outbox.put(Entry(key="a", lane="p:1", payload="", pool="private")))
    [task] = await store.claim("outbox", pool="private", most=1, busy=())
    return task


async def test_what_arrived_while_the_database_was_away_is_noted_once_it_is_back(away: Away) -> None:
    task, book = await put(away), CallBook(store=away)
    away.away = True
    settling = asyncio.create_task(book.settle(Done(tasks=[task])))
    await asyncio.sleep(AGAIN_S / 5)
    assert not settling.done()
    away.away = False
    async with asyncio.timeout(90):
        await settling

    def look(unit: Unit) -> None:
        assert unit.outbox.backlog() == (0, None)

    await away.read(look)


async def test_what_another_has_settled_is_not_waited_for(away: Away) -> None:
    task, book = await put(away), CallBook(store=away)
    await book.settle(Done(tasks=[task]))
    with pytest.raises(AlreadySettled):
        await book.settle(Done(tasks=[task]))


async def test_a_call_does_not_leave_without_a_note(away: Away) -> None:
    task, book = await put(away), CallBook(store=away)
    away.away = True
    with pytest.raises(DatabaseTrouble):
        await book.begin([task])
