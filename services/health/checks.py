"""How the bot is: each part on its own, and the worst of those in use."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal

import structlog

from services.messages.ages import age
from services.queues.intake import Intake
from services.queues.troubles import Trouble, Troubles
from services.texts import TextKey
from services.texts.team import Team
from storage.errors import DatabaseTrouble
from storage.queue_statements import QueueName
from storage.store import Store
from storage.units import Unit

log = structlog.get_logger()
Status = Literal["healthy", "degraded", "unhealthy", "disabled"]
Part = Literal["database", "openai", "webhook", "operators", "business", "intake", "inbox", "outbox"]
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
    reason: TextKey | None = None
    """Says why it is not healthy, where one is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All parts."""

    status: Status
    checks: Mapping[Part, Check]


Checking = Callable[[], Awaitable[Check]]


Standing = Callable[[], Check]


def well() -> Check:
    """Return the state of a part that has no check of its own."""
    return Check(status="healthy")


class Health:
    """Asks every part, each for a few seconds at most, all at once."""

    def __init__(self, checks: Mapping[Part, Checking], *, standing: Standing = well) -> None:
        """`standing`: what is known to be wrong, told without asking anybody."""
        self._checks = checks
        self.standing = standing

    async def check(self, name: Part) -> Check:
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


class Waiting:
    """How long the oldest task of a queue has waited: by the clock, or by the time it has been seen to be the oldest.

    The clock may have been set back since it came, and what is stuck then is not to seem young.
    """

    def __init__(self) -> None:
        self._oldest: datetime | None = None
        self._seen_s = 0.0

    def seconds(self, oldest: datetime | None, now: datetime) -> float:
        """Return it; `oldest`: when the oldest task came in, None where none waits."""
        if oldest != self._oldest:
            self._oldest, self._seen_s = oldest, time.monotonic()
        return max(age(now, oldest).total_seconds(), time.monotonic() - self._seen_s) if oldest else 0.0


class Vitals:
    """The parts that every bot has: database, intake, queues."""

    def __init__(self, *, store: Store, intake: Intake, team: Team, troubles: Troubles) -> None:
        self._troubles = troubles
        self._team = team
        self._store = store
        self._intake = intake
        self._waiting: dict[QueueName, Waiting] = {"inbox": Waiting(), "outbox": Waiting()}

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
                "version": await self._store.read(lambda unit: unit.database_info.version()),
                "pool": {
                    "size": pool.size,
                    "checked_in": pool.checked_in,
                    "checked_out": pool.checked_out,
                    "overflow": pool.overflow,
                },
            },
        )

    async def operators(self) -> Check:
        """Whether there is a group to hand over to, what is wrong with each, and how many tickets are open."""

        def look(unit: Unit) -> tuple[dict[int | None, list[Trouble]], int]:
            groups = (None, *self._team.other_groups)
            return {one: self._troubles.of_group(unit, one) for one in groups}, unit.tickets.count_open()

        by_group, open_tickets = await self._store.read(look)
        troubles = list(dict.fromkeys(trouble for found in by_group.values() for trouble in found))
        facts = {"configured": self._team.has_group, "open_tickets": open_tickets, "troubles": troubles}
        if self._team.other_groups:
            facts["groups"] = {str(group_id or "default"): found for group_id, found in by_group.items()}
        if not self._team.has_group:
            return Check(status="degraded" if troubles else "disabled", facts=facts, reason="advice.no_group")
        return Check(status="degraded" if troubles else "healthy", facts=facts)

    async def inbox(self) -> Check:
        return await self._queue("inbox")

    async def outbox(self) -> Check:
        return await self._queue("outbox")

    async def intake(self) -> Check:
        """Whether updates can come in: the poll, or the webhook's server, has spoken lately."""
        silent = self._intake.silent_s()
        fresh = self._intake.standing_by or (silent is not None and silent < STALE_S)
        facts = {
            "silent_s": None if silent is None else round(silent, 1),
            "standing_by": self._intake.standing_by,
            "contested": self._intake.is_contested,
        }
        if fresh and self._intake.is_contested:
            return Check(status="degraded", facts=facts)
        return Check(status="healthy" if fresh else "unhealthy", facts=facts)

    async def _queue(self, name: QueueName) -> Check:
        def look(unit: Unit) -> tuple[int, int, float]:
            queue = unit.queue(name)
            waiting, oldest = queue.backlog()
            aside = queue.count_quarantined()
            waited_s = self._waiting[name].seconds(oldest, unit.now)
            return waiting, aside, waited_s

        waiting, aside, waited_s = await self._store.read(look)
        return Check(
            status="degraded" if aside or waited_s > LATE_S else "healthy",
            facts={"waiting": waiting, "oldest_s": round(waited_s, 1), "quarantined": aside},
        )
