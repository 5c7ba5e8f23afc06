"""What goes out, put together: the outbox's workers and all that they carry things out with."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Final

from handlers.telegram.courier import Courier
from services.delivery.addresses import Addresses
from services.delivery.batches import Batches
from services.delivery.call_book import CallBook
from services.delivery.delivery import Delivery
from services.delivery.desk_message import DeskMessage
from services.delivery.edits_in_place import EditsInPlace
from services.delivery.failures import Failures
from services.delivery.group_budget import Budget
from services.delivery.operator_group import Group
from services.delivery.operator_groups import Groups
from services.delivery.outages import Outages
from services.delivery.pace import Pace
from services.delivery.papers import Make, Papers
from services.delivery.repeats import Repeats
from services.delivery.ticket_list import TicketList
from services.desk.menus import Menus
from services.desk.page_links import PageLinks
from services.queues.alerts import Alerts
from services.queues.lanes_at_work import LanesAtWork
from services.queues.outbox import PRIVATE
from services.queues.overtaking import Overtaking
from services.queues.troubles import Troubles
from services.queues.worker import Post, Worker
from services.scenarios.knowledge import Knowledge
from services.texts.team import Team
from storage.store import Store

PRIVATE_AT_ONCE: Final = 32
GROUP_AT_ONCE: Final = 4
NO_GROUP_S: Final = 0.5
"""So soon a process looks again whether it has heard of a group."""


class Outbound:
    """Every part between the outbox and the courier."""

    def __init__(
        self,
        *,
        store: Store,
        courier: Courier,
        budget: Budget,
        groups: Groups,
        alerts: Alerts,
        troubles: Troubles,
        knowledge: Knowledge,
        menus: Menus,
        team: Team,
        makers: Mapping[str, Make],
        desk_wanted: bool,
        links: PageLinks,
    ) -> None:
        """`makers`: of files, by the names that effects know them by; `desk_wanted`: whether a message is pinned."""
        self.store = store
        self.courier = courier
        self.budget = budget
        self.groups = groups
        self.alerts = alerts
        self.troubles = troubles
        self.knowledge = knowledge
        self.menus = menus
        self.makers = makers
        self.desk_wanted = desk_wanted
        self.links = links
        self.team = team
        self.clock: Callable[[], float] = time.monotonic
        self.at_work = LanesAtWork()

    @cached_property
    def outages(self) -> Outages:
        return Outages()

    @cached_property
    def book(self) -> CallBook:
        return CallBook(store=self.store)

    @cached_property
    def repeats(self) -> Repeats:
        return Repeats(outages=self.outages, takes_messages=self.courier.takes_messages)

    @cached_property
    def ways(self) -> tuple[ToGroup, ...]:
        """Return the ways to the operator groups; what people read in private goes with the first one."""
        return tuple(ToGroup(self, group) for group in self.groups)

    @cached_property
    def workers(self) -> tuple[Worker, ...]:
        return self._to_people(), *(way.worker for way in self.ways)

    async def look_around(self) -> None:
        """Learn how many processes share what may be sent, and what others have told the groups."""
        self.courier.rate_limits.share(await self.store.workers())
        for group in self.groups:
            if group.chat_id is not None:
                await self.budget.look(group.chat_id)

    async def list_tickets(self) -> None:
        """Have the lists of tickets without a card written where it is time to."""
        for way in self.ways:
            await way.digest.look()

    async def show_desks(self) -> None:
        """Have the pinned messages written where they are no longer true."""
        for way in self.ways:
            await way.desk_message.look()

    def _to_people(self) -> Worker:
        return Worker(
            store=self.store,
            post=Post(queue="outbox", pool=PRIVATE, concurrency=PRIVATE_AT_ONCE, fair=True),
            act=self.ways[0].delivery.deliver,
            alerts=self.alerts,
            rest=self.outages.rest,
            pick=Overtaking(store=self.store).pick,
            most=self.outages.room,
            hanging=lambda: self.courier.underway.hanging(None),
        )


class ToGroup:
    """What one operator group is told by: its pace, its list, its worker."""

    def __init__(self, out: Outbound, group: Group) -> None:
        self._out = out
        self.group = group

    @cached_property
    def pace(self) -> Pace:
        return Pace(budget=self._out.budget, group=self.group, slots=GROUP_AT_ONCE, clock=self._out.clock)

    @cached_property
    def digest(self) -> TicketList:
        out = self._out
        return TicketList(store=out.store, messenger=out.courier, group=self.group, pace=self.pace, team=out.team)

    @cached_property
    def desk_message(self) -> DeskMessage:
        out = self._out
        return DeskMessage(
            store=out.store, messenger=out.courier, group=self.group, team=out.team, wanted=out.desk_wanted
        )

    @cached_property
    def failures(self) -> Failures:
        out = self._out
        return Failures(
            store=out.store,
            book=out.book,
            groups=out.groups,
            group=self.group,
            rate_limits=out.courier.rate_limits,
            outages=out.outages,
            repeats=out.repeats,
            alerts=out.alerts,
            troubles=out.troubles,
            team=out.team,
        )

    @cached_property
    def delivery(self) -> Delivery:
        out = self._out
        return Delivery(
            store=out.store,
            book=out.book,
            messenger=out.courier,
            addresses=self._addresses,
            batches=Batches(store=out.store),
            edits_in_place=self._edits_in_place,
            digest=self.digest,
            desk=self.desk_message,
            papers=self._papers,
            rate_limits=out.courier.rate_limits,
            pace=self.pace,
            failures=self.failures,
            troubles=out.troubles,
            team=out.team,
        )

    @cached_property
    def worker(self) -> Worker:
        out = self._out
        return Worker(
            store=out.store,
            post=Post(queue="outbox", pool=self.group.pool, concurrency=GROUP_AT_ONCE),
            act=self.delivery.deliver,
            alerts=out.alerts,
            rest=lambda: max(self._rest(), out.courier.rate_limits.rest(self.group.chat_id), out.outages.rest()),
            room=self.pace.room,
            pick=Overtaking(store=out.store, holds=self.pace.holds).pick,
            most=out.outages.room,
            hanging=lambda: out.courier.underway.hanging(self.group.chat_id),
            at_work=out.at_work,
        )

    def _rest(self) -> float:
        """While there is no group nothing is claimed, so that all of it is due when there is one."""
        return NO_GROUP_S if self.group.chat_id is None else 0.0

    @cached_property
    def _addresses(self) -> Addresses:
        out = self._out
        return Addresses(
            store=out.store,
            messenger=out.courier,
            groups=out.groups,
            pace=self.pace,
            troubles=out.troubles,
            team=out.team,
        )

    @property
    def _papers(self) -> Papers:
        out = self._out
        return Papers(
            book=out.book,
            messenger=out.courier,
            addresses=self._addresses,
            batches=Batches(store=out.store),
            makers=out.makers,
        )

    @property
    def _edits_in_place(self) -> EditsInPlace:
        out = self._out
        return EditsInPlace(
            store=out.store,
            book=out.book,
            messenger=out.courier,
            addresses=self._addresses,
            groups=out.groups,
            knowledge=out.knowledge,
            menus=out.menus,
            links=out.links,
            team=out.team,
        )
