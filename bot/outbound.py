"""What goes out, put together: the outbox's workers and all that they carry things out with."""

from __future__ import annotations

from functools import cached_property
from typing import Final

from bot.delivery_parts import DeliveryParts
from bot.to_group import ToGroup
from services.queues.outbox import PRIVATE
from services.queues.overtaking import Overtaking
from services.queues.worker import Worker, WorkSource

PRIVATE_AT_ONCE: Final = 32


class Outbound(DeliveryParts):
    """Every part between the outbox and the courier."""

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

    async def show_icons(self) -> None:
        """Have the icons of topics changed that are no longer true, where there is plenty of room."""
        for way in self.ways:
            await way.icon_watch.look()

    def _to_people(self) -> Worker:
        return Worker(
            store=self.store,
            source=WorkSource(queue="outbox", pool=PRIVATE, concurrency=PRIVATE_AT_ONCE, fair=True),
            act=self.ways[0].delivery.deliver,
            alerts=self.alerts,
            rest=self.outages.rest,
            pick=Overtaking(store=self.store).pick,
            most=self.outages.room,
            hanging=lambda: self.courier.in_flight.hanging(None),
        )
