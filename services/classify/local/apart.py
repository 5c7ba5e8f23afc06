"""Work in a process of its own that stands back behind everything else the machine has to do."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

from services.classify.local.apprentice import NICE, end_with

Given = TypeVar("Given")
Found = TypeVar("Found")


async def apart(work: Callable[[Given], Found], given: Given) -> Found:
    """Return what it makes of what it is given; both travel as pickles. The process ends with its caller.

    It takes one thread: more of them wait for each other on small matrices, and cost the others' time.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the process inherits it; here numpy has long been read
    spawn = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(1, mp_context=spawn, initializer=_stand_back, initargs=(os.getpid(),))
    try:
        return await asyncio.get_running_loop().run_in_executor(pool, work, given)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _stand_back(caller: int) -> None:
    end_with(caller)
    if hasattr(os, "nice"):  # not on Windows
        os.nice(NICE)
