"""The time of a claim with 100 and with 100,000 tasks waiting, in many lanes and in a single one."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from statistics import median
from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from benchmarks.databases import NAMES, database
from benchmarks.progress import doing
from storage.records import Entry
from storage.store import Store

FEW: Final = 100
MANY: Final = 100_000
AT_ONCE: Final = 32
ROUNDS: Final = 60
BATCH: Final = 5_000
MOST_RATIO: Final = 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A backlog."""

    title: str
    lanes: int | None
    """How many lanes share it; None: every task has its own."""


CASES: Final = (Case(title="a lane each", lanes=None), Case(title="one lane holds all", lanes=1))


def run() -> None:
    """Print the table."""
    print(f"claim: the median of {ROUNDS} claims of up to {AT_ONCE} lanes, with {FEW} and with {MANY:,} tasks waiting")
    rows = [_row(name, case) for name in NAMES for case in CASES]
    doing("")
    print(f"\n  {'database':<12} {'backlog':<20} {FEW:>9} ms {MANY:>9,} ms {'ratio':>7}")
    for name, case, few, many in rows:
        verdict = "" if many / few < MOST_RATIO else f"  above {MOST_RATIO}"
        print(f"  {name:<12} {case.title:<20} {few:>12.3f} {many:>12.3f} {many / few:>7.2f}{verdict}")
    print()


def _row(name: str, case: Case) -> tuple[str, Case, float, float]:
    few, many = (_claim_ms(name, case, waiting) for waiting in (FEW, MANY))
    return name, case, few, many


def _claim_ms(name: str, case: Case, waiting: int) -> float:
    doing(f"claim: {waiting:,} tasks in {name}, {case.title} …")
    with database(name) as url:
        return asyncio.run(_measured(url, case, waiting))


async def _measured(url: str, case: Case, waiting: int) -> float:
    async with Store(url) as store:
        await store.migrate()
        await _fill(store, case, waiting)
        if store.shared:
            await _rested(url, "ANALYZE")
        times = []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            claimed = await store.claim("inbox", pool="", most=AT_ONCE, busy=())
            times.append(time.perf_counter() - began)
            if len(claimed) != min(AT_ONCE, case.lanes or waiting):
                raise RuntimeError(f"claimed {len(claimed)} tasks")
            if store.shared:
                await _rested(url, "UPDATE lanes SET due_at = now() WHERE due_at > now()")
    return median(times) * 1000


async def _fill(store: Store, case: Case, waiting: int) -> None:
    for first in range(0, waiting, BATCH):
        async with store.write() as unit:
            for number in range(first, min(first + BATCH, waiting)):
                unit.inbox.put(Entry(key=f"tg:{number}", lane=f"p:{number % (case.lanes or waiting)}", payload="{}"))


async def _rested(url: str, statement: str) -> None:
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.execute(text(statement))
    await engine.dispose()
