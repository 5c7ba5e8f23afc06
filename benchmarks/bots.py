"""The real bot in a process of its own, against a playground."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator
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
    with tempfile.TemporaryDirectory() as folder, database(on) as url:
        environment = dict(os.environ) | {
            "PYTHONPATH": str(REPOSITORY),
            "BOT_TOKEN": defaults.TOKEN,
            "DATABASE_URL": url,
            "SUPPORT_TELEGRAM__API_URL": api,
            "SUPPORT_TELEGRAM__ADMIN_IDS": str(defaults.ADMIN_ID),
            "SUPPORT_OPERATORS__CHAT_ID": str(defaults.GROUP_ID),
            "SUPPORT_SCENARIOS__PATH": str(SHOP),
            "SUPPORT_HTTP__PORT": "0",
        }
        bot = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"),
            cwd=folder,
            env=environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            async with asyncio.timeout(START_S):
                while not playground.world.updates.polled_now:  # noqa: ASYNC110  # polling rings no bell
                    await asyncio.sleep(LOOK_S)
            yield bot.pid
        finally:
            bot.terminate()
            async with asyncio.timeout(STOP_S):
                await bot.wait()
