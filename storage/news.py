"""What has changed since a moment, for those who look on: told from what units leave behind anyway.

Whatever changes about a ticket puts something into its lane of the outbox, and every line is a row of `messages`. So no
unit has to note anything more for the sake of who looks on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, func, select

from storage.tables import messages, outbox

LANE: Final = "t:"
"""How the lanes of tickets begin."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Mark:
    """The last rows that have been seen."""

    outbox: int
    message: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One row since: what it is about, by ticket or by customer."""

    row: tuple[str, int]
    ticket_id: int | None = None
    customer_id: int | None = None


class News:
    """Reads the ends of two tables."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def mark(self) -> Mark:
        """Return where the tables end now."""
        ends = [self._connection.scalar(select(func.max(table.c.id))) or 0 for table in (outbox, messages)]
        return Mark(outbox=ends[0], message=ends[1])

    def all_since(self, mark: Mark) -> list[Change]:
        """Return what came after a mark."""
        effects = self._connection.execute(
            select(outbox.c.id, outbox.c.lane).where(outbox.c.id > mark.outbox, outbox.c.lane.startswith(LANE))
        )
        lines = self._connection.execute(
            select(messages.c.id, messages.c.customer_id).where(messages.c.id > mark.message)
        )
        told = [Change(row=("outbox", row.id), ticket_id=int(row.lane.removeprefix(LANE))) for row in effects]
        return [*told, *(Change(row=("message", row.id), customer_id=row.customer_id) for row in lines)]
