"""Whom a unit wakes: who works where something came in, and who works on a lane that has more, once it is free."""

from __future__ import annotations

import asyncio

from storage.notifications import Notification
from storage.records import Cause, Entry, Task
from storage.store import Store
from storage.units import Unit

AT_ONCE_S = 0.01


def entry(key: str, *, lane: str = "a", pool: str = "") -> Entry:
    return Entry(key=key, lane=lane, payload=key, pool=pool)


async def put(store: Store, *entries: Entry) -> None:
    def act(unit: Unit) -> None:
        for one in entries:
            unit.outbox.put(one)

    await store.write(act)


async def claim(store: Store, pool: str) -> Task:
    [task] = await store.claim("outbox", pool=pool, most=1, busy=())
    return task


async def settle(store: Store, *tasks: Task) -> None:
    def act(unit: Unit) -> None:
        for task in tasks:
            unit.outbox.settle(task)

    await store.write(act)


async def rung(bell: Notification) -> bool:
    """Whether it has been rung since somebody last asked."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    await bell.wait(AT_ONCE_S)
    return loop.time() - began < AT_ONCE_S / 2


async def test_those_are_woken_who_work_where_something_came_in(store: Store) -> None:
    private, group, all_of_it = (store.notifications.hang("outbox", pool=one) for one in ("private", "group", None))
    inbox = store.notifications.hang("inbox", pool="")
    await put(store, entry("1", pool="private"))
    assert [await rung(one) for one in (private, group, all_of_it, inbox)] == [True, False, True, False]


async def test_what_comes_to_a_lane_that_is_worked_on_rings_once_it_is_free(store: Store) -> None:
    busy = {"a"}
    bell = store.notifications.hang("outbox", pool="private", busy=busy)
    await put(store, entry("1", pool="private"))
    assert await rung(bell)
    busy.clear()
    bell.freed("a")
    assert await rung(bell)
    bell.freed("a")
    assert not await rung(bell)


async def test_a_lane_that_has_more_behind_what_was_settled_rings_once_it_is_free(store: Store) -> None:
    await put(store, entry("1", pool="private"), entry("2", pool="private"), entry("3", lane="b", pool="private"))
    bell = store.notifications.hang("outbox", pool="private", busy={"a", "b"})
    [first, other] = await store.claim("outbox", pool="private", most=2, busy=())
    await settle(store, first)
    await settle(store, other)
    assert not await rung(bell)
    bell.freed(other.lane)
    assert not await rung(bell)
    bell.freed(first.lane)
    assert await rung(bell)
    await settle(store, await claim(store, "private"))
    bell.freed("a")
    assert not await rung(bell)


async def test_what_is_brought_back_rings_where_it_belongs(store: Store) -> None:
    await put(store, entry("1", pool="private"))
    task = await claim(store, "private")
    await store.write(lambda unit: unit.outbox.settle(task, error="no"))
    private, group = (store.notifications.hang("outbox", pool=one) for one in ("private", "group"))
    assert not await rung(private)
    await store.write(lambda unit: unit.outbox.retry())
    assert (await rung(private), await rung(group)) == (True, False)


async def test_what_another_process_tells_rings_for_all_and_for_busy_lanes(store: Store) -> None:
    bell = store.notifications.hang("inbox", pool="", busy={"a"})
    store.notifications.alone = True
    store.notifications.heard("inbox")
    assert not store.notifications.alone
    assert await rung(bell)
    bell.freed("a")
    assert await rung(bell)


async def test_a_unit_that_settles_its_cause_and_leaves_nothing_wakes_nobody(store: Store) -> None:
    await store.write(lambda unit: unit.inbox.put(entry("1")))
    bell = store.notifications.hang("inbox", pool="", busy={"a"})
    [task] = await store.claim("inbox", pool="", most=1, busy=())
    await store.write(lambda _unit: None, Cause(key=task.key, task=task))
    bell.freed("a")
    assert not await rung(bell)
