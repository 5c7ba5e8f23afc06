"""A stop that does not come to its end is ended, and what it waited for is in the log."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Final

import structlog

log = structlog.get_logger()
GIVE_UP_S: Final = 35.0
"""Longer than a stop may take: 20 s to drain, then seconds for what is under way. All that matters is on disk."""


@contextlib.contextmanager
def stops_within(
    stopping: asyncio.Event, seconds: float = GIVE_UP_S, end: Callable[[int], object] = os._exit
) -> Iterator[None]:
    """End the process, with 1, when it is still in here so many seconds after it was told to stop.

    A thread counts the seconds, because the event loop may be what hangs.
    """
    loop = asyncio.get_running_loop()
    timer = threading.Timer(seconds, lambda: _give_up(loop, end))
    timer.daemon = True

    async def count() -> None:
        await stopping.wait()
        timer.start()

    counting = asyncio.create_task(count(), name="last_resort")
    try:
        yield
    finally:
        counting.cancel()
        timer.cancel()


def _give_up(loop: asyncio.AbstractEventLoop, end: Callable[[int], object]) -> None:
    try:
        log.error(
            "bot.stop_hangs",
            hint="what is not finished is on disk, and is done after the next start",
            tasks=sorted(_place(task) for task in asyncio.all_tasks(loop)),
            threads=sorted(map(_line, sys._current_frames().values())),  # noqa: SLF001  # there is no other way to it
        )
    finally:
        end(1)


def _place(task: asyncio.Task[object]) -> str:
    """Return the task's name and the line on which it waits."""
    frames = task.get_stack()
    return f"{task.get_name()}: {_line(frames[-1])}" if frames else task.get_name()


def _line(frame: FrameType) -> str:
    return f"{Path(frame.f_code.co_filename).name}:{frame.f_lineno} {frame.f_code.co_name}"
