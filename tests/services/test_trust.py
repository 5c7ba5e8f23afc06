"""How much proof it takes to trust an answer, and how much to trust it no longer: bounds and rules as tables."""

from __future__ import annotations

from itertools import count

import pytest

from services.autopilot.rules import FAILING, PROVEN, Record, Step, of_decisions, of_given, step
from services.autopilot.watch import percent
from services.evaluation import wilson
from services.messages.callbacks import decode, encode
from services.messages.mode_presses import OnTrust, Wish
from storage.closed_sets import AnswerMode


@pytest.mark.parametrize(
    ("right", "of", "least", "most"),
    [
        (0, 0, 0.0, 1.0),
        (1, 1, 0.3784, 1.0),
        (0, 1, 0.0, 0.6216),
        (5, 10, 0.3122, 0.6878),
        (19, 20, 0.8468, 0.9849),
        (31, 31, 0.9497, 1.0),
        (32, 32, 0.9512, 1.0),
        (54, 55, 0.9411, 0.9945),
        (70, 71, 0.9541, 0.9958),
        (95, 97, 0.9514, 0.9914),
        (42.5, 50, 0.7742, 0.9035),
        (-1, 4, 0.0, 0.2911),  # less than nothing is nothing
    ],
)
def test_a_share_is_at_least_and_at_most(right: float, of: float, least: float, most: float) -> None:
    assert wilson.lower(right, of) == pytest.approx(least, abs=5e-5)
    assert wilson.upper(right, of) == pytest.approx(most, abs=5e-5)


def test_thirty_two_sent_unchanged_in_a_row_are_proof_enough() -> None:
    assert next(number for number in count(1) if wilson.lower(number, number) > PROVEN) == 32


def test_one_that_was_changed_takes_thirty_four_more() -> None:
    assert next(number for number in count(1) if wilson.lower(number - 1, number) > PROVEN) == 66


@pytest.mark.parametrize(
    ("mode", "record", "asked_of", "due"),
    [
        ("suggest", of_decisions(31, 0), None, None),
        ("suggest", of_decisions(32, 0), None, "offer"),
        ("suggest", of_decisions(40, 1), None, None),
        ("suggest", of_decisions(80, 1), None, "offer"),
        # A no, or silence, stands until the figures are clearly better.
        ("suggest", of_decisions(33, 0), 32, None),
        ("suggest", of_decisions(63, 0), 32, None),
        ("suggest", of_decisions(64, 0), 32, "offer"),
        ("suggest", of_decisions(60, 4), 32, None),
        ("off", of_decisions(99, 0), None, None),
        ("auto", Record(), None, None),
        ("auto", of_given(50, 0, 0), None, None),
        # One correction may be a slip; two are enough where an answer is seldom asked for, and not where it is often.
        ("auto", of_given(1, 1, 0), None, None),
        ("auto", of_given(2, 2, 0), None, "give_back"),
        ("auto", of_given(8, 2, 0), None, "give_back"),
        ("auto", of_given(10, 2, 0), None, None),
        ("auto", of_given(3, 1, 1), None, None),
        ("auto", of_given(2, 0, 2), None, None),
        ("auto", of_given(3, 3, 0), None, "give_back"),
        ("auto", of_given(20, 3, 0), None, None),
        ("auto", of_given(20, 4, 0), None, "give_back"),
        # Customers call people for other reasons, too: three of ten do no harm, six of ten do.
        ("auto", of_given(20, 0, 6), None, None),
        ("auto", of_given(20, 0, 9), None, "give_back"),
        ("auto", of_given(50, 0, 15), None, None),
        ("auto", of_given(50, 0, 16), None, "give_back"),
        ("auto", of_given(50, 4, 8), None, "give_back"),
        ("auto", of_given(50, 7, 0), None, None),
        ("auto", of_given(50, 8, 0), None, "give_back"),
    ],
)
def test_when_the_bot_asks_and_when_it_gives_back(
    mode: AnswerMode, record: Record, asked_of: int | None, due: Step | None
) -> None:
    assert step(mode, record, asked_of) == due


def test_what_is_given_back_is_surely_less_right_than_what_is_asked_for() -> None:
    assert FAILING < PROVEN


@pytest.mark.parametrize(("share", "told"), [(0.95119, "95.1"), (0.95, "95"), (0.9999, "99.9"), (1.0, "100")])
def test_a_share_is_told_no_better_than_it_is(share: float, told: str) -> None:
    assert percent(share) == told


@pytest.mark.parametrize("wish", ["yes", "no", "again"])
def test_buttons_come_back_as_they_went(wish: Wish) -> None:
    for press in (OnTrust(wish, "S" * 40, "A" * 16), OnTrust(wish, "PAY")):
        assert decode(encode(press)) == press
        assert len(encode(press).encode()) <= 64


@pytest.mark.parametrize("data", ["T", "T:y", "T:x:PAY", "T:y:", "T:y:PAY:"])
def test_what_no_button_says_is_nothing(data: str) -> None:
    assert decode(data) is None
