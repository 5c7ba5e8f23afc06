"""CPU time of a process, asked over its standard input: user and system, all threads."""

from __future__ import annotations

import asyncio
import sys
import time


def answer_with_cpu_time(loop: asyncio.AbstractEventLoop) -> None:
    """Print the seconds of CPU used so far at every line that comes in."""

    def asked() -> None:
        if sys.stdin.readline():
            print(time.process_time(), flush=True)
        else:
            loop.remove_reader(sys.stdin)

    loop.add_reader(sys.stdin, asked)
