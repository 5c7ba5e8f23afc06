"""The bot as a user starts it: a process with settings in its environment."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL
from collections.abc import Awaitable, Callable, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Protocol

from playground import defaults
from tests.packs import SHOP
from tests.ports import free_port

OURS = ("SUPPORT_", "BOT_TOKEN", "DATABASE_URL", "OPENAI_")


class Living(Protocol):
    """A process, executed or forked."""

    @property
    def pid(self) -> int: ...
    @property
    def returncode(self) -> int | None: ...
    def send_signal(self, signal: int, /) -> None: ...
    def kill(self) -> None: ...
    def terminate(self) -> None: ...
    async def wait(self) -> int: ...


Launch = Callable[[Mapping[str, str], Path], Awaitable[Living]]
"""Takes the environment and the file for what is said; the file is there."""


async def executed(environment: Mapping[str, str], log: Path, program: Sequence[str] = ("bot", "run")) -> Living:
    """Start from nothing, imports and all."""
    with log.open("ab") as words:
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", *program), env=environment, stdin=DEVNULL, stdout=DEVNULL, stderr=words
        )


class Bot:
    """One process; its words stand in a file."""

    def __init__(self, process: Living, log: Path, *, http: str) -> None:
        self._process = process
        self.log = log
        self.http = http

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.returncode is None

    @property
    def words(self) -> str:
        return self.log.read_text("utf-8")

    @property
    def complaints(self) -> list[str]:
        """What it said to its user, beside its log."""
        return [line for line in self.words.splitlines() if line.startswith("support-bot:")]

    async def kill(self) -> None:
        """The way the kernel does it when memory runs out: no warning, no last word."""
        self._process.kill()
        await self._process.wait()

    def freeze(self) -> None:
        """Let it stand still, as a machine does that is out of memory or moved to another host."""
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    async def stop(self, *, within_s: float = 90) -> int:
        """Ask it to stop, the way an orchestrator does; return its exit code."""
        self._process.terminate()
        return await self.ended(within_s=within_s)

    async def ended(self, *, within_s: float = 90) -> int:
        async with asyncio.timeout(within_s):
            return await self._process.wait()

    async def close(self) -> None:
        if self.alive:
            await self.kill()


class Bots:
    """Starts processes in the working folder."""

    def __init__(self, *, group_id: int, launch: Launch = executed) -> None:
        self._group_id = group_id
        self._launch = launch
        self._started: list[Bot] = []
        self._numbers = count(1)

    async def start(self, api_url: str, database_url: str, *, program: Sequence[str] = (), **more: str) -> Bot:
        """Start a process; `program` is another module, with its arguments, that runs a bot."""
        log = Path(f"bot{next(self._numbers)}.log")
        log.touch()  # noqa: ASYNC240  # an empty file, made at once
        environment = self._environment(api_url, database_url) | more
        process = await (executed(environment, log, program) if program else self._launch(environment, log))
        http = f"http://127.0.0.1:{environment['SUPPORT_HTTP__PORT']}"
        self._started.append(bot := Bot(process, log, http=http))
        return bot

    async def close(self) -> None:
        for bot in self._started:
            await bot.close()

    def _environment(self, api_url: str, database_url: str) -> dict[str, str]:
        plain = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        return plain | {
            "BOT_TOKEN": defaults.TOKEN,
            "DATABASE_URL": database_url,
            "SUPPORT_TELEGRAM__API_URL": api_url,
            "SUPPORT_TELEGRAM__ADMIN_IDS": str(defaults.ADMIN_ID),
            "SUPPORT_OPERATORS__CHAT_ID": str(self._group_id),
            "SUPPORT_SCENARIOS__PATH": str(SHOP),
            "SUPPORT_HTTP__PORT": str(free_port()),
            "SUPPORT_LIMITS__CUSTOMER_PER_MINUTE": "10000",
            "SUPPORT_CLASSIFIER__PAUSE_S": "0",
        }
