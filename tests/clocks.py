"""A wall clock that can be set, as people and time servers do; the seconds that pass stay what they are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class WallClock:
    """Right until it is set."""

    def __init__(self, off: timedelta = timedelta(0)) -> None:
        self.off = off

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.off
