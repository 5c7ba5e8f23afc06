"""Where values of facts change. Whoever changes one counts it in the key-value table, and every process learns it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from services.scenarios.facts import Facts, facts_of
from storage.closed_sets import Language
from storage.facts import EVERY
from storage.records import Fact
from storage.store import Store
from storage.units import Unit

NOTE: Final = "facts_version"
"""Counts changes of values in the key-value table, beside the version of the pack: they need no training anew."""


def put(unit: Unit, key: str, language: Language, value: str, *, author: str) -> int:
    """Let answers say a value; return its id."""
    _announce(unit)
    return unit.facts.put(key, language, value, author=author)


def remove(unit: Unit, key: str, language: Language | None = None) -> int:
    """Let answers say it no more, in one language or in any; return how many values that were."""
    _announce(unit)
    languages = [
        one.language for one in unit.facts.of(key) if one.retired_at is None and language in (None, one.language)
    ]
    return sum(unit.facts.retire(key, each) for each in languages)


def put_all(unit: Unit, values: Mapping[str, Mapping[Language, str]], *, author: str) -> int:
    """Let answers say just these values of the keys named, in each language; return how many changed."""
    _announce(unit)
    stands = {(one.key, one.language): one.value for one in unit.facts.standing() if one.key in values}
    wanted = {(key, language): value for key, said in values.items() for language, value in said.items()}
    for key, language in stands.keys() - wanted.keys():
        unit.facts.retire(key, language)
    new = [place for place, value in wanted.items() if stands.get(place) != value]
    for key, language in new:
        unit.facts.put(key, language, wanted[key, language], author=author)
    return len(new) + len(stands.keys() - wanted.keys())


def fill_with_examples(unit: Unit, facts: Iterable[Fact], *, author: str) -> None:
    """Give every fact that nobody has filled in the value of its example: for a shop that is invented."""
    filled = {one.key for one in unit.facts.standing()}
    put_all(unit, {fact.key: fact.example for fact in facts if fact.key not in filled}, author=author)


async def load_facts(store: Store, settings: Mapping[str, str] | None = None) -> Facts:
    """Return what the database says."""
    return await store.read(lambda unit: facts_of(unit.facts.definitions(), unit.facts.standing(), settings))


def languages_of(facts: Facts, key: str) -> tuple[Language, ...]:
    """Return the languages a fact has values in, `EVERY` first."""
    return tuple(sorted(facts.stored.get(key, {}), key=lambda language: (language != EVERY, language)))


def _announce(unit: Unit) -> None:
    """Count on. It comes first, since it is a lock: whoever else changes values has done so, or waits."""
    unit.key_values.add(NOTE, 1)
