"""What was set aside because it kept failing: looked at, tried again, discarded."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

import structlog

from services.desk import audit
from services.desk.set_aside import line, readable
from services.messages.incoming import Operator
from services.messages.lengths import cut
from services.texts.html import plain
from storage.closed_sets import AuditAction
from storage.queue_statements import QueueName
from storage.store import Store
from storage.units import Unit

__all__ = ["Quarantine", "QuarantinedTask", "What"]
log = structlog.get_logger()
What = Literal["retry", "discard"]
ACTIONS: Final[Mapping[What, AuditAction]] = {"retry": "aside_retried", "discard": "aside_dropped"}
SHOWN_MOST: Final = 100
PAYLOAD_MOST: Final = 4000
QUEUES: Final[tuple[QueueName, ...]] = ("inbox", "outbox")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarantinedTask:
    """One of them. `words`: whose it is, what they said and why it failed; empty where nobody said anything."""

    queue: QueueName
    id: int
    key: str
    words: str
    error: str
    payload: str
    created_at: datetime
    settled_at: datetime


class Quarantine:
    """Of both queues."""

    def __init__(self, *, store: Store) -> None:
        self._store = store

    async def all(self, language: str) -> Sequence[QuarantinedTask]:
        """Return them, the newest first."""
        found = await self._store.read(lambda unit: [one for name in QUEUES for one in _of(unit, name, language)])
        return sorted(found, key=lambda one: one.settled_at, reverse=True)

    async def settle(self, queue: QueueName, ids: Collection[int], what: What, *, by: Operator) -> int:
        """Try them again, or let them be; return how many were still set aside."""

        def act(unit: Unit) -> int:
            tasks = unit.queue(queue)
            done = tasks.retry(ids) if what == "retry" else tasks.discard(ids)
            if done:
                audit.note(unit, audit.web(by), ACTIONS[what], detail=str(done))
            return done

        count = await self._store.write(act)
        log.info("quarantine.settled", queue=queue, what=what, count=count, operator=by.id)
        return count


def _of(unit: Unit, queue: QueueName, language: str) -> list[QuarantinedTask]:
    return [
        QuarantinedTask(
            queue=queue,
            id=one.id,
            key=one.key,
            words=plain(line(unit, queue, one, language)),
            error=one.error,
            payload=cut(readable(one.payload), PAYLOAD_MOST),
            created_at=one.created_at,
            settled_at=one.settled_at,
        )
        for one in unit.queue(queue).quarantined(most=SHOWN_MOST)
    ]
