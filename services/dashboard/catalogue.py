"""What there is to see of the answers: the list, one scenario with what depends on it, and what is mixed up."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from services.autopilot.figures import Performance, performances_of
from services.editing.pack_editor import PackEditor, mark
from services.editing.pack_faults import Surroundings, faults
from services.editing.previews import Preview, preview, previews
from services.evaluation.mixing import mixed_within
from services.evaluation.unseen import Mixed
from services.scenarios.answers import Answers
from services.scenarios.facts import Facts, facts_of, waiting
from services.scenarios.knowledge import Knowledge
from services.templates import VARIABLES
from services.texts import LANGUAGES
from services.texts.team import Team
from storage.closed_sets import Action, AnswerMode, Language, Priority
from storage.matters import matters_of
from storage.records import Pack, Scenario, Template
from storage.store import Store
from storage.ticket_pages import Filters
from storage.units import Unit

MIXED_S: Final = 90.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A scenario in the list."""

    key: str
    title: Mapping[Language, str]
    priority: Priority
    action: Action
    answers: int
    phrases: int
    texts: int
    modes: Mapping[AnswerMode, int]
    """How many of its answers have each mode; none of those that people answer anyway."""
    waits_for: tuple[str, ...]
    """Facts without which some of its texts are not given."""
    lacks: tuple[str, ...]
    """What the doctor would say about it, in words."""
    words: str
    """All that a search goes through."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlines:
    """All of them in their order."""

    scenarios: Sequence[Outline]
    removed: Sequence[str]
    version: str
    learned: str | None
    facts: Sequence[str]
    variables: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """What depends on a scenario."""

    routes: tuple[str, ...]
    open_tickets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A scenario, and the mark of what was read."""

    scenario: Scenario
    mark: str
    use: Use
    performance: tuple[Performance, ...] = ()
    """How right its answers have been, of those that have been given or proposed."""


class Catalogue:
    """Reads; nothing here changes anything."""

    def __init__(self, *, store: Store, editor: PackEditor, knowledge: Knowledge, answers: Answers, team: Team) -> None:
        self._store = store
        self._editor = editor
        self._knowledge = knowledge
        self._answers = answers
        self._team = team
        self._mixing = asyncio.Lock()
        self._mixed: tuple[str, list[Mixed] | None] = ("", None)

    @property
    def learned(self) -> str | None:
        """The version of the pack that this process has learned."""
        return self._knowledge.version

    async def outlines(self, speak: str) -> Outlines:
        pack, removed = await self._editor.pack(), await self._editor.removed()
        standing = await self._store.read(lambda unit: unit.facts.standing())
        facts = facts_of(pack.facts, standing, self._answers.facts.settings)
        listed = await asyncio.to_thread(_outlines, pack, facts, speak)
        return Outlines(
            scenarios=listed,
            removed=removed,
            version=pack.version,
            learned=self.learned,
            facts=[fact.key for fact in pack.facts],
            variables=list(VARIABLES),
        )

    async def sheet(self, key: str) -> Sheet | None:
        """Return a scenario as a whole; None where there is none."""

        def look(unit: Unit) -> Sheet | None:
            found = next((one for one in unit.scenarios.load()[0] if one.key == key), None)
            if found is None:
                return None
            tickets = unit.ticket_pages.counts(mine=0, filters=Filters(scenario=key)).open
            use = Use(routes=self._routes(key), open_tickets=tickets)
            return Sheet(scenario=found, mark=mark(found), use=use, performance=performances_of(unit, found))

        return await self._store.read(look)

    def _routes(self, key: str) -> tuple[str, ...]:
        """Return the names of the routes that lead its tickets to a group."""
        theirs = (route for route in self._team.routes if route.scenario == key)
        return tuple(route.name or str(route.to.group_id or route.to.thread_id or "") for route in theirs)

    def previews(self, scenario: Scenario, speak: str) -> list[Preview]:
        """Return its texts as customers would read them."""
        return list(previews(self._answers, scenario, speak, self._store.now()))

    def preview(self, text: str, speak: str) -> Preview:
        """Return a text that belongs to no scenario."""
        return preview(self._answers, "", Template(language=speak, text=text), speak, self._store.now())

    async def mixed(self) -> list[Mixed] | None:
        """Return what is taken for each other; worked out once for each version of the pack, apart from the bot."""
        async with self._mixing:
            pack = await self._editor.pack()
            if self._mixed[0] != pack.version or self._mixed[1] is None:
                self._mixed = pack.version, await asyncio.to_thread(mixed_within, pack, MIXED_S)
            return self._mixed[1]


def _outlines(pack: Pack, facts: Facts, speak: str) -> list[Outline]:
    waits: dict[str, set[str]] = {}
    for one in waiting(pack.scenarios, facts, LANGUAGES):
        waits.setdefault(one.scenario, set()).update(one.facts)
    around = Surroundings(scenarios=(), background=(), facts=frozenset(facts.definitions))
    return [_outline(one, tuple(sorted(waits.get(one.key, ()))), around, speak) for one in pack.scenarios]


def _outline(scenario: Scenario, waits_for: tuple[str, ...], around: Surroundings, speak: str) -> Outline:
    parts = [part for _, part in scenario.parts]
    phrases = [line for part in parts for lines in part.examples.values() for line in lines]
    texts = [template.text for part in parts for template in part.templates]
    names = [word for part in parts for word in (part.key, *part.title.values())]
    return Outline(
        key=scenario.key,
        title=scenario.title,
        priority=scenario.priority,
        action=scenario.action,
        answers=len(scenario.answers),
        phrases=len(phrases),
        texts=len(texts),
        modes=Counter(one.mode for one in matters_of(scenario) if one.action != "escalate"),
        waits_for=waits_for,
        lacks=tuple(dict.fromkeys(one.message for one in faults(scenario, around, speak))),
        words="\n".join([*names, scenario.description, *phrases, *texts]).lower(),
    )
