"""The named queries of inbox and outbox, built once for each queue and dialect."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal

from sqlalchemy import Executable, String, Table, bindparam, case, func, null, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.tables import Moment, inbox, lanes, outbox

QueueName = Literal["inbox", "outbox"]
WAITING: Final = 0
DONE: Final = 1
QUARANTINED: Final = 2

TABLES: Final[dict[QueueName, Table]] = {"inbox": inbox, "outbox": outbox}
INSERTS: Final[dict[str, Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
"""Both speak of conflicts in the same words, though they share no type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """Parameters stand in capitals of their own meaning: `n` lane, `q` queue, `w` how many more wait, `t` now."""

    insert: Executable
    """Put tasks in; a known key is passed over. Returns the keys that were new."""
    claim: Executable
    """Take the heads of due lanes."""
    finish: Executable
    """Close one task, if it is still open."""
    grow: Executable
    """Count what was put into lanes."""
    advance: Executable
    """Count what left lanes, and let the next in line be due."""
    renew: Executable
    """Push out a lease that is still the one that was given."""


@cache
def statements(name: QueueName, dialect: str) -> Statements:
    """Return the queries of one queue for `sqlite` or `postgresql`."""
    return Statements(
        insert=_insert(name, dialect),
        claim=_claim(name, dialect),
        finish=_finish(name),
        grow=_grow(dialect),
        advance=_advance(name),
        renew=_renew(),
    )


def _insert(name: QueueName, dialect: str) -> Executable:
    table = TABLES[name]
    new: Executable = INSERTS[dialect](table).on_conflict_do_nothing(index_elements=["key"]).returning(table.c.key)
    return new


def _claim(name: QueueName, dialect: str) -> Executable:
    due = """SELECT name, rank FROM lanes
             WHERE queue = :q AND pool = :p AND rank <= :rank AND due_at <= :t AND name NOT IN :busy
             ORDER BY rank, due_at LIMIT :most"""
    lease = f"""WITH due AS ({due} FOR UPDATE SKIP LOCKED), claimed AS (
                UPDATE lanes SET due_at = :leased FROM due
                WHERE lanes.queue = :q AND lanes.name = due.name RETURNING lanes.name, lanes.rank)"""  # noqa: S608  # no input in it
    # Compared as a pair, the lane's first row can only be found by the index of what waits. With `lane = …` PostgreSQL
    # may prefer to read the primary key from its beginning, past all that was ever done in a busy lane.
    calls = ", t.calls" if name == "outbox" else ""
    heads = f"""SELECT t.id, t.key, t.lane, t.payload, t.attempts, t.created_at, t.rank,
                       claimed.rank AS lane_rank{calls}
                FROM claimed JOIN {name} t ON t.lane = claimed.name AND t.id = (
                    SELECT id FROM {name} WHERE (lane, id) > (claimed.name, 0) AND state = {WAITING}
                    ORDER BY lane, id LIMIT 1)
                ORDER BY claimed.rank, t.id"""  # noqa: S608  # the name is one of two literals
    times = [bindparam("t", type_=Moment)]
    if dialect == "postgresql":
        times.append(bindparam("leased", type_=Moment))
    source = f"{lease} {heads}" if dialect == "postgresql" else f"WITH claimed AS ({due}) {heads}"
    return text(source).bindparams(bindparam("busy", expanding=True, type_=String), *times).columns(created_at=Moment)


def _finish(name: QueueName) -> Executable:
    table = TABLES[name]
    return (
        update(table)
        .where(table.c.id == bindparam("row"), table.c.state == WAITING)
        .values(state=bindparam("to"), settled_at=bindparam("at"), error=bindparam("why"))
    )


def _grow(dialect: str) -> Executable:
    new = INSERTS[dialect](lanes).values(
        queue=bindparam("q"),
        name=bindparam("n"),
        pool=bindparam("p"),
        rank=bindparam("r"),
        waiting=bindparam("w"),
        due_at=bindparam("t"),
    )
    takes_over = (lanes.c.due_at.is_(None)) | (new.excluded.rank < lanes.c.rank)
    counted: Executable = new.on_conflict_do_update(
        index_elements=["queue", "name"],
        set_={
            "waiting": lanes.c.waiting + new.excluded.waiting,
            "rank": case((takes_over, new.excluded.rank), else_=lanes.c.rank),
            "due_at": func.coalesce(lanes.c.due_at, new.excluded.due_at),
        },
    )
    return counted


def _advance(name: QueueName) -> Executable:
    """The count stands in the row that is locked, so no waiting task can slip between a look and the write."""
    table = TABLES[name]
    left = lanes.c.waiting + bindparam("w")
    most_urgent = select(func.min(table.c.rank)).where(table.c.lane == bindparam("n"), table.c.state == WAITING)
    return (
        update(lanes)
        .where(lanes.c.queue == bindparam("q"), lanes.c.name == bindparam("n"))
        .values(
            waiting=left,
            rank=func.coalesce(most_urgent.scalar_subquery(), lanes.c.rank),
            due_at=case((left == 0, null()), else_=bindparam("t", type_=Moment)),
        )
    )


def _renew() -> Executable:
    """The end of a lease is its name: a lane settled, postponed or taken over meanwhile has another `due_at`."""
    return (
        update(lanes)
        .where(
            lanes.c.queue == bindparam("q"),
            lanes.c.name == bindparam("n"),
            lanes.c.due_at == bindparam("was", type_=Moment),
        )
        .values(due_at=bindparam("until", type_=Moment))
    )
