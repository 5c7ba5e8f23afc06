"""A bot whose wall clock is set while it runs: `python -m benchmarks.faults.shifted FILE`, with the seconds in FILE."""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot import logs
from bot.running import run
from bot.settings import load
from bot.signals import told_to_stop


def clock_of(file: Path) -> datetime:
    """Return the time, off by as many seconds as the file says now."""
    return datetime.now(UTC) + timedelta(seconds=float(file.read_text("utf-8")))


async def main(file: Path) -> None:
    """Run the bot by the settings of the environment until it is told to stop."""
    settings = load(env=os.environ)
    logs.configure(level=settings.logging.level, fmt=settings.logging.format, secrets=settings.secrets)
    stopping = asyncio.Event()
    with told_to_stop(stopping):
        await run(settings, stopping, clock=lambda: clock_of(file))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
