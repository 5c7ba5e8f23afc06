"""Calls are noted before they leave, so that whoever comes after a kill knows what may have arrived."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from datetime import timedelta

import pytest

from storage.errors import AlreadySettled
from storage.group_commit import MOST_S
from storage.outbox import UNCONFIRMED
from storage.records import Entry, Task
from storage.store import Store
from storage.units import Unit


async def put(store: Store, *keys: str) -> None:
    def act(unit: Unit) -> None:
        for key in keys:
            unit.outbox.put(Entry(key=key, lane="p:1", payload=key, pool="private"))

    await store.write(act)


async def claim(store: Store) -> Task:
    [task] = await store.claim("outbox", pool="private", most=1, busy=())
    return task


async def begin(store: Store, *tasks: Task) -> None:
    await store.write(lambda unit: unit.outbox.begin(tasks), ahead=True)


async def due(store: Store) -> None:
    """Let a lease, or a rest, have run out."""

    def act(unit: Unit) -> None:
        before = Task(id=0, key="", lane="p:1", payload="", attempts=0, created_at=unit.now)
        [head] = unit.outbox.behind(before, most=1)
        unit.outbox.postpone(head, timedelta(0), error="", attempt=False)

    await store.write(act)


async def test_a_call_begun_is_seen_by_who_comes_next(store: Store) -> None:
    await put(store, "a")
    first = await claim(store)
    assert first.calls == 0
    await begin(store, first)
    await due(store)
    again = await claim(store)
    assert (again.calls, again.attempts) == (1, 0)


async def test_who_slept_and_lost_the_lane_may_not_call(store: Store) -> None:
    await put(store, "a")
    sleeper = await claim(store)
    await due(store)
    other = await claim(store)
    await begin(store, other)
    with pytest.raises(AlreadySettled):
        await begin(store, sleeper)
    await store.write(lambda unit: unit.outbox.settle(other))
    with pytest.raises(AlreadySettled):
        await begin(store, sleeper)


async def test_a_call_that_leaves_alone_is_noted_by_one_statement(store: Store) -> None:
    await put(store, "a")
    first = await claim(store)
    await store.write(lambda unit: unit.outbox.begin([first]), ahead=True, alone=True)
    with pytest.raises(AlreadySettled):
        await store.write(lambda unit: unit.outbox.begin([first]), ahead=True, alone=True)
    await due(store)
    assert (await claim(store)).calls == 1


async def test_what_was_refused_counts_for_nothing_and_what_is_in_doubt_counts_as_seen(store: Store) -> None:
    await put(store, "a")
    task = await claim(store)
    await begin(store, task)
    await store.write(lambda unit: unit.outbox.recall([task]))
    await begin(store, task)
    await store.write(lambda unit: unit.outbox.doubt([task], timedelta(0), error="reset"))
    again = await claim(store)
    assert (again.calls, again.attempts) == (1, 1)


async def test_played_again_on_demand_it_begins_anew(store: Store) -> None:
    await put(store, "a")
    task = await claim(store)
    await begin(store, task)

    def act(unit: Unit) -> None:
        before = unit.now - timedelta(seconds=1)
        unit.outbox.settle(task, error=f"{UNCONFIRMED}reset")
        assert [one.key for one in unit.outbox.unconfirmed(since=before)] == ["a"]

    await store.write(act)

    def act_2(unit: Unit) -> None:
        assert unit.outbox.retry() == 1

    await store.write(act_2)
    again = await claim(store)
    assert (again.calls, again.attempts) == (0, 0)


async def claimed(store: Store, number: int) -> list[Task]:
    def act(unit: Unit) -> None:
        for lane in range(number):
            unit.outbox.put(Entry(key=f"k{lane}", lane=f"p:{lane}", payload="", pool="private"))

    await store.write(act)
    return await store.claim("outbox", pool="private", most=number, busy=())


@pytest.mark.parametrize("number", [1, 2, 3, 5, 8])
async def test_many_are_begun_and_settled_at_once(store: Store, number: int) -> None:
    tasks = await claimed(store, number)
    await begin(store, *tasks)
    await store.write(lambda unit: unit.outbox.settle_all(tasks), ahead=True)

    def look(unit: Unit) -> None:
        assert unit.outbox.backlog() == (0, None)

    await store.read(look)
    assert await store.claim("outbox", pool="private", most=number, busy=()) == []


async def test_of_many_that_are_begun_each_counts_its_own_calls(store: Store) -> None:
    tasks = await claimed(store, 3)
    await begin(store, tasks[1])
    again = [tasks[0], replace(tasks[1], calls=1), tasks[2]]
    await begin(store, *again)
    before = await store.read(lambda unit: [unit.outbox.behind(replace(task, id=0), most=1) for task in tasks])
    assert [head.calls for [head] in before] == [1, 2, 1]


async def test_one_that_is_settled_already_undoes_the_whole_unit(store: Store) -> None:
    first, second = await claimed(store, 2)
    await store.write(lambda unit: unit.outbox.settle(second))
    with pytest.raises(AlreadySettled):
        await store.write(lambda unit: unit.outbox.settle_all([first, second]), ahead=True)
    (waiting, _) = await store.read(lambda unit: unit.outbox.backlog())
    assert waiting == 1


async def test_replicas_count_together(store: Store) -> None:
    async def count() -> None:
        await store.write(lambda unit: unit.key_values.add("n", 2))

    await asyncio.gather(*(count() for _ in range(10)))

    def look(unit: Unit) -> None:
        assert unit.key_values.read("n") == "20"

    await store.read(look)


async def test_a_group_of_units_closes_while_others_keep_coming(sqlite_url: str) -> None:
    """The first in a group had to wait for all 64 while the line never ended."""
    done: list[int] = []

    async with Store(sqlite_url) as store:

        async def write(number: int) -> None:
            def act(unit: Unit) -> None:
                unit.key_values.write(f"n{number}", "x")
                time.sleep(MOST_S / 5)

            await store.write(act)
            done.append(number)

        tasks = [asyncio.create_task(write(number)) for number in range(40)]
        await tasks[0]
        assert len(done) < len(tasks)
        await asyncio.gather(*tasks)


async def test_a_unit_that_goes_ahead_is_next(sqlite_url: str) -> None:
    order: list[str] = []

    async with Store(sqlite_url) as store:

        async def write(name: str, *, ahead: bool) -> None:
            def act(unit: Unit) -> None:
                order.append(name)
                unit.key_values.write(name, "x")

            await store.write(act, ahead=ahead)

        others = [asyncio.create_task(write(f"other {number}", ahead=False)) for number in range(3)]
        await asyncio.sleep(0)
        await asyncio.gather(write("ahead", ahead=True), *others)
    assert "ahead" in order[:2], "only what runs already may come first"
