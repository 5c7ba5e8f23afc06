"""What goes before the head of its lane: a card that somebody waits for, an answer before the end of old buttons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from services.messages.effects import Copy, Effect, Say, ShowCard, StripButtons, decode
from services.queues.outbox import OF_PRESSES, SETTLED, TOUCH
from storage.records import Task
from storage.store import Store

LOOK_AHEAD: Final = 50


class Overtaking:
    """Looks down a lane where something behind its head may matter more."""

    def __init__(self, *, store: Store, holds: Callable[[int], bool] = lambda _rank: False) -> None:
        """`holds`: whether cards that were pressed have to wait, by rank; what waits behind them goes on."""
        self._store = store
        self._holds = holds

    async def pick(self, head: Task) -> Task:
        """Return what is to be carried out next: the head of a lane, as a rule."""
        if head.lane_rank in OF_PRESSES and self._holds(head.lane_rank):
            return await self._line(head)
        if head.lane_rank < head.rank:
            return await self._first(head, lambda rank, effect: rank == head.lane_rank and isinstance(effect, ShowCard))
        if '"strip"' in head.payload and isinstance(decode(head.payload), StripButtons):
            return await self._first(head, lambda _, effect: isinstance(effect, Say | Copy))
        return head

    async def _line(self, head: Task) -> Task:
        """Return the first line in a lane whose card has to wait; the head where there is none."""
        behind = await self._store.read(lambda unit: unit.outbox.behind(head, most=LOOK_AHEAD))
        lines = (one for one in (head, *behind) if SETTLED < one.rank < TOUCH)
        found = (one for one in lines if not isinstance(decode(one.payload), ShowCard))
        if (first := next(found, None)) is None:
            return head
        return replace(first, lane_rank=first.rank, leased_until=head.leased_until)

    async def _first(self, head: Task, goes_first: Callable[[int, Effect], bool]) -> Task:
        behind = await self._store.read(lambda unit: unit.outbox.behind(head, most=LOOK_AHEAD))
        found = (one for one in behind if goes_first(one.rank, decode(one.payload)))
        first = next(found, head)
        return replace(first, lane_rank=head.lane_rank, leased_until=head.leased_until)
