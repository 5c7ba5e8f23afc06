"""An answer that is owed: a task in the customer's own lane, so it waits behind whatever they write meanwhile."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from storage.records import Entry

PREFIX: Final = "ask:"
SINCE: Final = " since "
"""Between the key of a message and when it was written, in seconds."""


def promise(message_key: str, lane: str, *, again: int = 0, written_at: datetime | None = None) -> Entry:
    """Return the task that will answer a stored message, however often it has been put back before."""
    payload = f"{message_key}{SINCE}{int(written_at.timestamp())}" if written_at else message_key
    return Entry(key=f"{PREFIX}{again}:{message_key}", lane=lane, payload=payload)


def promised(payload: str) -> tuple[str, datetime | None]:
    """Return the key of the message to answer, and when it was written."""
    key, _, seconds = payload.partition(SINCE)
    return key, datetime.fromtimestamp(int(seconds), UTC) if seconds else None


def times_put_back(key: str) -> int:
    """Return how often a promise was put back, from its key."""
    return int(key.removeprefix(PREFIX).partition(":")[0])
