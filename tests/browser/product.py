"""The product as a user starts it, `support-bot run` in an empty folder without a token; or all in this process."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.cli import staging
from bot.running import run
from bot.settings import load
from playground.stage import Stage
from tests.packs import SHOP
from tests.ports import free_port

COMMAND: Final = Path(sys.executable).with_name("support-bot")
START_S: Final = 120
STOP_S: Final = 120
FOREIGN: Final = ("SUPPORT_", "BOT_TOKEN", "OPENAI_", "DATABASE_URL")
"""Settings of whoever runs the tests."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """A playground with its bot, at work."""

    url: str
    """Of the page."""
    process: asyncio.subprocess.Process
    """The playground's own; the bot's is its child."""
    log: Path

    def bot(self) -> int | None:
        """Return the process id of the bot; None while there is none."""
        found = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return int(found[0]) if found else None


def environment(**more: str) -> dict[str, str]:
    """Return what the product is told: nothing of what whoever runs the tests has set."""
    usual = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
    return usual | {"SUPPORT_SCENARIOS__PATH": str(SHOP)} | more


@asynccontextmanager
async def running(folder: Path, *, ports: tuple[int, int] | None = None, **more: str) -> AsyncIterator[Product]:
    """Run until left; leaving it is Ctrl-C, which has to end well unless it has ended before."""
    page, own = ports or free_ports()
    told = {"SUPPORT_PLAYGROUND__PORT": str(page), "SUPPORT_HTTP__PORT": str(own)} | more
    ended = False
    with (folder / "log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            COMMAND, "run", cwd=folder, env=environment(**told), stdout=asyncio.subprocess.PIPE, stderr=log
        )
        try:
            await _opened(process)
            yield Product(url=f"http://127.0.0.1:{page}", process=process, log=folder / "log")
        finally:
            ended = process.returncode is not None
            if not ended:
                process.terminate()
            code = await asyncio.wait_for(process.wait(), STOP_S)
    assert ended or code == 0, (folder / "log").read_text(errors="replace")[-2000:]


async def _opened(process: asyncio.subprocess.Process) -> None:
    """Wait for the line that a user waits for."""
    assert process.stdout is not None
    line = await asyncio.wait_for(process.stdout.readline(), START_S)
    assert b"The playground is open: http://127.0.0.1:" in line, line


@asynccontextmanager
async def inside() -> AsyncIterator[Stage]:
    """Run the playground and its bot in this process and the working folder: nobody waits for two programs to start.

    The team speaks English, as where an English browser has opened the page.

    What is about the processes themselves (a bot that is killed, a page that outlives it) needs `running`.
    """
    page, own = free_ports()
    settings = load(env=environment(SUPPORT_PLAYGROUND__PORT=str(page), SUPPORT_HTTP__PORT=str(own)))
    stopping = asyncio.Event()
    async with staging.staged(settings) as opened:
        told = staging.told(settings, None, opened.url, "en", "example")
        bot = asyncio.create_task(run(load(env=environment(**told)), stopping))
        try:
            yield opened
        finally:
            stopping.set()
            await bot


def free_ports() -> tuple[int, int]:
    return free_port(), free_port()
