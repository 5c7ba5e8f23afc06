"""What operators write on a page instead of in the group: it goes the same ways, and the group sees who wrote it."""

from __future__ import annotations

from typing import Final, Literal

import structlog

from services.desk.hints import Hints
from services.desk.sending import note_answer
from services.desk.signatures import Signatures, signed
from services.messages.effects import Say, TicketPlace, Words, home
from services.messages.incoming import Cause, Operator
from services.messages.lengths import MESSAGE, pieces, units
from services.queues.outbox import WORK, Outgoing
from services.texts import label
from services.texts.team import Team
from storage.messages import NOTE
from storage.records import Message as Line
from storage.records import Ticket
from storage.store import Store
from storage.units import Unit

__all__ = ["PAGE", "Line", "Written", "is_from_page"]
log = structlog.get_logger()
PAGE: Final = "web"
"""Causes of lines begin so that are written on a page; then comes who has written them."""
HeadKey = Literal["desk.from_page", "desk.note_from_page"]


def is_from_page(line: Line, operator_id: int) -> bool:
    """Whether somebody has written a line on a page: there it can be changed, since the bot has posted it for them."""
    return line.author == "operator" and line.key.startswith(f"{PAGE}:{operator_id}:")


class Written:
    """Brings lines from a page to customers and into the group; a line whose cause is known is not written again."""

    def __init__(self, *, store: Store, signatures: Signatures, team: Team) -> None:
        self._store = store
        self._signatures = signatures
        self._team = team
        self._hints = Hints(team=team)

    async def reply(self, cause: Cause, operator: Operator, ticket_id: int, text: str) -> Line | None:
        """Answer the customer of a ticket; None where there is no such ticket."""

        def act(unit: Unit) -> Line | None:
            ticket = unit.tickets.locked(ticket_id)
            customer = unit.customers.get(ticket.customer_id) if ticket else None
            if ticket is None or customer is None:
                return None
            if (known := unit.messages.caused_by(cause.key)) is not None:
                return known
            unit.operators.acted(operator.id, operator.name)
            outgoing = Outgoing(unit, cause.key)
            name = self._signatures.of(unit, operator)
            message = self._record(unit, ticket, operator, cause, text, name=name)
            if (chat := home(customer)) is not None:
                words = Words(text=signed(text, name, customer.language), html=False)
                outgoing.put(Say(to=chat, words=words, message_id=message.id))
            self._show(ticket, message, "desk.from_page", outgoing)
            note_answer(unit, ticket, outgoing, who=operator, hints=self._hints)
            log.info("ticket.answered", ticket=ticket.id, cause=cause.key)
            return message

        return await self._store.write(act, cause)

    async def note(self, cause: Cause, operator: Operator, ticket_id: int, text: str) -> Line | None:
        """Leave a note for colleagues; None where there is no such ticket."""

        def act(unit: Unit) -> Line | None:
            ticket = unit.tickets.locked(ticket_id)
            if ticket is None:
                return None
            if (known := unit.messages.caused_by(cause.key)) is not None:
                return known
            unit.operators.acted(operator.id, operator.name)
            message = self._record(unit, ticket, operator, cause, text, kind=NOTE)
            self._show(ticket, message, "desk.note_from_page", Outgoing(unit, cause.key))
            return message

        return await self._store.write(act, cause)

    @staticmethod
    def _record(
        unit: Unit,
        ticket: Ticket,
        operator: Operator,
        cause: Cause,
        text: str,
        *,
        kind: Literal["text", "note"] = "text",
        name: str | None = None,
    ) -> Line:
        """`name`: what the customer reads below it."""
        return unit.messages.add(
            key=cause.key,
            customer_id=ticket.customer_id,
            author="operator",
            author_name=operator.name,
            text=text,
            kind=kind,
            ticket_id=ticket.id,
            signed=name,
        )

    def _show(self, ticket: Ticket, message: Line, key: HeadKey, outgoing: Outgoing) -> None:
        """Let the group read it under its author's name, in as many messages as it needs."""
        place = TicketPlace(ticket_id=ticket.id)
        head = label(key, self._team.language, name=message.author_name)
        for part in pieces(message.text, MESSAGE - units(head) - 1):
            if message.kind == NOTE:  # it travels alone: who replies to it must not answer a customer's line as well
                bold = {"type": "bold", "offset": 0, "length": units(head)}
                words = Words(text=f"{head}\n{part}", html=False, entities=(bold,))
                outgoing.put(Say(to=place, words=words, message_id=message.id, inside=True), rank=WORK)
            else:
                words = Words(text=part, html=False)
                outgoing.put(Say(to=place, words=words, message_id=message.id, head=head), rank=WORK)
