"""Every answer with its mode, how right it has been, and how often people were asked for it: for reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from services.autopilot.records import record_of
from services.autopilot.rules import Record
from services.autopilot.young import Growth
from services.classify.matters import SMALL_TALK
from storage.evidence import Rung
from storage.matters import Matter, matters_of
from storage.units import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One answer."""

    matter: Matter
    record: Record
    asked: int
    """How many questions of the span people had although there is this answer."""
    growth: Growth | None = None
    """Where its newness keeps it back: how far it is."""


def ladder(unit: Unit, rungs: Iterable[Rung], growth: Mapping[str, Growth]) -> list[Step]:
    """Return the answers of the pack: what people are asked for most first, and then what is not given by itself.

    `growth`: of answers that their newness keeps back, by name.
    """
    asked = {(one.scenario, one.answer): one.count for one in rungs}
    steps = [
        Step(
            matter=one,
            record=record_of(unit, one),
            asked=asked.get((one.scenario.key, one.answer_key), 0),
            growth=growth.get(one.name),
        )
        for scenario in unit.scenarios.outlines()
        if scenario.key not in SMALL_TALK
        for one in matters_of(scenario)
        if one.action != "escalate"
    ]
    return sorted(steps, key=lambda one: (-one.asked, one.matter.mode == "auto", one.matter.name))
