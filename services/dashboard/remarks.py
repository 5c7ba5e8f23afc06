"""The note on a customer, written on the page."""

from __future__ import annotations

from typing import Literal

from services.desk import audit
from services.finding import remarks
from services.finding.client_pages import NOTE_MOST
from services.messages.incoming import Cause, Operator
from services.queues.outbox import Outgoing
from storage.store import Store
from storage.units import Unit

__all__ = ["NOTE_MOST", "Remarks"]
Kept = Literal["kept", "changed", "nobody"]
"""`changed`: the note is not what its writer has read; `nobody`: there is no such customer."""


class Remarks:
    """Keeps it."""

    def __init__(self, *, store: Store) -> None:
        self._store = store

    async def keep(self, cause: Cause, operator: Operator, customer_id: int, text: str, *, before: str | None) -> Kept:
        """Write what is to be known of a customer; without words take it away.

        `before`: what the writer has read. Nothing is written over what somebody else has noted meanwhile.
        """
        wanted = text.strip() or None

        def act(unit: Unit) -> Kept:
            customer = unit.customers.get(customer_id, lock=True)
            if customer is None:
                return "nobody"
            if customer.note == wanted:
                return "kept"
            if (customer.note or "") != (before or ""):
                return "changed"
            remarks.keep(unit, audit.web(operator), customer_id, wanted, Outgoing(unit, cause.key))
            return "kept"

        return await self._store.write(act, cause)
