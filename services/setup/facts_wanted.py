"""The facts that the answers need, in the order in which an owner is asked for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from services.scenarios.business import business_of
from services.scenarios.facts import ALWAYS_USED, Facts, facts_of, named_facts
from services.setup.state import Setup
from services.templates import facts_in
from storage.records import Fact
from storage.units import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A fact, and how many texts name it."""

    fact: Fact
    uses: int
    value: str | None
    """What it says now, in the first language that the business serves."""
    filled: bool
    """In every language that the business serves."""


def wanted_facts(unit: Unit, settings: Mapping[str, str]) -> list[Wanted]:
    """Return them: what most texts wait for comes first."""
    scenarios, _ = unit.scenarios.load()
    facts = facts_of(unit.facts.definitions(), unit.facts.standing(), settings)
    served = business_of(unit).served
    named = ALWAYS_USED.union(*map(named_facts, scenarios))
    uses = Counter(
        key
        for one in scenarios
        for _, part in one.parts
        for template in part.templates
        if template.language in served
        for key in facts_in(template.text)
    )
    found = [
        Wanted(fact=fact, uses=uses[key], value=facts.value(key, served[0]), filled=_filled(facts, key, served))
        for key, fact in facts.definitions.items()
        if key in named
    ]
    return sorted(found, key=lambda one: (-one.uses, one.fact.key))


def next_fact(unit: Unit, setup: Setup, settings: Mapping[str, str], *, after: str | None = None) -> str | None:
    """Return the next one that is not filled in and not put off; None where there is none."""
    keys = wanted_facts(unit, settings)
    names = [one.fact.key for one in keys]
    begin = names.index(after) + 1 if after in names else 0
    turn = keys[begin:] + keys[:begin]
    return next((one.fact.key for one in turn if not one.filled and one.fact.key not in setup.later_facts), None)


def _filled(facts: Facts, key: str, languages: tuple[str, ...]) -> bool:
    return all(facts.value(key, language) for language in languages)
