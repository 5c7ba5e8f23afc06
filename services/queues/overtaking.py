"""What goes before the head of its lane: a card that somebody waits for, an answer before the end of old buttons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from services.messages.effects import Copy, Effect, Say, ShowCard, StripButtons, decode
from storage.records import Task
from storage.store import Store

LOOK_AHEAD: Final = 50


class Overtaking:
    """Looks down a lane where something behind its head may matter more."""

    def __init__(self, *, store: Store) -> None:
        self._store = store

    async def pick(self, head: Task) -> Task:
        """Return what is to be carried out next: the head of a lane, as a rule."""
        if head.lane_rank < head.rank:
            return await self._first(head, lambda rank, effect: rank == head.lane_rank and isinstance(effect, ShowCard))
        if '"strip"' in head.payload and isinstance(decode(head.payload), StripButtons):
            return await self._first(head, lambda _, effect: isinstance(effect, Say | Copy))
        return head

    async def _first(self, head: Task, goes_first: Callable[[int, Effect], bool]) -> Task:
        behind = await self._store.read(lambda unit: unit.outbox.behind(head, most=LOOK_AHEAD))
        found = (one for one in behind if goes_first(one.rank, decode(one.payload)))
        first = next(found, head)
        return replace(first, lane_rank=head.lane_rank, leased_until=head.leased_until)
