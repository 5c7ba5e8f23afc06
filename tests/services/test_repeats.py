"""What a stop cut off may have arrived: it is sent once more, by a process that lives."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.delivery.outages import Outages, Pace
from services.delivery.repeats import Repeats, Unconfirmed
from services.queues.outcomes import Postpone
from storage.records import Task


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


async def takes_messages() -> bool:
    return True


def task(number: int, *, calls: int, attempts: int = 0) -> Task:
    return Task(
        id=number,
        key=str(number),
        lane="p:1",
        payload="",
        attempts=attempts,
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
        calls=calls,
    )


async def test_what_a_stop_cut_off_waits_until_the_process_has_proved_that_it_lives() -> None:
    clock = Clock()
    outages = Outages(pace=Pace(proven=5), clock=clock)
    repeats = Repeats(outages=outages, takes_messages=takes_messages)
    with outages.guarded() as call:
        await repeats.allow(task(1, calls=0), call)  # what was never begun does not wait
        clock.now += 2
        with pytest.raises(Postpone) as later:
            await repeats.allow(task(2, calls=1), call)
        assert later.value.after.total_seconds() == 3
        clock.now += 3
        await repeats.allow(task(2, calls=1), call)
        with pytest.raises(Postpone):  # one after the other: another stop would hit one of them
            await repeats.allow(task(3, calls=1), call)
        clock.now += outages.pace.apart
        await repeats.allow(task(3, calls=1), call)


async def test_what_was_cut_off_twice_is_set_aside_at_once() -> None:
    outages = Outages(pace=Pace(), clock=Clock())
    repeats = Repeats(outages=outages, takes_messages=takes_messages)
    with outages.guarded() as call, pytest.raises(Unconfirmed):
        await repeats.allow(task(1, calls=2), call)
