"""Keeps each scenario as it stood after each change, whoever made it: a page, a chat, or a command."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from services.scenarios.documents import content_of, mark_of
from storage.records import Scenario
from storage.units import Unit

EARLIER: Final = "–"
"""The author of what stood before versions were kept."""
REMOVED: Final = ""


def note(unit: Unit, now: Iterable[Scenario], *, author: str) -> None:
    """Keep what has changed since the last note."""
    before = unit.scenario_versions.marks()
    stands: set[str] = set()
    for scenario in now:
        stands.add(scenario.key)
        content = content_of(scenario)
        mark = mark_of(content)
        if before.get(scenario.key) != mark:
            unit.scenario_versions.add(scenario.key, content, mark=mark, author=author)
    for key, mark in before.items():
        if key not in stands and mark != REMOVED:
            unit.scenario_versions.add(key, None, mark=REMOVED, author=author)


def begin(unit: Unit) -> None:
    """Keep what stands, where nothing has been kept yet."""
    unit.scenarios.hold()
    if not unit.scenario_versions.marks():
        note(unit, unit.scenarios.load()[0], author=EARLIER)
