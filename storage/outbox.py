"""The outbox: a queue that also notes each call to the messenger before it leaves.

A call cannot be taken back, and the messenger knows no idempotency key. So whoever finds a row after a kill must be
able to tell one that was never sent from one that may have been.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any, ClassVar, Final

from sqlalchemy import Connection, and_, bindparam, or_, select, text, update

from storage.errors import AlreadySettled
from storage.prepared import Prepared
from storage.quarantined import Quarantined
from storage.queue_statements import DONE, QUARANTINED, WAITING, among, list_of
from storage.queue_time import QueueMoment
from storage.queues import Queue
from storage.records import Task
from storage.tables import outbox

UNCONFIRMED: Final = "unconfirmed: "
"""Before the reason of a row that was set aside because nobody knows whether it arrived."""


@cache
def _done(dialect: str) -> Prepared:
    return Prepared(
        update(outbox)
        .where(among(outbox.c.id, "rows", dialect), outbox.c.state == WAITING)
        .values(state=DONE, settled_at=bindparam("at"), error=None)
    )


@cache
def _begin(dialect: str) -> Prepared:
    return Prepared(
        update(outbox)
        .where(among(outbox.c.id, "rows", dialect), outbox.c.state == WAITING, outbox.c.calls == bindparam("was"))
        .values(calls=outbox.c.calls + 1, called_at=bindparam("at"))
    )


class Outbox(Queue):
    """`tasks` of one call are rows of one lane with the same number of calls behind them."""

    _unspent: ClassVar[Mapping[str, int]] = {"attempts": 0, "calls": 0}

    def __init__(self, connection: Connection, now: datetime, moment: QueueMoment, since: datetime | None) -> None:
        super().__init__(connection, "outbox", now, moment, since)

    def begin(self, tasks: Sequence[Task]) -> None:
        """Note that calls for these are about to leave. Raises AlreadySettled if another process has come first."""
        for was in sorted({task.calls for task in tasks}):
            same = [task for task in tasks if task.calls == was]
            begun = {"rows": self._ids(same), "was": was, "at": self._now}
            if _begin(self._dialect).run(self._connection, begun) != len(same):
                raise AlreadySettled(f"one of {len(same)} outbox rows")

    def settle_all(self, tasks: Sequence[Task]) -> None:
        """Mark tasks done. Raises AlreadySettled if one of them is."""
        done = {"rows": self._ids(tasks), "at": self._now}
        if _done(self._dialect).run(self._connection, done) != len(tasks):
            raise AlreadySettled(f"one of {len(tasks)} outbox rows")
        for task in tasks:
            self._note_left(task)

    def recall(self, tasks: Sequence[Task]) -> None:
        """Note that the call begun for these was certainly not carried out."""
        self._change(tasks, was=tasks[0].calls + 1, calls=tasks[0].calls)

    def doubt(self, tasks: Sequence[Task], after: timedelta, *, error: str) -> None:
        """Note that the call begun for these ended without a clear answer, and let their lane rest.

        `attempts` becomes the number of calls whose end was seen: fewer than `calls` tells of a kill.
        """
        self._change(tasks, was=tasks[0].calls + 1, attempts=outbox.c.calls, error=error)
        self._let_rest(tasks[0], after)

    def unconfirmed(self, *, since: datetime) -> list[Quarantined]:
        """Return what was set aside since then because nobody knows whether it arrived."""
        o = outbox
        rows = self._connection.execute(
            select(*(o.c[name] for name in Quarantined.__slots__))
            .where(o.c.state == QUARANTINED, o.c.settled_at >= since, o.c.error.startswith(UNCONFIRMED))
            .order_by(o.c.id)
        )
        return [Quarantined(**row) for row in rows.mappings()]

    def waits(self, lane: str, payload: str) -> bool:
        """Whether this very work waits in a lane; who asks may put it there, nobody else until this unit closes.

        Units of PostgreSQL run side by side and do not see each other's rows, so each of several would put it in.
        """
        o = outbox
        if self._dialect == "postgresql":
            self._connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:lane, 0))"), {"lane": lane})
        same = select(o.c.id).where(o.c.lane == lane, o.c.state == WAITING, o.c.payload == payload).limit(1)
        return self._connection.scalar(same) is not None

    def open_ends(self, lane: str) -> list[tuple[str, str | None]]:
        """Return what of a lane waits, with None, or was set aside, with the reason: of all else it is certain."""
        o = outbox  # states by literals, as the partial indexes say it
        waits, aside = (text(f"outbox.state = {state}") for state in (WAITING, QUARANTINED))
        due = self._connection.scalars(select(o.c.payload).where(o.c.lane == lane, waits))
        found: list[tuple[str, str | None]] = [(payload, None) for payload in due]
        rows = self._connection.execute(select(o.c.payload, o.c.error).where(o.c.lane == lane, aside).order_by(o.c.id))
        return [*((payload, error or "") for payload, error in rows), *found]

    def may_show(self, lane: str, payload: str) -> bool:
        """Whether this very work waits, or was set aside because it may have been done."""
        o = outbox
        unclear = and_(o.c.state == QUARANTINED, o.c.error.startswith(UNCONFIRMED))
        same = select(o.c.id).where(o.c.lane == lane, o.c.payload == payload, or_(o.c.state == WAITING, unclear))
        return self._connection.scalar(same.limit(1)) is not None

    def _ids(self, tasks: Sequence[Task]) -> Any:
        return list_of([task.id for task in tasks], self._dialect)

    def _change(self, tasks: Sequence[Task], *, was: int, **values: Any) -> None:
        o = outbox
        ids = [task.id for task in tasks]
        self._connection.execute(
            update(o).where(o.c.id.in_(ids), o.c.state == WAITING, o.c.calls == was).values(**values)
        )
