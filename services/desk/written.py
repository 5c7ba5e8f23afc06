"""What operators write on a page instead of in the group: it goes the same ways, and the group sees who wrote it."""

from __future__ import annotations

from typing import Literal

import structlog

from services.desk.group_copies import GroupCopies
from services.desk.hints import Hints
from services.desk.mirror import NOTHING, Mirrored, for_customer
from services.desk.sending import note_answer
from services.desk.signatures import Signatures, signed
from services.desk.wording import PAGE, Wording
from services.messages.effects import Say, Words, home
from services.messages.incoming import Cause, Operator
from services.queues.outbox import Outgoing
from services.texts.team import Team
from storage.messages import NOTE
from storage.records import Message as Line
from storage.records import Ticket
from storage.store import Store
from storage.units import Unit

__all__ = ["Line", "Written", "about_line", "is_from_page"]
log = structlog.get_logger()


def is_from_page(line: Line, operator_id: int) -> bool:
    """Whether somebody has written a line on a page: there it can be changed, since the bot has posted it for them."""
    return line.author == "operator" and line.key.startswith(f"{PAGE}:{operator_id}:")


class Written:
    """Brings lines from a page to customers and into the group; a line whose cause is known is not written again."""

    def __init__(self, *, store: Store, signatures: Signatures, team: Team) -> None:
        self._store = store
        self._signatures = signatures
        self._hints = Hints(team=team)
        self._shown = GroupCopies(team=team)

    async def reply(
        self, cause: Cause, operator: Operator, ticket_id: int, wording: Wording, *, answers: int | None = None
    ) -> Line | None:
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
            about = about_line(unit, ticket, answers)
            message = self._record(unit, ticket, operator, cause, wording, name=name, answers=about.line)
            if (chat := home(customer)) is not None:
                text = signed(wording.text, name, customer.language)
                words = Words(text=text, html=False, entities=wording.entities)
                outgoing.put(Say(to=chat, words=words, message_id=message.id, answers=about.line))
            self._shown.line(ticket, message, outgoing, answers=about.line)
            note_answer(unit, ticket, outgoing, who=operator, hints=self._hints)
            log.info("ticket.answered", ticket=ticket.id, cause=cause.key)
            return message

        return await self._store.write(act, cause)

    async def note(self, cause: Cause, operator: Operator, ticket_id: int, wording: Wording) -> Line | None:
        """Leave a note for colleagues; None where there is no such ticket."""

        def act(unit: Unit) -> Line | None:
            ticket = unit.tickets.locked(ticket_id)
            if ticket is None:
                return None
            if (known := unit.messages.caused_by(cause.key)) is not None:
                return known
            unit.operators.acted(operator.id, operator.name)
            message = self._record(unit, ticket, operator, cause, wording, kind=NOTE)
            self._shown.line(ticket, message, Outgoing(unit, cause.key))
            return message

        return await self._store.write(act, cause)

    @staticmethod
    def _record(
        unit: Unit,
        ticket: Ticket,
        operator: Operator,
        cause: Cause,
        wording: Wording,
        *,
        kind: Literal["text", "note"] = "text",
        name: str | None = None,
        answers: int | None = None,
    ) -> Line:
        """`name`: what the customer reads below it."""
        return unit.messages.add(
            key=cause.key,
            customer_id=ticket.customer_id,
            author="operator",
            author_name=operator.name,
            text=wording.text,
            entities=wording.entities,
            kind=kind,
            ticket_id=ticket.id,
            signed=name,
            reply_to_id=answers,
        )


def about_line(unit: Unit, ticket: Ticket, answers: int | None) -> Mirrored:
    """Return how the customer sees the line that is answered: one of their own conversation, or nothing."""
    line = unit.messages.get(answers) if answers is not None else None
    return for_customer(unit, line.id, None) if line and line.customer_id == ticket.customer_id else NOTHING
