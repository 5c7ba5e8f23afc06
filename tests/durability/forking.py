"""Bots without the wait for their imports, which take seconds: one process imports everything, each bot is its fork.

It is a real process all the same: signals reach it, limits hold for it, and nothing of it is shared with the test.
Starts from nothing are the affair of `tests/cli`.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import sys
from collections.abc import Mapping
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Final

from bot import foundation
from bot.cli import main

_BREEDER: Final = multiprocessing.get_context("forkserver")
_BREEDER.set_forkserver_preload(["bot.running", "bot.cli.run"])


MINUTE_S: Final = 10.0
"""How long a call counts in the group's limit of these bots, so that nobody waits for a real minute to pass."""


async def forked(environment: Mapping[str, str], log: Path) -> Forked:
    """Start a bot."""
    process = _BREEDER.Process(target=_live, args=(environment, Path.cwd(), log))
    await asyncio.to_thread(process.start)  # the first one waits until everything is imported
    return Forked(process)


class Forked:
    """What `asyncio.subprocess.Process` is for a program."""

    def __init__(self, process: ForkServerProcess) -> None:
        self._process = process

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def send_signal(self, sign: int) -> None:
        if self.returncode is None:
            os.kill(self.pid, sign)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    async def wait(self) -> int:
        loop, gone = asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(self._process.sentinel, gone.set)
        try:
            await gone.wait()
        finally:
            loop.remove_reader(self._process.sentinel)
        code = self.returncode
        assert code is not None
        return code


def _live(environment: Mapping[str, str], folder: Path, log: Path) -> None:
    """Be a bot: what `support-bot run` does, from the line after the imports."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    words, nowhere = os.open(log, os.O_WRONLY | os.O_APPEND), os.open(os.devnull, os.O_RDWR)
    for here, stream in ((nowhere, 0), (nowhere, 1), (words, 2)):
        os.dup2(here, stream)
    vars(foundation)["MINUTE_S"] = MINUTE_S
    sys.argv = ["support-bot", "run"]
    main()
