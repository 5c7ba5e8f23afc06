"""What customers have said, and what has become of it: the one place that says which lines still need something.

A line is dealt with once
- it has a ticket: it stands on the card, follows it, or was passed on (`ticket_id`);
- or the bot has spoken about it: a line of the bot names it as its question, or it is an earlier part of such a
  question (`question_id`).

Every other line is owed. A line of an operator deals with nothing: they answer what they have seen, and that has a
ticket. A bare command needs no more than what it was told at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, exists, func, or_, select, update

from storage.closed_sets import BotKind
from storage.message_statements import OWED, SPOKEN_ABOUT, UNSEEN
from storage.messages import NOTE
from storage.prepared import Prepared
from storage.records import Message
from storage.tables import Moment, messages, tickets

_COLUMNS: Final = [messages.c[name] for name in Message.__slots__]
_SAID: Final = select(*_COLUMNS).order_by(messages.c.id)
_OWED: Final = Prepared(_SAID.where(*OWED))
_PARTS: Final = Prepared(
    _SAID.where(
        messages.c.author == "customer",
        or_(messages.c.id == bindparam("question"), messages.c.question_id == bindparam("question")),
    )
)
_BY_OPERATOR: Final = Prepared(
    select(*_COLUMNS)
    .where(messages.c.ticket_id == bindparam("ticket"), messages.c.author == "operator", messages.c.kind != NOTE)
    .order_by(messages.c.id.desc())
    .limit(1)
)
_SAID_AFTER: Final = Prepared(
    _SAID.where(
        messages.c.ticket_id == bindparam("ticket"),
        messages.c.author == "customer",
        messages.c.id > bindparam("row"),
    ).limit(bindparam("most"))
)
# A moment that the clock, set back since, places in the future has no say.
_CLOSED: Final = (
    select(func.max(tickets.c.closed_at))
    .where(tickets.c.customer_id == bindparam("customer"), tickets.c.closed_at <= bindparam("now", type_=Moment))
    .scalar_subquery()
)
_LATELY: Final = Prepared(
    _SAID.where(
        *UNSEEN,
        messages.c.created_at >= bindparam("since", type_=Moment),
        or_(_CLOSED.is_(None), messages.c.created_at >= _CLOSED),
    )
)
_ALBUM: Final = (
    select(func.coalesce(messages.c.question_id, messages.c.id))
    .where(
        *UNSEEN,
        messages.c.album == bindparam("album"),
        messages.c.created_at >= bindparam("since", type_=Moment),
        or_(messages.c.question_id.is_not(None), SPOKEN_ABOUT),
    )
    .order_by(messages.c.id.desc())
    .limit(1)
)
_TOLD: Final = select(
    exists().where(
        messages.c.customer_id == bindparam("customer"),
        messages.c.author == "bot",
        messages.c.kind == bindparam("kind"),
        messages.c.created_at > bindparam("since", type_=Moment),
        messages.c.created_at <= bindparam("now", type_=Moment),
    )
)
_EVER: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Lines:
    """The customers' side of their conversations."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def owed(self, customer_id: int, since: datetime | None = None) -> list[Message]:
        """Return the lines that nobody has dealt with, the oldest first."""
        return self._found(_OWED, customer=customer_id, since=since or _EVER)

    def lately(self, customer_id: int, since: datetime) -> list[Message]:
        """Return the lines since then, and since the last ticket was closed, that people have not seen."""
        return self._found(_LATELY, customer=customer_id, since=since, now=self._now)

    def of_question(self, question_id: int) -> list[Message]:
        """Return the lines that are one question, known by the last of them."""
        return self._found(_PARTS, question=question_id)

    def album_settled(self, customer_id: int, album: str, since: datetime) -> int | None:
        """Return the question that the bot took an album for, when it has spoken about that already."""
        asked = {"customer": customer_id, "album": album, "since": since}
        found: int | None = self._connection.scalar(_ALBUM, asked)
        return found

    def told(self, customer_id: int, kind: BotKind, since: datetime) -> bool:
        """Whether the bot has said something of this kind since then."""
        asked = {"customer": customer_id, "kind": kind, "since": since, "now": self._now}
        return bool(self._connection.scalar(_TOLD, asked))

    def join(self, lines: Iterable[Message], question_id: int) -> None:
        """Note that lines are one question, or belong to one that the bot has dealt with."""
        self._change([line.id for line in lines if line.id != question_id], question_id=question_id)

    def show(self, lines: Iterable[Message], ticket_id: int) -> None:
        """Note that people see lines: on the card of a ticket, or after it."""
        self._change([line.id for line in lines], ticket_id=ticket_id)

    def shelve(self, lines: Iterable[Message]) -> None:
        """Note that lines need nothing of anybody: each is its own question, and is owed no longer."""
        self._connection.execute(
            update(messages).where(messages.c.id.in_([line.id for line in lines])).values(question_id=messages.c.id)
        )

    def _change(self, ids: Sequence[int], **changes: int) -> None:
        if ids:
            self._connection.execute(update(messages).where(messages.c.id.in_(ids)).values(**changes))

    def _found(self, statement: Prepared, **known: Any) -> list[Message]:
        return statement.records(self._connection, known, Message)

    def last_arrived(self, ticket_id: int) -> int:
        """Return the row of an operator's last line that has reached the customer of a ticket; 0: none has."""
        theirs = (messages.c.ticket_id == ticket_id, messages.c.author == "operator", messages.c.kind != NOTE)
        arrived = select(func.max(messages.c.id)).where(*theirs, messages.c.telegram_id.is_not(None))
        return self._connection.execute(arrived).scalar() or 0

    def last_of_operator(self, ticket_id: int) -> Message | None:
        """Return what an operator has written last to the customer of a ticket."""
        found = self._found(_BY_OPERATOR, ticket=ticket_id)
        return found[0] if found else None

    def said_after(self, ticket_id: int, row: int, *, most: int) -> list[Message]:
        """Return what the customer of a ticket said first, past a row."""
        return self._found(_SAID_AFTER, ticket=ticket_id, row=row, most=most)
