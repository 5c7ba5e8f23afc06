"""A page of the inbox is read from the index that holds its order, however many tickets are open; nothing is sorted."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any, Final, get_args

import pytest
from sqlalchemy import Connection, event, insert, text
from sqlalchemy.ext.asyncio import create_async_engine

from storage.closed_sets import Priority
from storage.store import Store
from storage.tables import customers, tickets
from storage.ticket_pages import EVERYTHING, Place, View
from storage.units import Unit

NOW: Final = datetime(2026, 3, 2, 12, tzinfo=UTC)
TICKETS: Final = 3_000
MARIA: Final = 501
PRIORITIES: Final[tuple[Priority, ...]] = get_args(Priority)
DEEP: Final = Place(urgency=-1, idle=0, since=NOW - timedelta(hours=1), id=700)


def _customer(number: int) -> dict[str, Any]:
    known = {"channel": "telegram", "external_id": str(number), "first_name": "A", "last_name": "", "language": "ru"}
    return {"id": number, "language_chosen": False, "reachable": True, "created_at": NOW} | known


def _ticket(number: int) -> dict[str, Any]:
    mine = number % 3 == 0
    return {
        "customer_id": number,
        "status": "taken" if mine else "open",
        "operator_id": MARIA if mine else None,
        "reason": "unsure",
        "priority": PRIORITIES[number % 4],
        "question": "where is my order? " * 20,
        "opened_at": NOW - timedelta(seconds=number),
        "waiting_since": NOW - timedelta(seconds=number * 7 % 9999) if number % 5 else None,
        "snoozed_at": NOW if number % 50 == 0 else None,
    }


@pytest.fixture
async def full(store: Store, database_url: str) -> Store:
    """A store with many open tickets."""

    def fill(connection: Connection) -> None:
        numbers = range(1, TICKETS + 1)
        connection.execute(insert(customers), [_customer(number) for number in numbers])
        connection.execute(insert(tickets), [_ticket(number) for number in numbers])

    engine = create_async_engine(database_url)
    async with engine.begin() as connection:
        await connection.run_sync(fill)
    async with engine.connect() as connection:
        outside = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await outside.execute(text("VACUUM ANALYZE tickets" if engine.dialect.name == "postgresql" else "ANALYZE"))
    await engine.dispose()
    return store


def plan_of(unit: Unit, view: View, after: Place | None) -> str:
    """Return how the database reads a page, in its own words."""
    connection, told = unit.ticket_pages._connection, []

    def note(*call: Any) -> None:
        told.append(call[2:4])

    event.listen(connection, "before_cursor_execute", note)
    unit.ticket_pages.page(view, mine=MARIA, filters=EVERYTHING, after=after, most=51)
    event.remove(connection, "before_cursor_execute", note)
    statement, values = told[0]
    explain = "EXPLAIN " if connection.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN "
    rows = connection.exec_driver_sql(explain + statement, values).all()
    return "\n".join(str(row[-1]) for row in rows)


@pytest.mark.parametrize("after", [None, DEEP], ids=["first", "deep"])
@pytest.mark.parametrize("view", ["waiting", "mine", "open", "snoozed"])
async def test_a_page_is_read_from_the_index_alone(full: Store, view: View, after: Place | None) -> None:
    plan = await full.read(lambda unit: plan_of(unit, view, after))
    assert re.search(r"COVERING INDEX ix_tickets_inbox|Index Only Scan using ix_tickets_inbox", plan), plan
    assert re.search(r"TEMP B-TREE|Sort", plan) is None, plan


@pytest.mark.parametrize("view", get_args(View)[:4])
async def test_pages_follow_each_other_in_the_order_of_urgency_and_waiting(full: Store, view: View) -> None:
    def look(unit: Unit) -> list[Place]:
        seen: list[Place] = []
        while found := unit.ticket_pages.page(
            view, mine=MARIA, filters=EVERYTHING, after=seen[-1] if seen else None, most=400
        ):
            seen += [one.place for one in found]
        return seen

    seen = await full.read(look)
    keys = [(one.urgency, one.idle, one.since, one.id) for one in seen]
    assert keys == sorted(keys)
    counts = await full.read(lambda unit: unit.ticket_pages.counts(MARIA))
    assert len(set(keys)) == len(keys) == getattr(counts, view)
