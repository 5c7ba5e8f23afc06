"""Whether requests that change something are let in."""

from __future__ import annotations

from typing import Final

from handlers.http.problems import Problem
from services.health.checks import Check

AWAY_S: Final = 5
"""About as long as a restart takes."""


class ShutdownGate:
    """Open until the process is on its way out: what is under way ends, and callers come back to whoever is next."""

    def __init__(self) -> None:
        self.open = True

    def close(self) -> None:
        self.open = False

    def must_be_open(self) -> None:
        """Raise Problem while the process is on its way out."""
        if not self.open:
            raise Problem(503, "restarting; try again", Retry_After=str(AWAY_S))

    async def check(self) -> Check:
        """Whether updates can come in, where they are pushed: standing here is all it takes."""
        return Check(status="healthy" if self.open else "unhealthy", facts={"pushed": True})
