"""Being told to stop, by Ctrl-C or by an orchestrator."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Iterator


@contextlib.contextmanager
def told_to_stop(stopping: asyncio.Event) -> Iterator[None]:
    """Set the event on SIGTERM and SIGINT, instead of dying of them."""
    loop = asyncio.get_running_loop()
    caught = (signal.SIGTERM, signal.SIGINT)
    for one in caught:
        loop.add_signal_handler(one, stopping.set)
    try:
        yield
    finally:
        for one in caught:
            loop.remove_signal_handler(one)
