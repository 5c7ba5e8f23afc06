"""A ticket that is open again: people are shown what was said while it was closed."""

from __future__ import annotations

from services.customers.sessions import Sessions
from services.desk import handover
from services.messages.incoming import Cause
from services.queues.pending import closed_since
from storage.store import Store
from storage.units import Unit


class Reopening:
    """Plays the tasks that opening a ticket again leaves."""

    def __init__(self, *, store: Store, sessions: Sessions) -> None:
        self._store = store
        self._sessions = sessions

    async def play(self, cause: Cause, payload: str, last_try: bool) -> None:  # noqa: ARG002, FBT001  # as every player
        """Let what people have not seen follow the card, if the ticket is still open."""
        ticket_id, closed_at = closed_since(payload)

        def act(unit: Unit) -> None:
            ticket = unit.tickets.get(ticket_id)
            customer = unit.customers.get(ticket.customer_id, lock=True) if ticket else None
            ticket = unit.tickets.get(ticket_id)
            if ticket is None or customer is None or ticket.status == "closed":
                return
            talk = self._sessions.conversation(unit, cause, customer, customer.language)
            said = handover.meanwhile(unit, ticket, closed_at)
            talk.people.follow(ticket, said)
            if said:
                talk.people.waits(ticket)

        await self._store.write(act, cause)
