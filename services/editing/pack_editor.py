"""Admins change whole scenarios on a page: each is read with a mark, and saved only where it is still what was read."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import structlog

from services.desk import audit
from services.desk.audit import Actor
from services.editing import answer_modes
from services.editing.pack_faults import Fault, Surroundings, faults
from services.editing.stored_versions import announce
from services.scenarios import knowledge
from services.scenarios.documents import content_of, mark_of, scenario_of
from services.scenarios.knowledge import NOTE
from services.scenarios.modes import modes_of, with_modes
from storage.closed_sets import AnswerMode
from storage.records import BackgroundLine, Pack, Scenario
from storage.scenario_versions import ScenarioVersion
from storage.store import Store
from storage.units import Unit

log = structlog.get_logger()
VERSIONS_MOST: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """It is what the bot knows from now on; `mark` names it."""

    mark: str


@dataclass(frozen=True, slots=True)
class EditConflict:
    """Somebody else has changed it since it was read; nothing was written."""


@dataclass(frozen=True, slots=True)
class InvalidEdit:
    """It cannot be saved like this."""

    faults: Sequence[Fault]


Outcome = Saved | EditConflict | InvalidEdit
_Known = tuple[Scenario, ...]


class PackEditor:
    """Reads and writes scenarios; what it writes is learned by every process within seconds."""

    def __init__(self, *, store: Store, start: AnswerMode = "auto") -> None:
        """`start`: the mode of new answers that say none."""
        self._store = store
        self._start: AnswerMode = start

    async def pack(self) -> Pack:
        return await knowledge.load(self._store)

    async def version(self) -> str | None:
        """Return the version of the pack that the database holds."""
        return await self._store.read(lambda unit: unit.key_values.read(NOTE))

    async def faults(self, scenario: Scenario, speak: str) -> list[Fault]:
        """Return what is wrong with a scenario that is not saved yet."""
        return await _checked(scenario, await self.pack(), speak)

    async def save(
        self, scenario: Scenario, *, before: str | None, author: str, speak: str, actor: Actor | None = None
    ) -> Outcome:
        """Put a scenario in the place of the one that was read as `before`; None: it is new.

        `actor`: who is written into the audit log.
        """
        while True:
            pack = await self.pack()
            found = await _checked(scenario, pack, speak)
            if any(one.severity == "error" for one in found):
                return InvalidEdit(found)

            def put(known: _Known) -> _Known:
                places = {one.key: at for at, one in enumerate(known)}
                at = places.get(scenario.key, len(known))
                return (*known[:at], scenario, *known[at + 1 :])

            done = await self._change(scenario.key, before, put, author=author, checked=pack.version, actor=actor)
            if done is not None:
                return done

    async def remove(self, key: str, *, before: str, author: str, actor: Actor | None = None) -> Outcome:
        """Take a scenario away with all that is in it; its versions stay."""
        while True:
            version = (await self.pack()).version
            done = await self._change(
                key,
                before,
                lambda known: tuple(one for one in known if one.key != key),
                author=author,
                checked=version,
                actor=actor,
            )
            if done is not None:
                return done

    async def _change(
        self,
        key: str,
        before: str | None,
        changed: Callable[[_Known], _Known],
        *,
        author: str,
        checked: str,
        actor: Actor | None = None,
    ) -> Outcome | None:
        """Write, as long as the scenario is what was read; None where the pack is another than was checked."""

        def act(unit: Unit) -> Outcome | None:
            unit.scenarios.hold()
            known, background = unit.scenarios.load()
            stands = _mark_in(known, key)
            changed_ones = with_modes(changed(known), known, start=self._start)
            new = _mark_in(changed_ones, key)
            if stands == new:  # the same is sent again, or said by two
                return Saved(mark=new or "")
            if stands != before:
                return EditConflict()
            if (unit.key_values.read(NOTE) or checked) != checked:
                return None
            if actor is not None:
                audit.note(unit, actor, "answer_changed", detail=key)
                _note_modes(unit, known, changed_ones, actor)
            written = _write(unit, changed_ones, background, author)
            return Saved(mark=_mark_in(written, key) or "")

        done = await self._store.write(act)
        if isinstance(done, Saved):
            log.info("scenario.saved" if done.mark else "scenario.removed", scenario=key, admin=author)
        return done

    async def order(self, keys: Sequence[str], *, author: str, actor: Actor | None = None) -> bool:
        """Put scenarios in this order; False where these are not just the ones that there are."""

        def act(unit: Unit) -> bool:
            unit.scenarios.hold()
            known, background = unit.scenarios.load()
            by_key = {one.key: one for one in known}
            if sorted(keys) != sorted(by_key):
                return False
            if tuple(by_key) != tuple(keys):
                _write(unit, tuple(by_key[key] for key in keys), background, author)
                if actor is not None:
                    audit.note(unit, actor, "answer_changed")
            return True

        return await self._store.write(act)

    async def versions(self, key: str) -> list[ScenarioVersion]:
        """Return the versions of a scenario, newest first."""
        return await self._store.read(lambda unit: unit.scenario_versions.of(key, most=VERSIONS_MOST))

    async def removed(self) -> list[str]:
        """Return the keys of scenarios that were taken away and can be brought back."""
        marks = await self._store.read(lambda unit: unit.scenario_versions.marks())
        return sorted(key for key, mark in marks.items() if not mark)


def _note_modes(unit: Unit, known: _Known, now: _Known, actor: Actor) -> None:
    """Write into the log whose answers are no longer given as they were."""
    before = modes_of(known)
    for name, mode in modes_of(now).items():
        if (was := before.get(name, mode)) != mode:
            answer_modes.noted(unit, name, was, mode, actor=actor)


def _write(unit: Unit, known: _Known, background: tuple[BackgroundLine, ...], author: str) -> _Known:
    unit.scenarios.replace(known, background, author=author)
    return announce(unit, author=author)


async def _checked(scenario: Scenario, pack: Pack, speak: str) -> list[Fault]:
    around = Surroundings(
        scenarios=pack.scenarios, background=pack.background, facts=frozenset(fact.key for fact in pack.facts)
    )
    return await asyncio.to_thread(faults, scenario, around, speak)


def _mark_in(known: _Known, key: str) -> str | None:
    return next((mark(one) for one in known if one.key == key), None)


def mark(scenario: Scenario) -> str:
    """Name the content of a scenario as it was read."""
    return mark_of(content_of(scenario))


def stood(version: ScenarioVersion) -> Scenario | None:
    """Return the scenario that a version holds; None: it was removed then."""
    return None if version.content is None else scenario_of(version.content)
