"""A worker claims what it is told of, and asks no more often than it has to; nothing waits for it to look by itself."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any, Final

import pytest

from services.queues import worker as worker_module
from services.queues.alerts import Alerts
from services.queues.outcomes import Retry
from services.queues.worker import Worker, WorkSource
from services.texts.team import Team
from storage.records import Cause, Entry, Task
from storage.store import Store
from storage.units import Unit

NEVER_S: Final = 600.0
TIMEOUT_S: Final = 90.0


class Counting(Store):
    """Counts claims."""

    claims = 0

    async def claim(self, *args: Any, busy: Collection[str], **more: Any) -> list[Task]:
        self.claims += 1
        return await super().claim(*args, busy=busy, **more)


@pytest.fixture
async def counting(database_url: str) -> AsyncIterator[Counting]:
    async with Counting(database_url) as opened:
        yield opened


@pytest.fixture(autouse=True)
def who_never_looks_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not told of is not found."""
    monkeypatch.setattr(worker_module, "IDLE_S", NEVER_S)


class Work:
    """Settles each task after a moment, and notes its payload."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.done: list[str] = []
        self.fails_once: set[str] = set()

    async def act(self, task: Task) -> None:
        await asyncio.sleep(random.Random(task.id).random() / 100)  # noqa: S311  # a moment of any length
        if task.payload in self.fails_once:
            self.fails_once.discard(task.payload)
            raise Retry("once more", timedelta(milliseconds=10))
        await self._store.write(lambda _unit: None, Cause(key=task.key, task=task))
        self.done.append(task.payload)

    async def all_done(self, many: int) -> None:
        async with asyncio.timeout(TIMEOUT_S):
            while len(self.done) < many:  # noqa: ASYNC110  # what is done tells nobody
                await asyncio.sleep(0.01)


async def put(store: Store, *entries: tuple[str, str]) -> None:
    def act(unit: Unit) -> None:
        for key, lane in entries:
            unit.inbox.put(Entry(key=key, lane=lane, payload=key))

    await store.write(act)


@asynccontextmanager
async def working(store: Store, work: Work, *, concurrency: int = 4) -> AsyncIterator[None]:
    worker = Worker(
        store=store,
        source=WorkSource(queue="inbox", pool="", concurrency=concurrency, fair=True),
        act=work.act,
        alerts=Alerts(team=Team(language="en")),
    )
    running = asyncio.create_task(worker.run())
    try:
        yield
    finally:
        worker.stop()
        await running


async def test_a_task_costs_one_claim(counting: Counting) -> None:
    work = Work(counting)
    async with working(counting, work):
        for number in range(10):
            await put(counting, (f"k{number}", f"lane{number % 3}"))
            await work.all_done(number + 1)
            await asyncio.sleep(0.02)
        assert counting.claims <= 12, "one for each task, one as it starts, and one if the first task came meanwhile"


async def test_nothing_is_overlooked_whatever_comes_while_lanes_are_worked_on(counting: Counting) -> None:
    work, chance = Work(counting), random.Random(7)  # noqa: S311  # the same each time
    async with working(counting, work):
        for number in range(150):
            await put(counting, (f"k{number:03}", f"lane{chance.randrange(6)}"))
            if chance.random() < 0.3:
                await asyncio.sleep(chance.random() / 50)
        await work.all_done(150)


async def test_a_crowd_is_worked_through_with_less_room_than_lanes(counting: Counting) -> None:
    work = Work(counting)
    await put(counting, *((f"k{number:02}", f"lane{number}") for number in range(40)))
    async with working(counting, work, concurrency=3):
        await work.all_done(40)


async def test_a_task_that_failed_comes_again(counting: Counting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_module, "IDLE_S", 0.2)  # after its rest, which nobody tells of
    work = Work(counting)
    work.fails_once = {"k1"}
    async with working(counting, work):
        await put(counting, ("k1", "a"), ("k2", "a"))
        await work.all_done(2)
    assert work.done == ["k1", "k2"]
