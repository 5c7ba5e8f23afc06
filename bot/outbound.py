"""What goes out, put together: the outbox's workers and all that they carry things out with."""

from __future__ import annotations

from functools import cached_property
from typing import Final

from handlers.telegram.courier import Courier
from services.addresses import Addresses
from services.alarms import Alarms
from services.batches import Batches
from services.budget import Budget
from services.callbook import CallBook
from services.delivery import Delivery
from services.digest import Digest
from services.fates import Fates
from services.group import Group
from services.knowledge import Knowledge
from services.outages import Outages
from services.outgoing import GROUP, PRIVATE
from services.overtaking import Overtaking
from services.pace import Pace
from services.repeats import Repeats
from services.showing import Showing
from services.troubles import Troubles
from services.worker import Post, Rooms, Worker
from storage.store import Store

PRIVATE_AT_ONCE: Final = 32
GROUP_AT_ONCE: Final = 4


class Outbound:
    """Every part between the outbox and the courier."""

    def __init__(
        self,
        *,
        store: Store,
        courier: Courier,
        budget: Budget,
        group: Group,
        alarms: Alarms,
        troubles: Troubles,
        knowledge: Knowledge,
        team: str,
    ) -> None:
        self._store = store
        self._courier = courier
        self._budget = budget
        self._group = group
        self._alarms = alarms
        self._troubles = troubles
        self._knowledge = knowledge
        self._team = team

    @cached_property
    def outages(self) -> Outages:
        return Outages()

    @cached_property
    def _book(self) -> CallBook:
        return CallBook(store=self._store)

    @cached_property
    def fates(self) -> Fates:
        return Fates(
            store=self._store,
            book=self._book,
            group=self._group,
            traffic=self._courier.traffic,
            outages=self.outages,
            repeats=Repeats(outages=self.outages, takes_messages=self._courier.takes_messages),
            alarms=self._alarms,
            troubles=self._troubles,
            team_language=self._team,
        )

    @cached_property
    def delivery(self) -> Delivery:
        return Delivery(
            store=self._store,
            book=self._book,
            wire=self._courier,
            addresses=self._addresses,
            batches=Batches(store=self._store),
            showing=self._showing,
            digest=self.digest,
            traffic=self._courier.traffic,
            pace=self.pace,
            fates=self.fates,
            troubles=self._troubles,
            team_language=self._team,
        )

    @cached_property
    def pace(self) -> Pace:
        return Pace(budget=self._budget, group=self._group, slots=GROUP_AT_ONCE)

    @cached_property
    def digest(self) -> Digest:
        return Digest(store=self._store, wire=self._courier, group=self._group, team_language=self._team)

    @cached_property
    def _addresses(self) -> Addresses:
        return Addresses(
            store=self._store, wire=self._courier, group=self._group, pace=self.pace, team_language=self._team
        )

    @property
    def _showing(self) -> Showing:
        return Showing(
            store=self._store,
            book=self._book,
            wire=self._courier,
            addresses=self._addresses,
            group=self._group,
            knowledge=self._knowledge,
            team_language=self._team,
        )

    @cached_property
    def workers(self) -> tuple[Worker, Worker]:
        return self._sender(PRIVATE, PRIVATE_AT_ONCE), self._sender(GROUP, GROUP_AT_ONCE, self.pace.room)

    async def look_around(self) -> None:
        """Learn how many processes share what may be sent, and what others have told the group."""
        self._courier.traffic.share(await self._store.workers())
        if self._group.chat_id is not None:
            await self._budget.look(self._group.chat_id)

    def _sender(self, pool: str, at_once: int, room: Rooms | None = None) -> Worker:
        return Worker(
            store=self._store,
            post=Post(queue="outbox", pool=pool, concurrency=at_once, fair=pool == PRIVATE),
            act=self.delivery.deliver,
            alarms=self._alarms,
            rest=lambda: max(self._courier.traffic.rest(pool), self.outages.rest()),
            room=room,
            pick=Overtaking(store=self._store).pick,
            most=self.outages.room,
            hanging=lambda: self._courier.underway.hanging(pool),
        )
