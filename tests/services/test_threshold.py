"""From which confidence the bot answers, by how right it has been: the rule as a table."""

from __future__ import annotations

import pytest

from services.autopilot.threshold import HIGHEST, LOWEST, WINDOW, threshold
from storage.evidence import Outcome

START = 0.8


def some(number: int, confidence: float, right: float = 1.0) -> list[Outcome]:
    return [Outcome(confidence=confidence, right=right, place="A")] * number


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ([], START),
        (some(3, 0.85), START),  # too little is known
        (some(3, 0.85, 0.0), 0.86),  # three wrong ones in a row are known well enough
        (some(1, 0.85, 0.0) + some(1, 0.9), 0.86),  # with next to nothing known, one is enough to be careful
        (some(1, 0.85, 0.0) + some(9, 0.9), START),  # one in ten may be bad luck
        (some(200, 0.9), START),  # nothing is known of what is less sure
        (some(40, 0.9) + some(14, 0.75), START),
        (some(40, 0.9) + some(15, 0.75), LOWEST),
        (some(40, 0.9) + some(12, 0.75) + some(3, 0.75, 0.0), START),  # .95 of 55 may be less than .92 of all
        (some(150, 0.9) + some(12, 0.75) + some(3, 0.75, 0.0), LOWEST),
        (some(170, 0.9) + some(11, 0.75) + some(4, 0.75, 0.0), START),  # the sure ones do not answer for them
        (some(150, 0.9) + some(15, 0.75) + some(9, 0.7, 0.0), 0.71),
        (some(40, 0.94) + some(6, 0.84, 0.0), 0.85),
        (some(40, 0.98) + some(20, 0.94, 0.0), HIGHEST),
        (some(60, 0.9) + some(60, 0.85, 0.5), 0.86),  # a customer who called a person leaves a half
        (some(WINDOW, 0.9) + some(100, 0.85, 0.0), START),  # what was long ago counts no longer
    ],
)
def test_the_threshold_moves_by_the_record(outcomes: list[Outcome], expected: float) -> None:
    assert threshold(outcomes, START) == pytest.approx(expected)


def test_what_was_configured_beyond_the_ends_stays_there_unless_it_is_proven() -> None:
    assert threshold([], 0.5) == 0.5
    assert threshold(some(50, 0.6), 0.5) == 0.5, "it sinks no lower than that by itself"
    assert threshold([], 0.99) == 0.99
    assert threshold(some(50, 0.99, 0.0), 0.99) == 0.99
    assert threshold(some(40, 0.995) + some(20, 0.9), 0.99) == LOWEST
