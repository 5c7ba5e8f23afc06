"""The note on a customer, written on the page."""

from __future__ import annotations

from services.finding import remarks
from services.finding.client_pages import NOTE_MOST
from services.messages.incoming import Cause
from services.queues.outbox import Outgoing
from storage.store import Store
from storage.units import Unit

__all__ = ["NOTE_MOST", "Remarks"]


class Remarks:
    """Keeps it."""

    def __init__(self, *, store: Store) -> None:
        self._store = store

    async def keep(self, cause: Cause, customer_id: int, text: str) -> bool:
        """Write what is to be known of a customer; without words take it away. False where there is no such one."""

        def act(unit: Unit) -> bool:
            if unit.customers.get(customer_id, lock=True) is None:
                return False
            remarks.keep(unit, customer_id, text.strip() or None, Outgoing(unit, cause.key))
            return True

        return await self._store.write(act, cause)
