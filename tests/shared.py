"""What is made once: files for all tests, whichever worker is first to need them, and the rest for a worker."""

from __future__ import annotations

import asyncio
import fcntl
import os
import shutil
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from services.classify.local.remembered import SUFFIX
from services.classify.local.weights import REST, TABLE


def in_a_thread(work: Coroutine[Any, Any, None]) -> None:
    """Run to the end beside the loop of the test that asks first, which may be running."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return the file of this name in the run's folder; who comes while another worker makes it waits for it."""
    own = factory.getbasetemp()
    file = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / name
    if not file.exists():
        with file.with_name(f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not file.exists():
                mine = file.with_name(f"{os.getpid()}-{name}")
                make(mine)
                mine.replace(file)
    return file


def filled_once(
    factory: pytest.TempPathFactory, name: str, empty: Path, fill: Callable[[str], Coroutine[Any, Any, None]]
) -> Path:
    """Return a copy of an empty database file that something was put into, by its address."""

    def make(file: Path) -> None:
        shutil.copy(empty, file)
        asyncio.run(fill(f"sqlite+aiosqlite:///{file}"))

    return made_once(factory, name, make)


def lend_encoder(trained: Path, folder: Path) -> None:
    """Put what lies beside a trained model where a bot looks for it: the encoder's 70 MB, the vectors of phrases."""
    for name in (TABLE, REST, trained.with_suffix(SUFFIX).name):
        if (trained.parent / name).exists():
            (folder / name).symlink_to(trained.parent / name)
