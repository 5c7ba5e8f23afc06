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
from storage.notifications import Stir
from storage.prepared import Prepared
from storage.quarantined import discarded
from storage.queue_reads import QueueReads
from storage.queue_statements import BLANK, DONE, NOBODY, QUARANTINED, WAITING, QueueName
from storage.queue_time import QueueMoment
from storage.records import Entry, Task
from storage.tables import lanes

ANY_RANK: Final = 9
LEASE: Final = timedelta(seconds=15)
"""So long a lane stays with a process that has died; whoever lives renews it (`services/queues/leases.py`)."""


class Queue(QueueReads):
    """One of the two, inside a unit. Lane counts are written once, as the unit closes, in one order for all."""

    _unspent: ClassVar[Mapping[str, int]] = {"attempts": 0}
    """What a row that is played again on demand begins with."""

    def __init__(
        self, connection: Connection, name: QueueName, now: datetime, moment: QueueMoment, since: datetime | None
    ) -> None:
        """`now`: people's time; `moment`: the time of queues on SQLite; `since`: when the unit's cause came in."""
        super().__init__(connection, name)
        self._dialect = connection.dialect.name
        self._statements = named.statements(name, self._dialect)
        self._now = now
        self._moment = moment
        self._since = since
        self._shared = self._dialect == "postgresql"
        self._entries: dict[str, Entry] = {}
        self._left: Counter[str] = Counter()
        self._forgotten: set[str] = set()
        self._places: dict[str, datetime | None] = {}

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

    def flush(self) -> Stir:
        """Write what was put, and every lane's count; return what workers should know of it.

        The unit calls it last: lane locks live for one commit.
        """
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
        left = self._advance(moved)
        if self._forgotten:
            empty = (lanes.c.queue == self.name, lanes.c.name.in_(self._forgotten), lanes.c.waiting == 0)
            self._connection.execute(delete(lanes).where(*empty))
        brought_back = [lane for lane, gone in self._left.items() if gone < 0]
        return Stir(
            queue=self.name,
            pools=frozenset(entry.pool for new in arrived.values() for entry in new) | self._pools_of(brought_back),
            lanes=frozenset((*arrived, *brought_back)),
            left=left,
        )

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
            statement.each(self._connection, self._in_order(changes))

    def _advance(self, changes: list[dict[str, Any]]) -> frozenset[str]:
        """Return the lanes that have more; of several on a server, which takes one trip for them, all might."""
        if self._shared and len(changes) > 1:
            self._count(self._statements.advance, changes)
            return frozenset(self._left)
        rows = [self._statements.advance.rows(self._connection, one) for one in self._in_order(changes)]
        return frozenset(lane for ((lane, waiting),) in rows if waiting)

    def _in_order(self, changes: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return them in the order in which everybody locks lanes."""
        same = {"q": self.name} if self._shared else {"q": self.name, "t": self._moment.newest_place}
        return [same | one for one in sorted(changes, key=lambda change: change["n"])]

    def _pools_of(self, names: Collection[str]) -> frozenset[str]:
        if not names:
            return frozenset()
        return frozenset(
            self._connection.scalars(select(lanes.c.pool).where(lanes.c.queue == self.name, lanes.c.name.in_(names)))
        )

    def _came_in(self, entry: Entry) -> datetime:
        return entry.since or self._since or self._now
