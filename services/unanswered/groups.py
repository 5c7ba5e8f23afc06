"""Which group a question belongs to: pure functions of where they lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from services.unanswered.meanings import Rows, Space, middle


@dataclass(slots=True)
class PlacedGroup:
    """One group as a round of gathering goes on."""

    centre: Rows
    group_id: int | None = None
    """None: it is new."""
    joined: list[int] = field(default_factory=list)
    """Which of the new questions belong to it."""


def assign(rows: Rows, known: Sequence[PlacedGroup], space: Space) -> list[PlacedGroup]:
    """Put each question into the nearest group, or begin a new one; a known group keeps its number and its place.

    The middle of a known group moves once the round is over, of a new one with each question: its first may be an odd
    one.
    """
    groups = list(known)
    for place, row in enumerate(rows):
        nearest = _nearest(row, groups)
        if nearest is None or float(nearest.centre @ row) < space.join_at:
            groups.append(PlacedGroup(centre=row, joined=[place]))
            continue
        nearest.joined.append(place)
        if nearest.group_id is None:
            nearest.centre = middle(rows[nearest.joined])
    return [one for one in groups if one.joined]


def _nearest(row: Rows, groups: Sequence[PlacedGroup]) -> PlacedGroup | None:
    if not groups:
        return None
    return groups[int(np.argmax(np.stack([one.centre for one in groups]) @ row))]


def typical(rows: Rows) -> int:
    """Return which question speaks for its group: the one nearest to the middle, of several alike the first."""
    return int(np.argmax(np.round(rows @ middle(rows), 3)))


def one_meaning(centres: Rows, decided: Sequence[bool], space: Space) -> tuple[int, int] | None:
    """Return the nearest two groups that have come to mean the same; None: there are none.

    Two that were both decided on stay apart: somebody has looked at each.
    """
    alike = np.triu(centres @ centres.T, 1)
    alike[np.ix_(decided, decided)] = 0
    first, second = np.unravel_index(int(alike.argmax()), alike.shape)
    return (int(first), int(second)) if alike[first, second] >= space.merge_at else None
