"""A look at the queues that costs the same whatever their backlog: it fails where a claim would."""

from __future__ import annotations

from sqlalchemy import Connection, select

from storage.queue_statements import TABLES, WAITING
from storage.tables import lanes


class QueueProbe:
    """Reads a little of each part."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def run(self) -> None:
        for name, t in TABLES.items():
            self._connection.execute(select(lanes).where(lanes.c.queue == name).limit(1))
            self._connection.execute(select(t).where(t.c.state == WAITING).order_by(t.c.lane, t.c.id).limit(1))
            self._connection.execute(select(t).order_by(t.c.id.desc()).limit(1))
