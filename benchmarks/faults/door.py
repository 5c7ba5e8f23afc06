"""Strangers at the HTTP door: thousands who say nothing, hundreds who say it byte by byte, while customers write."""

from __future__ import annotations

import asyncio
import contextlib
import random
import resource
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Final

import aiohttp

from benchmarks.faults.figures import Figures, measured
from benchmarks.faults.scene import staged
from tests.durability.processes import Bot

SEED: Final = 20_265
SILENT: Final = 1_500
"""More than the bot has places."""
SLOW: Final = 300
BYTE_S: Final = (0.2, 1.0)
"""How long somebody slow waits between two bytes."""
SECONDS: Final = 30
PER_SECOND: Final = 10.0
PROBE_S: Final = 0.5
AGAIN_S: Final = 1.0
HEAD: Final = b"POST /api/messages/ HTTP/1.1\r\nHost: support.example.org\r\nX-Slow: " + b"a" * 200 + b"\r\n\r\n"
BODY: Final = (
    b"POST /telegram/webhook HTTP/1.1\r\nHost: support.example.org\r\nContent-Length: 4000\r\n\r\n",
    b'{"update_id": 1, "message": "' + b"a" * 3_960,
)

Visit = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def slow_bytes(database: str) -> Figures:
    """Hold the door with silent and slow connections for half a minute."""
    chance = random.Random(SEED)  # noqa: S311  # a story that can be told again
    with _many_handles():
        async with staged(database) as scene:
            bot = await scene.bot(SUPPORT_HTTP__API_TOKEN="a-token-for-benchmarks-only")  # noqa: S106  # of no bot
            port = int(bot.http.rpartition(":")[2])
            async with _strangers(port, chance):
                probing = asyncio.create_task(_probes(bot))
                await scene.write(int(SECONDS * PER_SECOND), per_second=PER_SECOND)
                await scene.all_served(within_s=60)
                probing.cancel()
                waits, failed = await probing
            note = f"probes: {len(waits)} answered, the slowest in {max(waits, default=0.0):.2f} s; {failed} failed"
            return measured(
                scene, "slow bytes, idle connections", note=f"{note}; {len(bot.words.splitlines())} log lines"
            )


@contextmanager
def _many_handles() -> Iterator[None]:
    """Both the strangers and the pretend Telegram stand in this process."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@asynccontextmanager
async def _strangers(port: int, chance: random.Random) -> AsyncIterator[None]:
    """Keep so many at the door; who is shown out comes back."""
    pace = [chance.uniform(*BYTE_S) for _ in range(SLOW)]
    kept = [asyncio.create_task(_silent(port)) for _ in range(SILENT)]
    kept += [asyncio.create_task(_drip(port, one, in_head=number % 2 == 0)) for number, one in enumerate(pace)]
    try:
        yield
    finally:
        for task in kept:
            task.cancel()
        await asyncio.gather(*kept, return_exceptions=True)


async def _silent(port: int) -> None:
    async def visit(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        await reader.read()

    await _again_and_again(port, visit)


async def _drip(port: int, pause_s: float, *, in_head: bool) -> None:
    at_once, slowly = (b"", HEAD) if in_head else BODY

    async def visit(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(at_once)
        over = asyncio.create_task(reader.read())
        for byte in slowly:
            if (await asyncio.wait([over], timeout=pause_s))[0]:
                break
            writer.write(bytes([byte]))
        over.cancel()
        await asyncio.gather(over, return_exceptions=True)

    await _again_and_again(port, visit)


async def _again_and_again(port: int, visit: Visit) -> None:
    """Come in; who is thrown out waits a moment before the next time."""
    while True:
        with contextlib.suppress(OSError):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                await visit(reader, writer)
            finally:
                writer.transport.abort()
        await asyncio.sleep(AGAIN_S)


async def _probes(bot: Bot) -> tuple[list[float], int]:
    """Ask whether it lives, twice a second, over a new connection each time, until cancelled."""
    waits: list[float] = []
    failed = 0
    with contextlib.suppress(asyncio.CancelledError):
        while True:
            began = time.monotonic()
            if await _lives(bot):
                waits.append(time.monotonic() - began)
            else:
                failed += 1
            await asyncio.sleep(PROBE_S)
    return waits, failed


async def _lives(bot: Bot) -> bool:
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as client,
            client.get(f"{bot.http}/health/live") as answer,
        ):
            return answer.status == 200
    except (TimeoutError, aiohttp.ClientError):
        return False
