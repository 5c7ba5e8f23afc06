"""One line that says what is going on, on a terminal only."""

from __future__ import annotations

import sys


def doing(what: str) -> None:
    """Replace the line; an empty one clears it."""
    if sys.stderr.isatty():
        print(f"\r\x1b[2K{what}", end="", file=sys.stderr, flush=True)
