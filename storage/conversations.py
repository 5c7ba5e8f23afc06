"""One customer as people look them up: by the names they have, with what was said page by page."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, exists, func, select

from storage import earlier_wordings
from storage.closed_sets import Author
from storage.earlier_wordings import Wording
from storage.message_statements import COLUMNS
from storage.records import Customer, Message, StoredVerdict, Ticket
from storage.statistics import AUDIT, LABEL
from storage.tables import customers, messages, ratings, tickets, verdicts

_CUSTOMER: Final = [customers.c[name] for name in Customer.__slots__]
_TICKET: Final = [tickets.c[name] for name in Ticket.__slots__]
_VERDICT: Final = [verdicts.c[name] for name in StoredVerdict.__slots__]
_SAID: Final = messages.c.kind != "command"
"""A bare command says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A part of a conversation, the oldest line first."""

    lines: tuple[Message, ...]
    older: bool
    """Whether something was said before."""
    newer: bool
    confidences: dict[int, float]
    """How sure the bot was, by the row of the line that it judged."""
    earlier: dict[int, list[str]]
    """What lines said before they were changed, by their rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A customer in figures."""

    messages: int
    """Lines of their own."""
    tickets: int
    last_at: datetime | None
    """When they last wrote."""
    rated: int = 0
    """How often they have rated what people did for them."""
    average: float | None = None
    """From 1, bad, to 5, excellent; None where they never have."""


class Conversations:
    """Reads whole conversations; nothing here is on the way of a message."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def named(self, username: str, *, most: int = 10) -> list[Customer]:
        """Return whose Telegram name this is. Names move on, so it may have been that of several."""
        same = func.lower(customers.c.username) == username.lower()
        return self._customers(same, most)

    def with_outside_id(self, external_id: str, *, most: int = 10) -> list[Customer]:
        """Return whom a channel knows by this id: two channels may use the same, and a person may write to accounts."""
        same = customers.c.external_id == external_id
        if external_id.isdecimal():
            same = same | ((customers.c.channel == "business") & customers.c.external_id.like(f"%:{external_id}"))
        return self._customers(same, most)

    def _customers(self, condition: Any, most: int) -> list[Customer]:
        rows = self._connection.execute(select(*_CUSTOMER).where(condition).order_by(customers.c.id.desc()).limit(most))
        return [Customer(**row) for row in rows.mappings()]

    def summary(self, customer_id: int) -> Summary:
        theirs = (messages.c.customer_id == customer_id, messages.c.author == "customer", _SAID)
        written, last = self._connection.execute(
            select(func.count(), func.max(messages.c.created_at)).where(*theirs)
        ).one()
        given = select(func.count(ratings.c.score), func.avg(ratings.c.score))
        rated, average = self._connection.execute(given.where(ratings.c.customer_id == customer_id)).one()
        return Summary(
            messages=written,
            tickets=self.count_tickets(customer_id),
            last_at=last,
            rated=rated,
            average=None if average is None else float(average),
        )

    def counts(self, customer_id: int) -> dict[Author, int]:
        """Return how many lines there are of a customer, of the bot and of operators; notes are among them."""
        theirs = (messages.c.customer_id == customer_id, _SAID)
        rows = self._connection.execute(
            select(messages.c.author, func.count()).where(*theirs).group_by(messages.c.author)
        )
        return {row[0]: row[1] for row in rows}

    def tickets(self, customer_id: int, *, most: int = 5) -> list[Ticket]:
        """Return their tickets, the newest first."""
        rows = self._connection.execute(
            select(*_TICKET).where(tickets.c.customer_id == customer_id).order_by(tickets.c.id.desc()).limit(most)
        )
        return [Ticket(**row) for row in rows.mappings()]

    def count_tickets(self, customer_id: int) -> int:
        theirs = select(func.count()).select_from(tickets).where(tickets.c.customer_id == customer_id)
        return self._connection.scalar(theirs) or 0

    def above(self, customer_id: int, row: int | None, *, most: int) -> list[Message]:
        """Return the lines above a row, or the last ones, the oldest first; notes and bare commands are among them."""
        return self._lines(messages.c.customer_id == customer_id, after=None, before=row, most=most)

    def stretch(
        self, customer_id: int, *, before: int | None = None, after: int | None = None, most: int = 10
    ) -> Stretch:
        """Return the last lines, or those next before or after a line; notes are among them."""
        theirs = (messages.c.customer_id == customer_id, _SAID)
        lines = self._lines(*theirs, after=after, before=before, most=most)
        asked = [line.question_id for line in lines if line.author == "bot" and line.question_id is not None]
        first, last = (lines[0].id, lines[-1].id) if lines else (0, 0)
        return Stretch(
            lines=tuple(lines),
            older=self._any(*theirs, messages.c.id < first),
            newer=bool(lines) and self._any(*theirs, messages.c.id > last),
            earlier=earlier_wordings.of(self._connection, [line.id for line in lines if line.edited_at is not None]),
            confidences={row: verdict.confidence for row, verdict in self.verdicts(asked).items()},
        )

    def _lines(self, *theirs: Any, after: int | None, before: int | None, most: int) -> list[Message]:
        wanted = select(*COLUMNS).where(*theirs).limit(most)
        if after is not None:
            wanted = wanted.where(messages.c.id > after).order_by(messages.c.id)
        else:
            wanted = wanted.order_by(messages.c.id.desc())
            wanted = wanted if before is None else wanted.where(messages.c.id < before)
        found = [Message(**row) for row in self._connection.execute(wanted).mappings()]
        return sorted(found, key=lambda line: line.id)

    def _any(self, *conditions: Any) -> bool:
        return bool(self._connection.scalar(select(exists().where(*conditions))))

    def versions(self, message_ids: Collection[int]) -> dict[int, list[Wording]]:
        """Return what lines said before their authors changed them, by their rows."""
        return earlier_wordings.versions(self._connection, message_ids)

    def some(self, message_ids: Collection[int]) -> dict[int, Message]:
        """Return lines by their rows."""
        rows = self._connection.execute(select(*COLUMNS).where(messages.c.id.in_(message_ids)))
        return {row["id"]: Message(**row) for row in rows.mappings()}

    def verdicts(self, message_ids: Collection[int]) -> dict[int, StoredVerdict]:
        """Return what was thought of messages, by their rows; of several the newest."""
        rows = self._connection.execute(
            select(verdicts.c.message_id, *_VERDICT)
            .where(verdicts.c.message_id.in_(message_ids), verdicts.c.engine.not_in((AUDIT, LABEL)))
            .order_by(verdicts.c.id)
        )
        found: dict[int, StoredVerdict] = {}
        for row in rows.mappings():
            values = dict(row)
            message_id = values.pop("message_id")
            found[message_id] = StoredVerdict(**values)
        return found
