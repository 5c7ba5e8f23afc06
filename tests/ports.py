"""Ports for servers that a test starts: free, and never handed out by the system to somebody else in between.

The system gives connections ports from its own range (32768 and up on Linux), so one that was free a moment ago may be
in use when the server wants it. These lie below that range; each worker of the test run has its own.
"""

from __future__ import annotations

import itertools
import os
import socket
from typing import Final

FIRST: Final = 18_000
OF_A_WORKER: Final = 500
_WORKER: Final = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
_ports: Final = itertools.cycle(range(FIRST + _WORKER * OF_A_WORKER, FIRST + (_WORKER + 1) * OF_A_WORKER))


def free_port() -> int:
    """Return a port of loopback that nobody listens on. Raises OSError when the worker has none left."""
    for port in itertools.islice(_ports, OF_A_WORKER):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError(f"no port is free from {FIRST + _WORKER * OF_A_WORKER} on")
