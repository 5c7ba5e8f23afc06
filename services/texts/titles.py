"""What people call scenarios and their answers."""

from __future__ import annotations

from collections.abc import Mapping

from storage.records import Answer, Pack, Scenario


def title_of(named: Scenario | Answer, language: str) -> str:
    """Return the title of a scenario or an answer in a language, else in any, else the key."""
    return named.title.get(language) or next(iter(named.title.values()), named.key)


def full_title(scenario: Scenario, answer: Answer | None, language: str) -> str:
    """Return the title of a scenario with that of one of its answers ("Delivery: cost"), or its own alone."""
    title = title_of(scenario, language)
    return f"{title}: {title_of(answer, language)}" if answer else title


def titles(pack: Pack, language: str) -> Mapping[str, str]:
    return {scenario.key: title_of(scenario, language) for scenario in pack.scenarios}
