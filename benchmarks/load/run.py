"""Messages a second and CPU a message: ours on both databases, beside a bare aiogram bot in the same run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.request import urlopen

from benchmarks.databases import NAMES, database
from benchmarks.progress import doing

REPOSITORY: Final = Path(__file__).parents[2]
WARM_UP: Final = 300
MESSAGES: Final = 2_000
PATIENCE_S: Final = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Of one bot."""

    name: str
    per_second: float
    cpu_ms: float


def run() -> None:
    """Print the table."""
    print(
        f"load: {MESSAGES} questions of 100 customers at once, each answered from a template ({os.cpu_count()} cores)"
    )
    print("      CPU is the bot's own process; PostgreSQL works beside it, and its share is not counted")
    with _telegram() as api:
        doing("load: a bare aiogram echo bot …")
        bare = _measured("aiogram echo, stores nothing", [*module("benchmarks.load.echo"), api], {}, api)
        rows = [bare, *(_ours(name, api) for name in NAMES)]
    doing("")
    print(f"\n  {'bot':<30} {'messages/s':>10} {'CPU-ms/message':>15} {'CPU, times echo':>16}")
    for row in rows:
        print(f"  {row.name:<30} {row.per_second:>10.0f} {row.cpu_ms:>15.2f} {row.cpu_ms / bare.cpu_ms:>16.1f}")
    print()


def _ours(name: str, api: str) -> Figures:
    doing(f"load: the bot on {name} …")
    with database(name) as url:
        settings = {
            "BOT_TOKEN": "1:bench-token-of-no-bot-at-all-000000000",
            "DATABASE_URL": url,
            "SUPPORT_TELEGRAM__API_URL": api,
            "SUPPORT_SCENARIOS__PATH": str(REPOSITORY / "scenarios"),
            "SUPPORT_HTTP__PORT": "0",
            "SUPPORT_LIMITS__CUSTOMER_PER_MINUTE": "1000000",
            "SUPPORT_CLASSIFIER__PAUSE_S": "0",
        }
        return _measured(f"support-bot on {name}", module("benchmarks.load.ours"), settings, api)


def _measured(name: str, command: list[str], settings: Mapping[str, str], api: str) -> Figures:
    with tempfile.TemporaryDirectory() as folder, process(command, folder, settings) as bot:
        _answered(api, WARM_UP)
        before = _cpu_s(bot)
        seconds = _answered(api, MESSAGES)
        spent = _cpu_s(bot) - before
    return Figures(name=name, per_second=MESSAGES / seconds, cpu_ms=spent * 1000 / MESSAGES)


def _answered(api: str, many: int) -> float:
    """Let customers write, wait until all are answered, return the seconds from the first poll to the last answer."""
    ask(f"{api}/load", str(many).encode())
    until = time.monotonic() + PATIENCE_S
    while (state := ask(f"{api}/state"))["sent"] < many:
        if time.monotonic() > until:
            raise TimeoutError(f"{state['sent']} of {many} messages were answered within {PATIENCE_S} s")
        time.sleep(0.1)
    return float(state["seconds"])


def ask(url: str, body: bytes | None = None) -> Any:
    with urlopen(url, body, timeout=10) as answer:  # noqa: S310  # a server of our own, on loopback
        return json.load(answer)["result"]


def _cpu_s(process: subprocess.Popen[str]) -> float:
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("a process without pipes cannot be asked")
    process.stdin.write("\n")
    process.stdin.flush()
    return float(process.stdout.readline())


@contextmanager
def _telegram() -> Iterator[str]:
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
