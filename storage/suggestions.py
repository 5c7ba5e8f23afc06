"""Answers that the bot proposes to people, and what they have done with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Connection, insert, select, update

from storage.closed_sets import Decision
from storage.tables import suggestions


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One of them."""

    id: int
    ticket_id: int
    message_id: int
    """The customer's question."""
    scenario: str
    answer: str | None
    edited_by: int | None
    """Who said that they would send it in words of their own."""
    decision: Decision | None
    """None: nobody has decided yet."""
    created_at: datetime
    decided_at: datetime | None


_COLUMNS: Final = [suggestions.c[name] for name in Suggestion.__slots__]


class Suggestions:
    """Suggestions by ticket."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def add(self, ticket_id: int, message_id: int, scenario: str, answer: str | None) -> None:
        self._connection.execute(
            insert(suggestions).values(
                ticket_id=ticket_id, message_id=message_id, scenario=scenario, answer=answer, created_at=self._now
            )
        )

    def standing(self, ticket_id: int) -> list[Suggestion]:
        """Return those of a ticket that nobody has decided on, the oldest first."""
        theirs = (suggestions.c.ticket_id == ticket_id, suggestions.c.decision.is_(None))
        return self._found(*theirs)

    def of(self, ticket_id: int) -> list[Suggestion]:
        """Return all that there ever were of a ticket, the oldest first."""
        return self._found(suggestions.c.ticket_id == ticket_id)

    def decide(self, suggestion_id: int, decision: Decision) -> None:
        self._change(suggestion_id, decision=decision, decided_at=self._now)

    def edits(self, suggestion_id: int, operator_id: int) -> None:
        """Note who is going to send it in words of their own."""
        self._change(suggestion_id, edited_by=operator_id)

    def _change(self, suggestion_id: int, **values: object) -> None:
        mine = (suggestions.c.id == suggestion_id, suggestions.c.decision.is_(None))
        self._connection.execute(update(suggestions).where(*mine).values(**values))

    def _found(self, *conditions: ColumnElement[bool]) -> list[Suggestion]:
        rows = self._connection.execute(select(*_COLUMNS).where(*conditions).order_by(suggestions.c.id))
        return [Suggestion(**row) for row in rows.mappings()]
