"""A look at the queues that costs the same whatever their backlog: it fails where a claim would."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.queue_statements import TABLES, WAITING
from storage.tables import lanes


class Glance:
    """Reads a little of each part."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def queues(self) -> None:
        for name, t in TABLES.items():
            await self._connection.execute(select(lanes).where(lanes.c.queue == name).limit(1))
            await self._connection.execute(select(t).where(t.c.state == WAITING).order_by(t.c.lane, t.c.id).limit(1))
            await self._connection.execute(select(t).order_by(t.c.id.desc()).limit(1))
