"""What is due does not hang on a clock that people set, on either database."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage.queues import LEASE
from storage.records import Cause, Entry, Task
from storage.store import Store
from storage.units import Unit
from tests.clocks import WallClock

HOUR = timedelta(hours=1)
JUMPS = (-HOUR, timedelta(minutes=-10), timedelta(seconds=-45), timedelta(seconds=45), HOUR)
AS_WORDS = [str(jump) for jump in JUMPS]


async def put(store: Store, *keys: str) -> None:
    def act(unit: Unit) -> None:
        for key in keys:
            unit.inbox.put(Entry(key=key, lane=f"lane of {key}", payload="{}"))

    await store.write(act)


async def claim(store: Store, *, busy: tuple[str, ...] = (), most: int = 10, newest: int = 0) -> list[Task]:
    return await store.claim("inbox", pool="", most=most, busy=busy, newest=newest)


async def rest(store: Store, task: Task, after: timedelta) -> None:
    await store.write(lambda unit: unit.inbox.postpone(task, after, error="later", attempt=False))


@pytest.mark.parametrize("jump", JUMPS, ids=AS_WORDS)
async def test_a_clock_that_jumps_while_it_runs_delays_nothing_and_hurries_nothing(
    database_url: str, jump: timedelta
) -> None:
    clock = WallClock()
    async with Store(database_url, clock=clock) as store, store.working():
        await put(store, "old", "resting")
        held = {task.key: task for task in await claim(store)}
        await rest(store, held["resting"], timedelta(minutes=5))
        await rest(store, held["old"], timedelta(0))
        clock.off = jump
        await put(store, "new")
        assert sorted(task.key for task in await claim(store)) == ["new", "old"]


@pytest.mark.parametrize("jump", JUMPS, ids=AS_WORDS)
async def test_whatever_waits_at_a_start_is_due_whatever_the_clock_said_before(
    database_url: str, jump: timedelta
) -> None:
    async with Store(database_url) as store, store.working():
        await put(store, "leased", "resting")
        for task in await claim(store):
            if task.key == "resting":
                await rest(store, task, timedelta(seconds=10))
        await put(store, "waiting")
    async with Store(database_url, clock=WallClock(jump)) as store, store.working():
        assert len(await claim(store)) == 3


@pytest.mark.parametrize("off", [-HOUR, HOUR], ids=["behind", "ahead"])
async def test_a_command_beside_a_running_bot_may_go_by_another_clock(database_url: str, off: timedelta) -> None:
    async with Store(database_url) as store, store.working(), Store(database_url, clock=WallClock(off)) as command:
        await put(command, "put back")
        assert [task.key for task in await claim(store)] == ["put back"]


@pytest.mark.parametrize("off", [-HOUR, HOUR], ids=["behind", "ahead"])
async def test_replicas_whose_clocks_differ_share_work_and_keep_their_leases(
    postgresql_url: str, off: timedelta
) -> None:
    url = postgresql_url
    async with Store(url) as one, Store(url, clock=WallClock(off)) as other, one.working(), other.working():
        await put(one, "mine")
        [mine] = await claim(other)
        assert await claim(one) == []
        until = await other.renew("inbox", {mine.lane: mine.leased_until or one.now()})
        assert timedelta(0) < until - one.now() <= LEASE
        assert await claim(one) == []
        await put(other, "theirs")
        assert [task.key for task in await claim(one)] == ["theirs"]


async def test_the_newest_and_the_oldest_take_turns(database_url: str) -> None:
    async with Store(database_url) as store, store.working():
        for number in range(20):
            await put(store, str(number))
        assert sorted(int(task.key) for task in await claim(store, most=6, newest=3)) == [0, 1, 2, 17, 18, 19]
        busy = tuple(f"lane of {number}" for number in (0, 1, 2, 17, 18, 19))
        assert [task.key for task in await claim(store, most=1, newest=1, busy=busy)] == ["16"]
        assert [task.key for task in await claim(store, most=1, newest=0, busy=(*busy, "lane of 16"))] == ["3"]


async def test_all_that_is_due_is_claimed_where_there_is_room_whatever_its_rank(database_url: str) -> None:
    async with Store(database_url) as store, store.working():

        def act(unit: Unit) -> None:
            for number in range(7):
                unit.inbox.put(Entry(key=str(number), lane=str(number), payload="{}", rank=number % 3))

        await store.write(act)
        claimed = await claim(store, most=8, newest=4)
        assert sorted(task.key for task in claimed) == [str(number) for number in range(7)]


async def test_who_is_urgent_goes_before_who_is_new(database_url: str) -> None:
    async with Store(database_url) as store, store.working():
        await store.write(lambda unit: unit.inbox.put(Entry(key="urgent", lane="urgent", payload="{}", rank=0)))
        await store.write(lambda unit: unit.inbox.put(Entry(key="new", lane="new", payload="{}", rank=2)))
        assert [task.key for task in await claim(store, most=1, newest=1)] == ["urgent"]


async def test_a_lane_keeps_its_place_until_it_is_empty(database_url: str) -> None:
    async with Store(database_url) as store, store.working():
        for key, lane in (("1", "a"), ("2", "b"), ("3", "a")):
            await store.write(lambda unit: unit.inbox.put(Entry(key=key, lane=lane, payload="{}")))
        for expected in ("1", "3", "2"):
            [task] = await claim(store, most=1)
            assert task.key == expected

            def act_2(unit: Unit) -> None:
                pass

            await store.write(act_2, _cause(task))


async def test_what_an_old_task_leaves_behind_keeps_its_place(database_url: str) -> None:
    """Its promise and its answer have waited since the question came, and do not pass for something new."""
    async with Store(database_url) as store, store.working():
        await put(store, "old")
        await put(store, "new")
        old, _ = await claim(store)

        def act(unit: Unit) -> None:
            unit.inbox.put(Entry(key="promise", lane=old.lane, payload="{}"))
            unit.outbox.put(Entry(key="answer", lane="p:1", payload="{}", pool="private"))

        await store.write(act, _cause(old))
        await store.write(lambda unit: unit.outbox.put(Entry(key="newer", lane="p:2", payload="{}", pool="private")))
        if not store.shared:  # there both were leased
            assert [task.key for task in await claim(store, most=1)] == ["promise"]
        [answer] = await store.claim("outbox", pool="private", most=1, busy=(), newest=0)
        assert (answer.key, answer.created_at) == ("answer", old.created_at)


def _cause(task: Task) -> Cause:
    return Cause(key=task.key, task=task)
