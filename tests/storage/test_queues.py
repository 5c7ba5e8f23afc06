"""Lanes: what is due, in which order, and what survives."""

from __future__ import annotations

import asyncio
import itertools
from datetime import timedelta

import pytest

from storage.errors import AlreadySettled
from storage.records import Cause, Entry, Task
from storage.store import Store
from storage.units import Unit


def entry(number: int, lane: str, *, rank: int = 0) -> Entry:
    return Entry(key=f"tg:{number}", lane=lane, payload=f"{number}", rank=rank)


async def put(store: Store, *entries: Entry) -> None:
    def act(unit: Unit) -> None:
        for one in entries:
            unit.inbox.put(one)

    await store.write(act)


async def claim(store: Store, *, busy: tuple[str, ...] = (), most: int = 10) -> list[Task]:
    return await store.write(lambda unit: unit.inbox.claim(pool="", most=most, busy=busy))


async def settle(store: Store, task: Task) -> None:
    def act(unit: Unit) -> None:
        pass

    await store.write(act, Cause(key=task.key, task=task))


async def test_only_the_head_of_a_lane_is_due_and_lanes_run_in_parallel(store: Store) -> None:
    await put(store, entry(1, "a"), entry(2, "a"), entry(3, "b"))
    assert [task.payload for task in await claim(store)] == ["1", "3"]


async def test_the_next_is_due_when_the_head_is_settled(store: Store) -> None:
    await put(store, entry(1, "a"), entry(2, "a"))
    [head] = await claim(store)
    await settle(store, head)
    [head] = await claim(store)
    assert head.payload == "2"
    await settle(store, head)
    assert await claim(store) == []


async def test_a_busy_lane_is_left_alone(store: Store) -> None:
    await put(store, entry(1, "a"), entry(2, "b"))
    assert [task.lane for task in await claim(store, busy=("a",))] == ["b"]


async def test_the_same_key_is_one_task_in_one_batch_and_over_many(store: Store) -> None:
    await put(store, entry(1, "a"), entry(1, "a"))
    await put(store, entry(1, "a"))
    [head] = await claim(store)
    await settle(store, head)
    await put(store, entry(1, "a"))
    assert await claim(store) == []


async def test_a_task_is_settled_once_and_the_second_write_is_undone(store: Store) -> None:
    await put(store, entry(1, "a"))
    [head] = await claim(store)
    await settle(store, head)
    with pytest.raises(AlreadySettled):
        await store.write(lambda unit: unit.key_values.write("twice", "yes"), Cause(key=head.key, task=head))

    def look(unit: Unit) -> None:
        assert unit.key_values.read("twice") is None

    await store.read(look)


async def test_a_resting_lane_wakes_in_time_and_keeps_its_order(store: Store) -> None:
    await put(store, entry(1, "a"), entry(2, "a"))
    [head] = await claim(store)
    await store.write(lambda unit: unit.inbox.postpone(head, timedelta(hours=1), error="busy", attempt=True))
    await put(store, entry(3, "a"))
    assert await claim(store) == []
    await store.write(lambda unit: unit.inbox.postpone(head, timedelta(seconds=-1), error="again", attempt=False))
    [again] = await claim(store)
    assert (again.payload, again.attempts) == ("1", 1)


async def test_the_most_urgent_waiting_task_ranks_its_lane(store: Store) -> None:
    await put(store, entry(1, "slow", rank=3), entry(2, "mixed", rank=4), entry(3, "mixed", rank=1))
    first, second = await claim(store)
    assert (first.lane, second.lane) == ("mixed", "slow")


async def test_what_is_quarantined_lets_its_lane_go_on_and_comes_back_on_demand(store: Store) -> None:
    await put(store, entry(1, "a"), entry(2, "a"))
    [head] = await claim(store)
    await store.write(lambda unit: unit.inbox.settle(head, error="KeyError"))
    [head] = await claim(store)
    assert head.payload == "2"
    await settle(store, head)

    def look(unit: Unit) -> None:
        assert [(one.key, one.error) for one in unit.inbox.quarantined()] == [("tg:1", "KeyError")]

    await store.read(look)

    def act_2(unit: Unit) -> None:
        assert unit.inbox.retry() == 1

    await store.write(act_2)
    [again] = await claim(store)
    assert (again.payload, again.attempts) == ("1", 0)


async def test_writers_at_once_count_every_lane_right(store: Store) -> None:
    """Puts and settles race on few lanes; in the end each task was claimed exactly once, in the order of its lane."""
    seen: dict[str, list[int]] = {f"lane{n}": [] for n in range(4)}

    async def produce(start: int) -> None:
        for number in range(start, start + 40):
            await put(store, entry(number, f"lane{number % 4}"))

    async def consume() -> None:
        while sum(map(len, seen.values())) < 160:
            for task in await claim(store, most=4):
                seen[task.lane].append(int(task.payload))
                await settle(store, task)

    async with asyncio.timeout(60), asyncio.TaskGroup() as group:
        for start in (0, 40, 80, 120):
            group.create_task(produce(start))
        group.create_task(consume())
    assert sorted(itertools.chain.from_iterable(seen.values())) == list(range(160))

    def look(unit: Unit) -> None:
        assert (unit.inbox.backlog())[0] == 0

    await store.read(look)
