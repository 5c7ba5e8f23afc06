"""What the bot knows right now: the pack from the database and the classifier trained on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, Protocol

import structlog

from services.classify.cascade import local_of
from services.classify.verdict import Classifier, Question, Verdict
from services.learning import versions
from services.scenarios import fact_values, journal
from services.scenarios.business import NOBODY, Business, business_of
from services.scenarios.facts import Facts, facts_of
from services.scenarios.modes import modes_of, with_modes
from services.scenarios.packs import pack_version, read_pack
from services.texts.titles import full_title
from storage.closed_sets import AnswerMode, Language
from storage.records import Pack, Scenario
from storage.store import Store
from storage.units import Unit

log = structlog.get_logger()
NOTE: Final = "pack_version"
"""Key of the newest pack's version: every replica looks at it to see whether it knows the latest."""


class Engines(Protocol):
    """Makes a classifier of a pack: the local engine alone, or with others behind it."""

    @property
    def wants_context(self) -> bool:
        """Whether its classifiers read earlier lines of the conversation."""
        ...

    async def teach(self, pack: Pack) -> Classifier: ...


class Knowledge:
    """Scenarios by key, and the classifier that names them. Both change together, between two messages."""

    def __init__(
        self,
        *,
        store: Store,
        engines: Engines,
        settings: Mapping[str, str] | None = None,
        start: AnswerMode = "auto",
    ) -> None:
        """`settings`: values of facts that stand where the database has none; `start`: the mode of new answers."""
        self._store = store
        self._engines = engines
        self._settings = settings or {}
        self._start: AnswerMode = start
        self._facts_version: str | None = None
        self._learned = ""
        self.facts = facts_of((), (), self._settings)
        self.business: Business = NOBODY
        self._pack: Pack | None = None
        self._classifier: Classifier | None = None
        self._by_key: dict[str, Scenario] = {}
        self._coming: dict[str, Scenario] = {}
        """What is being learned: people call it by its title before questions are answered by it."""

    @property
    def version(self) -> str | None:
        return self._pack.version if self._pack else None

    @property
    def wants_context(self) -> bool:
        return self._engines.wants_context

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        return self._pack.scenarios if self._pack else ()

    @property
    def titles(self) -> tuple[Mapping[Language, str], ...]:
        """What scenarios are called, each by language."""
        return tuple(one.title for one in self.scenarios)

    def scenario(self, key: str) -> Scenario | None:
        return self._by_key.get(key)

    def title(self, key: str | None, language: str, answer: str | None = None) -> str | None:
        """Return how people call a scenario, with one of its answers ("Delivery: cost"); None for one that is gone."""
        scenario = self._by_key.get(key, self._coming.get(key)) if key else None
        return full_title(scenario, scenario.answer(answer), language) if scenario else None

    async def classify(self, question: Question) -> Verdict:
        if self._classifier is None:
            raise RuntimeError("refresh() comes first")
        return await self._classifier.classify(question)

    async def classify_unpaid(self, question: Question) -> Verdict:
        """Ask the local engine alone: for many messages at once, for which no model shall be paid."""
        if self._classifier is None:
            raise RuntimeError("refresh() comes first")
        return await local_of(self._classifier).classify(question)

    async def seed(
        self, folder: Path, *, invented: bool = False, choose: Callable[[Pack], Pack] = lambda pack: pack
    ) -> bool:
        """Fill an empty database from files. Raises PackInvalid; a database that knows something is left alone.

        `invented`: the business is one that does not exist, so its facts are the examples. `choose`: what of the pack.
        """
        known, kept, note = await self._store.read(
            lambda unit: (unit.scenarios.count(), unit.scenario_versions.marks(), unit.key_values.read(NOTE))
        )
        if known:
            if not kept:  # versions of scenarios are newer than this database
                await self._store.write(journal.begin)
            if not note:  # without the name of what it holds it would be learned at every look
                await self._store.write(_name)
            return False
        pack = choose(read_pack(folder))

        def act(unit: Unit) -> bool:
            unit.scenarios.hold()
            if unit.scenarios.count():
                return False  # another replica, started in the same moment, was faster
            _write(unit, pack, author=f"import {folder.name}", start=self._start)
            if invented:
                fact_values.fill_with_examples(unit, pack.facts, author="example")
            return True

        return await self._store.write(act)

    async def refresh_business(self) -> None:
        """Learn what was told of the business just now, without waiting for the next look."""
        self.business = await self._store.read(business_of)
        await self._refresh_facts(None)

    async def refresh(self) -> bool:
        """Learn what the database says, if that is news; training runs off the loop. True when it was."""
        version, facts_version, learned = await self._store.read(_versions)
        self.business = await self._store.read(business_of)
        if self._pack is not None and (version, learned) == (self._pack.version, self._learned):
            return await self._refresh_facts(facts_version)
        pack = await load(self._store)
        self._coming = {scenario.key: scenario for scenario in pack.scenarios}
        classifier = await self._engines.teach(pack)
        await self._refresh_facts(None)
        self._pack, self._classifier, self._learned = pack, classifier, learned
        self._by_key = {scenario.key: scenario for scenario in pack.scenarios}
        log.info("knowledge.learned", version=pack.version, scenarios=len(pack.scenarios), labelled=len(pack.learned))
        return True

    async def _refresh_facts(self, newest: str | None) -> bool:
        """Learn the facts, unless those known are the newest."""
        if newest is not None and newest == self._facts_version:
            return False

        def look(unit: Unit) -> tuple[str, Facts]:
            facts = facts_of(unit.facts.definitions(), unit.facts.standing(), self._settings)
            return _versions(unit)[1], facts

        self._facts_version, self.facts = await self._store.read(look)
        return True


def _name(unit: Unit) -> None:
    unit.scenarios.hold()
    unit.key_values.write(NOTE, pack_version(*unit.scenarios.load(), unit.facts.definitions()))


def _versions(unit: Unit) -> tuple[str | None, str, str]:
    """Return the newest versions of the pack, of the facts and of what was learned."""
    read = unit.key_values.read
    return read(NOTE), read(fact_values.NOTE) or "", read(versions.NOTE) or ""


async def load(store: Store) -> Pack:
    """Return the pack the database holds."""

    def look(unit: Unit) -> Pack:
        scenarios, background = unit.scenarios.load()
        facts = unit.facts.definitions()
        version = unit.key_values.read(NOTE) or pack_version(scenarios, background, facts)
        learned = versions.current(unit)
        return Pack(scenarios=scenarios, background=background, version=version, facts=facts, learned=learned)

    return await store.read(look)


async def replace(store: Store, pack: Pack, *, author: str, start: AnswerMode = "auto") -> None:
    """Make the database say what a pack says; every process learns it within seconds. `start`: the mode of new answers.

    An answer whose mode the pack does not say keeps the one it has.
    """

    def act(unit: Unit) -> None:
        unit.scenarios.hold()
        _write(unit, pack, author=author, start=start)

    await store.write(act)


def _write(unit: Unit, pack: Pack, *, author: str, start: AnswerMode) -> None:
    filled = with_modes(pack.scenarios, unit.scenarios.outlines(), start=start)
    unit.scenarios.replace(filled, pack.background, author=author)
    journal.note(unit, unit.scenarios.load()[0], author=author)
    unit.facts.define(pack.facts)
    named = pack.version if modes_of(filled) == modes_of(pack.scenarios) else ""
    unit.key_values.write(NOTE, named or pack_version(filled, pack.background, pack.facts))
