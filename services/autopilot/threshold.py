"""From which confidence the bot answers, moved by how right it has been: pure, a table in its test.

What an engine calls .8 is measured on other businesses. In this one it may be .7 or .9, and only its own people know.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from services.evaluation import wilson
from storage.evidence import Outcome

LOWEST: Final = 0.65
HIGHEST: Final = 0.95
STEP: Final = 0.01
WINDOW: Final = 200
"""So many of the last outcomes count: a model that has learned since is another one."""
HOLDS: Final = 0.92
"""Of what is answered from a threshold on, more than this is right, at 90 % confidence: then it may stand there."""
AIM: Final = 0.96
"""Where less than this is right at 90 % confidence, the threshold rises until so much was."""
FEW: Final = 15
"""Outcomes below the configured threshold, from which it may sink there."""
MOSTLY: Final = 0.8
"""So much of these must have been right: the sure ones above must not answer for them."""


def threshold(outcomes: Sequence[Outcome], start: float) -> float:
    """Return where the bot answers by its record; `start`: where it does until there is one. The last come first."""
    known = outcomes[:WINDOW]
    lower = next((at for at in _steps(LOWEST, start) if _may_sink(known, at, start)), None)
    if lower is not None:
        return lower
    above = _above(known, start)
    if wilson.lower(*above) >= HOLDS or wilson.upper(*above) >= AIM:
        return start
    return next((at for at in _steps(start, HIGHEST) if _good(known, at)), max(start, HIGHEST))


def _steps(lowest: float, end: float) -> list[float]:
    return [round(lowest + STEP * number, 4) for number in range(max(round((end - lowest) / STEP), 0))]


def _may_sink(known: Sequence[Outcome], at: float, start: float) -> bool:
    newly = [one.right for one in known if at <= one.confidence < start]
    enough = len(newly) >= FEW and sum(newly) >= MOSTLY * len(newly)
    return enough and wilson.lower(*_above(known, at)) >= HOLDS


def _good(known: Sequence[Outcome], at: float) -> bool:
    right, of = _above(known, at)
    return right >= AIM * of or wilson.lower(right, of) >= HOLDS


def _above(known: Sequence[Outcome], at: float) -> tuple[float, int]:
    """Return how many are right of those that are as sure as that, and how many there are."""
    said = [one.right for one in known if one.confidence >= at]
    return sum(said), len(said)
