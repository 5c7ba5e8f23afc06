"""The calls of a group, counted in the database: restarts, replicas, clocks."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from services.delivery.group_budget import Budget
from services.delivery.group_minute import KEPT, MOST
from services.delivery.messenger import Spent
from services.queues.outbox import CARD, LINE, LIST, PRESSED
from storage.records import Entry
from storage.store import Store
from storage.units import Unit

GROUP = -1001
FULL = (LIST,) * MOST[LIST] + (PRESSED,) * KEPT[PRESSED]
"""All calls of a window."""


class Time:
    """A clock that people set, and one that only counts."""

    def __init__(self) -> None:
        self.wall = datetime(2026, 11, 25, 12, tzinfo=UTC)
        self.counted = 50.0

    def pass_by(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.counted += seconds

    def set(self, by: timedelta) -> None:
        self.wall += by


async def test_the_budget_outlives_a_restart_and_is_shared(database_url: str) -> None:
    async with Store(database_url) as store:
        for _ in range(MOST[CARD]):
            await Budget(store=store).take(GROUP, CARD)
    async with Store(database_url) as again:
        budget = Budget(store=again)
        with pytest.raises(Spent):
            await budget.take(GROUP, CARD)
        assert (await budget.look(GROUP)).used == MOST[CARD]
        await budget.take(GROUP, PRESSED)
        await budget.take(-1002, CARD)  # another group has a minute of its own


async def test_replicas_that_ask_at_once_get_no_more_than_there_is(database_url: str) -> None:
    async with Store(database_url) as one, Store(database_url) as two:
        budgets = [Budget(store=one), Budget(store=two)]
        answers = await asyncio.gather(
            *(budgets[number % 2].take(GROUP, LIST) for number in range(30)), return_exceptions=True
        )
    granted = [answer for answer in answers if isinstance(answer, list)]
    refused = [answer for answer in answers if isinstance(answer, Spent)]
    assert (len(granted), len(refused)) == (MOST[LIST], 30 - MOST[LIST])


async def test_an_album_counts_as_its_pictures(store: Store) -> None:
    budget = Budget(store=store)
    assert len(await budget.take(GROUP, CARD, 10)) == 10
    with pytest.raises(Spent):
        await budget.take(GROUP, CARD, 10)
    assert budget.minute(GROUP).used == 10


async def test_a_call_that_took_long_counts_from_its_answer(database_url: str) -> None:
    async with Store(database_url) as store:
        budget = Budget(store=store)
        rows = await budget.take(GROUP, CARD)
        await asyncio.sleep(0.3)
        answered_at = time.monotonic()
        await budget.put_off(GROUP, rows)
        [age] = (await budget.look(GROUP)).ages
        assert age < time.monotonic() - answered_at + 0.1, "the time before the answer is not in it"


async def test_what_waits_for_the_group_is_known_with_its_calls(store: Store) -> None:
    def act(unit: Unit) -> None:
        for number in range(8):
            unit.outbox.put(Entry(key=f"{number}", lane=f"t:{number}", payload="{}", pool="group", rank=LINE))
        unit.outbox.put(Entry(key="p", lane="p:1", payload="{}", pool="private"))

    await store.write(act)
    budget = Budget(store=store)
    await budget.take(GROUP, LIST)
    assert budget.minute(GROUP).waiting == 8
    assert budget.minute(GROUP).crowded


@pytest.mark.parametrize("by", [timedelta(hours=-1), timedelta(hours=1)], ids=["back", "forward"])
async def test_a_clock_that_is_set_changes_nothing(sqlite_url: str, by: timedelta) -> None:
    time = Time()
    async with Store(sqlite_url, clock=_wall(time)) as store:
        budget = Budget(store=store, clock=lambda: time.counted)
        for rank in FULL:
            await budget.take(GROUP, rank)
        time.pass_by(30)
        time.set(by)
        with pytest.raises(Spent):
            await budget.take(GROUP, PRESSED)
        time.pass_by(32)
        await budget.take(GROUP, PRESSED)
        assert (await budget.look(GROUP)).used == 1


async def test_after_a_start_with_an_earlier_clock_calls_count_a_minute_at_the_most(sqlite_url: str) -> None:
    time = Time()
    async with Store(sqlite_url, clock=_wall(time)) as store:
        for rank in FULL:
            await Budget(store=store, clock=lambda: time.counted).take(GROUP, rank)
    time.set(timedelta(hours=-1))
    async with Store(sqlite_url, clock=_wall(time)) as store:
        budget = Budget(store=store, clock=lambda: time.counted)
        with pytest.raises(Spent):
            await budget.take(GROUP, PRESSED)
        time.pass_by(62)
        await budget.take(GROUP, PRESSED)


def _wall(time: Time) -> Callable[[], datetime]:
    return lambda: time.wall
