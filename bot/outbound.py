"""What goes out, put together: the outbox's workers and all that they carry things out with."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Final

from handlers.telegram.courier import Courier
from services.delivery.addresses import Addresses
from services.delivery.batches import Batches
from services.delivery.call_book import CallBook
from services.delivery.delivery import Delivery
from services.delivery.edits_in_place import EditsInPlace
from services.delivery.failures import Failures
from services.delivery.group_budget import Budget
from services.delivery.operator_group import Group
from services.delivery.outages import Outages
from services.delivery.pace import Pace
from services.delivery.papers import Make, Papers
from services.delivery.repeats import Repeats
from services.delivery.ticket_list import TicketList
from services.desk.menus import Menus
from services.queues.alerts import Alerts
from services.queues.outbox import GROUP, PRIVATE
from services.queues.overtaking import Overtaking
from services.queues.troubles import Troubles
from services.queues.worker import Post, Rooms, Worker
from services.scenarios.knowledge import Knowledge
from services.texts.team import Team
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
        alerts: Alerts,
        troubles: Troubles,
        knowledge: Knowledge,
        menus: Menus,
        team: Team,
        makers: Mapping[str, Make],
    ) -> None:
        """`makers`: of files, by the names that effects know them by."""
        self._store = store
        self._courier = courier
        self._budget = budget
        self._group = group
        self._alerts = alerts
        self._troubles = troubles
        self._knowledge = knowledge
        self._menus = menus
        self._team = team
        self._makers = makers

    @cached_property
    def outages(self) -> Outages:
        return Outages()

    @cached_property
    def _book(self) -> CallBook:
        return CallBook(store=self._store)

    @cached_property
    def failures(self) -> Failures:
        return Failures(
            store=self._store,
            book=self._book,
            group=self._group,
            rate_limits=self._courier.rate_limits,
            outages=self.outages,
            repeats=Repeats(outages=self.outages, takes_messages=self._courier.takes_messages),
            alerts=self._alerts,
            troubles=self._troubles,
            team=self._team,
        )

    @cached_property
    def delivery(self) -> Delivery:
        return Delivery(
            store=self._store,
            book=self._book,
            messenger=self._courier,
            addresses=self._addresses,
            batches=Batches(store=self._store),
            edits_in_place=self._edits_in_place,
            digest=self.digest,
            papers=self._papers,
            rate_limits=self._courier.rate_limits,
            pace=self.pace,
            failures=self.failures,
            troubles=self._troubles,
            team=self._team,
        )

    @cached_property
    def pace(self) -> Pace:
        return Pace(budget=self._budget, group=self._group, slots=GROUP_AT_ONCE)

    @cached_property
    def digest(self) -> TicketList:
        return TicketList(
            store=self._store, messenger=self._courier, group=self._group, pace=self.pace, team=self._team
        )

    @cached_property
    def _addresses(self) -> Addresses:
        return Addresses(store=self._store, messenger=self._courier, group=self._group, pace=self.pace, team=self._team)

    @property
    def _papers(self) -> Papers:
        return Papers(book=self._book, messenger=self._courier, addresses=self._addresses, makers=self._makers)

    @property
    def _edits_in_place(self) -> EditsInPlace:
        return EditsInPlace(
            store=self._store,
            book=self._book,
            messenger=self._courier,
            addresses=self._addresses,
            group=self._group,
            knowledge=self._knowledge,
            menus=self._menus,
            team=self._team,
        )

    @cached_property
    def workers(self) -> tuple[Worker, Worker]:
        return self._sender(PRIVATE, PRIVATE_AT_ONCE), self._sender(GROUP, GROUP_AT_ONCE, self.pace.room)

    async def look_around(self) -> None:
        """Learn how many processes share what may be sent, and what others have told the group."""
        self._courier.rate_limits.share(await self._store.workers())
        if self._group.chat_id is not None:
            await self._budget.look(self._group.chat_id)

    def _sender(self, pool: str, at_once: int, room: Rooms | None = None) -> Worker:
        return Worker(
            store=self._store,
            post=Post(queue="outbox", pool=pool, concurrency=at_once, fair=pool == PRIVATE),
            act=self.delivery.deliver,
            alerts=self._alerts,
            rest=lambda: max(self._courier.rate_limits.rest(pool), self.outages.rest()),
            room=room,
            pick=Overtaking(store=self._store).pick,
            most=self.outages.room,
            hanging=lambda: self._courier.underway.hanging(pool),
        )
