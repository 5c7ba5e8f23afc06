"""The time by which work is due. It only ever moves on, whatever happens to the clock that people read.

A wall clock is set back and forward, and replicas disagree about it. So what rests and what is leased is measured on
PostgreSQL by the database's own clock (`statement_timestamp()`), the same for all, and on SQLite, where one process
owns the lanes, by that process's: the wall's time as it began, and from then on the seconds that have passed.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

EVER: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueMoment:
    """What one unit on SQLite goes by; on PostgreSQL the database looks at its own clock."""

    now: datetime
    newest_place: datetime
    """No lane's place in the line is later than this, so nothing that has just come in has to wait."""


class QueueTime:
    """The steady clock of one process on a SQLite file."""

    def __init__(self) -> None:
        self._began: datetime | None = None
        self._began_s = 0.0

    def begin(self, wall: datetime, latest_due: datetime | None) -> None:
        """Start where nothing that waits lies ahead: the clock may have been set back while nobody worked."""
        self._began = max(wall, latest_due) if latest_due else wall
        self._began_s = time.monotonic()

    def moment(self, wall: datetime) -> QueueMoment:
        """Return the time now. A process that only looks in, beside the one that works, puts work due since ever."""
        if self._began is None:
            return QueueMoment(now=wall, newest_place=EVER)
        now = self._began + timedelta(seconds=time.monotonic() - self._began_s)
        return QueueMoment(now=now, newest_place=now)
