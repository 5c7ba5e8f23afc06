"""Every line of every conversation."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from itertools import takewhile
from operator import itemgetter
from typing import Any, Final, TypedDict, Unpack
from uuid import UUID, uuid4

from sqlalchemy import Connection, Select, bindparam, case, exists, func, insert, or_, select, update

from storage.closed_sets import Author, Feedback, MessageKind
from storage.records import Message, Ticket
from storage.tables import Moment, messages, tickets

_COLUMNS: Final = [messages.c[name] for name in Message.__slots__]

# Statements of every message's way are built once: building one costs three times what executing it does.
_THEIRS: Final = messages.c.customer_id == bindparam("customer")
_ADD: Final = insert(messages).returning(*_COLUMNS)
_CHANGE: Final = update(messages).where(messages.c.id == bindparam("row"))
_STAND: Final = _CHANGE.values(telegram_id=bindparam("telegram_id"))
_LATELY: Final = (
    select(messages.c.id)
    .where(
        _THEIRS,
        messages.c.author == "customer",
        messages.c.created_at > bindparam("since", type_=Moment),
        messages.c.created_at <= bindparam("now", type_=Moment),
    )
    .limit(bindparam("most"))
)
_SPOKEN: Final = select(exists().where(_THEIRS, messages.c.author != "customer"))
_TIMES: Final = (
    select(func.count())
    .select_from(messages)
    .where(
        _THEIRS,
        messages.c.scenario == bindparam("scenario"),
        func.coalesce(messages.c.answer, "") == bindparam("answer"),
    )
)
_CLOSED: Final = (
    select(func.max(tickets.c.closed_at))
    .where(tickets.c.customer_id == bindparam("customer"), tickets.c.closed_at <= bindparam("now", type_=Moment))
    .scalar_subquery()
)
_SINCE_TICKET: Final = case(
    (bindparam("since", type_=Moment) < _CLOSED, _CLOSED), else_=bindparam("since", type_=Moment)
)
"""When the last closed ticket ended, if that is later: what was said before it counts no more.

One that the clock, set back since, places in the future would make all that is said until then count for nothing.
"""
NOTE: Final = "note"
"""The kind of an operator's line that they have taken back: it stands inside now."""
ALBUM_MOST: Final = 10
"""Telegram's own bound."""
ASKED_BACK: Final = ""
_TRIED: Final = (
    select(messages.c.kind, messages.c.scenario, messages.c.answer, messages.c.feedback)
    .where(_THEIRS, messages.c.kind.in_(("answer", "clarify")), messages.c.created_at > _SINCE_TICKET)
    .order_by(messages.c.id.desc())
    .limit(bindparam("most"))
)
_CONTEXT: Final = (
    select(messages.c.author, messages.c.text)
    .where(_THEIRS, messages.c.text != "", messages.c.created_at > _SINCE_TICKET)
    .order_by(messages.c.id.desc())
    .limit(bindparam("most"))
)


def place_of(scenario: str, answer: str | None) -> str:
    """Name what was answered: `DELIVERY.COST`, or `DELIVERY` where a scenario has one text."""
    return f"{scenario}.{answer}" if answer else scenario


@cache
def _newest(*names: str) -> Select[Any]:
    """Return the query for the last message with these columns as given."""
    known = [messages.c[name] == bindparam(name) for name in names]
    return select(*_COLUMNS).where(*known).order_by(messages.c.id.desc()).limit(1)


def _json(entities: Sequence[dict[str, Any]]) -> str | None:
    return json.dumps(entities, ensure_ascii=False) if entities else None


class MessageChanges(TypedDict, total=False):
    """What may change of a stored message, by the names of its fields."""

    text: str
    kind: MessageKind
    entities: str | None
    media: str | None
    edited_at: datetime
    feedback: Feedback


class Messages:
    """Messages by cause, by place and by conversation."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def add(
        self,
        *,
        key: str,
        customer_id: int,
        author: Author,
        text: str,
        kind: MessageKind = "text",
        author_name: str | None = None,
        ticket_id: int | None = None,
        scenario: str | None = None,
        answer: str | None = None,
        question_id: int | None = None,
        telegram_id: int | None = None,
        entities: Sequence[dict[str, Any]] = (),
        forwarded_from: str | None = None,
        album: str | None = None,
        media: str | None = None,
        edited_at: datetime | None = None,
    ) -> Message:
        row = self._connection.execute(
            _ADD,
            {
                "public_id": uuid4(),
                "key": key,
                "customer_id": customer_id,
                "ticket_id": ticket_id,
                "author": author,
                "author_name": author_name,
                "kind": kind,
                "text": text,
                "scenario": scenario,
                "answer": answer,
                "question_id": question_id,
                "telegram_id": telegram_id,
                "created_at": self._now,
                "edited_at": edited_at,
                "entities": _json(entities),
                "forwarded_from": forwarded_from,
                "album": album,
                "media": media,
            },
        )
        return Message(**row.mappings().one())

    def caused_by(self, key: str) -> Message | None:
        return self._one(key=key)

    def answer_to(self, question_id: int) -> Message | None:
        """Return the bot's last line about a message."""
        return self._one(question_id=question_id, author="bot")

    def get(self, message_id: int) -> Message | None:
        return self._one(id=message_id)

    def operator_album(self, ticket_id: int, album: str) -> list[Message]:
        """Return the parts of an operator's album that are meant for the customer."""
        return self._lines(
            ALBUM_MOST,
            messages.c.ticket_id == ticket_id,
            messages.c.album == album,
            messages.c.author == "operator",
            messages.c.kind != NOTE,
        )

    def by_public_id(self, customer_id: int, public_id: UUID) -> Message | None:
        return self._one(customer_id=customer_id, public_id=public_id)

    def in_private_chat(self, customer_id: int, telegram_id: int) -> Message | None:
        """Return the customer's own message that stands at a Telegram id in their chat: the last to stand there."""
        return self._one(customer_id=customer_id, telegram_id=telegram_id, author="customer")

    def replaced_by(self, line: Message) -> Message | None:
        """Return what stood in the customer's chat where a changed line stands now."""
        theirs = (messages.c.customer_id == line.customer_id, messages.c.telegram_id == line.telegram_id)
        found = self._lines(1, *theirs, messages.c.id < line.id)
        return found[0] if found else None

    def count_since(self, customer_id: int, since: datetime, *, most: int) -> int:
        """How many lines the customer wrote since then, counting no further than `most`.

        What the clock, set back since, places in the future does not count: nobody is held up for what they wrote then.
        """
        asked = {"customer": customer_id, "since": since, "now": self._now, "most": most}
        return len((self._connection.scalars(_LATELY, asked)).all())

    def answered_before(self, customer_id: int) -> bool:
        """Whether anybody has ever written to this customer: the first time, they are greeted."""
        return bool(self._connection.scalar(_SPOKEN, {"customer": customer_id}))

    def times_answered(self, customer_id: int, scenario: str, answer: str | None) -> int:
        """How often this customer was given this answer."""
        asked = {"customer": customer_id, "scenario": scenario, "answer": answer or ""}
        return self._connection.scalar(_TIMES, asked) or 0

    def tried(self, customer_id: int, since: datetime, *, most: int) -> tuple[str, ...]:
        """Return what the last automatic answers were up to one that was called helpful, the newest first.

        Each as `place_of` names it; `ASKED_BACK` stands for a question back.
        """
        rows = self._connection.execute(
            _TRIED, {"customer": customer_id, "since": since, "now": self._now, "most": most}
        )
        fruitless = takewhile(lambda row: row.kind == "clarify" or row.feedback is None, rows)
        return tuple(ASKED_BACK if row.kind == "clarify" else place_of(row.scenario, row.answer) for row in fruitless)

    def context(self, customer_id: int, since: datetime, *, most: int) -> tuple[str, ...]:
        """Return the last lines since the last closed ticket, oldest first."""
        rows = self._connection.execute(
            _CONTEXT, {"customer": customer_id, "since": since, "now": self._now, "most": most}
        )
        return tuple(f"{line.author}: {line.text}" for line in rows)[::-1]

    def _lines(self, most: int, *conditions: Any) -> list[Message]:
        rows = self._connection.execute(select(*_COLUMNS).where(*conditions).order_by(messages.c.id.desc()).limit(most))
        return [Message(**row) for row in rows.mappings()][::-1]

    def before_ticket(self, ticket: Ticket, *, most: int) -> list[Message]:
        """Return the last lines that had been said when a ticket was opened, oldest first, its own left out."""
        return self._lines(
            most,
            messages.c.customer_id == ticket.customer_id,
            messages.c.created_at < ticket.opened_at,
            or_(messages.c.ticket_id.is_(None), messages.c.ticket_id != ticket.id),
        )

    def history(self, customer_id: int, *, after: int = 0, most: int = 50) -> Sequence[Message]:
        """Return a page of the conversation, the oldest first, past the message whose row is `after`."""
        rows = self._connection.execute(
            select(*_COLUMNS)
            .where(messages.c.customer_id == customer_id, messages.c.id > after, messages.c.kind != NOTE)
            .order_by(messages.c.id)
            .limit(most)
        )
        return [Message(**row) for row in rows.mappings()]

    def change(self, message_id: int, **changes: Unpack[MessageChanges]) -> None:
        self._connection.execute(_CHANGE, {"row": message_id, **changes})

    def stand(self, telegram_ids: Iterable[tuple[int, int | None]]) -> None:
        """Note where messages now stand, each by its own id."""
        rows = [{"row": message_id, "telegram_id": at} for message_id, at in sorted(telegram_ids, key=itemgetter(0))]
        if rows:
            self._connection.execute(_STAND, rows)

    def edit(self, message_id: int, *, text: str, entities: Sequence[dict[str, Any]], media: str | None) -> None:
        """Note what its author has made of a line."""
        self.change(message_id, text=text, entities=_json(entities), media=media, edited_at=self._now)

    def _one(self, **known: Any) -> Message | None:
        row = self._connection.execute(_newest(*known), known)
        found = row.mappings().one_or_none()
        return Message(**found) if found else None
