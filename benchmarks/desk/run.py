"""What the dashboard asks of the database, with 10,000 open tickets and a customer who has written 50,000 lines."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, Table, insert, text
from sqlalchemy.ext.asyncio import create_async_engine

from benchmarks.databases import NAMES, database
from benchmarks.desk.live import measured
from benchmarks.progress import doing
from services.dashboard.conversations import Conversations
from services.dashboard.inbox import Filters, Inbox, View
from storage.store import Store
from storage.tables import customers, messages, tickets

TICKETS: Final = 10_000
LINES: Final = 50_000
BATCH: Final = 5_000
ROUNDS: Final = 15
PAGE: Final = 50
DEEP: Final = 60
"""Pages down in the list of all that is open."""
MOST_MS: Final = 150
NOW: Final = datetime(2026, 3, 2, 12, tzinfo=UTC)
PRIORITIES: Final = ("low", "medium", "high", "critical")
OPERATOR: Final = 501


def run() -> None:
    """Print the table."""
    print(f"desk: {TICKETS:,} open tickets, {LINES:,} lines of one customer; median and worst of {ROUNDS}, in ms")
    for name in NAMES:
        doing(f"desk: filling {name} …")
        with database(name) as url:
            rows = asyncio.run(_measured(url))
        doing("")
        print(f"\n  {name}")
        for what, times in rows.items():
            verdict = "" if median(times) < MOST_MS else f"  above {MOST_MS}"
            print(f"  {what:<34} {median(times):>8.1f} {max(times):>8.1f}{verdict}")
    print("\ndesk: real bots with open pages; on PostgreSQL two replicas, and half of the pages at each")
    for name in NAMES:
        figures = asyncio.run(measured(name))
        doing("")
        print(f"\n  {name}")
        for one in figures:
            verdict = "" if one.value <= one.most else f"  above {one.most:g}"
            print(f"  {one.what:<34} {one.value:>8.1f} {one.unit}{verdict}")
    print()


async def _measured(url: str) -> dict[str, list[float]]:
    async with Store(url) as store:
        await store.migrate()
        await _fill(url)
        inbox, conversations = Inbox(store=store), Conversations(store=store)
        deep = await _far_down(inbox)
        asked: dict[str, Callable[[], Awaitable[object]]] = {
            "inbox: who waits": lambda: _page(inbox, "waiting"),
            "inbox: all that is open": lambda: _page(inbox, "open"),
            f"inbox: page {DEEP + 1} of it": lambda: _page(inbox, "open", after=deep),
            "inbox: one operator's": lambda: _page(inbox, "mine"),
            "inbox: of one channel": lambda: _page(inbox, "open", filters=Filters(channel="telegram")),
            "a ticket with its customer": lambda: conversations.subject(1),
            "the end of the conversation": lambda: conversations.lines(1, before=None, most=PAGE),
            "the middle of it": lambda: conversations.lines(1, before=LINES // 2, most=PAGE),
        }
        return {what: [await _timed(ask) for _ in range(ROUNDS)] for what, ask in asked.items()}


async def _page(inbox: Inbox, view: View, *, filters: Filters | None = None, after: str | None = None) -> str | None:
    page = await inbox.page(view, mine=OPERATOR, filters=filters or Filters(), after=after, most=PAGE)
    return page.next


async def _far_down(inbox: Inbox) -> str | None:
    after = None
    for _ in range(DEEP):
        after = await _page(inbox, "open", after=after)
    return after


async def _timed(ask: Callable[[], Awaitable[object]]) -> float:
    began = time.perf_counter()
    await ask()
    return (time.perf_counter() - began) * 1000


async def _fill(url: str) -> None:
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(_put, customers, TICKETS, _customer)
        await connection.run_sync(_put, tickets, TICKETS, _ticket)
        await connection.run_sync(_put, messages, TICKETS + LINES, _line)
        await connection.execute(text("ANALYZE"))
    await engine.dispose()


def _put(connection: Connection, table: Table, count: int, row: Callable[[int], dict[str, Any]]) -> None:
    for first in range(1, count + 1, BATCH):
        connection.execute(insert(table), [row(number) for number in range(first, min(first + BATCH, count + 1))])


def _customer(number: int) -> dict[str, Any]:
    return {
        "channel": "telegram",
        "external_id": str(number),
        "first_name": f"Customer {number}",
        "last_name": "",
        "username": None,
        "language": "ru",
        "language_chosen": False,
        "reachable": True,
        "created_at": NOW,
    }


def _ticket(number: int) -> dict[str, Any]:
    taken = number % 3 == 0
    return {
        "customer_id": number,
        "status": "taken" if taken else "open",
        "operator_id": OPERATOR + number % 5 if taken else None,
        "operator_name": "Olga" if taken else None,
        "reason": "unsure",
        "priority": PRIORITIES[number % 4],
        "question": f"Where is order {number}? " * 8,
        "opened_at": NOW - timedelta(seconds=number),
        "waiting_since": NOW - timedelta(seconds=number * 7 % 9999) if number % 5 else None,
    }


def _line(number: int) -> dict[str, Any]:
    """One line for each customer; what is left, for the first."""
    customer = number if number <= TICKETS else 1
    return {
        "public_id": uuid4(),
        "key": f"line:{number}",
        "customer_id": customer,
        "ticket_id": customer,
        "author": "customer" if number % 2 else "bot",
        "kind": "text",
        "text": "What was said, and what was answered. " * 5,
        "created_at": NOW + timedelta(seconds=number),
    }
