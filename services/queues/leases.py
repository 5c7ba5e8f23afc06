"""Among replicas a claimed lane is leased: whoever works in it renews the lease, whoever dies lets it run out."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Final

import structlog

from storage.errors import DatabaseTrouble
from storage.queue_statements import QueueName
from storage.queues import LEASE
from storage.records import Task
from storage.store import Store

log = structlog.get_logger()
RENEW_S: Final = LEASE.total_seconds() / 3
"""Two renewals may fail before a lane is lost to another replica."""


class Leases:
    """The lanes that one worker is busy with."""

    def __init__(self, store: Store, queue: QueueName) -> None:
        self._store = store
        self._queue = queue
        self._held: dict[str, datetime] = {}

    def hold(self, task: Task) -> None:
        if task.leased_until is not None:
            self._held[task.lane] = task.leased_until

    def drop(self, task: Task) -> None:
        self._held.pop(task.lane, None)

    async def keep(self) -> None:
        """Renew what is held, for ever; where one process owns the lanes there is nothing to renew."""
        while self._store.shared:
            await asyncio.sleep(RENEW_S)
            try:
                await self._renew()
            except DatabaseTrouble:
                continue  # the store's watch has noted it
            except Exception:
                log.exception("leases.not_renewed", queue=self._queue)

    async def _renew(self) -> None:
        held = dict(self._held)
        if not held:
            return
        until = await self._store.renew(self._queue, held)
        for lane, was in held.items():
            if self._held.get(lane) == was:
                self._held[lane] = until
