"""From hand to hand: a ticket is taken, given to a colleague, taken away, given back; whom it concerns is told."""

from __future__ import annotations

from typing import Literal

from services.desk import roster
from services.desk.pressed import Pressed
from services.desk.toasts import Toast, toast
from services.messages.effects import Say, TicketPlace, Words
from services.queues.outbox import WORK
from services.texts import say
from services.texts.team import Team
from storage.records import Ticket


class Handing:
    """Carries out presses that change the owner of a ticket: there is never more than one."""

    def __init__(self, *, team: Team) -> None:
        self._team = team

    @staticmethod
    def take(here: Pressed) -> Toast:
        """Make a ticket the presser's; what an anonymous admin has, anybody can take: nobody knows who that was."""
        ticket, who = here.ticket, here.operator
        if here.unit.tickets.take(ticket.id, operator_id=who.id, operator_name=who.name):
            return toast("taken")
        if ticket.operator_id == who.id:
            return toast("already_yours")
        if ticket.operator_id is not None and ticket.operator_id < 0:
            here.unit.tickets.change(ticket.id, operator_id=who.id, operator_name=who.name, taken_at=here.unit.now)
            return toast("taken")
        return toast("taken_by", name=ticket.operator_name)

    def release(self, here: Pressed) -> Toast:
        """Give a ticket back to everybody, and tell whose it was."""
        if not here.unit.tickets.release(here.ticket.id):
            return toast("not_taken")
        self._lost(here, "desk.released")
        return toast("released")

    def hand(self, here: Pressed, to: int) -> Toast:
        """Give a ticket to a colleague, or take it from one; only who was offered counts, whatever the data says."""
        unit, ticket = here.unit, here.ticket
        colleague = next((one for one in roster.offered(unit, ticket) if one.id == to), None)
        if colleague is None:
            return toast("taken_by", name=ticket.operator_name) if to == ticket.operator_id else toast("outdated")
        unit.tickets.change(
            ticket.id, status="taken", operator_id=to, operator_name=colleague.name, taken_at=unit.now, face=None
        )
        self._lost(here, "desk.taken_away", name=colleague.name)
        if to == here.operator.id:
            return toast("taken")
        self._tell(here, to, colleague.name, "desk.handed")
        return toast("handed", name=colleague.name)

    def moved_back(self, here: Pressed, now: Ticket | None) -> None:
        """Tell who had the ticket until a colleague took that back."""
        if now is not None and now.operator_id != here.ticket.operator_id:
            if now.operator_name is None:
                self._lost(here, "desk.released")
            else:
                self._lost(here, "desk.taken_away", name=now.operator_name)

    def _lost(self, here: Pressed, key: Literal["desk.released", "desk.taken_away"], **more: object) -> None:
        """Tell who had the ticket that they have it no more, unless they know."""
        before = here.ticket.operator_id if here.ticket.status == "taken" else None
        if before is not None and before > 0 and before != here.operator.id:
            text = say(
                key,
                self._team.language,
                ticket=here.ticket.id,
                id=before,
                owner=here.ticket.operator_name,
                operator=here.operator.name,
                **more,
            )
            self._put(here, text)

    def _tell(self, here: Pressed, to: int, name: str, key: Literal["desk.handed"]) -> None:
        text = say(key, self._team.language, ticket=here.ticket.id, id=to, name=name, operator=here.operator.name)
        self._put(here, text)

    @staticmethod
    def _put(here: Pressed, text: str) -> None:
        here.outgoing.put(Say(to=TicketPlace(ticket_id=here.ticket.id), words=Words(text=text)), rank=WORK)
