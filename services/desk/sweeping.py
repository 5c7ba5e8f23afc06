"""What Telegram says in a group about what the bot has changed is swept away: it is news to nobody."""

from __future__ import annotations

from services.messages.effects import MessageRef
from services.messages.topic_names import SweepLine
from services.queues.outbox import TOUCH, Outgoing
from storage.records import Cause
from storage.store import Store
from storage.units import Unit


class Sweeping:
    """Has such lines deleted, as far as the bot may."""

    def __init__(self, *, store: Store) -> None:
        self._store = store

    async def sweep(self, cause: Cause, at: MessageRef) -> None:
        def act(unit: Unit) -> None:
            Outgoing(unit, cause.key).put(SweepLine(at=at), rank=TOUCH)

        await self._store.write(act, cause)
