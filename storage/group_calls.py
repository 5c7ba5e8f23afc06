"""When calls to a group began: its limit is shared by replicas and outlives a restart.

On PostgreSQL its server's clock counts, the same for all replicas. SQLite has one process, so its own clock does.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select, text, update

from storage.tables import Moment, group_calls


class GroupCalls:
    """Calls by chat."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    @property
    def _shared(self) -> bool:
        return self._connection.dialect.name == "postgresql"

    def ages(self, chat_id: int, within: timedelta) -> list[tuple[int, timedelta]]:
        """Return the row of each call that is not older than `within`, and how long ago it began, the oldest first."""
        now = self._moment()
        calls = self._connection.execute(
            select(group_calls.c.id, group_calls.c.called_at)
            .where(group_calls.c.chat_id == chat_id, group_calls.c.called_at > now - within)
            .order_by(group_calls.c.called_at)
        )
        return [(row, max(now - called_at, timedelta(0))) for row, called_at in calls]

    def hold(self, chat_id: int, within: timedelta) -> None:
        """Let nobody else count calls to this chat until the unit closes, and forget those that count no more.

        A call from the future was made before the clock was set back: it happened just now at the latest.
        """
        if self._shared:
            self._connection.execute(text("SELECT pg_advisory_xact_lock(:chat)"), {"chat": chat_id})
        now = self._moment()
        of_chat = group_calls.c.chat_id == chat_id
        self._connection.execute(delete(group_calls).where(of_chat, group_calls.c.called_at <= now - within))
        self._connection.execute(
            update(group_calls).where(of_chat, group_calls.c.called_at > now).values(called_at=now)
        )

    def add(self, chat_id: int, count: int) -> list[int]:
        """Note calls that begin now; return their rows."""
        now = self._moment()
        rows = [{"chat_id": chat_id, "called_at": now} for _ in range(count)]
        return list(self._connection.scalars(insert(group_calls).returning(group_calls.c.id), rows))

    def put_off(self, rows: Collection[int]) -> None:
        """Let calls count from now on: they took so long that nobody knows when they arrived."""
        now = self._moment()
        self._connection.execute(update(group_calls).where(group_calls.c.id.in_(rows)).values(called_at=now))

    def shift(self, by: timedelta) -> None:
        """Follow a clock that has been set: what happened a while ago happened that while ago still."""
        calls = (self._connection.execute(select(group_calls.c.id, group_calls.c.called_at))).all()
        for row, called_at in calls:
            self._connection.execute(
                update(group_calls).where(group_calls.c.id == row).values(called_at=called_at + by)
            )

    def _moment(self) -> datetime:
        if not self._shared:
            return self._now
        clock = func.clock_timestamp(type_=Moment)
        return (self._connection.execute(select(clock))).scalar_one()
