"""Whether the database works: what the units of this process met, and what a probe finds while something is wrong.

Trouble lasts until a probe has read the queues and committed; a malformed file, until it is sound as a whole. While it
lasts nothing is taken in and no task is claimed; what is under way may still try to write.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Final, Protocol

from storage.errors import DatabaseTrouble, StorageError
from storage.troubles import FAILURES

PROBE_S: Final = 5.0
"""A probe that takes longer has found nothing good."""
FIRST_PAUSE_S: Final = 1.0
MOST_PAUSE_S: Final = 15.0
RELAPSE_S: Final = 10.0
"""Trouble that is back within this time had not ended: its probes become rarer, and nobody is told again."""


class Listener(Protocol):
    """Hears of each outage once as it begins and once as it ends."""

    def began(self, trouble: DatabaseTrouble) -> None: ...

    def ended(self, *, seconds: float, refused: int) -> None: ...


class Watch:
    """One for each store; units report to it, workers and doors ask it."""

    def __init__(
        self,
        *,
        look: Callable[[], None],
        explain: Callable[[DatabaseTrouble], Awaitable[DatabaseTrouble]],
        probe: Callable[[DatabaseTrouble], Awaitable[None]],
    ) -> None:
        """`look` raises DatabaseTrouble for what can be seen at once; `explain` finds out more; `probe` tries it."""
        self._look = look
        self._explain = explain
        self._probe = probe
        self._listener: Listener | None = None
        self._trouble: DatabaseTrouble | None = None
        self._since = self._ended_at = -RELAPSE_S
        self._told = False
        self._refused = 0
        self._pause_s = FIRST_PAUSE_S
        self._next_probe_at = 0.0
        self._looking = asyncio.Lock()

    @property
    def trouble(self) -> DatabaseTrouble | None:
        """What is wrong now; None while the database works."""
        return self._trouble

    def listen(self, listener: Listener) -> None:
        self._listener = listener

    def saw(self, trouble: DatabaseTrouble) -> None:
        """Note what a unit met."""
        self._refused += 1
        if self._trouble is None:
            self._begin(trouble)
        elif trouble.ailment == "lost":
            self._trouble = trouble

    def demand(self) -> None:
        """Raise DatabaseTrouble while there is some: for whoever must not promise anything now."""
        if self._trouble is not None:
            raise DatabaseTrouble(self._trouble.what, self._trouble.fix, ailment=self._trouble.ailment)

    async def look(self, *, at_once: bool = False) -> None:
        """See whether something has happened, or has passed. Cheap while all is well.

        One at a time looks, and probes at its own pace; `at_once` is for somebody who asks how it is now.
        """
        if self._looking.locked() and not at_once:
            return
        async with self._looking:
            try:
                self._look()
            except DatabaseTrouble as trouble:
                self.saw(trouble)
            if self._trouble is not None:
                await self._nurse(self._trouble, at_once=at_once)
            elif self._told and time.monotonic() - self._ended_at >= RELAPSE_S:
                self._tell_end()

    def _begin(self, trouble: DatabaseTrouble) -> None:
        now = time.monotonic()
        self._trouble = trouble
        if self._told or now - self._ended_at < RELAPSE_S:
            self._pause_s = min(self._pause_s * 2, MOST_PAUSE_S)
        else:
            self._pause_s, self._since, self._refused, self._told = FIRST_PAUSE_S, now, 1, False
        self._next_probe_at = now + self._pause_s

    async def _nurse(self, trouble: DatabaseTrouble, *, at_once: bool) -> None:
        if not self._told:
            self._trouble = trouble = await self._explain(trouble)
            self._told = True
            if self._listener is not None:
                self._listener.began(trouble)
        # To look for damage, all of a file is read: that keeps its pace.
        if time.monotonic() < self._next_probe_at and (not at_once or trouble.ailment == "malformed"):
            return
        try:
            async with asyncio.timeout(PROBE_S):
                await self._probe(trouble)
        except (StorageError, *FAILURES):
            self._next_probe_at = time.monotonic() + self._pause_s
        else:
            self._trouble, self._ended_at = None, time.monotonic()

    def _tell_end(self) -> None:
        self._told = False
        if self._listener is not None:
            self._listener.ended(seconds=self._ended_at - self._since, refused=self._refused)
