"""Which mode an answer has that says none: what stands already, else what new answers begin with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from services.classify.matters import SMALL_TALK
from storage.closed_sets import AnswerMode
from storage.matters import matters_of, place_of
from storage.records import Scenario


def modes_of(scenarios: Iterable[Scenario]) -> Mapping[str, AnswerMode]:
    """Return the modes of all that can be answered, by name."""
    return {matter.name: matter.mode for scenario in scenarios for matter in matters_of(scenario)}


def with_modes(
    scenarios: Iterable[Scenario], standing: Iterable[Scenario], *, start: AnswerMode
) -> tuple[Scenario, ...]:
    """Return scenarios that say all of their modes. `standing` is what the memory holds.

    Importing files that say nothing of modes changes none: a new text does not cost an answer the trust it has earned.
    """
    known = modes_of(standing)
    return tuple(_said(scenario, known, first_mode(scenario.key, start)) for scenario in scenarios)


def first_mode(key: str, start: AnswerMode) -> AnswerMode:
    """Return what the answers of a new scenario begin with. Small talk is not proposed: that teaches nobody."""
    return "auto" if key in SMALL_TALK and start == "suggest" else start


def _said(scenario: Scenario, known: Mapping[str, AnswerMode], start: AnswerMode) -> Scenario:
    answers = tuple(
        replace(one, mode=one.mode or known.get(place_of(scenario.key, one.key), start)) for one in scenario.answers
    )
    # Where there are answers, the scenario has no text that its own mode could be about.
    own = "auto" if answers else scenario.mode or known.get(scenario.key, start)
    return replace(scenario, answers=answers, mode=own)
