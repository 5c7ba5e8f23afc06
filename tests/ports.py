"""Ports for servers that a test starts: free, and never handed out by the system to somebody else in between.

The system gives connections ports from its own range (32768 and up on Linux), so one that was free a moment ago may be
in use when the server wants it. These lie below that range; each process of tests has its own.
"""

from __future__ import annotations

import itertools
import socket
from collections.abc import Iterator
from functools import cache
from typing import Final

FIRST: Final = 18_000
LAST: Final = 32_500
OF_A_PROCESS: Final = 250


def free_port() -> int:
    """Return a port of loopback that nobody listens on. Raises OSError when the process has none left."""
    for port in itertools.islice(_ports(), OF_A_PROCESS):
        with socket.socket() as probe:
            if _bound(probe, port):
                return port
    raise OSError("none of the ports of this process is free")


@cache
def _ports() -> Iterator[int]:
    """Take the first row of ports that no other process has taken: who has it holds its first port."""
    for first in range(FIRST, LAST, OF_A_PROCESS):
        guard = socket.socket()
        if _bound(guard, first):
            guard.detach()  # until the process ends
            return itertools.cycle(range(first + 1, first + OF_A_PROCESS))
        guard.close()
    raise OSError(f"{FIRST} to {LAST}: no row of {OF_A_PROCESS} ports is free")


def _bound(free: socket.socket, port: int) -> bool:
    try:
        free.bind(("127.0.0.1", port))
    except OSError:
        return False
    return True
