"""Whether a customer can be written to: they may block the bot, and come back."""

from __future__ import annotations

from services.arrivals import Person
from storage.records import Cause
from storage.store import Store


class Reachability:
    """Keeps `reachable` true to what Telegram says."""

    def __init__(self, *, store: Store) -> None:
        self._store = store

    async def changed(self, cause: Cause, person: Person, *, reachable: bool) -> None:
        async with self._store.write(cause) as unit:
            customer = await unit.customers.find(person.channel, person.external_id)
            if customer is not None and customer.reachable != reachable:
                await unit.customers.change(customer.id, reachable=reachable)
