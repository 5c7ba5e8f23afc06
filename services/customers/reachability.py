"""Whether a customer can be written to: they may block the bot, and come back."""

from __future__ import annotations

from services.desk import reach
from services.messages.incoming import Person
from services.queues.outbox import Outgoing
from storage.records import Cause
from storage.store import Store
from storage.units import Unit


class Reachability:
    """Keeps `reachable` true to what Telegram says."""

    def __init__(self, *, store: Store) -> None:
        self._store = store

    async def changed(self, cause: Cause, person: Person, *, reachable: bool) -> None:
        def act(unit: Unit) -> None:
            customer = unit.customers.find(person.address)
            if customer is not None:
                outgoing = Outgoing(unit, cause.key)
                (reach.back if reachable else reach.lost)(unit, customer, outgoing)

        await self._store.write(act, cause)
