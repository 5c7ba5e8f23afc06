"""What the bot knows right now: the pack from the database and the classifier trained on it."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Protocol

import structlog

from services.classify.verdict import Classifier, Question, Verdict
from services.scenarios.packs import pack_version, read_pack
from services.texts.titles import full_title
from storage.records import BackgroundLine, Pack, Scenario
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

    def __init__(self, *, store: Store, engines: Engines) -> None:
        self._store = store
        self._engines = engines
        self._pack: Pack | None = None
        self._classifier: Classifier | None = None
        self._by_key: dict[str, Scenario] = {}

    @property
    def version(self) -> str | None:
        return self._pack.version if self._pack else None

    @property
    def wants_context(self) -> bool:
        return self._engines.wants_context

    def scenario(self, key: str) -> Scenario | None:
        return self._by_key.get(key)

    def title(self, key: str | None, language: str, answer: str | None = None) -> str | None:
        """Return how people call a scenario, with one of its answers ("Delivery: cost"); None for one that is gone."""
        scenario = self._by_key.get(key) if key else None
        return full_title(scenario, scenario.answer(answer), language) if scenario else None

    async def classify(self, question: Question) -> Verdict:
        if self._classifier is None:
            raise RuntimeError("refresh() comes first")
        return await self._classifier.classify(question)

    async def seed(self, folder: Path) -> bool:
        """Fill an empty database from files. Raises PackInvalid; a database that knows something is left alone."""
        if await self._store.read(lambda unit: unit.scenarios.count()):
            return False
        pack = read_pack(folder)

        def act(unit: Unit) -> bool:
            unit.scenarios.hold()
            if unit.scenarios.count():
                return False  # another replica, started in the same moment, was faster
            _write(unit, pack, author=f"import {folder.name}")
            return True

        return await self._store.write(act)

    async def refresh(self) -> bool:
        """Learn what the database says, if that is news; training runs off the loop. True when it was."""
        if (
            self._pack is not None
            and await self._store.read(lambda unit: unit.key_values.read(NOTE)) == self._pack.version
        ):
            return False
        pack = await load(self._store)
        classifier = await self._engines.teach(pack)
        self._pack, self._classifier = pack, classifier
        self._by_key = {scenario.key: scenario for scenario in pack.scenarios}
        log.info("knowledge.learned", version=pack.version, scenarios=len(pack.scenarios))
        return True


async def load(store: Store) -> Pack:
    """Return the pack the database holds."""

    def look(unit: Unit) -> tuple[tuple[Scenario, ...], tuple[BackgroundLine, ...], str | None]:
        scenarios, background = unit.scenarios.load()
        version = unit.key_values.read(NOTE)
        return scenarios, background, version

    scenarios, background, version = await store.read(look)
    return Pack(scenarios=scenarios, background=background, version=version or pack_version(scenarios, background))


async def replace(store: Store, pack: Pack, *, author: str) -> None:
    """Make the database say what a pack says; every process learns it within seconds."""

    def act(unit: Unit) -> None:
        unit.scenarios.hold()
        _write(unit, pack, author=author)

    await store.write(act)


def _write(unit: Unit, pack: Pack, *, author: str) -> None:
    unit.scenarios.replace(pack.scenarios, pack.background, author=author)
    unit.key_values.write(NOTE, pack.version)
