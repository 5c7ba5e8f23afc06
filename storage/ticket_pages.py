"""Tickets as an inbox shows them: page by page, the most urgent first, then who has waited longest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from sqlalchemy import ColumnElement, Connection, Integer, and_, case, func, literal, literal_column, select, tuple_

from storage.closed_sets import Author, Channel, Ending, MessageKind, Priority, Reason, TicketState, TicketStatus
from storage.tables import IDLE, NOT_CLOSED, SINCE, URGENCY, Moment, customers, messages, tickets
from storage.ticket_record import state_of

View = Literal["waiting", "mine", "open", "snoozed", "closed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What narrows a view down; None: whatever it is."""

    priority: Priority | None = None
    channel: Channel | None = None
    scenario: str | None = None
    operator_id: int | None = None
    """0: nobody has it."""
    where: tuple[int | None, int | None] | None = None
    """Group and fixed topic, as in `Ticket`."""


EVERYTHING: Final = Filters()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a page ends: the key of its last ticket in the order of the view."""

    urgency: int
    idle: int
    since: datetime
    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketLine:
    """One ticket of a page."""

    id: int
    customer_id: int
    status: TicketStatus
    reason: Reason
    scenario: str | None
    priority: Priority
    question: str
    operator_id: int | None
    operator_name: str | None
    opened_at: datetime
    closed_at: datetime | None
    waiting_since: datetime | None
    snoozed_at: datetime | None
    snoozed_until: datetime | None
    ending: Ending | None
    first_name: str
    last_name: str
    username: str | None
    external_id: str
    channel: Channel
    last_author: Author | None
    last_kind: MessageKind | None
    last_text: str | None
    last_at: datetime | None
    urgency: int
    idle: int
    since: datetime

    @property
    def state(self) -> TicketState:
        return state_of(self.status, snoozed_at=self.snoozed_at, waiting_since=self.waiting_since)

    @property
    def place(self) -> Place:
        return Place(urgency=self.urgency, idle=self.idle, since=self.since, id=self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many tickets the views of open ones hold."""

    waiting: int
    mine: int
    open: int
    snoozed: int


_URGENCY: Final = literal_column(URGENCY, Integer)
_AWAKE: Final = tickets.c.snoozed_at.is_(None)
_WAITS: Final = and_(tickets.c.waiting_since.is_not(None), _AWAKE)
_IDLE: Final = literal_column(IDLE, Integer)
_SINCE: Final = literal_column(SINCE, Moment())
_ORDER: Final = (_URGENCY, _IDLE, _SINCE, tickets.c.id)
_LAST: Final = (
    select(messages.c.id)
    .where(messages.c.customer_id == tickets.c.customer_id)
    .order_by(messages.c.id.desc())
    .limit(1)
    .correlate(tickets)
    .scalar_subquery()
)
_OF_TICKET: Final = (
    "id",
    "customer_id",
    "status",
    "reason",
    "scenario",
    "priority",
    "question",
    "operator_id",
    "operator_name",
    "opened_at",
    "closed_at",
    "waiting_since",
    "snoozed_at",
    "snoozed_until",
    "ending",
)
_OF_CUSTOMER: Final = ("first_name", "last_name", "username", "external_id", "channel")
_KEY: Final = (_URGENCY.label("urgency"), _IDLE.label("idle"), _SINCE.label("since"))
_LINE: Final = (
    select(
        *(tickets.c[name] for name in _OF_TICKET),
        *(customers.c[name] for name in _OF_CUSTOMER),
        messages.c.author.label("last_author"),
        messages.c.kind.label("last_kind"),
        messages.c.text.label("last_text"),
        messages.c.created_at.label("last_at"),
        *_KEY,
    )
    .join(customers, customers.c.id == tickets.c.customer_id)
    .outerjoin(messages, messages.c.id == _LAST)
)


class TicketPages:
    """Pages of tickets, and how many there are."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def page(self, view: View, *, mine: int, filters: Filters, after: Place | None, most: int) -> list[TicketLine]:
        """Return the tickets past a place. `mine`: who looks. Closed ones come the newest first."""
        conditions = [*_of_view(view, mine), *narrowed(filters)]
        if view == "closed":
            if after is not None:
                conditions.append(tickets.c.id < after.id)
            found = select(tickets.c.id).order_by(tickets.c.id.desc())
        else:
            if after is not None:
                # SQLite compares whole places only once it is among these.
                conditions += [after.urgency <= _URGENCY, tuple_(*_ORDER) > _bound(after)]
            found = select(tickets.c.id).order_by(*_ORDER)
        if filters.channel is not None:
            found = found.join(customers, customers.c.id == tickets.c.customer_id)
        ids = list(self._connection.scalars(found.where(*conditions).limit(most)))
        return self.of(ids)

    def of(self, ids: list[int]) -> list[TicketLine]:
        """Return tickets by their numbers, in this order; those that are gone are left out."""
        rows = self._connection.execute(_LINE.where(tickets.c.id.in_(ids))).mappings()
        found = {row["id"]: TicketLine(**row) for row in rows}
        return [found[one] for one in ids if one in found]

    def counts(self, mine: int, filters: Filters = EVERYTHING) -> Counts:
        """Return how many tickets are open, by view."""
        counted = select(
            func.count(case((_WAITS, 1))),
            func.count(case((tickets.c.operator_id == mine, 1))),
            func.count(),
            func.count(case((tickets.c.snoozed_at.is_not(None), 1))),
        ).select_from(tickets)
        if filters.channel is not None:
            counted = counted.join(customers, customers.c.id == tickets.c.customer_id)
        row = self._connection.execute(counted.where(NOT_CLOSED, *narrowed(filters))).one()
        return Counts(waiting=row[0], mine=row[1], open=row[2], snoozed=row[3])


def _of_view(view: View, mine: int) -> list[Any]:
    match view:
        case "waiting":
            return [NOT_CLOSED, _WAITS]
        case "mine":
            return [NOT_CLOSED, tickets.c.operator_id == mine]
        case "open":
            return [NOT_CLOSED]
        case "snoozed":
            return [NOT_CLOSED, tickets.c.snoozed_at.is_not(None)]
        case "closed":
            return [tickets.c.status == "closed"]


def narrowed(filters: Filters) -> list[ColumnElement[bool]]:
    """Return the conditions for tickets, and for `customers` where a channel is asked for."""
    asked = (
        (tickets.c.priority, filters.priority),
        (customers.c.channel, filters.channel),
        (tickets.c.scenario, filters.scenario),
    )
    found = [column == value for column, value in asked if value is not None]
    if filters.operator_id is not None:
        found.append(tickets.c.operator_id.is_not_distinct_from(filters.operator_id or None))
    if filters.where is not None:
        group_id, thread_id = filters.where
        found.append(tickets.c.group_id.is_not_distinct_from(group_id))
        found.append(tickets.c.thread_id.is_not_distinct_from(thread_id))
    return found


def _bound(place: Place) -> Any:
    return tuple_(place.urgency, place.idle, literal(place.since, Moment()), place.id)
