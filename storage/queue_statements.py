"""The named queries of inbox and outbox, built once for each queue and dialect."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Executable,
    Integer,
    Interval,
    SmallInteger,
    String,
    Table,
    any_,
    bindparam,
    case,
    column,
    func,
    literal_column,
    null,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from storage.prepared import Prepared
from storage.tables import Moment, inbox, lanes, outbox

QueueName = Literal["inbox", "outbox"]
WAITING: Final = 0
DONE: Final = 1
QUARANTINED: Final = 2
BLANK: Final = "{}"
"""The payload of a task of which nothing is kept but its key: the same cause still does nothing twice."""
NOBODY: Final = "erased"
"""The lane of such tasks."""

TABLES: Final[dict[QueueName, Table]] = {"inbox": inbox, "outbox": outbox}
INSERTS: Final[dict[str, Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
"""Both speak of conflicts in the same words, though they share no type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """Parameters: `n` lane, `q` queue, `w` how many more wait, `at` since when; `t` now, on SQLite only.

    PostgreSQL goes by its own clock. It has to be `statement_timestamp()`: an index is no help with a value that may
    change from row to row, as `clock_timestamp()` may.
    """

    insert: Executable
    """Put tasks in; a known key is passed over. Returns the keys that were new."""
    insert_one: Prepared
    """The same for one task."""
    claim: Prepared
    """Take the heads of due lanes."""
    finish: Prepared
    """Close one task, if it is still open."""
    grow: Prepared
    """Count what was put into lanes."""
    advance: Prepared
    """Count what left lanes, and let the next in line be due. Returns each lane with how many are left in it."""
    rest: Prepared
    """Let a lane wait."""
    renew: Prepared
    """Push out a lease that is still the one that was given."""


@cache
def statements(name: QueueName, dialect: str) -> Statements:
    """Return the queries of one queue for `sqlite` or `postgresql`."""
    return Statements(
        insert=_insert(name, dialect),
        insert_one=Prepared(_insert(name, dialect)),
        claim=Prepared(_claim(name, dialect)),
        finish=Prepared(_finish(name)),
        grow=Prepared(_grow(dialect)),
        advance=Prepared(_advance(name, dialect)),
        rest=Prepared(_rest(dialect)),
        renew=Prepared(_renew()),
    )


def list_of(values: Iterable[int | str], dialect: str) -> Any:
    """Return values as one parameter, however many they are: so the statement's text stays the same."""
    return list(values) if dialect == "postgresql" else json.dumps(list(values))


def among(column: ColumnElement[Any], name: str, dialect: str) -> ColumnElement[bool]:
    """Return the condition that a number is one of those that `list_of` gives as a parameter."""
    if dialect == "postgresql":
        return column == any_(bindparam(name, type_=postgresql.ARRAY(BigInteger)))
    return column.in_(select(func.json_each(bindparam(name, type_=String)).table_valued("value").c.value))


def _insert(name: QueueName, dialect: str) -> Executable:
    table = TABLES[name]
    new: Executable = INSERTS[dialect](table).on_conflict_do_nothing(index_elements=["key"]).returning(table.c.key)
    return new


def _claim(name: QueueName, dialect: str) -> Executable:
    """Newest and oldest take turns, so that who writes now need not wait for a backlog, nor the backlog for them.

    Half of what is claimed (`newest`) is what came in last among the most urgent, the rest is what has waited longest.
    The newest are looked for within one rank, so that one index serves both directions.
    """
    shared = dialect == "postgresql"
    now, lock = ("statement_timestamp()", "FOR UPDATE SKIP LOCKED") if shared else (":t", "")
    free = "name <> ALL(CAST(:busy AS text[]))" if shared else "name NOT IN (SELECT value FROM json_each(:busy))"
    due = f"queue = :q AND pool = :p AND rank <= :rank AND due_at <= {now} AND {free}"
    newest = f"""SELECT name, rank, due_at, 0 AS turn FROM lanes
                 WHERE rank = (SELECT rank FROM lanes WHERE {due} ORDER BY rank, due_at LIMIT 1) AND {due}
                 ORDER BY due_at DESC LIMIT :newest {lock}"""  # noqa: S608  # no input in it
    # As many as if there were no newest: a limit that has to be computed makes PostgreSQL expect thousands of rows, and
    # read whole tables for them.
    oldest = f"""SELECT name, rank, due_at, 1 AS turn FROM lanes WHERE {due} AND name NOT IN (SELECT name FROM newest)
                 ORDER BY rank, due_at LIMIT :most {lock}"""  # noqa: S608  # nor here
    both = f"""newest AS ({newest}), oldest AS ({oldest}),
               due AS (SELECT * FROM newest UNION ALL SELECT * FROM oldest ORDER BY turn, rank, due_at LIMIT :most)"""  # noqa: S608  # nor here
    lease = f"""WITH {both}, claimed AS (
                UPDATE lanes SET due_at = statement_timestamp() + :lease FROM due
                WHERE lanes.queue = :q AND lanes.name = due.name
                RETURNING due.name, due.rank, due.due_at AS place, lanes.due_at AS leased_until)"""  # noqa: S608  # nor here
    look = f"WITH {both}, claimed AS (SELECT name, rank, due_at AS place, NULL AS leased_until FROM due)"  # noqa: S608  # nor here
    # Compared as a pair, the lane's first row can only be found by the index of what waits. With `lane = …` PostgreSQL
    # may prefer to read the primary key from its beginning, past all that was ever done in a busy lane.
    calls = ", t.calls" if name == "outbox" else ""
    heads = f"""SELECT t.id, t.key, t.lane, t.payload, t.attempts, t.created_at, t.rank,
                       claimed.rank AS lane_rank, claimed.place, claimed.leased_until{calls}
                FROM claimed JOIN {name} t ON t.lane = claimed.name AND t.id = (
                    SELECT id FROM {name} WHERE (lane, id) > (claimed.name, 0) AND state = {WAITING}
                    ORDER BY lane, id LIMIT 1)
                ORDER BY claimed.rank, t.id"""  # noqa: S608  # the name is one of two literals
    some: list[BindParameter[Any]] = [bindparam("q", type_=String), bindparam("p", type_=String)]
    some += [bindparam(number, type_=Integer) for number in ("most", "newest", "rank")]
    some += (
        [bindparam("lease", type_=Interval), bindparam("busy", type_=postgresql.ARRAY(String))]
        if shared
        else [bindparam("t", type_=Moment), bindparam("busy", type_=String)]
    )
    found = text(f"{lease if shared else look} {heads}").bindparams(*some)
    t = TABLES[name]
    moments = [column("place", Moment), column("leased_until", Moment)]
    of_task = [t.c[one] for one in ("id", "key", "lane", "payload", "attempts", "created_at", "rank")]
    more = [t.c.calls] if name == "outbox" else []
    return found.columns(*of_task, column("lane_rank", SmallInteger), *moments, *more)


def _finish(name: QueueName) -> Executable:
    table = TABLES[name]
    return (
        update(table)
        .where(table.c.id == bindparam("row"), table.c.state == WAITING)
        .values(state=bindparam("to"), settled_at=bindparam("at"), error=bindparam("why"))
    )


def _now(dialect: str) -> ColumnElement[Any]:
    return func.statement_timestamp() if dialect == "postgresql" else bindparam("t", type_=Moment)


def _place(since: ColumnElement[Any], dialect: str) -> ColumnElement[Any]:
    """Return where in the line something stands that came in at a time of the wall clock: never ahead of now."""
    now = _now(dialect)
    return case((since < now, since), else_=now)


def _grow(dialect: str) -> Executable:
    new = INSERTS[dialect](lanes).values(
        queue=bindparam("q"),
        name=bindparam("n"),
        pool=bindparam("p"),
        rank=bindparam("r"),
        waiting=bindparam("w"),
        due_at=_place(bindparam("at", type_=Moment), dialect),
    )
    takes_over = (lanes.c.due_at.is_(None)) | (new.excluded.rank < lanes.c.rank)
    counted: Executable = new.on_conflict_do_update(
        index_elements=["queue", "name"],
        set_={
            "waiting": lanes.c.waiting + new.excluded.waiting,
            "pool": new.excluded.pool,  # a ticket may have moved to another group
            "rank": case((takes_over, new.excluded.rank), else_=lanes.c.rank),
            "due_at": func.coalesce(lanes.c.due_at, new.excluded.due_at),
        },
    )
    return counted


def _advance(name: QueueName, dialect: str) -> Executable:
    """The count stands in the row that is locked, so no waiting task can slip between a look and the write.

    A lane keeps its place until it is empty: one customer's lines are answered before the next one's are begun.
    """
    table = TABLES[name]
    left = lanes.c.waiting + bindparam("w")
    waiting = table.c.lane == bindparam("n"), table.c.state == literal_column(str(WAITING))  # as the index has it
    most_urgent = select(func.min(table.c.rank)).where(*waiting).scalar_subquery()
    head_since = (
        select(table.c.created_at).where(*waiting).order_by(table.c.lane, table.c.id).limit(1).scalar_subquery()
    )
    place = bindparam("place", type_=Moment)
    since = case((place < head_since, place), else_=head_since)
    return (
        update(lanes)
        .where(lanes.c.queue == bindparam("q"), lanes.c.name == bindparam("n"))
        .values(
            waiting=left,
            rank=func.coalesce(most_urgent, lanes.c.rank),
            due_at=case((left == 0, null()), else_=_place(since, dialect)),
        )
        .returning(lanes.c.name, lanes.c.waiting)
    )


def _rest(dialect: str) -> Executable:
    until: ColumnElement[Any] = bindparam("t", type_=Moment)
    if dialect == "postgresql":
        until = _now(dialect) + bindparam("rest", type_=Interval)
    return update(lanes).where(lanes.c.queue == bindparam("q"), lanes.c.name == bindparam("n")).values(due_at=until)


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
