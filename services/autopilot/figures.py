"""How right an answer has been, as an admin reads it beside who gives it."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from markupsafe import Markup

from services.autopilot.records import record_of
from services.autopilot.rules import FAILING, PROVEN
from services.autopilot.watch import percent
from services.texts import say
from storage.closed_sets import AnswerMode
from storage.matters import Matter, matters_of
from storage.records import Scenario
from storage.units import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Performance:
    """How an answer does in the mode that it has."""

    answer: str | None
    """None: the scenario has one text."""
    mode: AnswerMode
    right: float
    of: float
    lower: float
    upper: float
    """Between these it is right, at 90 % confidence to each side."""
    mark: float
    """Above it the bot asks to give a proposed answer by itself; below it one that it gives goes back to people."""


def performance_of(unit: Unit, matter: Matter) -> Performance | None:
    """Return the figures of an answer; None where there are none yet, or where only people answer."""
    record = record_of(unit, matter)
    if matter.action == "escalate" or not record.of:
        return None
    return Performance(
        answer=matter.answer_key,
        mode=matter.mode,
        right=record.right,
        of=record.of,
        lower=record.lower,
        upper=record.upper,
        mark=PROVEN if matter.mode == "suggest" else FAILING,
    )


def performances_of(unit: Unit, scenario: Scenario) -> tuple[Performance, ...]:
    """Return the figures of all answers of a scenario that have some."""
    return tuple(found for one in matters_of(scenario) if (found := performance_of(unit, one)) is not None)


def told(unit: Unit, matter: Matter, speak: str) -> Markup | None:
    """Return the figures in words; None where there are none yet."""
    performance = performance_of(unit, matter)
    if performance is None:
        return None
    return say(
        "autopilot.proposed" if performance.mode == "suggest" else "autopilot.given",
        speak,
        right=f"{performance.right:g}",
        of=f"{performance.of:g}",
        lower=percent(performance.lower),
        upper=f"{ceil(performance.upper * 1000) / 10:g}",
        mark=percent(performance.mark),
    )
