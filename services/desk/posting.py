"""Files that operators send from a page: to the customer, and for colleagues into the ticket."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import structlog

from services.desk.hints import Hints
from services.desk.sending import note_answer
from services.desk.shown_from_page import under
from services.desk.wording import Wording
from services.messages.effects import PrivateChat, SendFile, TicketPlace, Words, home
from services.messages.incoming import Attachment, Cause, Operator
from services.queues.outbox import WORK, Outgoing
from services.texts import label
from services.texts.team import Team
from storage.records import Message, Ticket
from storage.store import Store
from storage.units import Unit
from storage.uploads import MARK

log = structlog.get_logger()
PAPER = "upload"


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """One file, and what it is sent as."""

    name: str
    content: bytes
    kind: Literal["photo", "document"]
    wording: Wording
    """What stands under it."""


class NoChat(Exception):
    """The customer has no chat with the bot: a program asks for what they are written, as text."""


class Posting:
    """Stores files with their lines, and lets both sides have them."""

    def __init__(self, *, store: Store, team: Team) -> None:
        self._store = store
        self._team = team
        self._hints = Hints(team=team)

    async def post(self, cause: Cause, operator: Operator, ticket_id: int, upload: Upload) -> Message | None:
        """Send a file with words under it; None where there is no such ticket. Raises NoChat."""

        def act(unit: Unit) -> Message | None:
            ticket = unit.tickets.locked(ticket_id)
            customer = unit.customers.get(ticket.customer_id) if ticket else None
            if ticket is None or customer is None:
                return None
            if (known := unit.messages.caused_by(cause.key)) is not None:
                return known
            if not customer.address.takes_files:
                raise NoChat
            unit.operators.acted(operator.id, operator.name)
            line = self._record(unit, ticket, cause, operator, upload)
            outgoing = Outgoing(unit, cause.key)
            if (chat := home(customer)) is not None:
                outgoing.put(letter(chat, line, upload.wording))
            head = label("desk.from_page", self._team.language, name=operator.name)
            place = TicketPlace(ticket_id=ticket.id)
            words = under(head, upload.wording.text.rstrip(), upload.wording.entities)
            outgoing.put(SendFile(to=place, paper=f"{PAPER}:{line.id}", words=words, message_id=line.id), rank=WORK)
            note_answer(unit, ticket, outgoing, who=operator, hints=self._hints)
            log.info("ticket.answered", ticket=ticket.id, cause=cause.key)
            return line

        return await self._store.write(act, cause)

    @staticmethod
    def _record(unit: Unit, ticket: Ticket, cause: Cause, operator: Operator, upload: Upload) -> Message:
        line = unit.messages.add(
            key=cause.key,
            customer_id=ticket.customer_id,
            author="operator",
            author_name=operator.name,
            text=upload.wording.text,
            entities=upload.wording.entities,
            kind=upload.kind,
            ticket_id=ticket.id,
        )
        unit.uploads.keep(line.id, upload.content)
        file = Attachment(file_id=f"{MARK}{line.id}", name=upload.name, size=len(upload.content))
        unit.attachments.keep(line.id, file)
        return line


def letter(to: PrivateChat, line: Message, wording: Wording) -> SendFile:
    """Return how a file sets out for its customer, the first time or once more."""
    words = Words(text=wording.text, html=False, entities=wording.entities)
    return SendFile(to=to, paper=f"{PAPER}:{line.id}", words=words, message_id=line.id)
