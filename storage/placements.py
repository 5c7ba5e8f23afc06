"""Where a line stands in the operator group: the only thing replies there are routed by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, bindparam, delete, exists, select, update

from storage.queue_statements import INSERTS
from storage.tables import placements, tickets

_THERE: Final = (placements.c.chat_id == bindparam("chat"), placements.c.telegram_id == bindparam("at"))
_NO_CARD: Final = (
    update(tickets)
    .where(
        tickets.c.chat_id == bindparam("chat"),
        tickets.c.card_id == bindparam("at"),
        tickets.c.id != bindparam("but"),
        tickets.c.id.in_(select(placements.c.ticket_id).where(*_THERE)),
    )
    .values(card_id=None)
)
_TAKEN: Final = select(exists().where(*_THERE))
_REMOVE: Final = delete(placements).where(*_THERE)
_NOBODY: Final = 0
"""No ticket has this number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """One Telegram message of a ticket in the operator group."""

    chat_id: int
    telegram_id: int
    ticket_id: int
    message_id: int | None
    """The stored message it shows; None for cards and notices."""
    inside: bool = False
    """It asks for a note, or was deleted at the customer's side: what answers it stays among colleagues."""
    notice: bool = False
    """It speaks to colleagues: an answer to it is not meant for the customer, as far as anybody knows."""


class Placements:
    """Placements by chat and Telegram message id."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: Iterable[Placement]) -> None:
        rows = [
            {
                "chat_id": p.chat_id,
                "telegram_id": p.telegram_id,
                "ticket_id": p.ticket_id,
                "message_id": p.message_id,
                "inside": p.inside,
                "notice": p.notice,
            }
            for p in new
        ]
        if rows:
            # A message stands in one place, so whoever comes later to an id is right: it has begun to count anew.
            there = [{"chat": p["chat_id"], "at": p["telegram_id"], "but": p["ticket_id"]} for p in rows]
            self._connection.execute(_NO_CARD, there)
            adding = INSERTS[self._connection.dialect.name](placements)
            newest = {name: adding.excluded[name] for name in ("ticket_id", "message_id", "inside", "notice")}
            self._connection.execute(
                adding.on_conflict_do_update(index_elements=["chat_id", "telegram_id"], set_=newest), rows
            )

    def give_up(self, chat_id: int, telegram_id: int) -> None:
        """Note that what stands there belongs to no ticket: what once did is from before the ids began anew."""
        there = {"chat": chat_id, "at": telegram_id}
        if self._connection.scalar(_TAKEN, there):
            self._connection.execute(_NO_CARD, there | {"but": _NOBODY})
            self._connection.execute(_REMOVE, there)

    def shows_any(self, chat_id: int, message_ids: Sequence[int]) -> bool:
        """Whether something in a group shows one of these stored messages already."""
        there = (placements.c.chat_id == chat_id, placements.c.message_id.in_(message_ids))
        return bool(self._connection.scalar(select(exists().where(*there))))

    def keep_inside(self, message_id: int) -> None:
        """Note that a line was deleted at the customer's side: whatever its author makes of it does not go out."""
        self._connection.execute(update(placements).where(placements.c.message_id == message_id).values(inside=True))

    def showing(self, message_id: int) -> Placement | None:
        """Return where a stored message was shown first."""
        row = self._connection.execute(
            select(placements)
            .where(placements.c.message_id == message_id)
            .order_by(placements.c.chat_id, placements.c.telegram_id)
            .limit(1)
        )
        found = row.mappings().one_or_none()
        return Placement(**found) if found else None

    def at(self, chat_id: int, telegram_id: int) -> Placement | None:
        """Return what stands at this message, if it belongs to a ticket."""
        row = self._connection.execute(
            select(placements).where(placements.c.chat_id == chat_id, placements.c.telegram_id == telegram_id)
        )
        found = row.mappings().one_or_none()
        return Placement(**found) if found else None
