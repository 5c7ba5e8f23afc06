"""What a customer who waits for people can expect: how long it usually takes, or when people are back."""

from __future__ import annotations

from dataclasses import dataclass

from services.scenarios.facts import Facts
from services.texts.moments import spell_roughly
from services.texts.team import Team
from services.working_hours.reckoning import is_open, next_opening
from services.working_hours.writing import back
from storage.units import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """In words, one of the two at most."""

    usual: str | None = None
    """How long people take; None where too few tickets tell, or nobody works now."""
    back: str | None = None
    """When they are back; None where they are there, or nobody knows."""


def expectation(unit: Unit, facts: Facts, team: Team, language: str) -> Expectation:
    """Return what to expect now."""
    hours = facts.hours
    if hours is not None and not is_open(hours, team.zone, unit.now):
        opens = next_opening(hours, team.zone, unit.now)
        return Expectation(back=back(opens, unit.now, team.zone, language) if opens else None)
    usual = unit.statistics.usual_wait(unit.now)
    return Expectation(usual=spell_roughly(usual, language) if usual is not None else None)
