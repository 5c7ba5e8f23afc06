"""What was planned becomes what the bot knows: one change of the pack, and one step back from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from services.scenarios import fact_values, journal
from services.scenarios.documents import scenario_of
from services.scenarios.knowledge import NOTE
from services.scenarios.packs import pack_version
from services.setup.planning import Plan, own_answers
from services.setup.state import Applied, held, keep
from storage.facts import EVERY
from storage.records import BackgroundLine, Scenario
from storage.units import Unit

VERSIONS_MOST: Final = 1_000
"""Versions of a scenario that are looked at for the one that was put in."""


def pack_version_of(unit: Unit) -> str | None:
    """Return which version of the pack stands; whoever else changes it waits until this unit has ended."""
    unit.scenarios.hold()
    return unit.key_values.read(NOTE)


def apply(unit: Unit, plan: Plan, *, author: str) -> Applied:
    """Write the pack and the facts; return what is needed to take it back."""
    before = unit.scenario_versions.marks()
    _write(unit, plan.pack.scenarios, plan.pack.background, author)
    unit.facts.define(plan.pack.facts)
    _announce(unit)
    filled = {one.key for one in unit.facts.standing()}
    for value in plan.values:
        if value.key not in filled:
            fact_values.put(unit, value.key, EVERY, value.value, author=author)
    after = unit.scenario_versions.marks()
    return Applied(
        at=unit.now,
        marks={key: mark for key, mark in after.items() if before.get(key) != mark},
        background=tuple((line.language, line.text) for line in plan.released),
        answers=own_answers(plan.pack.scenarios),
    )


def take_back(unit: Unit, applied: Applied, *, author: str) -> bool:
    """Let everything be as it was before; False where somebody has changed some of it since."""
    unit.scenarios.hold()
    stands = unit.scenario_versions.marks()
    if any(stands.get(key) != mark for key, mark in (dict(applied.marks) | dict(applied.taught)).items()):
        return False
    known, background = unit.scenarios.load()
    stood = {key: _before(unit, key, mark) for key, mark in applied.marks.items()}
    kept = [stood.pop(one.key) if one.key in stood else one for one in known]
    scenarios = tuple(one for one in (*kept, *stood.values()) if one is not None)
    lines = tuple(BackgroundLine(language=language, text=text) for language, text in applied.background)
    _write(unit, scenarios, (*background, *lines), author)
    _announce(unit)
    return True


def taught_since(applied: Applied, before: Mapping[str, str], now: Mapping[str, str]) -> Applied:
    """Return what was put in with the marks that it has after a lesson; what somebody else has changed keeps its."""
    known = dict(applied.marks) | dict(applied.taught)
    taught = {key: now.get(key, "") if before.get(key) == mark else mark for key, mark in known.items()}
    return replace(applied, taught=taught)


def taught_on_the_page(unit: Unit, before: Mapping[str, str]) -> None:
    """Let a set-up that goes on know of a lesson given beside it. `before`: the marks that there were."""
    setup = held(unit)
    if setup.applied is not None:
        now = unit.scenario_versions.marks()
        keep(unit, replace(setup, applied=taught_since(setup.applied, before, now)))


def _before(unit: Unit, key: str, mark: str) -> Scenario | None:
    """Return a scenario as it stood before it had this mark; None where it did not stand."""
    versions = unit.scenario_versions.of(key, most=VERSIONS_MOST)
    at = next((number for number, one in enumerate(versions) if one.mark == mark), len(versions))
    content = versions[at + 1].content if at + 1 < len(versions) else None
    return None if content is None else scenario_of(content)


def _write(unit: Unit, scenarios: tuple[Scenario, ...], background: tuple[BackgroundLine, ...], author: str) -> None:
    unit.scenarios.hold()
    unit.scenarios.replace(scenarios, background, author=author)
    journal.note(unit, unit.scenarios.load()[0], author=author)


def _announce(unit: Unit) -> None:
    scenarios, background = unit.scenarios.load()
    unit.key_values.write(NOTE, pack_version(scenarios, background, unit.facts.definitions()))
