"""Tickets as lists and figures tell of them: whose they are, who waits, who looks after them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from sqlalchemy import ColumnElement, Connection, and_, case, func, select

from storage.closed_sets import Priority, TicketState, TicketStatus
from storage.records import Ticket
from storage.tables import customers, tickets
from storage.ticket_record import state_of

Scope = int | None | Literal["all"]
"""The tickets of one operator group, as in `Ticket`, or of all groups."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedTicket:
    """One line of the list."""

    id: int
    priority: Priority
    status: TicketStatus
    question: str
    first_name: str
    last_name: str
    external_id: str
    opened_at: datetime
    waiting_since: datetime | None
    chat_id: int | None
    topic_id: int | None
    card_id: int | None
    operator_name: str | None = None
    snoozed_at: datetime | None = None
    snoozed_until: datetime | None = None
    customer_id: int = 0

    @property
    def state(self) -> TicketState:
        return state_of(self.status, snoozed_at=self.snoozed_at, waiting_since=self.waiting_since)


_URGENCY: Final = case({"critical": 0, "high": 1, "medium": 2}, value=tickets.c.priority, else_=3)
_SNOOZED: Final = case((tickets.c.snoozed_at.is_not(None), 1), else_=0)
_AWAITS_CUSTOMER: Final = case((tickets.c.waiting_since.is_(None), 1), else_=0)
_LISTED: Final = select(
    tickets.c.id,
    tickets.c.priority,
    tickets.c.status,
    tickets.c.question,
    customers.c.first_name,
    customers.c.last_name,
    customers.c.external_id,
    tickets.c.opened_at,
    tickets.c.waiting_since,
    tickets.c.chat_id,
    tickets.c.topic_id,
    tickets.c.card_id,
    tickets.c.operator_name,
    tickets.c.snoozed_at,
    tickets.c.snoozed_until,
    tickets.c.customer_id,
).join(customers, tickets.c.customer_id == customers.c.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """An operator, as tickets can be handed to them."""

    id: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketCounts:
    """The open tickets in figures."""

    open: int
    waiting: int
    snoozed: int
    longest_since: datetime | None
    """Since when the customer waits who waits longest."""

    @property
    def awaiting_customer(self) -> int:
        return self.open - self.waiting - self.snoozed


class TicketLists:
    """Lists tickets with their customers' names."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def without_card(self, *, group_id: int | None, most: int) -> list[ListedTicket]:
        """Return tickets of a group that are not closed and have no card yet, the oldest first."""
        rows = self._connection.execute(
            _LISTED.where(
                tickets.c.status != "closed",
                tickets.c.card_id.is_(None),
                tickets.c.group_id.is_not_distinct_from(group_id),
            )
            .order_by(tickets.c.id)
            .limit(most)
        )
        return [ListedTicket(**row) for row in rows.mappings()]

    def of(self, ids: Collection[int]) -> list[ListedTicket]:
        """Return those of the given tickets that are still there."""
        rows = self._connection.execute(_LISTED.where(tickets.c.id.in_(ids)).order_by(tickets.c.id))
        return [ListedTicket(**row) for row in rows.mappings()]

    def open(self, scope: Scope = "all", *, past: int = 0, most: int = 500) -> list[ListedTicket]:
        """Return the open tickets of a group, or of all: the most urgent first, then the longest wait, snoozed last."""
        waits = func.coalesce(tickets.c.waiting_since, tickets.c.opened_at)
        rows = self._connection.execute(
            _LISTED.where(*_open_in(scope))
            .order_by(_SNOOZED, _URGENCY, _AWAITS_CUSTOMER, waits, tickets.c.id)
            .offset(past)
            .limit(most)
        )
        return [ListedTicket(**row) for row in rows.mappings()]

    def count_before(self, ticket: Ticket) -> int:
        """Return how many tickets the customer had before this one."""
        theirs = (tickets.c.customer_id == ticket.customer_id, tickets.c.id < ticket.id)
        return self._connection.scalar(select(func.count()).select_from(tickets).where(*theirs)) or 0

    def counts(self, scope: Scope = "all") -> TicketCounts:
        """Return how many tickets are open, in a group or in all, by who waits for whom."""
        snoozed = tickets.c.snoozed_at.is_not(None)
        waiting = and_(tickets.c.waiting_since.is_not(None), ~snoozed)
        row = self._connection.execute(
            select(
                func.count(),
                func.count(case((waiting, 1))),
                func.count(case((snoozed, 1))),
                func.min(case((waiting, tickets.c.waiting_since))),
            ).where(*_open_in(scope))
        ).one()
        return TicketCounts(open=row[0], waiting=row[1], snoozed=row[2], longest_since=row[3])


def _open_in(scope: Scope) -> list[ColumnElement[bool]]:
    here = [] if scope == "all" else [tickets.c.group_id.is_not_distinct_from(scope)]
    return [tickets.c.status != "closed", *here]
