"""Works through a queue: claims the heads of due lanes, lets each be acted on, and decides what becomes of failures.

The one place that catches everything: a task that keeps failing is set aside and shown to people, and its lane goes on.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

import structlog

from services.queues.alerts import Alerts
from services.queues.backoff import backoff
from services.queues.lanes_at_work import LanesAtWork
from services.queues.leases import Leases
from services.queues.outcomes import PermanentFailure, Postpone, Retry
from storage.errors import AlreadySettled, DatabaseTrouble
from storage.queue_statements import QueueName
from storage.queues import ANY_RANK
from storage.records import Task
from storage.store import Store
from storage.units import Unit

log = structlog.get_logger()

TRIES: Final = 3
IDLE_S: Final = 1.0
"""How often a worker looks by itself: in case a notification is lost."""


Act = Callable[[Task], Awaitable[None]]
Pick = Callable[[Task], Awaitable[Task]]
"""Takes the head of a lane, returns what of this lane goes first."""
Ready = Callable[[], float]
Count = Callable[[], int]

SPREAD: Final = 3
"""For each task at once, so many more may be waited for while they hang."""
FULL_S: Final = 0.1
"""How often a worker that has no room looks whether what it works on hangs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """What may be claimed now: so many tasks, in lanes where something of this rank or before it waits."""

    most: int
    rank_most: int = ANY_RANK


Capacities = Callable[[int], Capacity]
"""Takes how many lanes are being worked on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkSource:
    """What a worker works on: a queue, and in it the lanes that share a budget."""

    queue: QueueName
    pool: str
    concurrency: int
    fair: bool = False
    """Who has just come and who has waited longest take turns, so that a backlog holds nobody up."""


class Worker:
    """Runs until stopped. Stopping claims nothing new and lets what is under way finish."""

    def __init__(
        self,
        *,
        store: Store,
        source: WorkSource,
        act: Act,
        alerts: Alerts,
        rest: Ready = lambda: 0.0,
        capacity: Capacities | None = None,
        pick: Pick | None = None,
        most: Count = lambda: sys.maxsize,
        hanging: Count = lambda: 0,
        at_work: LanesAtWork | None = None,
    ) -> None:
        """`rest`: seconds until there may be work; `most`: how many more may be taken on; `hanging`: not counted.

        `at_work`: shared with workers that lanes may pass to.
        """
        self._store = store
        self._source = source
        self._act = act
        self._alerts = alerts
        self._rest = rest
        self._capacity_for = capacity or (lambda busy: Capacity(most=source.concurrency - busy))
        self._pick = pick
        self._most = most
        self._hanging = hanging
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._bell = store.notifications.hang(source.queue, pool=source.pool, busy=self._busy.keys())
        self._leases = Leases(store, source.queue)
        self._at_work = at_work or LanesAtWork()
        self._newest_next = True
        self._unseen = True
        """Whether more may be due than the last claim has found."""
        self._draining = False
        self._stopping = False

    async def run(self) -> None:
        """Work until `stop`; what is under way then still finishes."""
        keeping = asyncio.create_task(self._leases.keep(), name="leases")
        try:
            while not self._stopping:
                if not await self._round():
                    idle = FULL_S if self._capacity().most <= 0 < len(self._busy) else IDLE_S
                    await self._bell.wait(min(idle, self._rest() or idle))
        finally:
            await asyncio.gather(*self._busy.values(), return_exceptions=True)
            keeping.cancel()
            await asyncio.gather(keeping, return_exceptions=True)

    def stop(self) -> None:
        self._stopping = True
        self._bell.ring()

    async def drain(self) -> None:
        """Return once nothing that is due is left."""
        self._draining = True
        while True:
            idle = not self._busy  # what ends while a claim looks may leave work that the claim has not seen
            if not await self._round() and not self._busy and idle:
                return
            if self._busy:
                await self._bell.wait(IDLE_S / 10)

    async def _round(self) -> bool:
        """Claim what there is room for. True when there may be more at once."""
        async with self._at_work.claiming:  # a worker that drains still runs: both must not claim the same heads
            capacity = self._capacity()
            self._unseen = True
            if capacity.most <= 0 or self._rest() > 0 or not await self._database_works():
                return False
            try:
                tasks = await self._claim(capacity)
            except DatabaseTrouble:
                return False  # the store's watch has noted it, and tells of it once
            except Exception:
                log.exception("worker.claim_failed", queue=self._source.queue)
                return False
            for task in tasks:
                self._leases.hold(task)
                self._at_work.names.add(task.lane)
                self._busy[task.lane] = asyncio.create_task(self._work(task), name=task.key)
            self._unseen = len(tasks) == capacity.most or capacity.rank_most < ANY_RANK
            return len(tasks) == capacity.most

    async def _database_works(self) -> bool:
        """Ask before each claim: a database that reads and does not write would hand out what is done, for ever."""
        if self._store.watch.trouble is not None:
            await self._store.watch.look()
        return self._store.watch.trouble is None

    def _capacity(self) -> Capacity:
        hanging = min(self._hanging(), SPREAD * self._source.concurrency)
        capacity = self._capacity_for(len(self._busy) - hanging)
        return replace(capacity, most=min(capacity.most, self._most()))

    async def _claim(self, capacity: Capacity) -> list[Task]:
        heads = await self._store.claim(
            self._source.queue,
            pool=self._source.pool,
            most=capacity.most,
            busy=self._at_work.names,
            newest=self._for_newest(capacity.most),
            rank_most=capacity.rank_most,
        )
        return [await self._pick(head) for head in heads] if self._pick else heads

    def _for_newest(self, most: int) -> int:
        """Return how many of so many go to those who came last; one that cannot be halved goes to each in turn."""
        if not self._source.fair:
            return 0
        share = (most + self._newest_next) // 2
        if most % 2:
            self._newest_next = not self._newest_next
        return share

    async def _work(self, task: Task) -> None:
        done = False
        try:
            with structlog.contextvars.bound_contextvars(cause=task.key):
                done = await self._attempt(task)
        finally:
            self._leases.drop(task)
            del self._busy[task.lane]
            self._at_work.names.discard(task.lane)
            self._bell.freed(task.lane)
            if self._unseen or self._draining or not done:
                self._bell.ring()

    async def _attempt(self, task: Task) -> bool:
        """Return whether it was carried out."""
        try:
            try:
                await self._act(task)
                return True  # noqa: TRY300  # what follows are the ways in which it was not
            except AlreadySettled:
                log.info("worker.already_settled", queue=self._source.queue)
            except DatabaseTrouble:
                pass  # no fault of the task: it still waits, no try is spent, and it comes again once it can
            except Postpone as later:
                await self._postpone(task, later.after, str(later), attempt=False)
            except PermanentFailure as error:
                await self._set_aside(task, str(error))
            except Retry as error:
                await self._fail(task, str(error), after=error.after)
            except Exception as error:
                log.exception("worker.failed", queue=self._source.queue, attempt=task.attempts + 1)
                await self._fail(task, type(error).__name__)
        except DatabaseTrouble:
            pass  # the database does not take the outcome: the task is still there
        except Exception:
            log.exception("worker.unsettled", queue=self._source.queue)
            await asyncio.sleep(IDLE_S)
        return False

    async def _fail(self, task: Task, error: str, *, after: timedelta | None = None) -> None:
        if task.attempts + 1 < TRIES:
            await self._postpone(task, after or backoff(task.attempts), error, attempt=True)
        else:
            await self._set_aside(task, error)

    async def _postpone(self, task: Task, after: timedelta, reason: str, *, attempt: bool) -> None:
        def act(unit: Unit) -> None:
            queue = unit.queue(self._source.queue)
            queue.postpone(task, after, error=reason, attempt=attempt)

        await self._store.write(act)
        log.info("worker.postponed", queue=self._source.queue, seconds=after.total_seconds(), reason=reason)

    async def _set_aside(self, task: Task, error: str) -> None:
        def act(unit: Unit) -> None:
            queue = unit.queue(self._source.queue)
            queue.settle(task, error=error)
            self._alerts.quarantined(unit, self._source.queue, task)

        await self._store.write(act)
        log.warning("worker.quarantined", queue=self._source.queue, error=error)
