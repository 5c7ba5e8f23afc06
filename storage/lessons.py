"""Replies that an operator may teach the bot: what was offered in which ticket, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, and_, exists, func, insert, or_, select, update

from storage.closed_sets import LessonState
from storage.span_counts import NOT_KNOWN
from storage.tables import NOT_CLOSED, lessons, messages, tickets


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """One offer, by its ticket."""

    ticket_id: int
    message_id: int | None
    """The operator's line."""
    state: LessonState
    chat_id: int | None
    telegram_id: int | None
    """Where it stands in the group; None: nowhere there."""
    offered_at: datetime
    undo: str | None
    """What teaching has changed in the pack, as JSON."""


_COLUMNS: Final = [lessons.c[name] for name in Lesson.__slots__]


class Lessons:
    """Offers by ticket: a ticket has one at most."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def due(self, since: datetime, *, most: int) -> list[tuple[int, int]]:
        """Return tickets that were answered since then what the bot could not, with the row of the first answer."""
        rows = self._connection.execute(
            select(tickets.c.id, func.min(messages.c.id))
            .join(messages, messages.c.ticket_id == tickets.c.id)
            .outerjoin(lessons, lessons.c.ticket_id == tickets.c.id)
            .where(
                NOT_CLOSED,
                tickets.c.reason.in_(NOT_KNOWN),
                tickets.c.answered_at >= since,
                lessons.c.ticket_id.is_(None),
                messages.c.author == "operator",
                messages.c.kind == "text",
            )
            .group_by(tickets.c.id)
            .order_by(tickets.c.id)
            .limit(most)
        )
        return [(ticket, line) for ticket, line in rows]

    def get(self, ticket_id: int) -> Lesson | None:
        row = self._connection.execute(select(*_COLUMNS).where(lessons.c.ticket_id == ticket_id))
        found = row.mappings().one_or_none()
        return Lesson(**found) if found else None

    def add(self, ticket_id: int, message_id: int, state: LessonState) -> None:
        self._connection.execute(
            insert(lessons).values(ticket_id=ticket_id, message_id=message_id, state=state, offered_at=self._now)
        )

    def placed(self, ticket_id: int, *, chat_id: int, telegram_id: int) -> None:
        """Note where an offer stands."""
        self._connection.execute(
            update(lessons).where(lessons.c.ticket_id == ticket_id).values(chat_id=chat_id, telegram_id=telegram_id)
        )

    def settle(self, ticket_id: int, state: LessonState, *, undo: str | None = None) -> None:
        self._connection.execute(update(lessons).where(lessons.c.ticket_id == ticket_id).values(state=state, undo=undo))

    def over(self, *, moved_on: datetime, old: datetime, most: int) -> list[Lesson]:
        """Return offers that nobody took: older than `moved_on` where the ticket has moved on, else than `old`."""
        later = exists().where(
            messages.c.ticket_id == lessons.c.ticket_id,
            messages.c.author == "operator",
            messages.c.id > lessons.c.message_id,
        )
        gone = and_(lessons.c.offered_at < moved_on, or_(tickets.c.status == "closed", later))
        rows = self._connection.execute(
            select(*_COLUMNS)
            .join(tickets, tickets.c.id == lessons.c.ticket_id)
            .where(lessons.c.state == "offered", or_(gone, lessons.c.offered_at < old, tickets.c.ending == "spam"))
            .order_by(lessons.c.ticket_id)
            .limit(most)
        )
        return [Lesson(**row) for row in rows.mappings()]
