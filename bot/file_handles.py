"""File handles: a connection takes one, and many systems give a process 1,024 unless it asks for more."""

from __future__ import annotations

import resource
from contextlib import suppress
from typing import Final

ENOUGH: Final = 1_048_576
"""Where there is no limit at all: more than Linux gives to one process."""


def raise_limit() -> None:
    """Ask for as many as this process may have; where that is refused, those it has must do."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = ENOUGH if hard == resource.RLIM_INFINITY else hard
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
