"""What is kept no longer: payloads of settled tasks, and conversations that ended long ago. A few rows at a time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Column, Connection, Table, and_, delete, exists, func, or_, select, text, tuple_, update

from storage.closed_sets import Channel
from storage.queue_statements import BLANK, DONE, NOBODY, TABLES, QueueName
from storage.tables import customers, lanes, messages, metadata, receipts, tickets, verdicts
from storage.tickets import keep_numbers

LOCK: Final = 7_105_334
"""Key of the advisory lock that the one replica holds which deletes old data just now."""
MOST: Final = 200
"""Rows changed in one unit: a few milliseconds for whoever waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """What was deleted, for the figures: who wrote how many messages, which engine gave how many verdicts."""

    messages: dict[str, int] = field(default_factory=dict)
    verdicts: dict[str, tuple[int, float]] = field(default_factory=dict)


class Retention:
    """Blanks and deletes; each call does a little and says how much."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def alone(self) -> bool:
        """Whether this unit may tidy: among replicas one does at a time."""
        if self._connection.dialect.name != "postgresql":
            return True
        return bool(self._connection.scalar(text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": LOCK}))

    def settled(self, queue: QueueName, *, before: datetime, past: int, most: int) -> tuple[list[int], int | None]:
        """Return which of the next rows are to be blanked, and where to go on; None where the rows are young.

        The database sorts them out: of a million rows all but a few were blanked long ago.
        """
        t = TABLES[queue]
        near = select(t.c.id, t.c.created_at).where(t.c.id > past).order_by(t.c.id).limit(most).subquery()
        last, newest = self._connection.execute(select(func.max(near.c.id), func.max(near.c.created_at))).one()
        if last is None:
            return [], None
        done = and_(t.c.state == DONE, t.c.settled_at < before, t.c.created_at < before)
        due = select(t.c.id).where(t.c.id > past, t.c.id <= last, done, t.c.payload != BLANK).order_by(t.c.id)
        return list(self._connection.scalars(due)), last if newest < before else None

    def blank(self, queue: QueueName, ids: list[int]) -> None:
        """Take out what stood in settled tasks, and whose they were; that they came stays, by their key."""
        t = TABLES[queue]
        self._connection.execute(
            update(t).where(t.c.id.in_(ids), t.c.state == DONE).values(payload=BLANK, lane=NOBODY, error=None)
        )

    def forget_messages(self, before: datetime, *, most: int = MOST) -> Gone:
        """Delete the oldest messages that no ticket needs: of closed tickets, and of those that never were in one."""
        until = self._connection.scalar(
            select(messages.c.id).where(messages.c.created_at >= before).order_by(messages.c.id).limit(1)
        )
        old = messages.c.created_at < before if until is None else messages.c.id < until
        over = exists().where(tickets.c.id == messages.c.ticket_id, tickets.c.closed_at < before)
        rows = self._connection.execute(
            select(messages.c.id, messages.c.author)
            .where(old, or_(messages.c.ticket_id.is_(None), over))
            .order_by(messages.c.id)
            .limit(most)
        )
        found = rows.all()
        return self._delete([row.id for row in found], Counter(row.author for row in found))

    def _delete(self, ids: list[int], authors: Counter[str]) -> Gone:
        if not ids:
            return Gone()
        given = self._connection.execute(
            select(verdicts.c.engine, func.count(), func.sum(verdicts.c.cost_usd))
            .where(verdicts.c.message_id.in_(ids))
            .group_by(verdicts.c.engine)
        )
        gone = Gone(messages=dict(authors), verdicts={row[0]: (row[1], float(row[2] or 0)) for row in given})
        self._remove(messages, ids)
        return gone

    def forget_tickets(self, before: datetime, *, most: int = MOST) -> int:
        """Delete closed tickets of which no message is left."""
        rows = self._connection.scalars(
            select(tickets.c.id)
            .where(tickets.c.closed_at < before, ~exists().where(messages.c.ticket_id == tickets.c.id))
            .order_by(tickets.c.id)
            .limit(most)
        )
        ids = list(rows)
        if ids:
            keep_numbers(self._connection)
            self._remove(tickets, ids)
        return len(ids)

    def forget_receipts(self, before: datetime, *, most: int = MOST) -> int:
        """Delete what clients of the API were answered long ago."""
        rows = self._connection.scalars(select(receipts.c.key).where(receipts.c.created_at < before).limit(most))
        keys = list(rows)
        self._connection.execute(delete(receipts).where(receipts.c.key.in_(keys)))
        return len(keys)

    def forget_customers(self, before: datetime, *, most: int = MOST) -> int:
        """Delete customers of whom nothing is left but their names."""
        kept = [exists().where(link == customers.c.id) for link in _links_to(customers) if not link.nullable]
        rows = self._connection.execute(
            select(customers.c.id, customers.c.channel, customers.c.external_id)
            .where(customers.c.created_at < before, ~or_(*kept))
            .order_by(customers.c.id)
            .limit(most)
        )
        found = rows.all()
        if found:
            names = [
                (queue, name) for row in found for name in _lanes(row.channel, row.external_id) for queue in TABLES
            ]
            self._connection.execute(
                delete(lanes).where(tuple_(lanes.c.queue, lanes.c.name).in_(names), lanes.c.waiting == 0)
            )
            self._remove(customers, [row.id for row in found])
        return len(found)

    def _remove(self, table: Table, ids: list[int]) -> None:
        """Delete rows with all that stands for nothing without them; what merely points at them stays."""
        for link in _links_to(table):
            theirs = link.in_(ids)
            if link.nullable and not link.info.get("goes_with_it"):
                self._connection.execute(update(link.table).where(theirs).values({link.name: None}))
            else:
                self._connection.execute(delete(link.table).where(theirs))
        self._connection.execute(delete(table).where(table.c.id.in_(ids)))


def _lanes(channel: Channel, outside: str) -> tuple[str, ...]:
    """Return the lanes of what somebody has written and read: see `lane_of_person` and `lanes_in`."""
    match channel:
        case "telegram":
            return (f"p:{outside}",)
        case "business":
            return f"p:business:{outside}", f"b:{outside.rpartition(':')[2]}"
        case "direct":
            return f"p:direct:{outside}", f"d:{outside}"
        case "api" | "web":
            return (f"p:{channel}:{outside}",)


def _links_to(table: Table) -> list[Column[Any]]:
    """Return the columns that name a row of a table; those of a table added later are found by themselves."""
    keys = (key for other in metadata.sorted_tables for key in other.foreign_keys)
    return [key.parent for key in keys if key.column is table.c.id]
