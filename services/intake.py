"""The one door in: what arrives is committed here, and only then is its sender told."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from services.alarms import Alarms
from storage.records import Entry
from storage.store import Store
from storage.units import Unit

NEXT_S: Final = 1.0
"""So soon the next batch is there, if it is coming."""
CATCH_UP_S: Final = 20.0
"""So long at most the work inside waits for what is outside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """Something that came in, not decoded."""

    key: str
    lane: str
    payload: str
    answers: tuple[int, int] | None
    """Chat and message it replies to: if that belongs to a ticket, so does this."""


class Intake:
    """Puts arrivals into the inbox."""

    def __init__(self, *, store: Store, alarms: Alarms) -> None:
        self._store = store
        self._alarms = alarms
        self.fresh_at: datetime | None = None
        """When the source of updates last spoke, even to say that there is nothing new."""
        self._spoke_s: float | None = None
        self._behind_since = self._behind_until = 0.0
        self.standing_by = False
        """Another process takes the updates in, and this one waits for its turn."""

    def fetched(self, *, whole: bool) -> None:
        """Note that a batch has come. After a `whole` one more waits, and who writes now behind all of it."""
        now = time.monotonic()
        if not whole:
            self._behind_since = self._behind_until = 0.0
            return
        self._behind_since = self._behind_since or now
        self._behind_until = min(now + NEXT_S, self._behind_since + CATCH_UP_S)

    def rest(self) -> float:
        """Return the seconds for which nothing new should be begun, because what waits outside is being fetched."""
        return max(0.0, self._behind_until - time.monotonic())

    def spoke(self) -> None:
        """Note that the source of updates is there."""
        self.fresh_at = self._store.now()
        self._spoke_s = time.monotonic()

    def silent_s(self) -> float | None:
        """Return the seconds since the source of updates has spoken, whatever happened to the clock; None: never."""
        return None if self._spoke_s is None else time.monotonic() - self._spoke_s

    async def latest(self) -> datetime | None:
        """When something last came in, through whichever replica; None for a bot that nobody has ever written to."""
        async with self._store.read() as unit:
            newest = await unit.inbox.newest()
        return max((moment for moment in (newest, self.fresh_at) if moment), default=None)

    async def contested(self) -> None:
        """Tell the admins, once a day, that somebody else takes the updates."""
        async with self._store.write() as unit:
            self._alarms.admins(unit, f"conflict:{unit.now:%Y-%m-%d}", "conflict")

    async def accept(self, arrivals: Sequence[Arrival], *, term: int | None = None) -> bool:
        """Return once all of them are on disk; what is known already is passed over.

        `term`: of the leader that brings them. When it is over nothing is stored, and the answer is False: whoever
        leads now fetches the same updates.
        """
        async with self._store.write() as unit:
            if term is not None and term != await unit.terms.current():
                return False
            for arrival in arrivals:
                lane = await self._lane(unit, arrival)
                unit.inbox.put(Entry(key=arrival.key, lane=lane, payload=arrival.payload))
        return True

    async def _lane(self, unit: Unit, arrival: Arrival) -> str:
        if arrival.answers is None:
            return arrival.lane
        placement = await unit.placements.at(*arrival.answers)
        return f"t:{placement.ticket_id}" if placement else arrival.lane
