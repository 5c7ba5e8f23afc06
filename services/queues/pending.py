"""What is owed, as tasks in the inbox: they stand in a lane, so they come after what was written before them.

A *pending answer* is one to a stored line, in the lane of its customer. A *reopening* brings to a ticket that is
open again what its customer has said since it was closed.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from storage.records import Entry, Message, Ticket

PREFIX: Final = "ask:"
SINCE: Final = " since "
"""Between the key of a message and when it was written, in seconds."""
REOPENED: Final = "reopened:"
GIVEN_BACK: Final = "back:"
"""Before the key of a message whose own pending answer may have been settled: the owner spoke then."""


def pending_answer(message_key: str, lane: str, *, again: int = 0, written_at: datetime | None = None) -> Entry:
    """Return the task that will answer a stored message, however often it has been put back before."""
    payload = f"{message_key}{SINCE}{int(written_at.timestamp())}" if written_at else message_key
    return Entry(key=f"{PREFIX}{again}:{message_key}", lane=lane, payload=payload)


def given_back(line: Message, lane: str) -> Entry:
    """Return the task that will answer a line which the owner of the chat has left without an answer."""
    answer = pending_answer(line.key, lane, written_at=line.created_at)
    return replace(answer, key=f"{PREFIX}0:{GIVEN_BACK}{line.key}")


def pending_message(payload: str) -> tuple[str, datetime | None]:
    """Return the key of the message to answer, and when it was written."""
    key, _, seconds = payload.partition(SINCE)
    return key, datetime.fromtimestamp(int(seconds), UTC) if seconds else None


def times_put_back(key: str) -> int:
    """Return how often a pending answer was put back, from its key."""
    return int(key.removeprefix(PREFIX).partition(":")[0])


def reopening(ticket: Ticket, closed_at: datetime, cause: str) -> Entry:
    """Return the task that will show people what was said since a ticket was closed."""
    return Entry(key=f"{REOPENED}{cause}", lane=f"t:{ticket.id}", payload=f"{ticket.id} {closed_at.isoformat()}")


def closed_since(payload: str) -> tuple[int, datetime]:
    """Return the ticket that such a task is about, and when it had been closed."""
    number, _, moment = payload.partition(" ")
    return int(number), datetime.fromisoformat(moment)
