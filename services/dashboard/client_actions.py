"""What is done to a customer from their page: banned, let back in, handed out as a file, erased."""

from __future__ import annotations

from services.desk import audit, bans
from services.desk.toasts import Toast, toast
from services.messages.effects import ShowCard
from services.messages.incoming import Cause, Operator
from services.privacy import erasure
from services.privacy.erasure import Erased
from services.queues.outbox import TOUCH, Outgoing
from storage.store import Store
from storage.units import Unit

__all__ = ["ClientActions", "Erased"]


class ClientActions:
    """Each goes the way of the same action in the group, or at the command line."""

    def __init__(self, *, store: Store) -> None:
        self._store = store

    async def ban(self, cause: Cause, operator: Operator, customer_id: int, *, told: bool) -> Toast | None:
        """Ban a customer, with or without a ticket that stands open; None where there is no such one."""

        def act(unit: Unit) -> Toast | None:
            customer = unit.customers.get(customer_id, lock=True)
            if customer is None:
                return None
            if customer.banned_at is not None:
                return toast("already_banned")
            outgoing, ticket = Outgoing(unit, cause.key), unit.tickets.open_of(customer_id)
            bans.impose(unit, outgoing, customer, ticket, by=operator.name, told=told)
            detail = "told" if told else "silent"
            audit.note(unit, audit.web(operator), "banned", customer_id=customer_id, ticket=ticket, detail=detail)
            _show(unit, outgoing, customer_id)
            return toast("banned")

        return await self._store.write(act, cause)

    async def unban(self, cause: Cause, operator: Operator, customer_id: int) -> Toast | None:
        """Lift a ban; None where there is no such customer."""

        def act(unit: Unit) -> Toast | None:
            if unit.customers.get(customer_id) is None:
                return None
            outgoing = Outgoing(unit, cause.key)
            if not bans.lift(unit, customer_id, outgoing):
                return toast("not_banned")
            audit.note(unit, audit.web(operator), "unbanned", customer_id=customer_id)
            _show(unit, outgoing, customer_id)
            return toast("unbanned")

        return await self._store.write(act, cause)

    async def export(self, operator: Operator, customer_id: int) -> str | None:
        """Return all that is kept of a customer, as JSON; None where there is no such one."""
        return await erasure.hand_out(self._store, customer_id, by=audit.web(operator))

    async def erase(self, operator: Operator, customer_id: int, *, confirmed: str) -> Erased | None:
        """Erase a customer for good, if their id was typed as it is; None otherwise, or where there is no such one."""
        customer = await self._store.read(lambda unit: unit.customers.get(customer_id))
        if customer is None or customer.external_id != confirmed.strip():
            return None
        return await erasure.erase(self._store, customer, by=audit.web(operator))


def _show(unit: Unit, outgoing: Outgoing, customer_id: int) -> None:
    """Let the card of their last ticket say so."""
    last = unit.tickets.last_of(customer_id)
    if last is not None and last.card_id is not None:
        outgoing.put(ShowCard(ticket_id=last.id), rank=TOUCH)
