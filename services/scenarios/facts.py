"""What the business has told about itself, and which answers wait for it: an answer without its facts is not given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Final

from services.templates import facts_in
from services.working_hours.reading import read
from services.working_hours.schedule import Schedule
from services.working_hours.writing import written
from storage.closed_sets import LANGUAGES, Language
from storage.facts import EVERY, FactVersion
from storage.matters import place_of
from storage.records import Answer, Fact, Scenario, Template

HOURS: Final = "hours"
"""The fact that the notices to customers say too, and `working_hours` in templates."""
ALWAYS_USED: Final = frozenset({HOURS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Definitions by key, and values by key and language (`EVERY`: the same in all).

    `settings`: values that stand where the database has none.
    """

    definitions: Mapping[str, Fact] = field(default_factory=dict)
    stored: Mapping[str, Mapping[Language, str]] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)

    def value(self, key: str, language: Language, today: date | None = None, *, days: int | None = None) -> str | None:
        """Return what to say in a language; None where nobody has said.

        Working hours that can be read are written in every language, without dates that are over `today`, nor those
        that come later than in so many `days`.
        """
        by_language = self.stored.get(key, {})
        said = by_language.get(language) or by_language.get(EVERY) or self.settings.get(key) or None
        if key != HOURS:
            return said
        understood = self._hours_that_can_be_read() if said is None else said
        return None if understood is None else _in_words(understood, language, today, days)

    def values(self, language: Language, today: date | None = None) -> dict[str, str]:
        """Return all that can be said in a language, by key."""
        known = ((key, self.value(key, language, today)) for key in {*self.stored, *self.settings})
        return {key: value for key, value in known if value}

    @property
    def hours(self) -> Schedule | None:
        """When the team works; None where nobody has said so in words that can be read."""
        understood = self._hours_that_can_be_read()
        schedule = read(understood) if understood is not None else None
        return schedule if isinstance(schedule, Schedule) else None

    def _hours_that_can_be_read(self) -> str | None:
        stored = self.stored.get(HOURS, {})
        said = [stored[language] for language in (EVERY, *LANGUAGES, *stored) if language in stored]
        texts = said or [self.settings.get(HOURS) or ""]
        return next((text for text in texts if isinstance(read(text), Schedule)), None)

    def lacking(self, template: Template) -> tuple[str, ...]:
        """Return the facts that one wording needs and that are not there in its language."""
        return tuple(sorted(key for key in facts_in(template.text) if self.value(key, template.language) is None))

    def missing(self, answer: Scenario | Answer | Iterable[Template], language: Language) -> tuple[str, ...]:
        """Return what has to be filled in before an answer can be given in a language; empty where one wording can.

        Of several wordings that cannot, the one that needs least tells. Without any in the language, those of others
        are given.
        """
        templates = tuple(answer.templates if isinstance(answer, Scenario | Answer) else answer)
        wordings = in_language(templates, language)
        return min((self.lacking(one) for one in wordings), key=len, default=())

    def question(self, key: str, language: Language) -> str:
        """Return what to ask the owner; the key for a fact that is not defined."""
        asked = self.definitions.get(key)
        return key if asked is None else asked.question.get(language) or next(iter(asked.question.values()), key)


@lru_cache(maxsize=64)
def _in_words(hours: str, language: Language, today: date | None, days: int | None) -> str:
    """Return hours as customers read them; what cannot be read stands as it is."""
    schedule = read(hours)
    return written(schedule, language, today, days=days) if isinstance(schedule, Schedule) else hours


def facts_of(
    definitions: Iterable[Fact], standing: Iterable[FactVersion], settings: Mapping[str, str] | None = None
) -> Facts:
    """Return the facts as the database and the settings tell them."""
    stored: dict[str, dict[Language, str]] = {}
    for one in standing:
        stored.setdefault(one.key, {})[one.language] = one.value
    given = {key: value for key, value in (settings or {}).items() if value.strip()}
    return Facts(definitions={fact.key: fact for fact in definitions}, stored=stored, settings=given)


def in_language(templates: Sequence[Template], language: Language) -> tuple[Template, ...]:
    """Return the wordings of a language; all of them where it has none."""
    return tuple(one for one in templates if one.language == language) or tuple(templates)


def named_facts(scenario: Scenario) -> frozenset[str]:
    """Return the keys that the templates of a scenario name."""
    return frozenset().union(*(facts_in(template.text) for _, part in scenario.parts for template in part.templates))


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An answer that cannot be given in a language before facts are filled in."""

    scenario: str
    answer: str | None
    language: Language
    facts: tuple[str, ...]

    @property
    def name(self) -> str:
        return place_of(self.scenario, self.answer)


def waiting(scenarios: Iterable[Scenario], facts: Facts, languages: Iterable[Language]) -> Iterator[Waiting]:
    """Name the answers that wait, in the order of the pack."""
    spoken = tuple(languages)
    for scenario in scenarios:
        for key, templates in _texts(scenario):
            for language in spoken:
                if lacking := facts.missing(templates, language):
                    yield Waiting(scenario=scenario.key, answer=key, language=language, facts=lacking)


def _texts(scenario: Scenario) -> Iterator[tuple[str | None, tuple[Template, ...]]]:
    """Yield what customers may get from a scenario: its one text, or those of its answers by their keys."""
    if not scenario.answers:
        yield None, scenario.templates
    for answer in scenario.answers:
        yield answer.key, answer.templates
