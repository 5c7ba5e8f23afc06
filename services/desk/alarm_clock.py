"""Tickets that were put off come back when their time is over. The timers are rows, so a restart keeps them."""

from __future__ import annotations

from services.messages.effects import Say, ShowCard, TicketPlace, Words
from services.queues.outbox import LINE, TOUCH, Outgoing
from services.texts import say
from services.texts.team import Team
from storage.records import Ticket
from storage.store import Store
from storage.units import Unit


class AlarmClock:
    """Looks for tickets whose time is over."""

    def __init__(self, *, store: Store, team: Team) -> None:
        self._store = store
        self._team = team

    async def look(self) -> int:
        """Bring back what is due; return how many. Each once, whichever process looks first."""
        due = await self._store.read(lambda unit: unit.roll.snoozed_over(unit.now))
        if not due:
            return 0
        return await self._store.write(lambda unit: sum(self._wake(unit, ticket) for ticket in due))

    def _wake(self, unit: Unit, ticket: Ticket) -> bool:
        if not unit.tickets.wake(ticket.id):
            return False
        moment = ticket.snoozed_until.isoformat() if ticket.snoozed_until else ""
        outgoing = Outgoing(unit, f"woken:{ticket.id}:{moment}")
        operator = ticket.operator_name if ticket.status == "taken" else None
        text = say("desk.woken", self._team.language, ticket=ticket.id, id=ticket.operator_id, operator=operator)
        outgoing.put(Say(to=TicketPlace(ticket_id=ticket.id), words=Words(text=text)), rank=LINE)
        outgoing.put(ShowCard(ticket_id=ticket.id), rank=TOUCH)
        return True
