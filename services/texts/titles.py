"""What people call scenarios."""

from __future__ import annotations

from collections.abc import Mapping

from storage.records import Pack, Scenario


def title_of(scenario: Scenario, language: str) -> str:
    """Return the title in a language, else in any, else the key."""
    return scenario.title.get(language) or next(iter(scenario.title.values()), scenario.key)


def titles(pack: Pack, language: str) -> Mapping[str, str]:
    return {scenario.key: title_of(scenario, language) for scenario in pack.scenarios}
