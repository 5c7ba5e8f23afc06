"""Messages a second and CPU a message: ours on both databases, beside a bare aiogram bot in the same run."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit
from urllib.request import urlopen

from benchmarks.databases import NAMES, database
from benchmarks.load.echo import FASTER
from benchmarks.progress import doing
from bot.loops import fastest
from tests.packs import SHOP

REPOSITORY: Final = Path(__file__).parents[2]
WARM_UP: Final = 300
MESSAGES: Final = 2_000
PACED: Final = 500
PER_SECOND: Final = 25
SECRET: Final = "bench-secret"  # noqa: S105  # of two processes on loopback
TIMEOUT_S: Final = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Of one bot, or one way for updates to come in. Webhooks get no burst: Telegram sends them none."""

    name: str
    per_second: float | None = None
    burst_ms: float | None = None
    """CPU a message of a burst."""
    paced_ms: float
    """CPU a message at a steady pace."""
    p50: float
    p99: float
    """Milliseconds from an update to the call that answers it."""
    memory_mb: float


def run() -> None:
    """Print the table."""
    loop = "asyncio" if fastest() is None else FASTER
    print(
        f"load: {MESSAGES} questions of 100 customers at once, then {PACED} at {PER_SECOND} a second,\n"
        f"      each answered from a template ({os.cpu_count()} cores)\n"
        "      CPU is the bot's own process; PostgreSQL works beside it, and its share is not counted\n"
        f"      the bot runs on {loop}; x echo: beside the echo bot on asyncio, as aiogram's first page has it;\n"
        f"      x same: beside the echo bot on {loop} too"
    )
    with telegram() as api:
        bare, same = (_echo(name, api) for name in ("asyncio", loop))
        ours = [*(_ours(name, api) for name in NAMES), *(_ours(name, api, webhook=True) for name in NAMES)]
    doing("")
    print(f"\n  {'':<30} {'a burst':^40} {f'{PER_SECOND} a second':^50}")
    print(
        f"  {'bot':<30} {'messages/s':>10} {'CPU-ms':>10} {'x echo':>8} {'x same':>8} {'CPU-ms':>10} {'x echo':>8}"
        f" {'x same':>8} {'p50 ms':>8} {'p99 ms':>8} {'MB':>6}"
    )
    for row in (bare, same, *ours):
        burst = (_shown(row.per_second, 10, 0), _shown(row.burst_ms, 10, 2), *_times(row.burst_ms, bare, same))
        print(
            f"  {row.name:<30} {' '.join(burst)} {row.paced_ms:>10.2f} {row.paced_ms / bare.paced_ms:>8.1f}"
            f" {row.paced_ms / same.paced_ms:>8.1f} {row.p50:>8.1f} {row.p99:>8.1f} {row.memory_mb:>6.0f}"
        )
    print()


def _times(burst_ms: float | None, *echoes: Figures) -> Iterator[str]:
    for echo in echoes:
        yield _shown(burst_ms / echo.burst_ms if burst_ms and echo.burst_ms else None, 8, 1)


def _shown(figure: float | None, width: int, digits: int) -> str:
    return f"{'–':>{width}}" if figure is None else f"{figure:>{width}.{digits}f}"


def _echo(loop: str, api: str) -> Figures:
    doing(f"load: a bare aiogram echo bot on {loop} …")
    return _measured(f"aiogram echo on {loop}", [*module("benchmarks.load.echo"), api, loop], {}, api)


def _ours(name: str, api: str, *, webhook: bool = False) -> Figures:
    doing(f"load: the bot on {name}{', by webhook' if webhook else ''} …")
    with database(name) as url, socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
        free.close()
        settings = settings_of(api, url, port)
        if not webhook:
            return _measured(f"support-bot on {name}", module("benchmarks.load.ours"), settings, api)
        settings |= {
            "SUPPORT_TELEGRAM__MODE": "webhook",
            "SUPPORT_TELEGRAM__WEBHOOK_URL": "https://bench.example.com/telegram/webhook",
            "SUPPORT_TELEGRAM__WEBHOOK_SECRET": SECRET,
        }
        hook = f"http://127.0.0.1:{port}/telegram/webhook"
        return _measured(f"  by webhook, {name}", module("benchmarks.load.ours"), settings, api, hook=hook)


def settings_of(api: str, url: str, port: int) -> dict[str, str]:
    """Return the settings of a bot that answers each message at once, however many a customer writes."""
    return {
        "BOT_TOKEN": "1:bench-token-of-no-bot-at-all-000000000",
        "DATABASE_URL": url,
        "SUPPORT_TELEGRAM__API_URL": api,
        "SUPPORT_SCENARIOS__PATH": str(SHOP),
        "SUPPORT_HTTP__PORT": str(port),
        "SUPPORT_LIMITS__CUSTOMER_PER_MINUTE": "1000000",
        "SUPPORT_CLASSIFIER__PAUSE_S": "0",
    }


def _measured(name: str, command: list[str], settings: Mapping[str, str], api: str, *, hook: str = "") -> Figures:
    with tempfile.TemporaryDirectory() as folder, process(command, folder, settings) as bot:
        per_second = burst_ms = None
        if hook:
            listening(hook)
        else:
            answered(api, WARM_UP)
            before = cpu_s(bot)
            per_second = MESSAGES / answered(api, MESSAGES)
            burst_ms = (cpu_s(bot) - before) * 1000 / MESSAGES
        paced(api, WARM_UP // 4, hook)
        before = cpu_s(bot)
        state = paced(api, PACED, hook)
        paced_ms = (cpu_s(bot) - before) * 1000 / PACED
        return Figures(
            name=name,
            per_second=per_second,
            burst_ms=burst_ms,
            paced_ms=paced_ms,
            p50=state["p50"],
            p99=state["p99"],
            memory_mb=memory_mb(bot),
        )


def memory_mb(bot: subprocess.Popen[str]) -> float:
    """Return the resident memory; 0 where the system has no `/proc`."""
    status = Path(f"/proc/{bot.pid}/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)


def listening(hook: str) -> None:
    """Wait until the bot takes requests."""
    address = urlsplit(hook)
    until = time.monotonic() + TIMEOUT_S
    while True:
        try:
            socket.create_connection((str(address.hostname), address.port or 0), timeout=1).close()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return


def paced(api: str, many: int, hook: str) -> Any:
    """Let customers write at the pace, wait until all are answered, return what the server saw of it."""
    order = {"many": many, "per_second": PER_SECOND, "hook": hook, "secret": SECRET}
    ask(f"{api}/pace", json.dumps(order).encode())
    return _all_answered(api, many)


def answered(api: str, many: int) -> float:
    """Let customers write, wait until all are answered, return the seconds from the first poll to the last answer."""
    ask(f"{api}/load", str(many).encode())
    return float(_all_answered(api, many)["seconds"])


def _all_answered(api: str, many: int) -> Any:
    until = time.monotonic() + TIMEOUT_S
    while (state := ask(f"{api}/state"))["sent"] < many:
        if time.monotonic() > until:
            raise TimeoutError(f"{state['sent']} of {many} messages were answered within {TIMEOUT_S} s")
        time.sleep(0.1)
    return state


def ask(url: str, body: bytes | None = None) -> Any:
    with urlopen(url, body, timeout=10) as answer:  # noqa: S310  # a server of our own, on loopback
        return json.load(answer)["result"]


def cpu_s(process: subprocess.Popen[str]) -> float:
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("a process without pipes cannot be asked")
    process.stdin.write("\n")
    process.stdin.flush()
    return float(process.stdout.readline())


@contextmanager
def telegram() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder, process(module("benchmarks.load.telegram"), folder, {}) as server:
        port = server.stdout.readline().strip() if server.stdout else ""
        yield f"http://127.0.0.1:{port}"


def module(name: str) -> list[str]:
    return [sys.executable, "-m", name]


@contextmanager
def process(command: list[str], folder: str, settings: Mapping[str, str]) -> Iterator[subprocess.Popen[str]]:
    environment = dict(os.environ) | {"PYTHONPATH": str(REPOSITORY)} | dict(settings)
    process = subprocess.Popen(  # noqa: S603  # modules of this package
        command,
        cwd=folder,
        env=environment,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    with process:
        try:
            yield process
        finally:
            process.terminate()
