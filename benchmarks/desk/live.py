"""What open pages cost, how soon they know what is new, and how soon the first paint is there.

On PostgreSQL there are two replicas, and half of the pages are open at each.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Final

from aiohttp import ClientSession, ClientTimeout, TCPConnector, hdrs
from playwright.async_api import async_playwright

from benchmarks.bots import process
from benchmarks.databases import database
from benchmarks.progress import doing
from playground import defaults
from playground.stage import Stage, opened
from tests.ports import free_port

PAGES: Final = 50
IDLE_S: Final = 20.0
EVENTS: Final = 15
CALM_S: Final = 2.0
"""Between two events, so that each is told alone."""
PAINTS: Final = 5
IDLE_MOST: Final = 2.0
EVENT_MOST_MS: Final = 1000.0
PAINT_MOST_MS: Final = 500.0
LATE_S: Final = 30.0
BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome")
FLAGS: Final = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
PAINT: Final = "performance.getEntriesByName('first-paint')[0].startTime"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What was measured, and what it may be."""

    what: str
    value: float
    unit: str
    most: float


@dataclass(slots=True)
class Page:
    """An open page, as far as the server sees it."""

    heard: asyncio.Event = field(default_factory=asyncio.Event)
    opened: asyncio.Event = field(default_factory=asyncio.Event)

    async def read(self, http: ClientSession, base: str, cookie: str) -> None:
        async with http.get(f"{base}/api/desk/events", headers={hdrs.COOKIE: cookie}) as answer:
            async for line in answer.content:
                if line.startswith(b"data:"):
                    told = json.loads(line[5:])
                    if told["tickets"] or told["customers"]:
                        self.heard.set()
                    self.opened.set()


async def measured(name: str) -> list[Figure]:
    """Measure with a database of this name."""
    async with AsyncExitStack() as stack:
        stage = await stack.enter_async_context(opened(port=0, budget=None))
        url = stack.enter_context(database(name))
        replicas = [await stack.enter_async_context(_bot(stage, url)) for _ in range(2 if name == "PostgreSQL" else 1)]
        session = ClientSession(connector=TCPConnector(limit=0), timeout=ClientTimeout(total=None))
        http = await stack.enter_async_context(session)
        doing(f"desk: {PAGES} pages on {name} …")
        before = await _busy([pid for pid, _ in replicas])
        pages = await stack.enter_async_context(_open(http, [base for _, base in replicas]))
        after = await _busy([pid for pid, _ in replicas])
        ask = _asking(http, replicas[0][1])
        events = [await _event(stage, pages, number, ask) for number in range(EVENTS)]
        paints = await _paints(replicas[0][1])
        return [
            Figure(
                what=f"{PAGES} open pages, idle", value=max(0.0, after - before), unit="% of a core", most=IDLE_MOST
            ),
            *_told("a line on all pages", [one.since_sent_ms for one in events]),
            *_told("the same, since its unit began", [one.since_stored_ms for one in events]),
            *(Figure(what="first paint, median", value=one, unit="ms", most=PAINT_MOST_MS) for one in paints),
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """How long a customer's line took until all pages knew of it."""

    since_sent_ms: float
    since_stored_ms: float
    """Since the unit began that stored it: what the desk adds to the bot's own work."""


def _told(what: str, times: list[float]) -> Iterator[Figure]:
    yield Figure(what=f"{what}, median", value=median(times), unit="ms", most=EVENT_MOST_MS)
    yield Figure(what=f"{what}, worst", value=max(times), unit="ms", most=EVENT_MOST_MS)


Ask = Callable[[], Awaitable[datetime]]


def _asking(http: ClientSession, base: str) -> Ask:
    """Return what tells when the last line of the first customer was stored."""

    async def ask() -> datetime:
        headers = {hdrs.COOKIE: await _cookie(http, base)}
        async with http.get(f"{base}/api/desk/customers/1/lines", headers=headers) as answer:
            lines = (await answer.json())["lines"]
        last = next(one for one in reversed(lines) if one["author"] == "customer")
        return datetime.fromisoformat(last["created_at"])

    return ask


@asynccontextmanager
async def _bot(stage: Stage, url: str) -> AsyncIterator[tuple[int, str]]:
    """Run one replica; give its process and where its HTTP stands."""
    port = free_port()
    more = {"SUPPORT_HTTP__PORT": str(port), "SUPPORT_PLAYGROUND__INSIGHT": "true"}
    async with process(stage.playground, stage.url, url, **more) as pid:
        yield pid, f"http://127.0.0.1:{port}"


@asynccontextmanager
async def _open(http: ClientSession, bases: list[str]) -> AsyncIterator[list[Page]]:
    """Open the pages, as many at each replica."""
    pages = [Page() for _ in range(PAGES)]
    cookies = {base: await _cookie(http, base) for base in bases}
    reading = [
        asyncio.create_task(page.read(http, base, cookies[base]))
        for number, page in enumerate(pages)
        for base in [bases[number % len(bases)]]
    ]
    for page in pages:
        await asyncio.wait_for(page.opened.wait(), LATE_S)
    yield pages
    for task in reading:
        task.cancel()
    await asyncio.gather(*reading, return_exceptions=True)


async def _cookie(http: ClientSession, base: str) -> str:
    asked = {"as": str(defaults.ADMIN_ID), "name": "Olga"}
    async with http.get(f"{base}/playground/dashboard", params=asked, allow_redirects=False) as answer:
        return "; ".join(f"{name}={one.value}" for name, one in answer.cookies.items())


async def _busy(pids: list[int]) -> float:
    """Return how many percent of a core processes take together while nothing happens."""
    await asyncio.sleep(CALM_S)
    before, began = _seconds(pids), time.perf_counter()
    await asyncio.sleep(IDLE_S)
    return 100 * (_seconds(pids) - before) / (time.perf_counter() - began)


def _seconds(pids: list[int]) -> float:
    """Return the CPU seconds of processes so far, as Linux tells them."""
    ticks = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13] for pid in pids]
    return sum(int(one) for both in ticks for one in both) / os.sysconf("SC_CLK_TCK")


async def _event(stage: Stage, pages: list[Page], number: int, stored: Ask) -> Event:
    """Return how long it took until all pages knew that a customer has written."""
    await asyncio.sleep(CALM_S)
    for page in pages:
        page.heard.clear()
    began = time.perf_counter()
    next(iter(stage.playground.customers.values())).send(f"позовите оператора, это уже {number} раз")
    await asyncio.wait_for(asyncio.gather(*(page.heard.wait() for page in pages)), LATE_S)
    since_sent, known = (time.perf_counter() - began) * 1000, datetime.now(UTC)
    return Event(since_sent_ms=since_sent, since_stored_ms=(known - await stored()).total_seconds() * 1000)


async def _paints(base: str) -> Iterator[float]:
    """Return how soon something is seen, in a browser that has been there before; nothing without a browser."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        return iter(())
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found, args=FLAGS)
        page = await browser.new_page()
        await page.goto(f"{base}/playground/dashboard?as={defaults.ADMIN_ID}&name=Olga")
        times = []
        for _ in range(PAINTS):
            await page.goto("about:blank")
            await page.goto(f"{base}/dashboard")
            await page.get_by_test_id("line-state").wait_for()
            times.append(float(await page.evaluate(PAINT)))
        await browser.close()
    return iter((median(times),))
