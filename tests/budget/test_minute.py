"""What may be said in the window of a group, as tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.delivery.group_minute import ALBUMS_MOST, CALLS, COMING, CROWD, KEPT, MOST, READING_MOST, SECONDS, Minute
from services.queues.outbox import CARD, DESK, ICON, LINE, LIST, PRESSED, SETTLED, TOUCH, URGENT, WORK


def minute(used: int, *, since: float = 30.0, waiting: int = 0) -> Minute:
    """Return a window with so many calls; the last of them so many seconds ago."""
    return Minute(ages=(since + 20.0,) * (used - 1) + (since,) * min(used, 1), waiting=waiting)


@pytest.mark.parametrize(
    ("used", "least_urgent"),
    [
        (0, ICON),
        (7, TOUCH),
        (8, TOUCH),
        (9, LINE),
        (11, CARD),
        (12, WORK),
        (13, URGENT),
        (15, LIST),
        (17, SETTLED),
        (20, -1),
    ],
)
def test_the_fuller_the_window_the_more_urgent_is_what_may_still_be_said(used: int, least_urgent: int) -> None:
    assert minute(used).rank_most() == least_urgent


@pytest.mark.parametrize(
    ("used", "waiting", "since", "least_urgent"),
    [
        (1, CROWD + 1, 0.1, DESK),  # the first calls go as they come
        (0, CROWD + 1, 60.0, DESK),  # in a crowd no call is for an icon, not even the first
        (2, CROWD + 1, 0.1, WORK),  # a crowd's cards then keep their distance
        (6, CROWD + 1, 5.1, DESK),
        (6, CROWD, 0.1, ICON),  # an icon is for calm times
        (7, 1, 0.1, TOUCH),  # where few wait, more go as they come
        (8, 1, 0.1, CARD),  # a few cards keep no distance even then, though lines do
    ],
)
def test_a_crowd_keeps_its_distance(used: int, waiting: int, since: float, least_urgent: int) -> None:
    assert minute(used, since=since, waiting=waiting).rank_most() == least_urgent


@pytest.mark.parametrize(
    ("used", "waiting", "coming", "calm"),
    [(0, 0, 0, True), (10, 5, 20, True), (11, 0, 0, False), (0, 6, 0, False), (0, 0, 21, False)],
)
def test_a_topic_comes_at_once_unless_a_crowd_is_there_or_coming(
    used: int,
    waiting: int,
    coming: int,
    calm: bool,  # noqa: FBT001  # a column of the table
) -> None:
    assert Minute(ages=(9.0,) * used, waiting=waiting, coming=coming).calm is calm


def test_a_rank_rests_until_enough_calls_have_ceased_to_count() -> None:
    ages = tuple(float(age) for age in range(CALLS, 0, -1))  # 20 s, 19 s … 1 s ago
    full = Minute(ages=ages)
    assert full.rest(PRESSED) == SECONDS - 20
    assert full.rest(CARD) == SECONDS - 20 + 8
    assert full.rest(LINE, count=3) == SECONDS - 20 + 5
    assert Minute().rest(LINE, count=10) == 0


@given(st.integers(0, CALLS), st.integers(1, 30))
def test_an_album_fits_in_pieces_and_never_beyond_the_limit(used: int, pictures: int) -> None:
    window = minute(used)
    fits = window.room(pictures)
    assert 1 <= fits <= pictures
    assert fits == 1 or used + fits <= ALBUMS_MOST


def test_later_calls_cease_to_count() -> None:
    window = Minute(ages=(50.0, 10.0), waiting=3, coming=7)
    assert window.later(1.0).coming == 7
    assert window.later(12.0).ages == (22.0,)
    assert window.later(60.0) == Minute()


def test_every_rank_leaves_something_for_a_more_urgent_one() -> None:
    limits = [MOST[rank] for rank in sorted(MOST)]
    assert limits == sorted(limits, reverse=True)
    assert MOST[PRESSED] == CALLS == 20
    assert MOST[PRESSED] - MOST[CARD] >= 4
    assert MOST[URGENT] + KEPT[LIST] == MOST[LIST]
    assert MOST[LIST] + KEPT[PRESSED] == MOST[PRESSED]


def test_while_a_crowd_is_read_cards_leave_room_for_who_is_critical_among_it() -> None:
    reading = Minute(ages=(9.0,) * READING_MOST, coming=COMING + 1)
    assert reading.crowded
    assert reading.rest(CARD) > 0
    assert reading.rest(WORK) == reading.rest(URGENT) == 0
    assert Minute(ages=(9.0,) * (READING_MOST - 1), coming=COMING + 1).rest(CARD) == 0
    assert Minute(ages=(9.0,) * READING_MOST, coming=COMING).rest(CARD) == 0


@given(st.permutations([PRESSED] * 3 + [LIST] * 2 + [URGENT] * 10))
def test_with_five_calls_spent_a_crowd_s_presses_pages_and_critical_cards_fit_in_any_order(ranks: list[int]) -> None:
    spent = 5
    for number, rank in enumerate(ranks):
        before = ranks[:number]
        window = Minute(ages=(9.0,) * (spent + number), ranks=(CARD,) * spent + tuple(before), waiting=90)
        assert window.may(rank)


def test_icons_are_few_and_take_nothing_from_others() -> None:
    three = Minute(ages=(9.0,) * 3, ranks=(ICON,) * 3)
    assert not three.may(ICON)
    assert Minute(ages=(9.0,) * 2, ranks=(ICON,) * 2).may(ICON)
    for rank in (TOUCH, DESK, LINE, CARD, WORK):
        used = Minute(ages=(30.0,) * (MOST[rank] - 1))
        beside = Minute(ages=(30.0,) * (MOST[rank] + 2), ranks=(ICON,) * 3 + (LINE,) * (MOST[rank] - 1))
        assert used.has_room(rank)
        assert beside.has_room(rank)
