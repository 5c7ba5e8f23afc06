"""Somebody sets the clock of the machine, again and again, while customers write."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Final

from benchmarks.faults.figures import Figures, measured
from benchmarks.faults.scene import staged

HOUR: Final = timedelta(hours=1)
MINUTES: Final = timedelta(minutes=10)
RIGHT: Final = timedelta(0)
SETTINGS: Final = (-HOUR, RIGHT, HOUR, RIGHT, -MINUTES, MINUTES, RIGHT)
"""How far the clock is off, one after the other."""
EACH_S: Final = 5.0
PER_SECOND: Final = 8.0
WITHIN_S: Final = 30.0
"""Far less than any of the jumps."""


async def set_about(database: str) -> Figures:
    """Set the clock back and forward every five seconds, with a stop and a start under a wrong one at the end."""
    async with staged(database) as scene:
        file = Path("clock")
        _set(file, RIGHT)
        program = ("benchmarks.faults.shifted", str(file))
        bot = await scene.bot(program=program)
        many = int(len(SETTINGS) * EACH_S * PER_SECOND)
        writing = asyncio.create_task(scene.write(many, per_second=PER_SECOND))
        for off in SETTINGS:
            await asyncio.sleep(EACH_S)
            _set(file, off)
        await writing
        _set(file, -HOUR)
        code = await bot.stop()
        await scene.write(10, per_second=PER_SECOND)
        await scene.bot(program=program)
        await scene.all_served(within_s=WITHIN_S)
        return measured(scene, "clock set by 10 min and 1 h", note=f"stopped with {code}, started an hour before")


def _set(file: Path, off: timedelta) -> None:
    """Replace the file as a whole: it is read at any moment."""
    new = file.with_suffix(".new")
    new.write_text(str(off.total_seconds()), "utf-8")
    new.replace(file)
