"""What has changed since a moment, for those who look on: told from what units leave behind anyway.

Whatever changes about a ticket puts something into its lane of the outbox, and every line is a row of `messages`. So no
unit has to note anything more for the sake of who looks on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, func, select, tuple_

from storage.tables import customers, messages, outbox, placements

LANE: Final = "t:"
"""How the lanes of tickets begin."""
REACTIONS: Final = "r:"
"""How those of reactions begin: then come the chat, and the message in it."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Mark:
    """The last rows that have been seen."""

    outbox: int
    message: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One row since: what it is about, by ticket or by customer."""

    row: tuple[str, int]
    ticket_id: int | None = None
    customer_id: int | None = None


class News:
    """Reads the ends of two tables."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def mark(self) -> Mark:
        """Return where the tables end now."""
        ends = [self._connection.scalar(select(func.max(table.c.id))) or 0 for table in (outbox, messages)]
        return Mark(outbox=ends[0], message=ends[1])

    def all_since(self, mark: Mark) -> list[Change]:
        """Return what came after a mark."""
        effects = self._connection.execute(
            select(outbox.c.id, outbox.c.lane).where(
                outbox.c.id > mark.outbox, outbox.c.lane.startswith(LANE) | outbox.c.lane.startswith(REACTIONS)
            )
        ).all()
        lines = self._connection.execute(
            select(messages.c.id, messages.c.customer_id).where(messages.c.id > mark.message)
        )
        told = [
            Change(row=("outbox", row.id), ticket_id=int(row.lane.removeprefix(LANE)))
            for row in effects
            if row.lane.startswith(LANE)
        ]
        told += self._reactions({row.id: row.lane for row in effects if row.lane.startswith(REACTIONS)})
        return [*told, *(Change(row=("message", row.id), customer_id=row.customer_id) for row in lines)]

    def _reactions(self, lanes: Mapping[int, str]) -> list[Change]:
        """Return whose lines reactions stand on: a lane names the place, in the group or with a customer."""
        if not lanes:
            return []
        spots = {row: _spot(lane) for row, lane in lanes.items()}
        inside = self._connection.execute(
            select(placements.c.chat_id, placements.c.telegram_id, placements.c.ticket_id).where(
                tuple_(placements.c.chat_id, placements.c.telegram_id).in_(set(spots.values()))
            )
        )
        tickets = {(row.chat_id, row.telegram_id): row.ticket_id for row in inside}
        private = {str(chat) for chat, _ in spots.values() if chat > 0}
        people = self._connection.execute(
            select(customers.c.external_id, customers.c.id).where(
                customers.c.channel == "telegram", customers.c.external_id.in_(private)
            )
        )
        known = {int(row.external_id): row.id for row in people} if private else {}
        return [
            Change(row=("outbox", row), ticket_id=tickets.get(spot), customer_id=known.get(spot[0]))
            for row, spot in spots.items()
        ]


def _spot(lane: str) -> tuple[int, int]:
    """Return the chat and the message that the lane of a reaction names."""
    chat, _, message = lane.removeprefix(REACTIONS).partition(":")
    return int(chat), int(message)
