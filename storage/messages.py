"""Every line of every conversation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import or_, select

from storage import attachments
from storage.attachments import Attachment
from storage.changing import NOTE, Changing, as_stored
from storage.closed_sets import Author, MessageKind
from storage.conversation_state import ConversationState
from storage.matters import place_of
from storage.message_statements import (
    ADD,
    COLUMNS,
    CONTEXT,
    LATELY,
    SPOKEN,
    STANDING,
    TIMES,
    TRIED,
    newest,
)
from storage.records import Message, Ticket
from storage.tables import customers, messages

__all__ = ["NOTE", "Messages", "as_stored"]
ALBUM_MOST: Final = 10
"""Telegram's own bound."""
ASKED_BACK: Final = ""


REMEMBERED: Final = timedelta(days=30)
"""Who asks the same after that may read the same wording again; counting further back takes longer and longer."""


class Messages(Changing):
    """Messages by cause, by place and by conversation."""

    added = False
    """Whether this unit has added one."""

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
        quoted: str | None = None,
        signed: str | None = None,
        told: str | None = None,
        reply_to_id: int | None = None,
        topic_id: int | None = None,
        edited_at: datetime | None = None,
        file: Attachment | None = None,
    ) -> Message:
        self.added = True
        written: dict[str, Any] = {
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
            "entities": as_stored(entities),
            "forwarded_from": forwarded_from,
            "album": album,
            "media": media,
            "quoted": quoted,
            "signed": signed,
            "told": told,
            "reply_to_id": reply_to_id,
            "topic_id": topic_id,
        }
        row = Message(id=ADD.scalar(self._connection, written), feedback=None, **written)
        if file is not None:
            attachments.keep(self._connection, row.id, file)
        return row

    def caused_by(self, key: str) -> Message | None:
        return self._one(key=key)

    def answer_to(self, question_id: int) -> Message | None:
        """Return the bot's last line about a message."""
        return self._one(question_id=question_id, author="bot")

    def last_of_bot(self, customer_id: int, since: datetime) -> Message | None:
        """Return what the bot said last to a customer, if that was since then."""
        line = self._one(customer_id=customer_id, author="bot")
        return line if line is not None and since < line.created_at <= self._now else None

    def get(self, message_id: int) -> Message | None:
        return self._one(id=message_id)

    def operator_album(self, ticket_id: int, album: str, *, inside: bool = False) -> list[Message]:
        """Return the parts of an operator's album that are meant for the customer, or that stand inside."""
        return self._lines(
            ALBUM_MOST,
            messages.c.ticket_id == ticket_id,
            messages.c.album == album,
            messages.c.author == "operator",
            messages.c.kind == NOTE if inside else messages.c.kind != NOTE,
        )

    def last_of_customer(self, ticket_id: int) -> Message | None:
        """Return what the customer of a ticket has said last in it."""
        return self._one(ticket_id=ticket_id, author="customer")

    def by_public_id(self, customer_id: int, public_id: UUID) -> Message | None:
        return self._one(customer_id=customer_id, public_id=public_id)

    def in_private_chat(self, customer_id: int, telegram_id: int) -> Message | None:
        """Return the customer's own message that stands at a Telegram id in their chat: the last to stand there."""
        return self._one(customer_id=customer_id, telegram_id=telegram_id, author="customer")

    def at(self, customer_id: int, telegram_id: int) -> Message | None:
        """Return what stands at a Telegram id in a customer's chat, whoever wrote it."""
        return self._one(customer_id=customer_id, telegram_id=telegram_id)

    def replaced_by(self, line: Message) -> Message | None:
        """Return what stood in the customer's chat where a changed line stands now."""
        theirs = (messages.c.customer_id == line.customer_id, messages.c.telegram_id == line.telegram_id)
        found = self._lines(1, *theirs, messages.c.id < line.id)
        return found[0] if found else None

    def standing(
        self, customer_id: int, *, minute: datetime, since: datetime, rated: datetime, most: int
    ) -> ConversationState:
        """Return what is known of a conversation at a glance: since then, and of the number of lines since `minute`.

        `rated`: since when a score is so new that a comment may follow.
        On a server each statement is a trip, and mostly none of what they would find is there.
        """
        asked = {"customer": customer_id, "minute": minute, "since": since, "rated": rated}
        asked |= {"now": self._now, "most": most}
        ticket, written, owed, tried, spoken, commenting, rated_one = STANDING.rows(self._connection, asked)[0]
        known = {"ticket": bool(ticket), "owed": bool(owed), "tried": bool(tried), "spoken": bool(spoken)}
        return ConversationState(**known, written=written, commenting=commenting, rated=rated_one)

    def count_since(self, customer_id: int, since: datetime, *, most: int) -> int:
        """How many lines the customer wrote since then, counting no further than `most`.

        What the clock, set back since, places in the future does not count: nobody is held up for what they wrote then.
        """
        asked = {"customer": customer_id, "since": since, "now": self._now, "most": most}
        return len(LATELY.rows(self._connection, asked))

    def answered_before(self, customer_id: int) -> bool:
        """Whether anybody has ever written to this customer: the first time, they are greeted."""
        return bool(SPOKEN.scalar(self._connection, {"customer": customer_id}))

    def times_answered(self, customer_id: int, scenario: str, answer: str | None) -> int:
        """How often this customer was given this answer of late: which of its wordings comes next."""
        asked = {
            "customer": customer_id,
            "scenario": scenario,
            "answer": answer or "",
            "since": self._now - REMEMBERED,
        }
        return int(TIMES.scalar(self._connection, asked))

    def tried(self, customer_id: int, since: datetime, *, most: int) -> tuple[str, ...]:
        """Return what the last automatic answers were up to one that was called helpful, the newest first.

        Each as `place_of` names it; `ASKED_BACK` stands for a question back.
        """
        asked = {"customer": customer_id, "since": since, "now": self._now, "most": most}
        lately = TRIED.rows(self._connection, asked)
        fruitless = takewhile(lambda row: row[0] == "clarify" or row[3] is None, lately)
        return tuple(
            ASKED_BACK if kind == "clarify" else place_of(scenario, answer)
            for kind, scenario, answer, _feedback in fruitless
        )

    def context(self, customer_id: int, since: datetime, *, most: int) -> tuple[str, ...]:
        """Return the last lines since the last closed ticket, oldest first."""
        asked = {"customer": customer_id, "since": since, "now": self._now, "most": most}
        return tuple(f"{author}: {text}" for author, text in CONTEXT.rows(self._connection, asked))[::-1]

    def _lines(self, most: int, *conditions: Any) -> list[Message]:
        rows = self._connection.execute(select(*COLUMNS).where(*conditions).order_by(messages.c.id.desc()).limit(most))
        return [Message(**row) for row in rows.mappings()][::-1]

    def before_ticket(self, ticket: Ticket, *, most: int) -> list[Message]:
        """Return the last lines that had been said when a ticket was opened, oldest first, its own left out."""
        return self._lines(
            most,
            messages.c.customer_id == ticket.customer_id,
            messages.c.created_at < ticket.opened_at,
            or_(messages.c.ticket_id.is_(None), messages.c.ticket_id != ticket.id),
        )

    def asked_lately(self, *, most: int) -> list[tuple[str, str]]:
        """Return what customers have written last, each with their language, the newest first."""
        rows = self._connection.execute(
            select(messages.c.text, customers.c.language)
            .join(customers, customers.c.id == messages.c.customer_id)
            .where(messages.c.author == "customer", messages.c.kind == "text", messages.c.text != "")
            .order_by(messages.c.id.desc())
            .limit(most)
        )
        return [(row.text, row.language) for row in rows]

    def history(self, customer_id: int, *, after: int = 0, most: int = 50) -> Sequence[Message]:
        """Return a page of the conversation, the oldest first, past the message whose row is `after`."""
        rows = self._connection.execute(
            select(*COLUMNS)
            .where(messages.c.customer_id == customer_id, messages.c.id > after, messages.c.kind != NOTE)
            .order_by(messages.c.id)
            .limit(most)
        )
        return [Message(**row) for row in rows.mappings()]

    def _one(self, **known: Any) -> Message | None:
        return newest(*known).record(self._connection, known, Message)
