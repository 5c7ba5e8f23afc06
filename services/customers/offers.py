"""What "did you mean" offers: pure, and a table in the test of decisions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from services.classify.matters import SMALL_TALK
from services.classify.verdict import Guess, Verdict
from storage.matters import matters_of
from storage.records import Scenario

FAINT: Final = 0.05
"""Chance below which a guess is no choice to offer."""
ALONE: Final = 0.2
"""Chance below which not even the first is one where small talk is likelier: the rest is what nobody meant."""


def choices_of(verdict: Verdict, offerable: Callable[[str], bool]) -> tuple[Guess, ...]:
    """Return what is worth a button: the likeliest, and what is not far-fetched beside it.

    None where the likeliest may not be offered: the others are what was probably not meant.
    """
    first, *others = [one for one in verdict.nearest[:3] if one.scenario not in SMALL_TALK] or (None,)
    if first is None or not offerable(first.scenario):
        return ()
    if first != verdict.nearest[0] and first.confidence < ALONE:
        return ()
    return (first, *(one for one in others if one.confidence >= FAINT and offerable(one.scenario)))


def offered_by(find: Callable[[str], Scenario | None]) -> Callable[[str], bool]:
    """Return which scenarios may be offered: those of which something is sent without people, or that lead to them."""

    def offerable(key: str) -> bool:
        scenario = find(key)
        return scenario is None or any(one.mode == "auto" or one.action == "escalate" for one in matters_of(scenario))

    return offerable
