"""What can be known of a queue without changing it: how much waits, what was set aside, what stands behind a task."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, func, select

from storage import queue_statements as named
from storage.quarantined import Quarantined
from storage.queue_statements import QUARANTINED, WAITING, QueueName
from storage.records import Task
from storage.tables import lanes

CROWD_MOST: Final = 200
OF_TASKS: Final = ("id", "key", "lane", "payload", "attempts", "created_at", "rank", "calls")
"""The columns of a task; calls are the outbox's alone."""


class QueueReads:
    """Looks into one of the two, inside a unit."""

    def __init__(self, connection: Connection, name: QueueName) -> None:
        self._connection = connection
        self.name: QueueName = name
        self._table = named.TABLES[name]

    def crowd(self, *, pool: str, past: int = -1) -> int:
        """How many lanes have something waiting, and nothing as urgent as `past`; no more than 200 are counted."""
        waiting = select(lanes.c.name).where(
            lanes.c.queue == self.name, lanes.c.pool == pool, lanes.c.due_at.is_not(None), lanes.c.rank > past
        )
        counted = select(func.count()).select_from(waiting.limit(CROWD_MOST).subquery())
        return self._connection.scalar(counted) or 0

    def backlog(self) -> tuple[int, datetime | None]:
        """How many tasks wait, and since when the oldest does."""
        waiting = self._connection.scalar(
            select(func.sum(lanes.c.waiting)).where(lanes.c.queue == self.name, lanes.c.due_at.is_not(None))
        )
        oldest = self._connection.scalar(
            select(func.min(self._table.c.created_at)).where(self._table.c.state == WAITING)
        )
        return int(waiting or 0), oldest

    def newest(self) -> datetime | None:
        """When the last task was put in, whatever became of it."""
        t = self._table
        found: datetime | None = self._connection.scalar(select(t.c.created_at).order_by(t.c.id.desc()).limit(1))
        return found

    def quarantined(self, *, most: int = 100) -> list[Quarantined]:
        """Return what was set aside, the oldest first."""
        return self._aside(self._table.c.id, most=most)

    def aside_from(self, since: datetime, *, most: int) -> list[Quarantined]:
        """Return what was set aside from then on and still is, in the order in which it was."""
        t = self._table
        return self._aside(t.c.settled_at, t.c.id, most=most, since=since)

    def _aside(self, *order: Any, most: int, since: datetime | None = None) -> list[Quarantined]:
        t = self._table
        found = select(*(t.c[name] for name in Quarantined.__slots__)).where(t.c.state == QUARANTINED)
        found = found if since is None else found.where(t.c.settled_at >= since)
        rows = self._connection.execute(found.order_by(*order).limit(most))
        return [Quarantined(**row) for row in rows.mappings()]

    def count_quarantined(self) -> int:
        statement = select(func.count()).select_from(self._table).where(self._table.c.state == QUARANTINED)
        return self._connection.scalar(statement) or 0

    def behind(self, task: Task, *, most: int) -> list[Task]:
        """Return what waits right behind the head of a lane."""
        return self._beside(task, self._table.c.id > task.id, most=most)

    def same(self, task: Task) -> list[Task]:
        """Return the very same work that waits in the lane besides a task."""
        return self._beside(task, self._table.c.id != task.id, self._table.c.payload == task.payload)

    def _beside(self, task: Task, *conditions: Any, most: int | None = None) -> list[Task]:
        t = self._table
        rows = self._connection.execute(
            select(*(t.c[name] for name in OF_TASKS if name in t.c))
            .where(t.c.lane == task.lane, t.c.state == WAITING, *conditions)
            .order_by(t.c.id)
            .limit(most)
        )
        return [Task(**row) for row in rows.mappings()]
