"""What is kept no longer than promised: an hourly round in small steps, so that no message waits for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Final

import structlog

from services.reports.metrics import note_erased
from storage.queue_statements import QueueName
from storage.retention import MOST
from storage.store import Store
from storage.units import Unit

log = structlog.get_logger()
AT_ONCE: Final = 10_000
"""Rows looked at in one go; reading keeps nobody waiting."""
UPLOADED: Final = timedelta(days=1)
"""So long a file from a page is kept that the messenger may have to be given again."""
UPLOADS_AT_ONCE: Final = 10
BREATH_S: Final = 0.05
"""Between two steps."""
QUEUES: Final[tuple[QueueName, ...]] = ("inbox", "outbox")
Step = Callable[[Unit], int]
"""Deletes a little in a unit, and says how many rows."""


class Retention:
    """Blanks payloads of settled tasks, and deletes conversations that are over, each after its days."""

    def __init__(self, *, store: Store, payload_days: int, message_days: int | None, audit_days: int) -> None:
        """`message_days`: None keeps conversations for good."""
        self._store = store
        self._payload_age = timedelta(days=payload_days)
        self._audit_age = timedelta(days=audit_days)
        self._message_age = timedelta(days=message_days) if message_days is not None else None

    async def tidy(self) -> None:
        """Go once round all that is kept."""
        counts: dict[str, int] = {queue: await self._blank(queue) for queue in QUEUES}
        kept_until = self._store.now() - UPLOADED
        counts["uploads"] = await self._repeat(lambda unit: unit.uploads.forget(kept_until, most=UPLOADS_AT_ONCE))
        counts["sessions"] = await self._repeat(lambda unit: unit.web_sessions.forget())
        past = self._store.now() - self._audit_age
        counts["audit"] = await self._repeat(lambda unit: unit.audit.forget(past))
        if self._message_age is not None:
            before = self._store.now() - self._message_age
            counts["messages"] = await self._repeat(lambda unit: _messages(unit, before=before))
            counts["tickets"] = await self._repeat(lambda unit: unit.retention.forget_tickets(before))
            counts["receipts"] = await self._repeat(lambda unit: unit.retention.forget_receipts(before))
            counts["customers"] = await self._repeat(lambda unit: unit.retention.forget_customers(before))
        if any(counts.values()):
            log.info("retention.tidied", **counts)

    async def _blank(self, queue: QueueName) -> int:
        """Walk through a queue from its oldest row on; most of them have been blanked long ago."""
        before, blanked = self._store.now() - self._payload_age, 0
        past: int | None = 0
        while past is not None:
            look = partial(_settled, queue=queue, before=before, past=past)
            due, past = await self._store.read(look)
            for start in range(0, len(due), MOST):
                blanked += await self._one_step(queue, due[start : start + MOST])
            await asyncio.sleep(BREATH_S)
        return blanked

    async def _one_step(self, queue: QueueName, ids: list[int]) -> int:
        def act(unit: Unit) -> int:
            if not unit.retention.alone():
                return 0
            unit.retention.blank(queue, ids)
            return len(ids)

        blanked = await self._store.write(act)
        await asyncio.sleep(BREATH_S)
        return blanked

    async def _repeat(self, step: Step) -> int:
        """Take a step again and again until nothing is left for it, or another replica is at it."""
        done = 0
        while True:
            count = await self._store.write(lambda unit: step(unit) if unit.retention.alone() else 0)
            if not count:
                return done
            done += count
            await asyncio.sleep(BREATH_S)


def _settled(unit: Unit, *, queue: QueueName, before: datetime, past: int) -> tuple[list[int], int | None]:
    return unit.retention.settled(queue, before=before, past=past, most=AT_ONCE)


def _messages(unit: Unit, *, before: datetime) -> int:
    """Delete a few messages; the figures go on counting them."""
    gone = unit.retention.forget_messages(before)
    if gone.messages:
        note_erased(unit, gone.messages, gone.verdicts)
    return sum(gone.messages.values())
