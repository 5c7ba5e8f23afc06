"""When sends are held, and what opens the way again: a story told by the clock."""

from __future__ import annotations

import pytest

from services.delivery.outages import WIDE, Outages, Pace
from services.queues.outcomes import Postpone

PACE = Pace(probe_first=1, probe_most=2, send_most=4, widening=1)


class Clock:
    """Time that passes when told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def outages(clock: Clock) -> Outages:
    return Outages(pace=PACE, clock=clock)


def _fail(outages: Outages, *, spent: bool = False) -> None:
    with outages.guarded() as call:
        call.spent = spent
        outages.failed(call)


def _outage(outages: Outages) -> None:
    for _ in range(3):
        _fail(outages)


def test_one_failure_is_its_own(outages: Outages) -> None:
    for _ in range(5):
        _fail(outages)
        outages.answered()
    assert outages.room() == WIDE


def test_three_in_a_row_let_one_through_at_a_time(outages: Outages) -> None:
    _outage(outages)
    assert outages.room() == 1
    with outages.guarded():
        assert outages.room() == 0
        with pytest.raises(Postpone), outages.guarded():
            pytest.fail("two at once")
    assert outages.room() == 1


def test_a_call_that_was_out_while_others_were_answered_says_nothing_of_the_server(
    outages: Outages, clock: Clock
) -> None:
    with outages.guarded() as slow:
        for _ in range(3):
            clock.now += 1
            outages.answered()
            outages.failed(slow)
    assert outages.room() == WIDE


def test_what_waited_for_its_turn_is_held_as_it_leaves(outages: Outages) -> None:
    with outages.guarded() as early:
        _outage(outages)
        with pytest.raises(Postpone):
            outages.check(early)


@pytest.mark.parametrize(("spent", "distances"), [(False, [1, 2, 2, 2]), (True, [1, 2, 4, 4])])
def test_probes_come_at_growing_distances_and_those_that_may_be_in_vain_more_seldom(
    outages: Outages, clock: Clock, *, spent: bool, distances: list[float]
) -> None:
    _outage(outages)
    rests = []
    for _ in range(4):
        _fail(outages, spent=spent)
        rests.append(outages.rest())
        clock.now += rests[-1]
    assert rests == distances


def test_the_first_answer_opens_the_way_a_little_and_each_further_one_more(outages: Outages, clock: Clock) -> None:
    _outage(outages)
    with outages.guarded():
        outages.answered()
    assert outages.room() == 2
    with outages.guarded():
        assert outages.room() == 1
        outages.answered()
        assert outages.room() == 2
    clock.now += PACE.widening
    assert outages.room() == WIDE
