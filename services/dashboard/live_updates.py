"""What is new on the desk, for every page that is open: told once in a process, however many look on.

A bell rings when anything changes, in this process or in another replica: that of the outbox, and one for lines which
put nothing there. A page says what it has seen last, so one that was cut off is told what it has missed.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections import deque
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from typing import Final

from services.messages.incoming import Operator
from storage.errors import DatabaseTrouble
from storage.news import Change, Mark, News
from storage.store import Store

__all__ = ["LiveUpdate", "LiveUpdates", "Mark", "Watch"]
LOOK_S: Final = 1.0
"""How often is looked without a bell: a replica rings nowhere else while its line to the server is cut."""
GATHER_S: Final = 0.1
"""So long what is new is gathered: a crowd rings a hundred times a second."""
OVERLAP_S: Final = 3.0
"""PostgreSQL may show a row after one with a higher number. So long is looked for late ones."""
HEARTBEAT_S: Final = 15.0
TOO_FAR: Final = 20_000
"""Who has missed more rows than this is told to read everything anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveUpdate:
    """What has changed: tickets by number, customers who were written to or wrote. Empty: the line still stands."""

    mark: Mark
    tickets: frozenset[int] = frozenset()
    customers: frozenset[int] = frozenset()
    everything: bool = False
    typing: frozenset[tuple[int, str]] = frozenset()
    """Who writes in which ticket just now."""

    @property
    def empty(self) -> bool:
        return not (self.tickets or self.customers or self.everything or self.typing)


@dataclass(slots=True, eq=False)
class _Reader:
    """One open page, and what it has not been told yet."""

    tickets: set[int] = field(default_factory=set)
    customers: set[int] = field(default_factory=set)
    typing: set[tuple[int, str]] = field(default_factory=set)
    operator_id: int | None = None
    rung: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(slots=True, kw_only=True, eq=False)
class Watch:
    """One visitor of a site, who is told of their own conversation alone."""

    customer_id: int
    ticket_id: int | None = None
    """Their open one: who writes in it is told as well."""
    typing: bool = False
    rung: asyncio.Event = field(default_factory=asyncio.Event)


class LiveUpdates:
    """Looks while somebody reads, and not otherwise."""

    def __init__(self, *, store: Store) -> None:
        self._store = store
        self._overlap_s = OVERLAP_S if store.shared else 0.0
        self._bell = store.notifications.hang("outbox", "lines")
        self._readers: set[_Reader] = set()
        self._watches: set[Watch] = set()
        self._looking: asyncio.Task[None] | None = None
        self._marks: deque[tuple[float, Mark]] = deque()
        """Where the tables ended at moments of the last seconds, the oldest first."""
        self._told: dict[tuple[str, int], float] = {}
        self._beginning = asyncio.Lock()
        self._closed = False
        store.notifications.overhear(self._overhear)

    async def follow(self, since: Mark | None, operator_id: int | None = None) -> AsyncGenerator[LiveUpdate]:
        """Yield what is new, at once what was missed since a mark, and something at least every quarter of a minute."""
        reader = _Reader(operator_id=operator_id)
        self._readers.add(reader)
        try:
            await self._begin()
            yield await self._missed(since)
            while not self._closed:
                await self._wait(reader.rung)
                await self._begin()
                yield self._for(reader)
        finally:
            self._readers.discard(reader)

    async def watch(self, watch: Watch) -> AsyncGenerator[bool]:
        """Yield whenever there may be something new, and every quarter of a minute: whether an operator writes."""
        self._watches.add(watch)
        try:
            await self._begin()
            yield False
            while not self._closed:
                await self._wait(watch.rung)
                typing, watch.typing = watch.typing, False
                watch.rung.clear()
                yield typing
        finally:
            self._watches.discard(watch)

    def typed(self, ticket_id: int, operator: Operator) -> None:
        """Let the other pages know that somebody writes, those of other replicas too; nothing of it is kept."""
        self._pass_on(ticket_id, operator.id, operator.name)
        self._store.notifications.whisper(json.dumps([ticket_id, operator.id, operator.name]))

    def _overhear(self, whisper: str) -> None:
        ticket_id, operator_id, name = json.loads(whisper)
        self._pass_on(ticket_id, operator_id, name)

    def _pass_on(self, ticket_id: int, operator_id: int, name: str) -> None:
        for reader in self._readers:
            if reader.operator_id != operator_id:
                reader.typing.add((ticket_id, name))
                reader.rung.set()
        for watch in self._watches:
            if watch.ticket_id == ticket_id:
                watch.typing = True
                watch.rung.set()

    def customer_types(self, ticket_id: int, name: str) -> None:
        """Let the pages of the team know that a visitor of a site writes."""
        for reader in self._readers:
            reader.typing.add((ticket_id, name))
            reader.rung.set()

    def close(self) -> None:
        """Let every page go: the process ends."""
        self._closed = True
        for rung in (*(one.rung for one in self._readers), *(one.rung for one in self._watches)):
            rung.set()
        if self._looking is not None:
            self._looking.cancel()

    def _for(self, reader: _Reader) -> LiveUpdate:
        """Return what a reader has not been told yet."""
        tickets, customers = frozenset(reader.tickets), frozenset(reader.customers)
        typing = frozenset(reader.typing)
        reader.typing.clear()
        reader.tickets.clear()
        reader.customers.clear()
        reader.rung.clear()
        return LiveUpdate(mark=self._safe, tickets=tickets, customers=customers, typing=typing)

    @property
    def _safe(self) -> Mark:
        """From here on nothing can be missed, for who comes again."""
        return self._marks[0][1]

    @staticmethod
    async def _wait(rung: asyncio.Event) -> None:
        if rung.is_set():
            return
        try:
            async with asyncio.timeout(HEARTBEAT_S):
                await rung.wait()
        except TimeoutError:
            return

    async def _begin(self) -> None:
        async with self._beginning:
            if self._looking is not None and not self._looking.done():
                return
            mark = await self._store.read(lambda unit: unit.news.mark())
            self._marks.clear()
            self._told.clear()
            self._note(mark)
            self._looking = asyncio.create_task(self._look_on(), name="live updates")

    async def _missed(self, since: Mark | None) -> LiveUpdate:
        mark = self._safe
        if since is None:
            return LiveUpdate(mark=mark, everything=True)
        far = mark.outbox - since.outbox > TOO_FAR or mark.message - since.message > TOO_FAR
        if far or since > mark:
            return LiveUpdate(mark=mark, everything=True)
        return _update(mark, await self._store.read(lambda unit: unit.news.all_since(since)))

    async def _look_on(self) -> None:
        while self._readers or self._watches:
            await self._bell.wait(LOOK_S)
            await asyncio.sleep(GATHER_S)
            with contextlib.suppress(DatabaseTrouble):  # told once in the log, by the store's watch
                await self._look()

    async def _look(self) -> None:
        since = self._safe

        def look(unit: News) -> tuple[Mark, list[Change]]:
            return unit.mark(), unit.all_since(since)

        mark, found = await self._store.read(lambda unit: look(unit.news))
        new = [change for change in found if change.row not in self._told]
        self._note(mark)
        now = self._marks[-1][0]
        self._told |= {change.row: now for change in new}
        if new:
            told = _update(mark, new)
            for reader in self._readers:
                reader.tickets |= told.tickets
                reader.customers |= told.customers
                reader.rung.set()
            for watch in self._watches:
                if watch.customer_id in told.customers or watch.ticket_id in told.tickets:
                    watch.rung.set()

    def _note(self, mark: Mark) -> None:
        """Remember where the tables end, and forget what is older than rows can be late."""
        now = asyncio.get_running_loop().time()
        self._marks.append((now, mark))
        while len(self._marks) > 1 and self._marks[1][0] <= now - self._overlap_s:
            self._marks.popleft()
        gone = [row for row, at in self._told.items() if at < now - 2 * OVERLAP_S]
        for row in gone:
            del self._told[row]


def _update(mark: Mark, changes: list[Change]) -> LiveUpdate:
    return LiveUpdate(
        mark=mark,
        tickets=frozenset(one.ticket_id for one in changes if one.ticket_id is not None),
        customers=frozenset(one.customer_id for one in changes if one.customer_id is not None),
    )
