"""How much there is of everything, for the figures. Nothing here names a person."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from storage.closed_sets import Author
from storage.tables import messages, tickets, verdicts


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineTally:
    """What one engine has said so far, and what that cost."""

    verdicts: int = 0
    cost_usd: float = 0.0


class Tallies:
    """Counts of rows. Those of growing tables count only what is past a row, so that a count can be carried on."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def newest_message(self) -> int:
        return self._connection.scalar(select(func.max(messages.c.id))) or 0

    def newest_verdict(self) -> int:
        return self._connection.scalar(select(func.max(verdicts.c.id))) or 0

    def messages_by_author(self, *, after: int, until: int) -> dict[Author, int]:
        rows = self._connection.execute(
            select(messages.c.author, func.count())
            .where(messages.c.id > after, messages.c.id <= until)
            .group_by(messages.c.author)
        )
        return {row.author: row[1] for row in rows}

    def verdicts_by_engine(self, *, after: int, until: int) -> dict[str, EngineTally]:
        rows = self._connection.execute(
            select(verdicts.c.engine, func.count(), func.sum(verdicts.c.cost_usd))
            .where(verdicts.c.id > after, verdicts.c.id <= until)
            .group_by(verdicts.c.engine)
        )
        return {engine: EngineTally(verdicts=count, cost_usd=float(cost or 0)) for engine, count, cost in rows}

    def open_tickets(self) -> dict[tuple[str, str, int | None], int]:
        """By status, priority and operator group; closed ones are left out."""
        rows = self._connection.execute(
            select(tickets.c.status, tickets.c.priority, tickets.c.group_id, func.count())
            .where(tickets.c.status != "closed")
            .group_by(tickets.c.status, tickets.c.priority, tickets.c.group_id)
        )
        return {(status, priority, group_id): count for status, priority, group_id, count in rows}
