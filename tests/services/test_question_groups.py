"""Which group a question belongs to, and where questions lie without an encoder."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from services.unanswered.groups import PlacedGroup, assign, one_meaning, typical
from services.unanswered.meanings import BY_STEMS, Space, middle, packed, reckon, unpacked

NEAR = Space(name="test", join_at=0.7, merge_at=0.95)


def _at(*degrees: float) -> np.ndarray:
    angles = np.radians(degrees)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


@pytest.mark.parametrize(
    ("known", "asked", "numbers", "joined"),
    [
        ((), (0, 10, 90), [None, None], [[0, 1], [2]]),
        ((0,), (20,), [1], [[0]]),
        ((0,), (80,), [None], [[0]]),
        ((0, 60), (40,), [2], [[0]]),
        ((0,), (50, 60, 20), [1, None], [[2], [0, 1]]),
        ((0,), (), [], []),
    ],
)
def test_a_question_joins_the_nearest_group_or_begins_one(
    known: Sequence[float], asked: Sequence[float], numbers: list[int | None], joined: list[list[int]]
) -> None:
    groups = [PlacedGroup(centre=row, group_id=place) for place, row in enumerate(_at(*known), 1)]
    found = assign(_at(*asked), groups, NEAR)
    assert [one.group_id for one in found] == numbers
    assert [one.joined for one in found] == joined


@pytest.mark.parametrize(
    ("centres", "decided", "pair"),
    [
        ((0, 5, 90), (False, False, False), (0, 1)),
        ((0, 5, 7), (False, False, False), (1, 2)),
        ((0, 5), (True, False), (0, 1)),
        ((0, 5), (True, True), None),
        ((0, 5, 12), (True, True, False), (1, 2)),
        ((0, 40), (False, False), None),
        ((0,), (False,), None),
    ],
)
def test_two_groups_become_one_where_their_middles_are_very_near_and_not_both_were_decided(
    centres: Sequence[float], decided: Sequence[bool], pair: tuple[int, int] | None
) -> None:
    assert one_meaning(_at(*centres), decided, NEAR) == pair


def test_the_question_nearest_to_the_middle_speaks_for_its_group() -> None:
    assert typical(_at(0, 30, 40)) == 1
    assert typical(_at(0, 0)) == 0


def test_numbers_are_stored_and_read_again() -> None:
    rows = _at(0, 30)
    assert np.allclose(unpacked([packed(row) for row in rows]), rows, atol=1e-3)
    assert np.isclose(np.linalg.norm(middle(rows)), 1)


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        ("Можно ли оплатить частями?", "оплатить частями можно?", True),
        ("Do you ship to Norway?", "do you ship to norway", True),
        ("Есть ли у вас подарочная упаковка?", "А подарочная упаковка есть?", True),
        ("Можно ли оплатить частями?", "Где мой заказ?", False),
        ("Do you ship to Norway?", "Can I pay by invoice?", False),
    ],
)
def test_without_an_encoder_stems_tell_what_is_alike(first: str, second: str, *, alike: bool) -> None:
    space, rows = reckon([first, second], None)
    assert space == BY_STEMS
    assert (float(rows[0] @ rows[1]) >= space.join_at) is alike


def test_a_text_without_words_lies_nowhere_near_anything() -> None:
    space, rows = reckon(["…", "Где мой заказ?"], None)
    assert float(rows[0] @ rows[1]) < space.join_at
