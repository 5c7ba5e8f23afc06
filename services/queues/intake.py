"""The one door in: what arrives is committed here, and only then is its sender told."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

import structlog

from services.queues.troubles import Troubles
from storage.records import Entry
from storage.store import Store
from storage.units import Unit

log = structlog.get_logger()
NEXT_S: Final = 1.0
"""So soon the next batch is there, if it is coming."""
CRITICAL: Final = -1
"""The rank of what is critical by its words: it is read before everything else, in a crowd and behind a backlog."""
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
    bare: str | None = None
    """The payload without the words of what it replies to: kept where those are nobody's."""
    chat: int | None = None
    """Where it happened; below 0: a group."""
    ticket: int | None = None
    """The ticket whose button was pressed. Anybody can send such data, so it counts in an operator group alone."""
    press: str | None = None
    """What a press is answered by."""
    welcome: bool = False
    """It is let in from any group: it tells that the bot is in one, or makes it an operator group."""
    moves_to: int | None = None
    """The new id of the group it happened in."""
    critical: bool = False
    """A customer's words ask for people at once."""


class Homes(Protocol):
    """The groups whose messages are let in; their ids change when they become supergroups."""

    def lives_at(self, unit: Unit, chat_id: int) -> bool: ...

    def note_move(self, unit: Unit, chat_id: int, to: int) -> None: ...

    def follow(self, chat_id: int, to: int) -> None: ...


class Intake:
    """Puts arrivals into the inbox."""

    def __init__(
        self,
        *,
        store: Store,
        troubles: Troubles,
        groups: Homes | None = None,
        turned_away: Callable[[str], None] = lambda _press: None,
    ) -> None:
        """`groups`: those whose messages are let in; what is said in other groups is not the bot's business.

        `turned_away`: hears of a button that was pressed there, whose presser waits for an answer.
        """
        self._store = store
        self._troubles = troubles
        self._groups = groups
        self._turned_away = turned_away
        self.is_contested = False
        """Somebody else takes updates as well."""
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
        newest = await self._store.read(lambda unit: unit.inbox.newest())
        return max((moment for moment in (newest, self.fresh_at) if moment), default=None)

    async def contested(self) -> None:
        """Note that somebody else takes the updates, and tell the admins unless they know."""
        self.is_contested = True
        await self._store.write(lambda unit: self._troubles.begin(unit, "conflict"))

    async def in_peace(self) -> None:
        """Note that nobody else does, for long enough to believe it."""
        self.is_contested = False
        await self._troubles.end("conflict")

    async def accept(self, arrivals: Sequence[Arrival], *, term: int | None = None) -> bool:
        """Return once all of them are on disk; what is known already is passed over.

        `term`: of the leader that brings them. When it is over nothing is stored, and the answer is False: whoever
        leads now fetches the same updates. What was said in groups that are not the operators' is dropped.

        Raises DatabaseTrouble.
        """
        self._store.watch.demand()
        moved: list[tuple[int, int]] = []
        foreign: list[Arrival] = []

        def act(unit: Unit) -> bool:
            if term is not None and term != unit.terms.current():
                return False
            for arrival in arrivals:
                home = any(arrival.chat == to for _, to in moved) or self._is_home(unit, arrival)
                if home and arrival.moves_to is not None and arrival.chat is not None and self._groups is not None:
                    self._groups.note_move(unit, arrival.chat, arrival.moves_to)
                    moved.append((arrival.chat, arrival.moves_to))  # what follows comes from there already
                if home or arrival.welcome or arrival.chat is None or arrival.chat > 0:
                    unit.inbox.put(self._entry(unit, arrival, home=home))
                else:
                    foreign.append(arrival)
            return True

        taken = await self._store.write(act)
        if self._groups is not None:
            for chat_id, to in moved:
                self._groups.follow(chat_id, to)
        self._turn_away(foreign)
        return taken

    def _turn_away(self, foreign: Sequence[Arrival]) -> None:
        for arrival in foreign:
            log.debug("intake.foreign_group", cause=arrival.key)
            if arrival.press is not None:
                self._turned_away(arrival.press)

    def _is_home(self, unit: Unit, arrival: Arrival) -> bool:
        """Whether it happened in an operator group, wherever that lives now."""
        if self._groups is None or arrival.chat is None or arrival.chat > 0:
            return False
        return self._groups.lives_at(unit, arrival.chat)

    @staticmethod
    def _entry(unit: Unit, arrival: Arrival, *, home: bool) -> Entry:
        if home and arrival.ticket is not None:
            return Entry(key=arrival.key, lane=f"t:{arrival.ticket}", payload=arrival.payload)
        placement = unit.placements.at(*arrival.answers) if arrival.answers else None
        if placement is not None:
            return Entry(key=arrival.key, lane=f"t:{placement.ticket_id}", payload=arrival.payload)
        rank = CRITICAL if arrival.critical else 0
        return Entry(key=arrival.key, lane=arrival.lane, payload=arrival.bare or arrival.payload, rank=rank)
