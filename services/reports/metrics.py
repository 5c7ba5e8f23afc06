"""How much there is of everything, for those who watch over the bot. Cheap: growing tables are counted on, not anew."""

from __future__ import annotations

import asyncio
import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from services.delivery.call_book import DUPLICATES
from services.messages.ages import age
from storage.closed_sets import Purpose
from storage.queue_statements import QueueName
from storage.store import Store
from storage.tallies import EngineTally
from storage.units import Unit

ERASED: Final = "erased"
"""Key of what was erased on request: anonymous counts, so that totals never shrink."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFigures:
    """What one queue holds."""

    waiting: int
    oldest_s: float
    quarantined: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Totals of the whole database, the same on every replica."""

    queues: Mapping[QueueName, QueueFigures]
    open_tickets: Mapping[tuple[str, str, int | None], int]
    """By status, priority and operator group; None: the first one."""
    messages: Mapping[str, int]
    """Ever written, by author."""
    verdicts: Mapping[str, EngineTally]
    """Ever given, by engine."""
    spendings: Mapping[Purpose, float]
    """Dollars ever paid to a model beside verdicts, by what for."""
    duplicates_possible: int
    """Calls ever made again although the first may have arrived."""


class Counting:
    """Counts, and remembers how far it has counted. A row that commits late, past its elders, may be missed."""

    def __init__(self, *, store: Store) -> None:
        self._store = store
        self._messages: Counter[str] = Counter()
        self._verdicts: Counter[str] = Counter()
        self._costs: defaultdict[str, float] = defaultdict(float)
        self._counted: tuple[int, int] | None = None
        self._turn = asyncio.Lock()

    async def figures(self) -> Figures:
        async with self._turn:
            return await self._store.read(self._figures)

    def _figures(self, unit: Unit) -> Figures:
        self._count_on(unit)
        return Figures(
            queues={name: _queue(unit, name) for name in ("inbox", "outbox")},
            open_tickets=unit.tallies.open_tickets(),
            messages=dict(self._messages),
            verdicts={
                engine: EngineTally(verdicts=count, cost_usd=self._costs[engine])
                for engine, count in self._verdicts.items()
            },
            spendings=unit.spendings.by_purpose(),
            duplicates_possible=int(unit.key_values.read(DUPLICATES) or 0),
        )

    def _count_on(self, unit: Unit) -> None:
        messages, verdicts = unit.tallies.newest_message(), unit.tallies.newest_verdict()
        if self._counted is None:
            self._add_erased(unit)
        past_messages, past_verdicts = self._counted or (0, 0)
        self._messages.update(unit.tallies.messages_by_author(after=past_messages, until=messages))
        tallies = unit.tallies.verdicts_by_engine(after=past_verdicts, until=verdicts)
        for engine, tally in tallies.items():
            self._add(engine, tally.verdicts, tally.cost_usd)
        self._counted = messages, verdicts

    def _add_erased(self, unit: Unit) -> None:
        erased = json.loads(unit.key_values.read(ERASED) or "{}")
        self._messages.update(erased.get("messages", {}))
        for engine, (verdicts, cost) in erased.get("verdicts", {}).items():
            self._add(engine, verdicts, cost)

    def _add(self, engine: str, verdicts: int, cost_usd: float) -> None:
        self._verdicts[engine] += verdicts
        self._costs[engine] += cost_usd


def _queue(unit: Unit, name: QueueName) -> QueueFigures:
    queue = unit.queue(name)
    waiting, oldest = queue.backlog()
    return QueueFigures(
        waiting=waiting,
        oldest_s=age(unit.now, oldest).total_seconds() if oldest else 0.0,
        quarantined=queue.count_quarantined(),
    )


def note_erased(unit: Unit, messages: Mapping[str, int], verdicts: Mapping[str, tuple[int, float]]) -> None:
    """Count on what is about to be deleted: messages by author, verdicts and their cost by engine."""
    unit.key_values.write(ERASED, _added(unit.key_values.read(ERASED), messages, verdicts))


def _added(noted: str | None, messages: Mapping[str, int], verdicts: Mapping[str, tuple[int, float]]) -> str:
    before = json.loads(noted or "{}")
    written, given = before.get("messages", {}), before.get("verdicts", {})
    for author, count in messages.items():
        written[author] = written.get(author, 0) + count
    for engine, (count, cost) in verdicts.items():
        earlier, spent = given.get(engine, (0, 0.0))
        given[engine] = (earlier + count, spent + cost)
    return json.dumps({"messages": written, "verdicts": given})
