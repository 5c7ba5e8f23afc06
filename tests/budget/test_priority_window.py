"""Windows, against a server that counts the same."""

from __future__ import annotations

import asyncio
import random
from itertools import pairwise

from services.delivery.windows import GRACE_S, PriorityWindow, Window


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_call_counts_from_its_answer() -> None:
    clock = Clock()
    window = Window((1, 1.0), clock)
    number = window.take()
    clock.now += 1.5
    assert window.rest() > 0  # it may arrive only now
    window.answered(number)
    clock.now += 0.9
    assert 0 < window.rest() <= 0.11
    clock.now += 0.2
    assert window.rest() == 0


def test_a_call_that_hangs_holds_up_nobody_for_long_and_counts_when_it_ends() -> None:
    clock = Clock()
    window = Window((1, 1.0), clock)
    number = window.take()
    clock.now += 1.0 + GRACE_S
    assert window.rest() == 0
    window.answered(number)
    assert window.rest() == 1.0


def test_an_album_rests_longer() -> None:
    window = Window((1, 1.0), Clock())
    window.answered(window.take(), rest=3.0)
    assert window.rest() == 4.0


async def test_no_network_brings_more_together_than_the_window_takes() -> None:
    """Calls arrive at any time before they are answered; the server sees 5 in any 0.2 s at the most."""
    chance = random.Random(7)  # noqa: S311  # a story that can be told again
    loop = asyncio.get_running_loop()
    window = PriorityWindow((5, 0.2), loop.time)
    arrived: list[float] = []

    async def call() -> None:
        number = await window.turn(0)
        await asyncio.sleep(chance.uniform(0, 0.1))
        arrived.append(loop.time())
        await asyncio.sleep(chance.uniform(0, 0.05))
        window.answered(number)

    async with asyncio.timeout(90):
        await asyncio.gather(*(call() for _ in range(40)))
    arrived.sort()
    assert all(late - early > 0.199 for early, late in zip(arrived, arrived[5:], strict=False))


async def test_the_most_urgent_passes_first_then_who_came_first() -> None:
    window = PriorityWindow((1, 0.01), asyncio.get_running_loop().time)
    order: list[tuple[int, int]] = []

    async def pass_through(rank: int, number: int) -> None:
        passed = await window.turn(rank)
        order.append((rank, number))
        window.answered(passed)

    wanted = [(3, 0), (1, 1), (3, 2), (0, 3), (1, 4)]
    async with asyncio.timeout(90):
        await asyncio.gather(*(pass_through(*one) for one in wanted))
    assert order[0] == (3, 0)  # nobody else was there yet
    assert order[1:] == [(0, 3), (1, 1), (1, 4), (3, 2)]


async def test_who_gives_up_holds_up_nobody() -> None:
    window = PriorityWindow((1, 0.05), asyncio.get_running_loop().time)
    window.answered(await window.turn(0))
    impatient = asyncio.create_task(window.turn(0))
    patient = asyncio.create_task(window.turn(1))
    await asyncio.sleep(0)
    impatient.cancel()
    async with asyncio.timeout(90):
        await patient


async def test_processes_share_what_they_may_send() -> None:
    loop = asyncio.get_running_loop()
    window = PriorityWindow((2, 0.05), loop.time)
    window.share(3)
    times = []
    for _ in range(6):
        window.answered(await window.turn(0))
        times.append(loop.time())
    assert all(late - early > 0.149 for early, late in pairwise(times[::2]))


async def test_a_window_does_not_begin_all_at_once() -> None:
    """Two in 0.05 s at the most, and all ten of the window without a further pause."""
    loop = asyncio.get_running_loop()
    window = PriorityWindow((10, 60.0), loop.time, together=(2, 0.05))
    began: list[float] = []

    async def call() -> None:
        window.answered(await window.turn(0))
        began.append(loop.time())

    async with asyncio.timeout(90):
        await asyncio.gather(*(call() for _ in range(10)))
    assert all(late - early > 0.049 for early, late in zip(began, began[2:], strict=False))
