"""Fills a database with what years leave behind: customers, their messages, verdicts, closed tickets, settled tasks.

The database makes the rows itself, a hundred thousand in a transaction: a million messages take about a minute.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from benchmarks.load.telegram import FIRST_CUSTOMER
from storage.store import Store
from storage.units import Unit

CHUNK: Final = 100_000
INDEXED: Final = 1_000
"""Messages that can be found after one step."""
SPAN_S: Final = 2 * 365 * 86_400
"""So long ago the first of them wrote."""
IN_A_TALK: Final = 10
"""Lines of one customer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much is in the database: every second message is the bot's answer to the one before."""

    messages: int
    waiting: int = 0
    """Updates that have come in and that nobody has dealt with, each of another customer."""

    @property
    def customers(self) -> int:
        return max(self.messages // IN_A_TALK, self.waiting)


_DIALECTS: Final[Mapping[str, Mapping[str, str]]] = {
    "sqlite": {
        "moment": "strftime('%Y-%m-%d %H:%M:%S.000000', 'now', '-' || ({s}) || ' seconds')",
        "unique": "lower(hex(randomblob(16)))",
        "no": "0",
        "yes": "1",
    },
    "postgresql": {
        "moment": "now() - make_interval(secs => {s})",
        "unique": "gen_random_uuid()",
        "no": "false",
        "yes": "true",
    },
}
_NUMBERS: Final = "WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last})"


def fill(url: str, size: Size, tell: Callable[[str], None]) -> None:
    """Make the tables and fill them. `tell` hears how far it is."""
    asyncio.run(_fill(url, size, tell))


async def _fill(url: str, size: Size, tell: Callable[[str], None]) -> None:
    async with Store(url) as store:
        await store.migrate()
    await _rows(url, size, tell)
    async with Store(url) as store:
        await _find(store, size, tell)


async def _find(store: Store, size: Size, tell: Callable[[str], None]) -> None:
    """Let all of it be found by its words, as it is where it came in day by day."""
    found = 0
    while unread := await store.read(lambda unit: unit.search.unread(most=INDEXED)):
        await store.write(partial(_add, unread))
        found += len(unread)
        tell(f"search: {found:,} of {size.messages // 2:,}")


def _add(unread: list[tuple[int, str]], unit: Unit) -> None:
    unit.search.add(unread)


async def _rows(url: str, size: Size, tell: Callable[[str], None]) -> None:
    engine = create_async_engine(url)
    try:
        for rows in _all_rows(engine.dialect.name, size):
            for first in range(1, rows.many + 1, CHUNK):
                tell(f"{rows.table}: {first - 1:,} of {rows.many:,}")
                await _run(engine, rows.statement, first=first, last=min(first + CHUNK - 1, rows.many))
        await _run(engine, "ANALYZE")
    finally:
        await engine.dispose()


async def _run(engine: AsyncEngine, statement: str, **bounds: Any) -> None:
    for name, value in bounds.items():
        statement = statement.replace(f"{{{name}}}", str(value))
    async with engine.begin() as connection:
        await connection.execute(text(statement.replace(":", "\\:")))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """Rows of one table, made from numbers `i` from 1 to `many`."""

    table: str
    many: int
    columns: str
    values: str
    source: str = "n"

    @property
    def statement(self) -> str:
        return f"INSERT INTO {self.table} ({self.columns}) {_NUMBERS} SELECT {self.values} FROM {self.source}"  # noqa: S608  # no input in it


def _all_rows(dialect: str, size: Size) -> list[_Rows]:
    say, people = _DIALECTS[dialect], max(size.customers, 1)
    ago = say["moment"].format(s=f"{SPAN_S} - i * {SPAN_S // (max(size.messages, people) + 1)}.0 - 7200")
    now = say["moment"].format(s="0")
    known = f"({FIRST_CUSTOMER - 1} + i)"
    who = f"((i / 2) % {people} + 1)"
    lane = f"'p:' || ({FIRST_CUSTOMER - 1} + {who})"
    scenario = "CASE i % 3 WHEN 0 THEN 'DELIVERY' WHEN 1 THEN 'PRICING' ELSE 'REFERRAL' END"
    person = f'{{"id":\' || {known} || \',"first_name":"Анна"'
    update = (
        f'\'{{"update_id":\' || i || \',"message":{{"message_id":\' || i || \',"date":1700000000,'
        f'"text":"где мой заказ?",'
        f'"from":{person},"is_bot":false,"language_code":"ru"}},"chat":{person},"type":"private"}}}}}}\''
    )
    settled = "key, lane, rank, payload, state, attempts, created_at, settled_at"
    return [
        _Rows(
            table="customers",
            many=size.customers,
            columns="channel, external_id, first_name, last_name, language, language_chosen, reachable, created_at",
            values=f"'telegram', CAST({known} AS TEXT), 'Анна', '', 'ru', {say['no']}, {say['yes']}, {ago}",
        ),
        _Rows(
            table="messages",
            many=size.messages,
            columns="public_id, key, customer_id, created_at, telegram_id, author, kind, scenario, question_id, text",
            values=f"{say['unique']}, 'old:' || i, {who}, {ago}, i, CASE i % 2 WHEN 1 THEN 'customer' ELSE 'bot' END,"
            f" CASE i % 2 WHEN 1 THEN 'text' ELSE 'answer' END, CASE i % 2 WHEN 0 THEN {scenario} END,"
            " CASE i % 2 WHEN 0 THEN i - 1 END, 'Здравствуйте! Где моя посылка и когда её доставят? Номер ' || i",
        ),
        _Rows(
            table="verdicts",
            many=size.messages // 2,
            columns="message_id, scenario, confidence, reasoning, engine, version, latency_ms, cost_usd, created_at",
            values=f"2 * i - 1, {scenario}, 0.97, 'Похоже на «где мой заказ» (93 %)', 'local', '1', 0.5, 0, {ago}",
        ),
        _Rows(
            table="tickets",
            many=size.messages // 50,
            columns="customer_id, status, reason, priority, question, opened_at, closed_at",
            values=f"{who}, 'closed', 'asked', 'medium', 'где мой заказ', {ago}, {ago}",
        ),
        *(
            _Rows(
                table=queue,
                many=size.messages // 2,
                columns=settled,
                values=f"'old:' || i, {lane}, {rank}, '{{}}', 1, 0, {ago}, {ago}",
            )
            for queue, rank in (("inbox", 0), ("outbox", 5))
        ),
        _Rows(
            table="lanes",
            many=0 if size.waiting else size.customers,
            columns="queue, name, pool, rank, waiting",
            values=f"queue, 'p:' || {known}, pool, 0, 0",
            source="n, (SELECT 'inbox' AS queue, '' AS pool UNION ALL SELECT 'outbox', 'private') AS queues",
        ),
        _Rows(
            table="lanes",
            many=size.waiting,
            columns="queue, name, pool, rank, waiting, due_at",
            values=f"'inbox', 'p:' || {known}, '', 0, 1, {now}",
        ),
        _Rows(
            table="inbox",
            many=size.waiting,
            columns="key, lane, rank, payload, state, attempts, created_at",
            values=f"'new:' || i, 'p:' || {known}, 0, {update}, 0, 0, {now}",
        ),
    ]
