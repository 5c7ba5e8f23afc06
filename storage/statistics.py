"""What has happened since a moment, counted. Nothing here names a person.

Rows are numbered in the order of time, so the first row of a period is found by halving over the primary key: the
busiest tables need no index on time. What hangs on a message or a ticket is found through its foreign key.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median_low
from typing import Final, NamedTuple

from sqlalchemy import Column, ColumnElement, Connection, and_, func, select

from storage.closed_sets import Author, Feedback, MessageKind
from storage.spendings import spendings_between
from storage.tables import messages, tickets, verdicts

A_MONTH: Final = timedelta(days=30)
LOOKED_AT: Final = 500
USUAL_MOST: Final = 100
USUAL_LEAST: Final = 5
"""Of fewer answers nobody can say what is usual."""
AUDIT: Final = "audit"
"""The engine of a verdict that only checked another one."""
LABEL: Final = "customer"
"""The engine of a verdict that a customer gave with a button."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageCount:
    """How many messages of one sort."""

    author: Author
    kind: MessageKind
    feedback: Feedback | None
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineCount:
    """How many verdicts one engine gave, and what they cost."""

    engine: str
    count: int
    cost_usd: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What happened since a moment."""

    messages: tuple[MessageCount, ...]
    reasons: dict[str, int]
    """Tickets opened, by why people were asked."""
    engines: tuple[EngineCount, ...]
    audits: int
    agreed: int
    """Audits that named the scenario of the verdict they checked."""
    spent: float
    """Dollars that a model was paid for something else than verdicts."""
    first_replies: tuple[timedelta, ...]
    """From the opening of a ticket to the first line of an operator, for those that have one."""


class Rows(NamedTuple):
    """Rows of one table, from the first to before the end."""

    first: int
    end: int

    def have(self, row: Column[int]) -> ColumnElement[bool]:
        return and_(row >= self.first, row < self.end)


def first_row(connection: Connection, row: Column[int], at: Column[datetime], moment: datetime) -> int:
    """Return the lowest row that is not older than a moment; past the last one when all are."""
    low, high = 1, 1 + (connection.scalar(select(func.max(row))) or 0)
    while low < high:
        middle = (low + high) // 2
        found = connection.execute(select(row, at).where(row <= middle).order_by(row.desc()).limit(1)).one_or_none()
        if found is None or found[1] < moment:
            low = middle + 1
        else:
            high = found[0]
    return low


class Statistics:
    """Figures of periods."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def between(self, since: datetime, until: datetime | None = None) -> Counts:
        """Return what happened since a moment, or up to another one."""
        message = self._rows(messages.c.id, messages.c.created_at, since, until)
        ticket = self._rows(tickets.c.id, tickets.c.opened_at, since, until)
        audits, agreed = self._audits(message)
        return Counts(
            messages=self._messages(message),
            reasons=self._reasons(ticket),
            engines=self._engines(message),
            audits=audits,
            agreed=agreed,
            spent=sum(spendings_between(self._connection, since, until).values()),
            first_replies=self._first_replies(ticket),
        )

    def _rows(self, row: Column[int], at: Column[datetime], since: datetime, until: datetime | None) -> Rows:
        first = first_row(self._connection, row, at, since)
        return Rows(first, sys.maxsize if until is None else first_row(self._connection, row, at, until))

    def usual_wait(self, now: datetime) -> timedelta | None:
        """Return the median wait for an operator's first line in the last tickets; None where too few tell.

        A look at the newest rows alone: it costs the same however many tickets there are.
        """
        newest = select(func.max(tickets.c.id)).scalar_subquery()
        rows = self._connection.execute(
            select(tickets.c.opened_at, tickets.c.answered_at)
            .where(
                tickets.c.id > newest - LOOKED_AT,
                tickets.c.answered_at.is_not(None),
                tickets.c.opened_at > now - A_MONTH,
            )
            .order_by(tickets.c.id.desc())
            .limit(USUAL_MOST)
        )
        waits = [answered - opened for opened, answered in rows]
        return median_low(waits) if len(waits) >= USUAL_LEAST else None

    def _messages(self, span: Rows) -> tuple[MessageCount, ...]:
        sorts = (messages.c.author, messages.c.kind, messages.c.feedback)
        rows = self._connection.execute(
            select(*sorts, func.count().label("count")).where(span.have(messages.c.id)).group_by(*sorts)
        )
        return tuple(MessageCount(**row) for row in rows.mappings())

    def _reasons(self, span: Rows) -> dict[str, int]:
        rows = self._connection.execute(
            select(tickets.c.reason, func.count()).where(span.have(tickets.c.id)).group_by(tickets.c.reason)
        )
        return {row.reason: row[1] for row in rows}

    def _engines(self, span: Rows) -> tuple[EngineCount, ...]:
        rows = self._connection.execute(
            select(verdicts.c.engine, func.count(), func.sum(verdicts.c.cost_usd))
            .where(span.have(verdicts.c.message_id))
            .group_by(verdicts.c.engine)
            .order_by(verdicts.c.engine)
        )
        return tuple(EngineCount(engine=engine, count=count, cost_usd=float(cost)) for engine, count, cost in rows)

    def _audits(self, span: Rows) -> tuple[int, int]:
        checked = verdicts.alias("checked")
        pairs = verdicts.join(
            checked,
            and_(checked.c.message_id == verdicts.c.message_id, checked.c.engine.not_in((AUDIT, LABEL))),
        )
        rows = self._connection.execute(
            select(verdicts.c.scenario == checked.c.scenario, func.count())
            .select_from(pairs)
            .where(span.have(verdicts.c.message_id), verdicts.c.engine == AUDIT)
            .group_by(verdicts.c.scenario == checked.c.scenario)
        )
        found = {bool(same): count for same, count in rows}
        return sum(found.values()), found.get(True, 0)

    def _first_replies(self, span: Rows) -> tuple[timedelta, ...]:
        rows = self._connection.execute(
            select(tickets.c.opened_at, func.min(messages.c.created_at))
            .join(messages, messages.c.ticket_id == tickets.c.id)
            .where(span.have(tickets.c.id), messages.c.author == "operator", messages.c.kind != "note")
            .group_by(tickets.c.id)
        )
        return tuple(replied - opened for opened, replied in rows)
