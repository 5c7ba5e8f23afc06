"""Teaching from a reply on the page: the same as the line under it in the group."""

from __future__ import annotations

from services.desk.audit import Actor
from services.messages.lesson_effects import ShowLesson
from services.queues.outbox import DESK, Outgoing
from services.unanswered.deciding import Decided, Join, Make, outdated
from services.unanswered.lesson_desk import LessonDesk, LessonSheet
from storage.matters import Matter
from storage.store import Store
from storage.units import Unit

__all__ = ["LessonPage", "LessonSheet", "Matter"]


class LessonPage:
    """Reads what can be taught, and teaches."""

    def __init__(self, *, store: Store, desk: LessonDesk) -> None:
        self._store = store
        self._desk = desk

    def matters(self) -> list[Matter]:
        return self._desk.matters()

    async def sheet(self, ticket_id: int) -> LessonSheet | None:
        """Return what can be taught in a ticket; None where nothing is offered, or was taught, there."""
        found = await self._store.read(lambda unit: self._desk.sheet(unit, ticket_id))
        return found if found is not None and found.lesson.state in ("offered", "taught") else None

    async def teach(self, ticket_id: int, decision: Make | Join, *, who: Actor, author: str) -> Decided:
        def act(unit: Unit) -> Decided:
            sheet = self._desk.sheet(unit, ticket_id)
            if sheet is None:
                return outdated()
            done = self._desk.teach(unit, sheet, decision, who=who, author=author)
            if done.problem is None:
                self._take_away(unit, ticket_id)
            return done

        return await self._store.write(act)

    async def take_back(self, ticket_id: int, *, who: Actor, author: str) -> Decided:
        def act(unit: Unit) -> Decided:
            sheet = self._desk.sheet(unit, ticket_id)
            return outdated() if sheet is None else self._desk.take_back(unit, sheet, who=who, author=author)

        return await self._store.write(act)

    async def decline(self, ticket_id: int) -> Decided:
        def act(unit: Unit) -> Decided:
            if not self._desk.decline(unit, ticket_id):
                return outdated()
            self._take_away(unit, ticket_id)
            return Decided(state="open")

        return await self._store.write(act)

    @staticmethod
    def _take_away(unit: Unit, ticket_id: int) -> None:
        """Let the line in the group go, where one stands: it was answered here."""
        Outgoing(unit, f"lesson-web:{ticket_id}:{unit.now.isoformat()}").put(ShowLesson(ticket_id=ticket_id), rank=DESK)
