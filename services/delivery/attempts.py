"""One try to carry out an effect: its calls are noted in the outbox before they leave.

Then a kill leaves a trace, and nothing that may have arrived is taken for something that was never sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from services.delivery.call_book import CallBook
from services.delivery.outages import GuardedCall, Outages
from services.queues.outcomes import Postpone
from storage.records import Task
from storage.store import Store
from storage.units import Unit


class Attempt:
    """One try to carry out a task, or several tasks that share one call."""

    def __init__(self, *, store: Store, book: CallBook, outages: Outages, call: GuardedCall, task: Task) -> None:
        self._store = store
        self._book = book
        self._outages = outages
        self.call = call
        self.tasks: Sequence[Task] = [task]
        self.left = False
        """Whether a call is noted that may have been carried out."""

    @property
    def task(self) -> Task:
        return self.tasks[0]

    def takes_along(self, tasks: Sequence[Task]) -> None:
        """Let the rest of a batch share the calls of its head."""
        self.tasks = tasks

    async def leave(self) -> None:
        """Note that a call is about to leave. Raises Postpone in an outage, AlreadySettled where others were faster.

        A call that follows one that was clearly refused (the same text without markup) is the same call.
        """
        self._outages.check(self.call)
        if self.left:
            return
        await self._book.begin(self.tasks)
        self.left = True
        try:
            self._outages.check(self.call)  # the way may have closed while the note was written
        except Postpone:
            await self.refused()
            raise

    def arrived(self, unit: Unit) -> None:
        """Note, with what it brought, that a call on the way to the effect was carried out: a topic was opened."""
        unit.outbox.recall(self.tasks)
        self.left = False
        self._outages.answered()

    async def refused(self) -> None:
        """Note that nothing was carried out."""
        if self.left:
            await self._store.write(lambda unit: unit.outbox.recall(self.tasks), ahead=True)
            self.left = False

    async def doubt(self, rest: timedelta, reason: str) -> None:
        """Note that nobody knows, and let the lane rest."""
        await self._store.write(lambda unit: unit.outbox.doubt(self.tasks, rest, error=reason))
