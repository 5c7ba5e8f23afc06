"""The calls that a group's limit allows: counted in the database, so that a restart and replicas go on counting."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final

from services.delivery.group_minute import CALLS, SECONDS, Minute
from services.delivery.messenger import Spent
from services.queues.outbox import GROUP, LINE, PRESSED, SETTLED
from storage.store import Store
from storage.units import Unit

LOOK_AGAIN_S: Final = 1.0
"""What has no call left rests no longer than this: something more urgent may join it meanwhile."""
KNOWN_MOST: Final = 50 * CALLS
"""Of many groups together; each has no more than `CALLS` in its window."""
JUMP_S: Final = 0.5
"""A clock that is off by more than this against the one that only counts has been set."""

Clock = Callable[[], float]


class Budget:
    """Grants calls. It remembers what it last saw of each group, so that looking costs nothing."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock = time.monotonic,
        seconds: float = SECONDS,
        pool_at: Callable[[int], str] = lambda _chat_id: GROUP,
    ) -> None:
        """`pool_at`: what waits for a group, by its chat."""
        self._store = store
        self._clock = clock
        self._seconds = seconds
        self._pool_at = pool_at
        self._seen: dict[int, tuple[float, Minute]] = {}
        self._ranks: dict[int, int] = {}
        """What calls were made for, by their rows. Others' are not known here."""
        self._offset = store.now().timestamp() - clock()

    def minute(self, chat_id: int | None) -> Minute:
        """Return the window of a group as far as it is known here: other replicas may have called meanwhile."""
        at, minute = self._seen.get(chat_id or 0, (0.0, Minute(seconds=self._seconds)))
        return minute.later(self._clock() - at)

    def late(self, chat_id: int) -> float:
        """Return for how many seconds what somebody has pressed for cannot be shown."""
        return self.minute(chat_id).rest(PRESSED)

    async def look(self, chat_id: int) -> Minute:
        """Read the window: what was said before the start, or by others."""
        return await self._store.read(lambda unit: self._note(unit, chat_id))

    async def take(self, chat_id: int, rank: int, count: int = 1) -> list[int]:
        """Spend calls that follow at once; return their rows. Raises Spent."""

        def act(unit: Unit) -> tuple[float, list[int]]:
            self._follow_the_clock(unit)
            unit.group_calls.hold(chat_id, self._window)
            rest = (self._note(unit, chat_id)).rest(rank, count)
            rows = [] if rest else unit.group_calls.add(chat_id, count)
            if rows:
                self._remember(rows, rank)
                self._note(unit, chat_id)
            return rest, rows

        rest, rows = await self._store.write(act, ahead=True)  # what waits for a call is watched by people
        if not rows:
            raise Spent(min(rest, LOOK_AGAIN_S))
        return rows

    async def put_off(self, chat_id: int, rows: Sequence[int]) -> None:
        """Count calls from now on, since they may have arrived only now."""

        def act(unit: Unit) -> None:
            unit.group_calls.put_off(rows)
            self._note(unit, chat_id)

        await self._store.write(act)

    @property
    def _window(self) -> timedelta:
        return timedelta(seconds=self._seconds)

    def _note(self, unit: Unit, chat_id: int) -> Minute:
        ages = unit.group_calls.ages(chat_id, self._window)
        minute = Minute(
            ages=tuple(age.total_seconds() for _, age in ages),
            ranks=tuple(self._ranks.get(row, LINE) for row, _ in ages),
            waiting=unit.outbox.crowd(pool=self._pool_at(chat_id), past=SETTLED),
            coming=unit.inbox.crowd(pool=""),
            seconds=self._seconds,
        )
        self._seen[chat_id] = self._clock(), minute
        return minute

    def _remember(self, rows: Sequence[int], rank: int) -> None:
        if len(self._ranks) > KNOWN_MOST:
            self._ranks = dict(list(self._ranks.items())[-CALLS:])
        self._ranks |= dict.fromkeys(rows, rank)

    def _follow_the_clock(self, unit: Unit) -> None:
        """Where this process's clock counts, and it has been set, the calls move with it."""
        offset = unit.now.timestamp() - self._clock()
        jump, self._offset = offset - self._offset, offset
        if abs(jump) > JUMP_S and not self._store.shared:
            unit.group_calls.shift(timedelta(seconds=jump))
