"""An answer that is owed: a task in the customer's own lane, so it waits behind whatever they write meanwhile."""

from __future__ import annotations

from typing import Final

from storage.records import Entry

PREFIX: Final = "ask:"


def promise(message_key: str, lane: str, *, again: int = 0) -> Entry:
    """Return the task that will answer a stored message, however often it has been put back before."""
    return Entry(key=f"{PREFIX}{again}:{message_key}", lane=lane, payload=message_key)


def times_put_back(key: str) -> int:
    """Return how often a promise was put back, from its key."""
    return int(key.removeprefix(PREFIX).partition(":")[0])
