"""A benchmark whose figures fall fails."""

from __future__ import annotations

import math

import pytest

from benchmarks.classifier.floors import Floors

KNOWN = {"hands": {"right": 0.9, "ece": 0.1}}


@pytest.mark.parametrize(
    ("right", "ece", "missed"),
    [(0.95, 0.05, 0), (0.9, 0.1, 0), (0.89, 0.1, 1), (0.9, 0.11, 1), (0.5, 0.5, 2), (math.nan, 0.05, 1)],
)
def test_what_is_below_is_named_and_fails(right: float, ece: float, missed: int) -> None:
    floors = Floors(KNOWN)
    floors.hold("hands", right=right, ece=ece, sent=0.1)
    floors.hold("others", right=0.1)
    assert len(floors.missed) == missed
    if not missed:
        floors.end()
        return
    with pytest.raises(SystemExit, match="hands"):
        floors.end()


def test_the_floors_in_the_repository_are_read() -> None:
    floors = Floors()
    floors.hold("hands", accuracy=0.0, sent=0.0, right=0.0, ece=1.0, asked=1.0)
    assert len(floors.missed) == 5
