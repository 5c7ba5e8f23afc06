"""How right each answer was, read from the memory."""

from __future__ import annotations

from services.autopilot.rules import GIVEN_WINDOW, WINDOW, Record, of_decisions, of_given
from storage.evidence import Given
from storage.matters import Matter
from storage.units import Unit


def record_of(unit: Unit, matter: Matter) -> Record:
    """Return the record of an answer since it has its mode; of one that people write, nothing is known."""
    match matter.mode:
        case "suggest":
            since = unit.evidence.trust(matter.scenario.key, matter.answer_key).since
            found = unit.evidence.decisions(matter.scenario.key, matter.answer_key, since, most=WINDOW)
            return of_decisions(found["sent"], found["edited"] + found["wrong"])
        case "auto":
            given = given_of(unit, matter)
            return of_given(given.count, given.corrected, given.unhelped)
        case "off":
            return Record()


def given_of(unit: Unit, matter: Matter) -> Given:
    since = unit.evidence.trust(matter.scenario.key, matter.answer_key).since
    return unit.evidence.given(matter.scenario.key, matter.answer_key, since, most=GIVEN_WINDOW)
