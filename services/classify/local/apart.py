"""Work in a process of its own, which can stand back behind everything else the machine has to do."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import Final, TypeVar

LOOK_S: Final = 1.0
"""Between two looks whether the caller is still there."""
NICE: Final = 10
"""How far work stands back that nobody waits for."""
Given = TypeVar("Given")
Found = TypeVar("Found")


async def apart(work: Callable[[Given], Found], given: Given, *, urgent: bool = False) -> Found:
    """Return what it makes of what it is given; both travel as pickles. The process ends with its caller.

    It takes one thread: more of them wait for each other on small matrices, and cost the others' time. `urgent`: it
    does not stand back.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the process inherits it; here numpy has long been read
    spawn = multiprocessing.get_context("spawn")
    begin = end_with if urgent else _stand_back
    pool = ProcessPoolExecutor(1, mp_context=spawn, initializer=begin, initargs=(os.getpid(),))
    try:
        started = await asyncio.to_thread(pool.submit, work, given)  # it starts the process, which takes a while
        return await asyncio.wrap_future(started)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def end_with(caller: int) -> None:
    """End this process soon after its caller, which may be killed and so cannot see to that."""

    def watch() -> None:
        while os.getppid() == caller:
            time.sleep(LOOK_S)
        os._exit(1)

    threading.Thread(target=watch, name="caller", daemon=True).start()


def stand_back() -> None:
    """Let everything else on the machine go first."""
    if hasattr(os, "nice"):  # not on Windows
        os.nice(NICE)


def _stand_back(caller: int) -> None:
    end_with(caller)
    stand_back()
