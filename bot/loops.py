"""Which event loop the bot runs on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


def run_on_fastest(main: Coroutine[Any, Any, T]) -> T:
    """Do what `asyncio.run` does, on uvloop where it is installed: the same for the program, at less CPU a message."""
    with asyncio.Runner(loop_factory=fastest()) as runner:
        return runner.run(main)


def fastest() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """Return what makes uvloop's loop; None, asyncio's own, on platforms that uvloop has no package for."""
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop
