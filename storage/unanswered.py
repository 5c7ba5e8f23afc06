"""Questions that the bot could not answer, each with the group of its meaning. What stands here is masked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, and_, func, insert, or_, select, update

from storage.closed_sets import Language
from storage.key_values import KeyValues
from storage.question_groups import Vector
from storage.span_counts import NOT_KNOWN
from storage.tables import customers, messages, tickets, unanswered

UNTIL: Final = "unanswered_until"
"""Key of the ticket up to which questions are gathered."""
MARGIN: Final = 200
"""Tickets before it that are looked at again: one that commits late stands among its elders."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewQuestion:
    """A ticket that was opened for a question without an answer, as it stands in clear."""

    ticket_id: int
    message_id: int
    """The line it was opened for."""
    text: str
    language: Language
    first_name: str
    last_name: str
    opened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question, masked."""

    ticket_id: int
    message_id: int | None
    group_id: int
    language: Language
    text: str
    space: str
    vector: Vector
    asked_at: datetime


NOT_SPAM: Final = or_(tickets.c.ending.is_(None), tickets.c.ending != "spam")
COLUMNS: Final = [unanswered.c[name] for name in Question.__slots__]


class Unanswered:
    """Questions by ticket and by group."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def newest(self) -> int:
        """Return the number of the newest ticket; 0: there is none."""
        return self._connection.scalar(select(func.max(tickets.c.id))) or 0

    def fresh(self, *, most: int) -> list[NewQuestion]:
        """Return the next questions that are in no group yet, the oldest first."""
        until = int(KeyValues(self._connection).read(UNTIL) or 0)
        said = and_(messages.c.ticket_id == tickets.c.id, messages.c.author == "customer", messages.c.text != "")
        line = select(func.min(messages.c.id)).where(said).scalar_subquery()
        rows = self._connection.execute(
            select(
                tickets.c.id.label("ticket_id"),
                line.label("message_id"),
                tickets.c.question.label("text"),
                customers.c.language,
                customers.c.first_name,
                customers.c.last_name,
                tickets.c.opened_at,
            )
            .join(customers, customers.c.id == tickets.c.customer_id)
            .outerjoin(unanswered, unanswered.c.ticket_id == tickets.c.id)
            .where(
                tickets.c.id > until - MARGIN,
                unanswered.c.ticket_id.is_(None),
                tickets.c.reason.in_(NOT_KNOWN),
                line.is_not(None),  # what is kept no longer does not come back
                tickets.c.question != "",
                customers.c.banned_at.is_(None),
                NOT_SPAM,
            )
            .order_by(tickets.c.id)
            .limit(most)
        )
        return [NewQuestion(**row) for row in rows.mappings()]

    def looked(self, until: int) -> None:
        """Note up to which ticket questions are gathered."""
        KeyValues(self._connection).write(UNTIL, str(until))

    def hold(self) -> int:
        """Let no other process gather until the unit closes; return up to which ticket that is done."""
        key_values = KeyValues(self._connection)
        until = key_values.read(UNTIL) or "0"
        key_values.write(UNTIL, until)  # a lock on that row
        return int(key_values.read(UNTIL) or 0)

    def known(self, ticket_ids: Collection[int]) -> set[int]:
        """Return which of these tickets are in a group, or gone."""
        there = set(self._connection.scalars(select(tickets.c.id).where(tickets.c.id.in_(ticket_ids))))
        grouped = self._connection.scalars(select(unanswered.c.ticket_id).where(unanswered.c.ticket_id.in_(ticket_ids)))
        return (set(ticket_ids) - there) | set(grouped)

    def add(self, question: Question) -> None:
        values = {name: getattr(question, name) for name in Question.__slots__}
        self._connection.execute(insert(unanswered).values(**values))

    def in_other_spaces(self, space: str, *, most: int) -> list[Question]:
        """Return questions whose numbers were reckoned in another way than now."""
        rows = self._connection.execute(
            select(*COLUMNS).where(unanswered.c.space != space).order_by(unanswered.c.ticket_id).limit(most)
        )
        return [Question(**row) for row in rows.mappings()]

    def reckoned(self, ticket_id: int, vector: Vector, *, space: str) -> None:
        self._connection.execute(
            update(unanswered).where(unanswered.c.ticket_id == ticket_id).values(vector=vector, space=space)
        )

    def members(self, group_id: int, *, most: int) -> list[Question]:
        """Return all questions of a group, whatever became of their tickets, the newest first."""
        rows = self._connection.execute(
            select(*COLUMNS)
            .where(unanswered.c.group_id == group_id)
            .order_by(unanswered.c.ticket_id.desc())
            .limit(most)
        )
        return [Question(**row) for row in rows.mappings()]

    def count_of(self, group_id: int) -> int:
        """Return how many questions a group holds, whatever became of their tickets."""
        statement = select(func.count()).select_from(unanswered).where(unanswered.c.group_id == group_id)
        return self._connection.scalar(statement) or 0

    def merge(self, group_id: int, into: int) -> None:
        """Let the questions of one group belong to another."""
        self._connection.execute(update(unanswered).where(unanswered.c.group_id == group_id).values(group_id=into))
