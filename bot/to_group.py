"""What one operator group is told by, put together."""

from __future__ import annotations

from functools import cached_property
from typing import Final

from bot.delivery_parts import DeliveryParts
from services.delivery.addresses import Addresses
from services.delivery.batches import Batches
from services.delivery.delivery import Delivery
from services.delivery.desk_message import DeskMessage
from services.delivery.edits_in_place import EditsInPlace
from services.delivery.failures import Failures
from services.delivery.generated_files import GeneratedFiles
from services.delivery.operator_group import Group
from services.delivery.pace import Pace
from services.delivery.ticket_list import TicketList
from services.delivery.topic_icons import IconWatch
from services.queues.overtaking import Overtaking
from services.queues.worker import Worker, WorkSource

GROUP_AT_ONCE: Final = 4
NO_GROUP_S: Final = 0.5
"""So soon a process looks again whether it has heard of a group."""


class ToGroup:
    """What one operator group is told by: its pace, its list, its worker."""

    def __init__(self, out: DeliveryParts, group: Group) -> None:
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
    def icon_watch(self) -> IconWatch:
        out = self._out
        return IconWatch(
            store=out.store,
            book=out.book,
            messenger=out.courier,
            group=self.group,
            icons=out.icons,
            pace=self.pace,
            team=out.team,
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
            icons=self.icon_watch,
            generated_files=self._generated_files,
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
            source=WorkSource(queue="outbox", pool=self.group.pool, concurrency=GROUP_AT_ONCE),
            act=self.delivery.deliver,
            alerts=out.alerts,
            rest=lambda: max(self._rest(), out.courier.rate_limits.rest(self.group.chat_id), out.outages.rest()),
            capacity=self.pace.capacity,
            pick=Overtaking(store=out.store, holds=self.pace.holds).pick,
            most=out.outages.room,
            hanging=lambda: out.courier.in_flight.hanging(self.group.chat_id),
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
            icons=out.icons,
            troubles=out.troubles,
            team=out.team,
        )

    @property
    def _generated_files(self) -> GeneratedFiles:
        out = self._out
        return GeneratedFiles(
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
