"""The real bot in a process of its own, against a playground."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Final

from benchmarks.databases import database
from benchmarks.load.run import REPOSITORY
from playground import defaults
from playground.server import Playground
from tests.packs import SHOP

LOOK_S: Final = 0.1
START_S: Final = 180.0
"""The first start trains the engine, which takes long on a busy machine."""
STOP_S: Final = 60.0


@asynccontextmanager
async def running(playground: Playground, api: str, on: str) -> AsyncIterator[int]:
    """Run it on an empty database against the address where the playground is served; give its number once it polls."""
    with database(on) as url:
        async with process(playground, api, url, SUPPORT_HTTP__PORT="0") as pid:
            yield pid


@asynccontextmanager
async def process(playground: Playground, api: str, url: str, **more: str) -> AsyncIterator[int]:
    """Run one process of it until left, given once it is ready. `more`: settings by their environment names."""
    with tempfile.TemporaryDirectory() as folder:
        environment = dict(os.environ) | {
            "PYTHONPATH": str(REPOSITORY),
            "BOT_TOKEN": defaults.TOKEN,
            "DATABASE_URL": url,
            "SUPPORT_TELEGRAM__API_URL": api,
            "SUPPORT_TELEGRAM__ADMIN_IDS": str(defaults.ADMIN_ID),
            "SUPPORT_OPERATORS__CHAT_ID": str(defaults.GROUP_ID),
            "SUPPORT_SCENARIOS__PATH": str(SHOP),
        }
        bot = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"),
            cwd=folder,
            env=environment | more,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            async with asyncio.timeout(START_S):
                while not (playground.world.updates.polled_now and await _answers(more)):  # noqa: ASYNC110  # no bell
                    await asyncio.sleep(LOOK_S)
            yield bot.pid
        finally:
            bot.terminate()
            async with asyncio.timeout(STOP_S):
                await bot.wait()


async def _answers(settings: Mapping[str, str]) -> bool:
    """Whether its own HTTP is there, as far as somebody has said where."""
    port = settings["SUPPORT_HTTP__PORT"]
    if port == "0":
        return True
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", int(port))
    except OSError:
        return False
    writer.close()
    return True
