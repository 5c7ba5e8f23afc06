"""The memory of the bot's process, minute by minute, while a business is at work."""

from __future__ import annotations

import argparse
import asyncio
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.bots import running
from benchmarks.databases import NAMES
from benchmarks.memory.business import EVERY, Business
from benchmarks.progress import doing

MINUTES: Final = 60
PER_SECOND: Final = 20.0
CUSTOMERS: Final = 2_000
MINUTE_S: Final = 60.0
LINES: Final = 12
"""So many lines of the table."""
HEADS: Final = ("minute", "written", "answered", "tickets", "429", "RSS MB", "own MB", "threads", "handles")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What held after so many minutes."""

    minute: int
    written: int
    answered: int
    closed: int
    refused: int
    rss_mb: float
    own_mb: float
    """Without what is mapped from files, which the system may take back."""
    threads: int
    handles: int

    @property
    def cells(self) -> tuple[str, ...]:
        counts = (self.minute, self.written, self.answered, self.closed, self.refused)
        return (*map(str, counts), f"{self.rss_mb:.1f}", f"{self.own_mb:.1f}", str(self.threads), str(self.handles))


def main() -> None:
    """Run the hour and print it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.memory", description="Watch the bot's memory.")
    parser.add_argument("--minutes", type=int, default=MINUTES)
    parser.add_argument("--per-second", type=float, default=PER_SECOND)
    parser.add_argument("--customers", type=int, default=CUSTOMERS, help="who write in turn")
    parser.add_argument("--on", choices=NAMES, default=NAMES[0])
    parser.add_argument("--file", type=Path, help="also write every minute there, as CSV")
    told = parser.parse_args()
    print(
        f"memory: {told.customers:,} customers write in turn, {told.per_second:g} messages a second in all, for"
        f" {told.minutes} minutes on {told.on};\n        one message in {EVERY} opens a ticket, which is answered and"
        " closed; `own`: RSS without mapped files\n"
    )
    asyncio.run(_watched(told))


async def _watched(told: argparse.Namespace) -> None:
    business = Business(customers=told.customers)
    _print_row(HEADS)
    samples: list[Sample] = []
    async with business.open() as api, running(business.playground, api, told.on) as pid:
        writing = asyncio.create_task(business.write(seconds=told.minutes * MINUTE_S, per_second=told.per_second))
        began = time.monotonic()
        for minute in range(told.minutes + 1):
            doing(f"memory: minute {minute} of {told.minutes} …")
            await asyncio.sleep(max(0.0, began + minute * MINUTE_S - time.monotonic()))
            business.tidy()
            samples.append(_sample(minute, business, pid))
            _write(told.file, samples)
            if minute % max(1, told.minutes // LINES) == 0:
                doing("")
                _print_row(samples[-1].cells)
        await writing
    doing("")
    _print_growth(samples)
    for what, many in business.refusals.items():
        print(f"  refused with 429: {what}, {many} times")


def _sample(minute: int, business: Business, pid: int) -> Sample:
    status = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text("ascii").splitlines())
    kb = {name: int(status[name].split()[0]) for name in ("VmRSS", "RssAnon")}
    return Sample(
        minute=minute,
        written=business.written,
        answered=business.answered,
        closed=business.closed,
        refused=business.refusals.total(),
        rss_mb=kb["VmRSS"] / 1024,
        own_mb=kb["RssAnon"] / 1024,
        threads=int(status["Threads"]),
        handles=sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir()),
    )


def _print_growth(samples: Sequence[Sample]) -> None:
    """Print how fast it grew in each third: what only fills up at first ends, what leaks goes on."""
    third = max(2, len(samples) // 3)
    for name, part in (("first", samples[:third]), ("second", samples[third : 2 * third]), ("last", samples[-third:])):
        if len(part) > 1:
            slope = statistics.linear_regression([one.minute for one in part], [one.rss_mb for one in part]).slope
            print(f"  the {name} {len(part)} minutes: {slope:+.3f} MB a minute")


def _print_row(cells: Sequence[str]) -> None:
    print("  " + "".join(f"{cell:>10}" for cell in cells), flush=True)


def _write(file: Path | None, samples: Sequence[Sample]) -> None:
    if file is not None:
        rows = [HEADS, *(one.cells for one in samples)]
        file.write_text("".join(f"{','.join(row)}\n" for row in rows), "utf-8")
