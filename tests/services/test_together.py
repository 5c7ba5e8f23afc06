"""What many ask for at the same time is done at once, and nobody pays for another's mistake."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from services.queues.batching import MOST, Batching
from storage.errors import AlreadySettled


class Clerk:
    """Writes when told that it may."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.may_write = asyncio.Event()
        self.fails: dict[int, Exception] = {}

    async def write(self, batch: Sequence[int]) -> None:
        await self.may_write.wait()
        for item in batch:
            if item in self.fails:
                raise self.fails[item]
        self.batches.append(list(batch))


async def asked(together: Batching[int], numbers: Sequence[int]) -> list[asyncio.Task[None]]:
    tasks = [asyncio.create_task(together.do(number)) for number in numbers]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    return tasks


async def test_what_comes_while_one_batch_is_written_is_the_next() -> None:
    clerk = Clerk()
    together = Batching(clerk.write)
    first = await asked(together, [1])
    rest = await asked(together, [2, 3, 4])
    clerk.may_write.set()
    await asyncio.gather(*first, *rest)
    assert clerk.batches == [[1], [2, 3, 4]]
    await together.do(5)
    assert clerk.batches[-1] == [5]


async def test_a_batch_has_an_end() -> None:
    clerk = Clerk()
    clerk.may_write.set()
    together = Batching(clerk.write)
    await asyncio.gather(*(together.do(number) for number in range(MOST + 1)))
    assert [len(batch) for batch in clerk.batches] == [MOST, 1]


async def test_what_is_settled_already_spoils_nothing_for_the_others() -> None:
    clerk = Clerk()
    clerk.may_write.set()
    clerk.fails[2] = AlreadySettled("2")
    together = Batching(clerk.write)
    outcomes = await asyncio.gather(*(together.do(number) for number in (1, 2, 3)), return_exceptions=True)
    assert clerk.batches == [[1], [3]]
    assert [type(outcome) for outcome in outcomes] == [type(None), AlreadySettled, type(None)]


async def test_when_the_database_fails_all_are_told_and_the_next_are_written() -> None:
    clerk = Clerk()
    clerk.may_write.set()
    clerk.fails[2] = OSError("full")
    together = Batching(clerk.write)
    outcomes = await asyncio.gather(*(together.do(number) for number in (1, 2)), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [OSError, OSError]
    await together.do(3)
    assert clerk.batches == [[3]]


async def test_who_gives_up_waiting_keeps_nobody_from_being_written() -> None:
    clerk = Clerk()
    together = Batching(clerk.write)
    given_up, kept = await asked(together, [1, 2])
    given_up.cancel()
    with pytest.raises(asyncio.CancelledError):
        await given_up
    clerk.may_write.set()
    await kept
    assert clerk.batches == [[1, 2]]
