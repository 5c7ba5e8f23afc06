"""The lanes that a process works on, where several workers of it might claim the same one."""

from __future__ import annotations

import asyncio


class LanesAtWork:
    """Shared by workers between which a lane may pass: a ticket moves to another group, and with it what waits."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.claiming = asyncio.Lock()
        """Held from a claim until its lanes are noted: nobody else may claim them meanwhile."""
