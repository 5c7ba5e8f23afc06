"""One task of the inbox: played by an edge, and settled whatever the edge makes of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from services.messages.incoming import Cause
from services.queues.pending import PREFIX, REOPENED
from services.queues.worker import TRIES
from storage.records import Task
from storage.store import Store
from storage.units import Unit

Play = Callable[[Cause, str, bool], Awaitable[None]]
"""Takes a cause, a payload, and whether this is the last try."""


class Dispatch:
    """Plays the tasks that the inbox worker claims."""

    def __init__(self, *, store: Store, updates: Play, answers: Play, reopenings: Play) -> None:
        self._store = store
        self._updates = updates
        self._owed = {PREFIX: answers, REOPENED: reopenings}

    async def take(self, task: Task) -> None:
        """Play a task. What wrote something has settled it in the same commit; what wrote nothing is settled here."""
        cause = Cause(key=task.key, task=task)
        play = next((play for prefix, play in self._owed.items() if task.key.startswith(prefix)), self._updates)
        await play(cause, task.payload, task.attempts + 1 >= TRIES)
        if not cause.settled:
            await self._store.write(_nothing_more, cause)


def _nothing_more(_unit: Unit) -> None:
    """Write nothing but that the task is done."""
