"""Tickets: what people look after."""

from __future__ import annotations

from datetime import datetime
from typing import Final, Unpack

from sqlalchemy import Connection, bindparam, case, func, insert, or_, select, update

from storage.changes import TicketChanges, TicketPlace
from storage.closed_sets import Ending, Priority, Reason
from storage.customers import Customers
from storage.key_values import KeyValues
from storage.prepared import Prepared
from storage.records import Ticket
from storage.tables import NOT_CLOSED, tickets

_COLUMNS: Final = [tickets.c[name] for name in Ticket.__slots__]
_NEWEST: Final = select(*_COLUMNS).order_by(tickets.c.id.desc()).limit(1)
_BY_ID: Final = Prepared(_NEWEST.where(tickets.c.id == bindparam("ticket")))
_OPEN_OF: Final = Prepared(_NEWEST.where(tickets.c.customer_id == bindparam("customer"), NOT_CLOSED))
_LAST_OF: Final = Prepared(_NEWEST.where(tickets.c.customer_id == bindparam("customer")))
_IN_HAND: Final = Prepared(
    select(*_COLUMNS)
    .where(
        tickets.c.customer_id == bindparam("customer"),
        or_(NOT_CLOSED, tickets.c.followed_up_at.is_not(None)),
    )
    .order_by(case((tickets.c.status != "closed", 0), else_=1), tickets.c.followed_up_at.desc())
    .limit(1)
)
_IN_TOPIC: Final = Prepared(
    _NEWEST.where(tickets.c.chat_id == bindparam("chat"), tickets.c.topic_id == bindparam("topic"))
)
_NOBODY_WAITS: Final = {
    "waiting_since": None,
    "reminded_at": None,
    "reminders": 0,
    "awaited_since": None,
    "warned_at": None,
    "snoozed_at": None,
    "snoozed_until": None,
    "due_at": None,
}
_TIMED: Final = frozenset(("status", "priority", "waiting_since", "awaited_since", "snoozed_at", "snoozed_until"))
"""What moments are reckoned from: a change has the ticket looked at."""
NUMBERS: Final = "ticket_numbers"
"""Key of the highest number that a ticket ever had."""


def keep_numbers(connection: Connection) -> None:
    """Note the highest number before tickets are deleted."""
    key_values = KeyValues(connection)
    highest = max(int(key_values.read(NUMBERS) or 0), _highest(connection))
    key_values.write(NUMBERS, str(highest))


def _highest(connection: Connection) -> int:
    return connection.scalar(select(func.max(tickets.c.id))) or 0


class Tickets:
    """Tickets by id, by customer and by place. A customer has at most one that is not closed."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now
        self._groups: dict[int, int | None] = {}

    def get(self, ticket_id: int) -> Ticket | None:
        return self._one(_BY_ID, ticket=ticket_id)

    def locked(self, ticket_id: int) -> Ticket | None:
        """Return a ticket, and let nobody else write in its conversation until the unit closes."""
        ticket = self.get(ticket_id)
        if ticket is None:
            return None
        Customers(self._connection, self._now).get(ticket.customer_id, lock=True)
        return self.get(ticket_id)

    def in_hand(self, customer_id: int) -> Ticket | None:
        """Return the open ticket of a customer; else a closed one in which an operator has written since."""
        return self._one(_IN_HAND, customer=customer_id)

    def last_of(self, customer_id: int) -> Ticket | None:
        """Return the newest ticket of a customer, open or closed."""
        return self._one(_LAST_OF, customer=customer_id)

    def open_of(self, customer_id: int) -> Ticket | None:
        return self._one(_OPEN_OF, customer=customer_id)

    def in_topic(self, chat_id: int, topic_id: int) -> Ticket | None:
        return self._one(_IN_TOPIC, chat=chat_id, topic=topic_id)

    def open(
        self,
        *,
        customer_id: int,
        reason: Reason,
        scenario: str | None,
        answer: str | None = None,
        confidence: float | None,
        priority: Priority,
        question: str,
        question_looks: str | None = None,
        grounds: str | None = None,
        group_id: int | None = None,
        thread_id: int | None = None,
    ) -> Ticket:
        row = self._connection.execute(
            insert(tickets)
            .values(
                customer_id=customer_id,
                status="open",
                reason=reason,
                scenario=scenario,
                answer=answer,
                confidence=confidence,
                grounds=grounds,
                priority=priority,
                question=question,
                question_looks=question_looks,
                opened_at=self._now,
                waiting_since=self._now,
                due_at=self._now,
                group_id=group_id,
                thread_id=thread_id,
                **self._number(),
            )
            .returning(*_COLUMNS)
        )
        ticket = Ticket(**row.mappings().one())
        self._groups[ticket.id] = ticket.group_id
        return ticket

    def group_of(self, ticket_id: int) -> int | None:
        """Return the operator group a ticket belongs to; of one that this unit has read it is known already."""
        if ticket_id not in self._groups:
            self.get(ticket_id)
        return self._groups.get(ticket_id)

    def _number(self) -> dict[str, int]:
        """Return the next number where SQLite would give one again that an erased ticket had.

        Old cards stand in the group for good, and their buttons would mean somebody else's ticket.
        """
        kept = KeyValues(self._connection).read(NUMBERS)
        if kept is None or self._connection.dialect.name != "sqlite":
            return {}
        return {"id": max(int(kept), _highest(self._connection)) + 1}

    def take(self, ticket_id: int, *, operator_id: int, operator_name: str) -> bool:
        """Give an open ticket to an operator; False when somebody was faster or it is closed."""
        done = self._connection.execute(
            update(tickets)
            .where(tickets.c.id == ticket_id, tickets.c.status == "open")
            .values(status="taken", operator_id=operator_id, operator_name=operator_name, taken_at=self._now)
        )
        return bool(done.rowcount)

    def release(self, ticket_id: int) -> bool:
        """Give a taken ticket back to everybody; False when nobody has it."""
        done = self._connection.execute(
            update(tickets)
            .where(tickets.c.id == ticket_id, tickets.c.status == "taken")
            .values(status="open", operator_id=None, operator_name=None, taken_at=None)
        )
        return bool(done.rowcount)

    def close(self, ticket_id: int, ending: Ending = "solved") -> bool:
        """Close a ticket; False when it was closed already."""
        done = self._connection.execute(
            update(tickets)
            .where(tickets.c.id == ticket_id, tickets.c.status != "closed")
            .values(status="closed", closed_at=self._now, ending=ending, face=None, menu=None, **_NOBODY_WAITS)
        )
        return bool(done.rowcount)

    def reopen(self, ticket_id: int, *, operator_id: int | None, operator_name: str | None) -> None:
        """Open a closed ticket again, for the operator who has it. Nobody waits in it until its customer writes."""
        self.change(
            ticket_id,
            status="open" if operator_id is None else "taken",
            operator_id=operator_id,
            operator_name=operator_name,
            closed_at=None,
            ending=None,
            followed_up_at=None,
            awaited_since=self._now,
        )

    def heard(self, ticket: Ticket) -> bool:
        """Note that the customer has said something: they wait, and it is put off no longer. True: that is news."""
        if ticket.waiting_since is not None and ticket.snoozed_at is None:
            return False
        changes: TicketChanges = {"snoozed_at": None, "snoozed_until": None}
        if ticket.waiting_since is None:  # a new wait has a reminder of its own
            new: TicketChanges = {"waiting_since": self._now, "reminded_at": None, "reminders": 0}
            changes |= new | {"awaited_since": None, "warned_at": None}
        self.change(ticket.id, **changes)
        return True

    def still_waits(self, ticket_id: int, since: datetime, *, never_answered: bool) -> None:
        """Note that the customer waits since then: what was written to them did not arrive."""
        self.change(ticket_id, waiting_since=since, reminded_at=self._now, reminders=0, awaited_since=None)
        if never_answered:
            self.change(ticket_id, answered_at=None, replied_at=None)

    def follow_up(self, ticket: Ticket, *, operator_id: int, operator_name: str) -> bool:
        """Note that an operator has written to the customer of a closed ticket. False: not for the first time."""
        self.answered(ticket)
        self.change(ticket.id, operator_id=operator_id, operator_name=operator_name, followed_up_at=self._now)
        return ticket.followed_up_at is None

    def answered(self, ticket: Ticket) -> bool:
        """Note that an operator has written to the customer, who waits for nothing any more. True: that is news."""
        self.change(
            ticket.id,
            waiting_since=None,
            reminded_at=None,
            reminders=0,
            awaited_since=self._now,
            warned_at=None,
            answered_at=ticket.answered_at or self._now,
            replied_at=self._now,
        )
        return ticket.waiting_since is not None

    def move(self, ticket_id: int, *, group_id: int | None, thread_id: int | None) -> None:
        """Let a ticket belong to another group, or stand in another topic; it has no card there yet."""
        nowhere: TicketPlace = {"chat_id": None, "topic_id": None, "card_id": None}
        self.change(ticket_id, group_id=group_id, thread_id=thread_id, face=None, menu=None, **nowhere)
        self._groups[ticket_id] = group_id

    def place(self, ticket_id: int, **place: Unpack[TicketPlace]) -> None:
        """Note where it stands. A topic belongs to who came to it last."""
        chat, topic = place.get("chat_id"), place.get("topic_id")
        if chat is not None and topic is not None:
            before = (tickets.c.chat_id == chat, tickets.c.topic_id == topic, tickets.c.id != ticket_id)
            self._connection.execute(update(tickets).where(*before).values(topic_id=None, card_id=None))
        self.change(ticket_id, **place)

    def taken_by(self, operator_id: int, *, most: int = 100) -> list[Ticket]:
        """Return the tickets that somebody looks after."""
        theirs = (tickets.c.status == "taken", tickets.c.operator_id == operator_id)
        rows = self._connection.execute(select(*_COLUMNS).where(*theirs).order_by(tickets.c.id).limit(most))
        return [Ticket(**row) for row in rows.mappings()]

    def count_open(self) -> int:
        return self._connection.scalar(select(func.count()).select_from(tickets).where(NOT_CLOSED)) or 0

    def change(self, ticket_id: int, **changes: Unpack[TicketChanges]) -> None:
        if _TIMED.intersection(changes):
            changes.setdefault("due_at", self._now)
        self._connection.execute(update(tickets).where(tickets.c.id == ticket_id).values(**changes))

    def _one(self, statement: Prepared, **known: int) -> Ticket | None:
        if (ticket := statement.record(self._connection, known, Ticket)) is not None:
            self._groups[ticket.id] = ticket.group_id
        return ticket
