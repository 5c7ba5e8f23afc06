"""Where a line stands in the operator group: the only thing replies there are routed by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import placements


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """One Telegram message of a ticket in the operator group."""

    chat_id: int
    telegram_id: int
    ticket_id: int
    message_id: int | None
    """The stored message it shows; None for cards and notices."""


class Placements:
    """Placements by chat and Telegram message id."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, new: Iterable[Placement]) -> None:
        rows = [
            {"chat_id": p.chat_id, "telegram_id": p.telegram_id, "ticket_id": p.ticket_id, "message_id": p.message_id}
            for p in new
        ]
        if rows:
            await self._connection.execute(insert(placements), rows)

    async def at(self, chat_id: int, telegram_id: int) -> Placement | None:
        """Return what stands at this message, if it belongs to a ticket."""
        return await self._first(placements.c.chat_id == chat_id, placements.c.telegram_id == telegram_id)

    async def of_message(self, message_id: int) -> Placement | None:
        """Return where a stored message stands in the group; the first place when it took several."""
        return await self._first(placements.c.message_id == message_id)

    async def _first(self, *conditions: object) -> Placement | None:
        row = await self._connection.execute(
            select(placements).where(*conditions).order_by(placements.c.telegram_id).limit(1)  # type: ignore[arg-type]
        )
        found = row.mappings().one_or_none()
        return Placement(**found) if found else None
