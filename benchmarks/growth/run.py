"""CPU a message, the start and an idle bot: with little in the database and with very much, side by side."""

from __future__ import annotations

import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.error import URLError
from urllib.request import urlopen

from benchmarks.databases import NAMES, database
from benchmarks.growth.history import Size, fill
from benchmarks.load.run import WARM_UP, answered, cpu_s, memory_mb, module, paced, process, settings_of, telegram
from benchmarks.progress import doing

SMALL: Final = Size(messages=1_000)
LARGE: Final = Size(messages=1_000_000)
WAITING: Final = Size(messages=0, waiting=100_000)
MESSAGES: Final = 1_000
PACED: Final = 250
IDLE_S: Final = 60.0
QUIET_S: Final = 120.0
"""At the start it loads the encoder and goes over what is kept: an idle bot is one that has done that."""
LOOK_S: Final = 3.0
QUIET: Final = 0.1
"""Share of a core below which that is over."""
START_S: Final = 180.0
"""The first start trains the local engine, which takes long on a busy machine."""
MOST_RATIO: Final = 1.2
MOST_START_S: Final = 3.0
MOST_IDLE: Final = 0.005


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Of a bot on a database of one size."""

    start_s: float
    """From the start of the process to `/health/ready`."""
    idle: float | None = None
    """Share of a core while nobody writes."""
    burst_ms: float | None = None
    paced_ms: float | None = None
    memory_mb: float | None = None


def run() -> None:
    """Print the table."""
    print(
        f"growth: CPU a message with {SMALL.messages:,} and with {LARGE.messages:,} stored messages, ten of each"
        f"\n        customer; the start with {WAITING.waiting:,} tasks that wait; a bot that has nothing to do"
        f" for {IDLE_S:.0f} s"
    )
    print(
        f"\n  {'database':<12} {'in it':<18} {'start s':>8} {'idle %':>8} {'burst CPU-ms':>13}"
        f" {'25/s CPU-ms':>12} {'MB':>5}"
    )
    for name in NAMES:
        few, many = (_measured(name, size) for size in (SMALL, LARGE))
        crowd = _started(name, WAITING)
        doing("")
        for title, row in (("little", few), (f"{LARGE.messages:,}", many), (f"{WAITING.waiting:,} waiting", crowd)):
            print(f"  {name:<12} {title:<18} {_line(row)}")
        print(
            f"  {'':<12} {'ratio':<18} {'':>17} {_ratio(few, many, 'burst_ms'):>13} {_ratio(few, many, 'paced_ms'):>12}"
        )
    print()


def _line(row: Figures) -> str:
    late = "*" if row.start_s > MOST_START_S else " "
    busy = "*" if (row.idle or 0.0) > MOST_IDLE else " "
    rest = (
        f"{_shown(figure, width, digits)}"
        for figure, width, digits in ((row.burst_ms, 13, 2), (row.paced_ms, 12, 2), (row.memory_mb, 5, 0))
    )
    idle = None if row.idle is None else row.idle * 100
    return f"{row.start_s:>7.1f}{late} {_shown(idle, 7, 2)}{busy} {' '.join(rest)}"


def _shown(figure: float | None, width: int, digits: int) -> str:
    return f"{'–':>{width}}" if figure is None else f"{figure:>{width}.{digits}f}"


def _ratio(few: Figures, many: Figures, of: str) -> str:
    ratio = float(getattr(many, of)) / float(getattr(few, of))
    return f"{ratio:.2f}{'*' if ratio > MOST_RATIO else ''}"


def _measured(name: str, size: Size) -> Figures:
    with _running(name, size) as (api, bot, start_s):
        answered(api, WARM_UP)
        before = cpu_s(bot)
        answered(api, MESSAGES)
        burst_ms = (cpu_s(bot) - before) * 1000 / MESSAGES
        before = cpu_s(bot)
        paced(api, PACED, "")
        paced_ms = (cpu_s(bot) - before) * 1000 / PACED
        doing(f"growth: {name}, {size.messages:,} messages, nothing to do …")
        _quiet(bot)
        before = cpu_s(bot)
        time.sleep(IDLE_S)
        idle = (cpu_s(bot) - before) / IDLE_S
        return Figures(start_s=start_s, idle=idle, burst_ms=burst_ms, paced_ms=paced_ms, memory_mb=memory_mb(bot))


def _started(name: str, size: Size) -> Figures:
    with _running(name, size) as (_, _, start_s):
        return Figures(start_s=start_s)


@contextmanager
def _running(name: str, size: Size) -> Iterator[tuple[str, subprocess.Popen[str], float]]:
    """Start the bot on a filled database; give the server, the process and the seconds until it was ready."""
    with telegram() as api, database(name) as url, tempfile.TemporaryDirectory() as folder:
        fill(url, size, lambda what: doing(f"growth: {name}, {what} …"))
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        settings = settings_of(api, url, port)
        _learn(name, folder, settings)
        began = time.monotonic()
        doing(f"growth: {name}, {size.messages:,} messages, {size.waiting:,} waiting …")
        with process(module("benchmarks.load.ours"), folder, settings) as bot:
            _ready(port)
            yield api, bot, time.monotonic() - began


def _learn(name: str, folder: str, settings: dict[str, str]) -> None:
    """Start once on an empty database; what is learned there is kept in the folder. The timed start comes after it."""
    doing(f"growth: {name}, learning the scenarios …")
    with (
        database(name) as empty,
        process(module("benchmarks.load.ours"), folder, settings | {"DATABASE_URL": empty}) as bot,
    ):
        _ready(int(settings["SUPPORT_HTTP__PORT"]))
        _quiet(bot)


def _quiet(bot: subprocess.Popen[str]) -> None:
    """Wait until a bot, and the process in which it learns, have done what a start brings."""
    until = time.monotonic() + QUIET_S
    spent = -1.0
    while time.monotonic() < until:
        before, spent = spent, cpu_s(bot) + _of_children_s(bot.pid)
        if 0 <= spent - before < LOOK_S * QUIET:
            return
        time.sleep(LOOK_S)


def _of_children_s(pid: int) -> float:
    """Return the CPU seconds of processes that a process has started; 0 where there is no `/proc`."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        ticks = [Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[11:13] for child in children]
    except OSError:  # one that has just ended
        return 0.0
    return sum(int(tick) for both in ticks for tick in both) / os.sysconf("SC_CLK_TCK")


def _ready(port: int) -> None:
    until = time.monotonic() + START_S
    while True:
        try:
            with urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=5):
                return
        except (URLError, OSError):
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
