"""The time of a claim with 100 and with 100,000 tasks waiting, in many lanes and in a single one."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from statistics import median
from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from benchmarks.databases import NAMES, database
from benchmarks.progress import doing
from storage.records import Entry
from storage.store import Store
from storage.units import Unit

FEW: Final = 100
MANY: Final = 100_000
AT_ONCE: Final = 32
ROUNDS: Final = 100
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
    doing(f"claim: {FEW} and {MANY:,} tasks in {name}, {case.title} …")
    with database(name) as small, database(name) as large:
        few, many = asyncio.run(_medians({small: FEW, large: MANY}, case))
    return name, case, few, many


async def _medians(backlogs: Mapping[str, int], case: Case) -> list[float]:
    """Claim from one and the other in turn, so that whatever else the machine does hits both; milliseconds."""
    times: dict[str, list[float]] = {url: [] for url in backlogs}
    async with AsyncExitStack() as stack:
        stores = {url: await stack.enter_async_context(Store(url)) for url in backlogs}
        for url, waiting in backlogs.items():
            await stores[url].migrate()
            await _fill(stores[url], case, waiting)
            await _tell(url, "ANALYZE")
        for _ in range(ROUNDS):
            for url, waiting in backlogs.items():
                times[url].append(await _timed_claim(stores[url], min(AT_ONCE, case.lanes or waiting)))
                await _give_back(stores[url], url)
    return [median(times[url]) * 1000 for url in backlogs]


async def _timed_claim(store: Store, expected: int) -> float:
    began = time.perf_counter()
    claimed = await store.claim("inbox", pool="", most=AT_ONCE, busy=(), newest=AT_ONCE // 2)
    seconds = time.perf_counter() - began
    if len(claimed) != expected:
        raise RuntimeError(f"claimed {len(claimed)} tasks of {expected}")
    return seconds


async def _give_back(store: Store, url: str) -> None:
    if store.shared:
        await _tell(url, "UPDATE lanes SET due_at = now() WHERE due_at > now()")


async def _fill(store: Store, case: Case, waiting: int) -> None:
    for first in range(0, waiting, BATCH):

        def act(unit: Unit) -> None:
            for number in range(first, min(first + BATCH, waiting)):
                unit.inbox.put(Entry(key=f"tg:{number}", lane=f"p:{number % (case.lanes or waiting)}", payload="{}"))

        await store.write(act)


async def _tell(url: str, statement: str) -> None:
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.execute(text(statement))
    await engine.dispose()
