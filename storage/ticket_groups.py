"""Which operator group tickets belong to, when the settings name other groups than they did."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from sqlalchemy import ColumnElement, Connection, case, select, text, update

from storage.records import Ticket
from storage.tables import NOT_CLOSED, lanes, tickets

_ICON: Final = case(
    (tickets.c.status == "closed", "closed"),
    (tickets.c.snoozed_at.is_not(None), "snoozed"),
    (tickets.c.waiting_since.is_(None), "awaited"),
    (tickets.c.status == "taken", "taken"),
    else_="waiting",
)
"""`Ticket.icon`, for a search; a test compares both."""
_ICON_LEFT: Final = text("tickets.status = 'closed' AND tickets.topic_icon <> 'closed'")
"""As the partial index says it."""


class TicketGroups:
    """Tickets and what waits to be told of them, by group."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def strange(self, known: Collection[int]) -> bool:
        """Whether a ticket belongs to a group that is not among the known ones."""
        found = select(tickets.c.id).where(*self._strange(known)).limit(1)
        return self._connection.scalar(found) is not None

    def send_home(self, known: Collection[int], *, pool: str) -> int:
        """Let tickets of groups that are no longer known belong to the first one; return how many did.

        What waits to be told of them, or of those groups, joins the first one's `pool`.
        """
        nowhere = {"group_id": None, "thread_id": None, "topic_id": None, "card_id": None}
        sent = self._connection.execute(update(tickets).where(*self._strange(known)).values(**nowhere))
        pools = [f"{pool}:{group_id}" for group_id in known]
        elsewhere = lanes.c.queue == "outbox", lanes.c.pool.startswith(f"{pool}:"), lanes.c.pool.not_in(pools)
        self._connection.execute(update(lanes).where(*elsewhere).values(pool=pool))
        return sent.rowcount

    def leave(self, group_id: int | None, chat_id: int) -> list[Ticket]:
        """Forget where the open tickets of a group stand that lives in another chat from now on, and return them."""
        elsewhere = (tickets.c.chat_id.is_not(None), tickets.c.chat_id != chat_id)
        rows = self._connection.execute(
            update(tickets)
            .where(NOT_CLOSED, tickets.c.group_id.is_not_distinct_from(group_id), *elsewhere)
            .values(chat_id=None, topic_id=None, card_id=None)
            .returning(*(tickets.c[name] for name in Ticket.__slots__))
        )
        return sorted((Ticket(**row) for row in rows.mappings()), key=lambda ticket: ticket.id)

    def gather(self, group_id: int | None, chat_id: int) -> list[Ticket]:
        """Forget where open tickets of a group stand outside of this chat, and return these, cards or not."""
        rows = self._connection.execute(
            update(tickets)
            .where(NOT_CLOSED, tickets.c.group_id.is_not_distinct_from(group_id))
            .where(tickets.c.chat_id.is_distinct_from(chat_id))
            .values(chat_id=None, topic_id=None, card_id=None)
            .returning(*(tickets.c[name] for name in Ticket.__slots__))
        )
        return sorted((Ticket(**row) for row in rows.mappings()), key=lambda ticket: ticket.id)

    def wrong_icon(self, group_id: int | None, chat_id: int) -> int | None:
        """Return a ticket of a group whose topic there has another icon than it should have; the open ones first.

        A topic of a closed ticket that never had an icon is left as it is.
        """
        here = (
            tickets.c.group_id.is_not_distinct_from(group_id),
            tickets.c.chat_id == chat_id,
            tickets.c.topic_id.is_not(None),
        )
        still = select(tickets.c.id).where(NOT_CLOSED, *here, tickets.c.topic_icon.is_distinct_from(_ICON))
        left = select(tickets.c.id).where(_ICON_LEFT, *here)
        found = self._connection.scalar(still.order_by(tickets.c.id.desc()).limit(1))
        return found or self._connection.scalar(left.order_by(tickets.c.id).limit(1))

    @staticmethod
    def _strange(known: Collection[int]) -> tuple[ColumnElement[bool], ...]:
        return tickets.c.group_id.is_not(None), tickets.c.group_id.not_in(known)
