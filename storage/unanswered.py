"""Questions that the bot could not answer, each with the group of its meaning. What stands here is masked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, exists, func, insert, or_, select, update

from storage.closed_sets import Language
from storage.key_values import KeyValues
from storage.question_groups import Vector
from storage.tables import customers, messages, tickets, unanswered

LOCK: Final = "unanswered_lock"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewQuestion:
    """A question without an answer that is in no group yet, as it stands in clear."""

    id: int
    text: str
    language: Language
    first_name: str
    last_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question, masked."""

    id: int
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
    """Questions by group; each waits for its group at first."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def note(self, ticket_id: int, *, last: int, first: int | None = None, language: Language) -> None:
        """Keep that the bot could not answer what ends with a line; `first`: where it begins, in an open ticket."""
        theirs = {"ticket_id": ticket_id, "message_id": last, "first_id": first, "language": language}
        if not self._connection.scalar(select(exists().where(unanswered.c.message_id == last))):
            self._connection.execute(insert(unanswered).values(**theirs, asked_at=self._now))

    def fresh(self, *, most: int, only: Collection[int] | None = None) -> list[NewQuestion]:
        """Return questions that wait for a group, the oldest first; `only`: of these.

        What is kept no longer, closed as spam or said by somebody who is banned is left out.
        """
        which = [unanswered.c.id.in_(only)] if only is not None else []
        rows = self._connection.execute(
            select(
                unanswered.c.id,
                unanswered.c.message_id,
                unanswered.c.first_id,
                tickets.c.question,
                customers.c.id.label("customer_id"),
                customers.c.language,
                customers.c.first_name,
                customers.c.last_name,
            )
            .join(tickets, tickets.c.id == unanswered.c.ticket_id)
            .join(customers, customers.c.id == tickets.c.customer_id)
            .where(
                unanswered.c.group_id.is_(None),
                unanswered.c.message_id.is_not(None),
                tickets.c.question != "",
                customers.c.banned_at.is_(None),
                NOT_SPAM,
                *which,
            )
            .order_by(unanswered.c.id)
            .limit(most)
        )
        return [self._in_clear(row) for row in rows]

    def _in_clear(self, row: Any) -> NewQuestion:
        text = row.question if row.first_id is None else self._lines(row.customer_id, row.first_id, row.message_id)
        return NewQuestion(
            id=row.id, text=text, language=row.language, first_name=row.first_name, last_name=row.last_name
        )

    def _lines(self, customer_id: int, first: int, last: int) -> str:
        """Return what a customer said from one line to another."""
        theirs = (messages.c.customer_id == customer_id, messages.c.author == "customer", messages.c.text != "")
        said = self._connection.scalars(
            select(messages.c.text).where(*theirs, messages.c.id.between(first, last)).order_by(messages.c.id)
        )
        return "\n".join(said)

    def hold(self) -> None:
        """Let no other process gather until the unit closes."""
        KeyValues(self._connection).write(LOCK, self._now.isoformat())  # a lock on that row

    def group(
        self, question_id: int, group_id: int, *, language: Language, text: str, space: str, vector: Vector
    ) -> None:
        """Put a question into its group, masked."""
        self._connection.execute(
            update(unanswered)
            .where(unanswered.c.id == question_id)
            .values(group_id=group_id, language=language, text=text, space=space, vector=vector)
        )

    def in_other_spaces(self, space: str, *, most: int) -> list[Question]:
        """Return questions whose numbers were reckoned in another way than now."""
        rows = self._connection.execute(
            select(*COLUMNS)
            .where(unanswered.c.group_id.is_not(None), unanswered.c.space != space)
            .order_by(unanswered.c.id)
            .limit(most)
        )
        return [Question(**row) for row in rows.mappings()]

    def reckoned(self, question_id: int, vector: Vector, *, space: str) -> None:
        self._connection.execute(
            update(unanswered).where(unanswered.c.id == question_id).values(vector=vector, space=space)
        )

    def members(self, group_id: int, *, most: int) -> list[Question]:
        """Return all questions of a group, whatever became of their tickets, the newest first."""
        rows = self._connection.execute(
            select(*COLUMNS).where(unanswered.c.group_id == group_id).order_by(unanswered.c.id.desc()).limit(most)
        )
        return [Question(**row) for row in rows.mappings()]

    def count_of(self, group_id: int) -> int:
        """Return how many questions a group holds, whatever became of their tickets."""
        statement = select(func.count()).select_from(unanswered).where(unanswered.c.group_id == group_id)
        return self._connection.scalar(statement) or 0

    def merge(self, group_id: int, into: int) -> None:
        """Let the questions of one group belong to another."""
        self._connection.execute(update(unanswered).where(unanswered.c.group_id == group_id).values(group_id=into))
