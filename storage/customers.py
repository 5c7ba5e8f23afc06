"""Who writes to the business."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.records import Channel, Customer, Language
from storage.tables import customers

_COLUMNS: Final = [column for column in customers.c]
_NAMES_MOST: Final = 256


class Customers:
    """Customers by channel and outside id."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    async def find(self, channel: Channel, external_id: str) -> Customer | None:
        return await self._one(customers.c.channel == channel, customers.c.external_id == external_id)

    async def get(self, customer_id: int) -> Customer | None:
        return await self._one(customers.c.id == customer_id)

    async def lock(self, customer_id: int) -> Customer | None:
        """Read the customer and hold the conversation until the unit closes (a no-op on SQLite: its units are alone)."""
        row = await self._connection.execute(select(*_COLUMNS).where(customers.c.id == customer_id).with_for_update())
        found = row.mappings().one_or_none()
        return Customer(**found) if found else None

    async def add(
        self,
        *,
        channel: Channel,
        external_id: str,
        first_name: str,
        last_name: str,
        username: str | None,
        language: Language,
    ) -> Customer:
        row = await self._connection.execute(
            insert(customers)
            .values(
                channel=channel,
                external_id=external_id,
                first_name=first_name[:_NAMES_MOST],
                last_name=last_name[:_NAMES_MOST],
                username=username,
                language=language,
                language_chosen=False,
                reachable=True,
                created_at=self._now,
            )
            .returning(*_COLUMNS)
        )
        return Customer(**row.mappings().one())

    async def change(
        self,
        customer_id: int,
        **changes: str | bool | None,
    ) -> None:
        """Set columns of one customer (`first_name`, `language`, `reachable`, …)."""
        await self._connection.execute(update(customers).where(customers.c.id == customer_id).values(**changes))

    async def _one(self, *conditions: object) -> Customer | None:
        row = await self._connection.execute(select(*_COLUMNS).where(*conditions))  # type: ignore[arg-type]
        found = row.mappings().one_or_none()
        return Customer(**found) if found else None
