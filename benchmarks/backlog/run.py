"""How long those wait who write now, while a backlog drains; on both databases, at Telegram's pace of 30 a second."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Mapping
from statistics import median, quantiles
from typing import Any, Final

from benchmarks.databases import NAMES, database
from benchmarks.load.run import ask, module, process
from benchmarks.progress import doing
from tests.packs import SHOP

WAITING: Final = 20_000
SECONDS: Final = 180
START_S: Final = 120
MOST_P95_S: Final = 10.0
HANDFUL: Final = 200
"""Fewer updates than this at the server: the backlog has been read, the rest is what comes in now."""


def run() -> None:
    """Print the table."""
    print(f"backlog: {WAITING:,} updates wait, somebody new writes every second; what holds after {SECONDS} s")
    rows = [(name, _measured(name)) for name in NAMES]
    doing("")
    heads = f"{'read in':>8} {'written now':>12} {'answered':>9} {'p50 s':>7} {'p95 s':>7} {'drained/s':>10}"
    print(f"\n  {'database':<12} {heads}")
    for name, (read_s, found) in rows:
        waits = found["waits"]
        p95 = quantiles(waits, n=20)[-1]
        verdict = "" if p95 <= MOST_P95_S else f"  above {MOST_P95_S:.0f}"
        print(
            f"  {name:<12} {read_s:>6.1f} s {len(waits):>12} {found['answered']:>9}"
            f" {median(waits):>7.1f} {p95:>7.1f} {found['drained'] / found['s']:>10.1f}{verdict}"
        )
    print()


def _measured(name: str) -> tuple[float, Mapping[str, Any]]:
    server = [*module("benchmarks.backlog.telegram"), str(WAITING)]
    with tempfile.TemporaryDirectory() as folder, database(name) as url, process(server, folder, {}) as telegram:
        port = telegram.stdout.readline().strip() if telegram.stdout else ""
        api = f"http://127.0.0.1:{port}"
        with process([*module("bot"), "run"], folder, _settings(api, url)):
            return _watched(api, name)


def _settings(api: str, url: str) -> dict[str, str]:
    return {
        "BOT_TOKEN": "1:bench-token-of-no-bot-at-all-000000000",
        "DATABASE_URL": url,
        "SUPPORT_TELEGRAM__API_URL": api,
        "SUPPORT_SCENARIOS__PATH": str(SHOP),
        "SUPPORT_HTTP__PORT": "0",
    }


def _watched(api: str, name: str) -> tuple[float, Mapping[str, Any]]:
    """Return when all that waited had been read, and what held at the end."""
    until = time.monotonic() + START_S
    read_s = 0.0
    while (found := ask(f"{api}/state"))["s"] < SECONDS:
        if not found["s"] and time.monotonic() > until:
            raise TimeoutError(f"the bot did not begin to listen within {START_S} s")
        if found["unread"] > HANDFUL:
            read_s = found["s"]
        doing(f"backlog on {name}: {found['s']:.0f} s, {found['answered']} of {len(found['waits'])} answered …")
        time.sleep(0.5)
    return read_s, found
