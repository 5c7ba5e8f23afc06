"""How satisfied customers were with what people did for them: one rating a ticket, for figures and for the card."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, func, insert, or_, select, update

from storage.records import Ticket
from storage.tables import messages, ratings

LOW: Final = 1
HIGH: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """What a customer was asked, and what they have said."""

    ticket_id: int
    customer_id: int
    operator_id: int | None
    """Who had the ticket as it was closed."""
    operator_name: str | None
    scenario: str | None
    answer: str | None
    asked_at: datetime
    score: int | None
    """From 1, bad, to 5, excellent; None: not rated yet."""
    rated_at: datetime | None
    comment_until: datetime | None
    """Until when the customer's next line is the comment that they have asked to give."""
    comment_id: int | None
    """The message that is the comment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Satisfaction:
    """What a card tells: of its ticket, and of all tickets of its customer."""

    score: int | None
    comment: str | None
    average: float | None
    count: int


_COLUMNS: Final = [ratings.c[name] for name in Rating.__slots__]


class Ratings:
    """Ratings by ticket and by customer."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def get(self, ticket_id: int) -> Rating | None:
        row = self._connection.execute(select(*_COLUMNS).where(ratings.c.ticket_id == ticket_id))
        found = row.mappings().one_or_none()
        return Rating(**found) if found else None

    def asked_since(self, customer_id: int, moment: datetime) -> bool:
        """Whether the customer was asked about any ticket of theirs since then."""
        asked = select(func.max(ratings.c.asked_at)).where(ratings.c.customer_id == customer_id)
        last = self._connection.scalar(asked)
        return last is not None and last > moment

    def ask(self, ticket: Ticket) -> bool:
        """Note that the customer is asked about a ticket; False for one that they have rated already."""
        standing = self.get(ticket.id)
        about = {
            "operator_id": ticket.operator_id,
            "operator_name": ticket.operator_name,
            "scenario": ticket.scenario,
            "answer": ticket.answer,
            "asked_at": self._now,
        }
        if standing is None:
            new = insert(ratings).values(ticket_id=ticket.id, customer_id=ticket.customer_id, **about)
            self._connection.execute(new)
            return True
        asked = update(ratings).where(ratings.c.ticket_id == ticket.id, ratings.c.score.is_(None)).values(**about)
        return bool(self._connection.execute(asked).rowcount)

    def rate(self, ticket_id: int, score: int) -> bool:
        """Note a score; False where nobody has asked, or one stands already."""
        unrated = (ratings.c.ticket_id == ticket_id, ratings.c.score.is_(None))
        done = self._connection.execute(update(ratings).where(*unrated).values(score=score, rated_at=self._now))
        return bool(done.rowcount)

    def await_comment(self, ticket_id: int, until: datetime) -> bool:
        """Take the customer's next line for the comment; False where nothing was rated, or a comment stands."""
        uncommented = (
            ratings.c.ticket_id == ticket_id,
            ratings.c.score.is_not(None),
            ratings.c.comment_id.is_(None),
        )
        done = self._connection.execute(update(ratings).where(*uncommented).values(comment_until=until))
        return bool(done.rowcount)

    def comment(self, ticket_id: int, message_id: int) -> None:
        """Note which message the comment is."""
        here = ratings.c.ticket_id == ticket_id
        self._connection.execute(update(ratings).where(here).values(comment_id=message_id, comment_until=None))

    def satisfaction(self, ticket: Ticket) -> Satisfaction:
        """Return what the card of a ticket tells."""
        here = ratings.c.ticket_id == ticket.id
        text = self._connection.execute(select(ratings.c.score, ratings.c.comment_id).where(here)).one_or_none()
        theirs = select(func.avg(ratings.c.score), func.count(ratings.c.score))
        average, count = self._connection.execute(theirs.where(ratings.c.customer_id == ticket.customer_id)).one()
        score, comment = text or (None, None)
        return Satisfaction(
            score=score,
            comment=self._words(comment) if comment is not None else None,
            average=None if average is None else float(average),
            count=count,
        )

    def _words(self, comment_id: int) -> str:
        """Return the words of a comment, which may be several lines in a row."""
        parts = or_(messages.c.id == comment_id, messages.c.question_id == comment_id)
        theirs = (parts, messages.c.author == "customer")
        return "\n".join(self._connection.scalars(select(messages.c.text).where(*theirs).order_by(messages.c.id)))

    def commented_by(self, message_id: int) -> int | None:
        """Return the ticket whose comment a message is."""
        found: int | None = self._connection.scalar(
            select(ratings.c.ticket_id).where(ratings.c.comment_id == message_id)
        )
        return found
