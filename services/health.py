"""How the bot is: each part on its own, and the worst of those in use."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import structlog

from services.intake import Intake
from storage.errors import DatabaseTrouble
from storage.store import Store

log = structlog.get_logger()
Status = Literal["healthy", "degraded", "unhealthy", "disabled"]
_ORDER: Final[tuple[Status, ...]] = ("healthy", "degraded", "unhealthy")
CHECK_S: Final = 5.0
COMMIT_S: Final = 4.0
"""Within the above, so that the answer says what took too long."""
STALE_S: Final = 90.0
"""Longer than any poll: a source of updates that has been silent for so long is not there."""
LATE_S: Final = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One part's state, with the facts that its route shows."""

    status: Status
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All parts."""

    status: Status
    checks: Mapping[str, Check]


Checking = Callable[[], Awaitable[Check]]


Standing = Callable[[], Check]


def well() -> Check:
    """Stand for parts that tell nothing by themselves."""
    return Check(status="healthy")


class Health:
    """Asks every part, each for a few seconds at most, all at once."""

    def __init__(self, checks: Mapping[str, Checking], *, standing: Standing = well) -> None:
        """`standing`: what is known to be wrong, told without asking anybody."""
        self._checks = checks
        self.standing = standing

    async def check(self, name: str) -> Check:
        try:
            async with asyncio.timeout(CHECK_S):
                return await self._checks[name]()
        except DatabaseTrouble as trouble:  # told once in the log, by the store's watch
            return _unwell(trouble)
        except Exception as error:  # noqa: BLE001  # a check that breaks is the answer
            log.warning("health.failed", check=name, error=type(error).__name__)
            return Check(status="unhealthy", facts={"error": type(error).__name__})

    async def full(self) -> Report:
        results = await asyncio.gather(*(self.check(name) for name in self._checks))
        checks = dict(zip(self._checks, results, strict=True))
        used = [check.status for check in results if check.status != "disabled"]
        return Report(status=max(used, key=_ORDER.index, default="healthy"), checks=checks)


def _unwell(trouble: DatabaseTrouble) -> Check:
    return Check(status="unhealthy", facts={"error": trouble.what, "fix": trouble.fix})


class Vitals:
    """The parts that every bot has: database, intake, queues."""

    def __init__(self, *, store: Store, intake: Intake, has_group: bool) -> None:
        self._has_group = has_group
        self._store = store
        self._intake = intake

    def standing(self) -> Check:
        """What is known without asking: whether the database is in trouble."""
        trouble = self._store.watch.trouble
        return _unwell(trouble) if trouble is not None else well()

    async def database(self) -> Check:
        """Whether it commits, and takes work in; a commit alone does not end an outage."""
        try:
            async with asyncio.timeout(COMMIT_S):
                await self._store.watch.look(at_once=True)
                self._store.watch.demand()
                await self._store.check()
        except TimeoutError:
            return Check(status="unhealthy", facts={"error": f"no commit within {COMMIT_S:g} s"})
        pool = self._store.pool()
        return Check(
            status="healthy",
            facts={
                "database": "ok",
                "version": await self._store.version(),
                "pool": {
                    "size": pool.size,
                    "checked_in": pool.checked_in,
                    "checked_out": pool.checked_out,
                    "overflow": pool.overflow,
                },
            },
        )

    async def operators(self) -> Check:
        """Whether there is a group to hand over to, and how many tickets are open."""
        async with self._store.read() as unit:
            facts = {"configured": self._has_group, "open_tickets": await unit.tickets.count_open()}
        return Check(status="healthy" if self._has_group else "disabled", facts=facts)

    async def inbox(self) -> Check:
        return await self._queue("inbox")

    async def outbox(self) -> Check:
        return await self._queue("outbox")

    async def intake(self) -> Check:
        """Whether updates can come in: the poll, or the webhook's server, has spoken lately."""
        spoke = self._intake.fresh_at
        silent = None if spoke is None else (self._store.now() - spoke).total_seconds()
        fresh = self._intake.standing_by or (silent is not None and silent < STALE_S)
        return Check(
            status="healthy" if fresh else "unhealthy",
            facts={"silent_s": None if silent is None else round(silent, 1), "standing_by": self._intake.standing_by},
        )

    async def _queue(self, name: Literal["inbox", "outbox"]) -> Check:
        async with self._store.read() as unit:
            queue = unit.queue(name)
            waiting, oldest = await queue.backlog()
            aside = await queue.count_quarantined()
            age = (unit.now - oldest).total_seconds() if oldest else 0.0
        return Check(
            status="degraded" if aside or age > LATE_S else "healthy",
            facts={"waiting": waiting, "oldest_s": round(age, 1), "quarantined": aside},
        )
