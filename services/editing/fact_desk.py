"""Facts as a page shows and changes them: each value is read with its number, and saved only where it still stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import structlog

from services.desk import audit
from services.desk.audit import Actor
from services.scenarios import fact_values
from services.scenarios.fact_types import cleaned, fault
from services.scenarios.facts import facts_of
from services.templates import facts_in
from storage.closed_sets import Language
from storage.facts import FactVersion
from storage.matters import place_of
from storage.records import Fact, Scenario
from storage.store import Store
from storage.units import Unit

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class FactSheet:
    """A fact with what is said of it."""

    fact: Fact
    values: Sequence[FactVersion]
    """What stands, one for a language or for all."""
    used_by: Sequence[str]
    """Names of the answers whose texts say it."""
    from_settings: str | None
    """What stands where the database has none."""


@dataclass(frozen=True, slots=True)
class WrongValue:
    """It cannot be the value; says why and how to mend it."""

    words: str


class FactDesk:
    def __init__(self, *, store: Store, settings: Mapping[str, str]) -> None:
        self._store = store
        self._settings = settings

    async def sheets(self) -> list[FactSheet]:
        """Return all facts that the pack asks for, by key."""

        def look(unit: Unit) -> list[FactSheet]:
            standing = unit.facts.standing()
            used = _used(unit.scenarios.load()[0])
            facts = facts_of(unit.facts.definitions(), standing, self._settings)
            return [
                FactSheet(
                    fact=fact,
                    values=[one for one in standing if one.key == fact.key],
                    used_by=used.get(fact.key, ()),
                    from_settings=facts.settings.get(fact.key),
                )
                for fact in facts.definitions.values()
            ]

        return await self._store.read(look)

    async def versions(self, key: str) -> list[FactVersion]:
        """Return all values that a fact ever had, newest first."""
        return await self._store.read(lambda unit: unit.facts.of(key)[::-1])

    async def save(
        self,
        key: str,
        language: Language,
        value: str | None,
        *,
        before: int | None,
        author: str,
        speak: str,
        by: Actor | None = None,
    ) -> bool | WrongValue | None:
        """Let answers say a value, or none; False where another stands than was read, None where there is no such fact.

        `before`: the number of the version that was read; None: there was none. `by`: who did it, for the audit log.
        """
        wanted = cleaned(value) if value is not None else None

        def act(unit: Unit) -> bool | WrongValue | None:
            asked = next((one for one in unit.facts.definitions() if one.key == key), None)
            if asked is None:
                return None
            if wanted is not None and (wrong := fault(asked.type, wanted)):
                return WrongValue(wrong.words(speak))
            stands = unit.facts.now_in(key, language)
            if (stands.value if stands else None) == wanted:  # the same is sent again, or said by two
                return True
            if (stands.id if stands else None) != before:
                return False
            if wanted is None:
                fact_values.remove(unit, key, language)
            else:
                fact_values.put(unit, key, language, wanted, author=author)
            if by is not None:
                audit.note(unit, by, "fact_changed", detail=key)
            return True

        done = await self._store.write(act)
        if done is True:
            log.info("fact.saved", fact=key, language=language, admin=author)
        return done


def _used(scenarios: Sequence[Scenario]) -> Mapping[str, Sequence[str]]:
    """Return the names of the answers that say each fact."""
    found: dict[str, list[str]] = {}
    for scenario in scenarios:
        for key, part in scenario.parts:
            for fact in sorted({fact for one in part.templates for fact in facts_in(one.text)}):
                found.setdefault(fact, []).append(place_of(scenario.key, key))
    return found
