"""Whether a customer can be written to: they may block the bot, and come back."""

from __future__ import annotations

from services.messages.incoming import Person
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
            if customer is not None and customer.reachable != reachable:
                unit.customers.change(customer.id, reachable=reachable)

        await self._store.write(act, cause)
