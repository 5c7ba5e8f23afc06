"""Files that operators send from a page: to the customer, and for colleagues into the ticket."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

import structlog

from services.desk.group_copies import under
from services.desk.hints import Hints
from services.desk.sending import note_answer
from services.desk.wording import Wording
from services.desk.written import about_line
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
ALBUM_NAME_MOST: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Album:
    """Files that are sent as one."""

    name: str
    parts: int
    """How many there are."""
    part: int
    """Which one this is, counted from 0: who sends them is named above the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """One file, and what it is sent as."""

    name: str
    content: bytes
    kind: Literal["photo", "document"]
    wording: Wording
    """What stands under it."""
    answers: int | None = None
    """The line of the conversation that it is a reply to."""
    album: Album | None = None
    """The files that it is sent together with."""


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
            about = about_line(unit, ticket, upload.answers)
            line = self._record(unit, ticket, cause, operator, upload, answers=about.line)
            outgoing = Outgoing(unit, cause.key)
            parts = upload.album.parts if upload.album else 1
            if (chat := home(customer)) is not None:
                outgoing.put(replace(letter(chat, line, upload.wording), album=line.album, parts=parts))
            outgoing.put(self._shown(ticket, operator, line, upload, parts=parts), rank=WORK)
            note_answer(unit, ticket, outgoing, who=operator, hints=self._hints)
            log.info("ticket.answered", ticket=ticket.id, cause=cause.key)
            return line

        return await self._store.write(act, cause)

    def _shown(self, ticket: Ticket, operator: Operator, line: Message, upload: Upload, *, parts: int) -> SendFile:
        """Return how colleagues see it, under its author's name: of an album under the first part alone."""
        words = Words(text="", html=False)
        if upload.album is None or upload.album.part == 0:
            head = label("desk.from_page", self._team.language, name=operator.name)
            words = under(head, upload.wording.text.rstrip(), upload.wording.entities)
        return SendFile(
            to=TicketPlace(ticket_id=ticket.id),
            paper=_paper(line),
            words=words,
            message_id=line.id,
            answers=line.reply_to_id,
            album=line.album,
            parts=parts,
        )

    @staticmethod
    def _record(
        unit: Unit, ticket: Ticket, cause: Cause, operator: Operator, upload: Upload, *, answers: int | None
    ) -> Message:
        line = unit.messages.add(
            key=cause.key,
            customer_id=ticket.customer_id,
            author="operator",
            author_name=operator.name,
            text=upload.wording.text,
            entities=upload.wording.entities,
            kind=upload.kind,
            ticket_id=ticket.id,
            reply_to_id=answers,
            album=f"{upload.album.name[:ALBUM_NAME_MOST]}.{upload.kind}" if upload.album else None,
        )
        unit.uploads.keep(line.id, upload.content)
        file = Attachment(file_id=f"{MARK}{line.id}", name=upload.name, size=len(upload.content))
        unit.attachments.keep(line.id, file)
        return line


def letter(to: PrivateChat, line: Message, wording: Wording) -> SendFile:
    """Return how a file sets out for its customer, the first time or once more."""
    words = Words(text=wording.text, html=False, entities=wording.entities)
    return SendFile(to=to, paper=_paper(line), words=words, message_id=line.id, answers=line.reply_to_id)


def _paper(line: Message) -> str:
    return f"{PAPER}:{line.id}"
