"""Inbox and outbox: one mechanism. A row has a lane; only the head of a lane is ever due; lanes run in parallel.

`lanes` holds one row a lane with a count of what waits there, so a claim looks at lanes, never at the backlog: its
cost does not grow with it. A claim on PostgreSQL pushes the lane's `due_at` to the end of a lease; on SQLite the
one process that owns the file remembers what it is busy with, and a claim writes nothing.

A lane has its place in the line by when its head came in, and keeps it until it is empty. What one task leaves behind
(a promise, an answer) came in when that task did: so an old question's answer does not pass for something new.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, ClassVar, Final

from sqlalchemy import Connection, delete, func, select, update

from storage import queue_statements as named
from storage.errors import AlreadySettled
from storage.prepared import Prepared
from storage.quarantined import Quarantined, discarded
from storage.queue_statements import BLANK, DONE, NOBODY, QUARANTINED, WAITING, QueueName
from storage.queue_time import QueueMoment
from storage.records import Entry, Task
from storage.tables import lanes

ANY_RANK: Final = 9
CROWD_MOST: Final = 200
OF_TASKS: Final = ("id", "key", "lane", "payload", "attempts", "created_at", "rank", "calls")
"""The columns of a task; calls are the outbox's alone."""
LEASE: Final = timedelta(seconds=15)
"""So long a lane stays with a process that has died; whoever lives renews it (`services/queues/leases.py`)."""


class Queue:
    """One of the two, inside a unit. Lane counts are written once, as the unit closes, in one order for all."""

    _unspent: ClassVar[Mapping[str, int]] = {"attempts": 0}
    """What a row that is played again on demand begins with."""

    def __init__(
        self, connection: Connection, name: QueueName, now: datetime, moment: QueueMoment, since: datetime | None
    ) -> None:
        """`now`: people's time; `moment`: the time of queues on SQLite; `since`: when the unit's cause came in."""
        self._connection = connection
        self._dialect = connection.dialect.name
        self.name: QueueName = name
        self._table = named.TABLES[name]
        self._statements = named.statements(name, self._dialect)
        self._now = now
        self._moment = moment
        self._since = since
        self._shared = self._dialect == "postgresql"
        self._entries: dict[str, Entry] = {}
        self._left: Counter[str] = Counter()
        self._forgotten: set[str] = set()
        self._places: dict[str, datetime | None] = {}
        self.stirred = False
        """True when the closed unit may have left work that a worker can take."""

    def put(self, entry: Entry) -> None:
        """Add work; an entry whose key is known is dropped as the unit closes."""
        self._entries.setdefault(entry.key, entry)

    def settle(self, task: Task, *, error: str | None = None) -> None:
        """Mark a task done, or quarantined when it ends in an error. Raises AlreadySettled."""
        to = DONE if error is None else QUARANTINED
        finish = {"row": task.id, "to": to, "at": self._now, "why": error}
        if self._statements.finish.run(self._connection, finish) == 0:
            raise AlreadySettled(f"{self.name} row {task.id}")
        self._note_left(task)

    def _note_left(self, task: Task) -> None:
        self._left[task.lane] += 1
        self._places.setdefault(task.lane, task.place)

    def forget(self, task: Task) -> None:
        """Keep no more of a task under way than its key, and no lane that only it has made."""
        self._forgotten.add(task.lane)
        table = self._table
        self._connection.execute(update(table).where(table.c.id == task.id).values(payload=BLANK, lane=NOBODY))

    def postpone(self, task: Task, after: timedelta, *, error: str, attempt: bool) -> None:
        """Let a lane rest; `attempt` says whether that counts as a try of its head."""
        table = self._table
        self._connection.execute(
            update(table)
            .where(table.c.id == task.id)
            .values(attempts=table.c.attempts + (1 if attempt else 0), error=error)
        )
        self._let_rest(task, after)

    def _let_rest(self, task: Task, after: timedelta) -> None:
        rest = {"rest": after} if self._shared else {"t": self._moment.now + after}
        self._statements.rest.run(self._connection, {"q": self.name, "n": task.lane} | rest)

    def claim(
        self, *, pool: str, most: int, busy: Collection[str], newest: int = 0, rank_most: int = ANY_RANK
    ) -> list[Task]:
        """Return the heads of up to `most` due lanes, the most urgent first. `busy`: lanes this process works on.

        `newest`: how many of them to take from the end of the line, where those stand who have just come. A lane with
        nothing that ranks `rank_most` or before it is left alone.
        """
        parameters: dict[str, Any] = {
            "q": self.name,
            "p": pool,
            "busy": named.list_of(busy, self._dialect),
            "most": most,
            "newest": newest,
            "rank": rank_most,
        }
        parameters |= {"lease": LEASE} if self._shared else {"t": self._moment.now}
        return self._statements.claim.records(self._connection, parameters, Task)

    def renew(self, held: Mapping[str, datetime]) -> datetime:
        """Push out leases, each known by when it ends; what has been settled or lost meanwhile stays so."""
        now: datetime = (self._connection.execute(select(func.statement_timestamp()))).scalar_one()
        until = now + LEASE
        changes = [{"q": self.name, "n": lane, "was": held[lane], "until": until} for lane in sorted(held)]
        self._statements.renew.each(self._connection, changes)
        return until

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

    def retry(self, ids: Iterable[int] | None = None) -> int:
        """Put quarantined tasks back into their lanes (all of them without `ids`); return how many."""
        table = self._table
        statement = update(table).where(table.c.state == QUARANTINED)
        if ids is not None:
            statement = statement.where(table.c.id.in_(list(ids)))
        again = statement.values(state=WAITING, settled_at=None, **self._unspent).returning(table.c.lane)
        lanes_again = (self._connection.scalars(again)).all()
        self._left.subtract(lanes_again)
        return len(lanes_again)

    def discard(self, ids: Iterable[int]) -> int:
        """Let quarantined tasks be; return how many. Their rows go with those of tasks that are done."""
        return discarded(self._connection, self._table, ids)

    def flush(self) -> None:
        """Write what was put, and every lane's count. The unit calls it last: lane locks live for one commit."""
        arrived: dict[str, list[Entry]] = {}
        for entry in self._insert():
            arrived.setdefault(entry.lane, []).append(entry)
        grown = [
            {
                "n": lane,
                "p": new[0].pool,
                "r": min(entry.rank for entry in new),
                "w": len(new),
                "at": min(map(self._came_in, new)),
            }
            for lane, new in arrived.items()
            if lane not in self._left
        ]
        moved = [
            {"n": lane, "w": len(arrived.get(lane, ())) - left, "place": self._places.get(lane)}
            for lane, left in self._left.items()
        ]
        self._count(self._statements.grow, grown)
        self._count(self._statements.advance, moved)
        if self._forgotten:
            empty = (lanes.c.queue == self.name, lanes.c.name.in_(self._forgotten), lanes.c.waiting == 0)
            self._connection.execute(delete(lanes).where(*empty))
        self.stirred = bool(arrived) or any(left < 0 for left in self._left.values())

    def _insert(self) -> list[Entry]:
        if not self._entries:
            return []
        rows = [
            {
                "key": entry.key,
                "lane": entry.lane,
                "rank": entry.rank,
                "payload": entry.payload,
                "state": WAITING,
                "created_at": self._came_in(entry),
            }
            for entry in self._entries.values()
        ]
        return [self._entries[key] for key in self._new(rows)]

    def _new(self, rows: list[dict[str, Any]]) -> Iterable[str]:
        """Put rows in, and return the keys that were new; several go to a server in one statement."""
        if self._shared and len(rows) > 1:
            return self._connection.scalars(self._statements.insert, rows)
        one = self._statements.insert_one
        return [key for row in rows for (key,) in one.rows(self._connection, row)]

    def _count(self, statement: Prepared, changes: list[dict[str, Any]]) -> None:
        if changes:
            changes.sort(key=lambda change: change["n"])
            same = {"q": self.name} if self._shared else {"q": self.name, "t": self._moment.newest_place}
            statement.each(self._connection, [same | one for one in changes])

    def _came_in(self, entry: Entry) -> datetime:
        return entry.since or self._since or self._now
