"""How the group reads what was written on a page."""

from __future__ import annotations

from typing import Literal

from services.messages.effects import MessageRef, Say, ShowPage, TicketPlace, Words
from services.messages.formatting import Entities, parts
from services.messages.lengths import MESSAGE, units
from services.messages.plain_text import quote
from services.queues.outbox import WORK, Outgoing
from services.texts import label
from services.texts.team import Team
from storage.changing import as_entities
from storage.messages import NOTE
from storage.records import Message, Ticket
from storage.units import Unit

HeadKey = Literal[
    "desk.from_page", "desk.note_from_page", "desk.changed_on_page", "desk.withdrawn_on_page", "desk.deleted_from_page"
]


class GroupCopies:
    """Shows lines under their authors' names, in as many messages as they need."""

    def __init__(self, *, team: Team) -> None:
        self._team = team

    def line(self, ticket: Ticket, message: Message, outgoing: Outgoing, *, answers: int | None = None) -> None:
        """`answers`: the line that it is a reply to, where that stands in the ticket."""
        place = TicketPlace(ticket_id=ticket.id)
        head = self._head("desk.note_from_page" if message.kind == NOTE else "desk.from_page", message.author_name)
        room = MESSAGE - units(head) - 1
        for part, shaped in parts(message.text, as_entities(message.entities), room):
            if message.kind == NOTE:  # it travels alone: who replies to it must not answer a customer's line as well
                words = under(head, part, shaped)
                outgoing.put(Say(to=place, words=words, message_id=message.id, inside=True), rank=WORK)
            else:
                words = Words(text=part, html=False, entities=shaped)
                effect = Say(to=place, words=words, message_id=message.id, head=head, answers=answers)
                outgoing.put(effect, rank=WORK)

    def changed(self, unit: Unit, ticket: Ticket, message: Message, outgoing: Outgoing) -> None:
        """Let the group read what a line says now: where it stands, or below where that took several messages."""
        head = self._head("desk.note_from_page" if message.kind == NOTE else "desk.from_page", message.author_name)
        entities = as_entities(message.entities)
        if units(head) + 1 + units(message.text) <= MESSAGE and self._instead(
            unit, ticket, message, under(head, message.text, entities), outgoing
        ):
            return
        head = self._head("desk.changed_on_page", message.author_name)
        for part, shaped in parts(message.text, entities, MESSAGE - units(head) - 1):
            words = under(head, part, shaped)
            place = TicketPlace(ticket_id=ticket.id)
            outgoing.put(Say(to=place, words=words, message_id=message.id, inside=message.kind == NOTE), rank=WORK)

    def withdrawn(self, unit: Unit, ticket: Ticket, message: Message, outgoing: Outgoing) -> None:
        """Let the group see that a line from a page is taken back."""
        words = Words(text=self._head("desk.withdrawn_on_page", message.author_name), html=False)
        if not self._instead(unit, ticket, message, words, outgoing):
            outgoing.put(Say(to=TicketPlace(ticket_id=ticket.id), words=words), rank=WORK)

    def deleted(self, ticket: Ticket, message: Message, by: str, outgoing: Outgoing) -> None:
        """Tell the group that somebody has taken back a line that was not written on a page."""
        head = self._head("desk.deleted_from_page", by)
        words = Words(text=f"{head}\n{quote(message.text, self._team.language)}", html=False)
        outgoing.put(Say(to=TicketPlace(ticket_id=ticket.id), words=words, inside=True), rank=WORK)

    @staticmethod
    def _instead(unit: Unit, ticket: Ticket, message: Message, words: Words, outgoing: Outgoing) -> bool:
        shown = unit.placements.showing(message.id)
        if shown is None or shown.ticket_id != ticket.id:
            return False
        at = MessageRef(chat_id=shown.chat_id, telegram_id=shown.telegram_id)
        outgoing.put(ShowPage(to=TicketPlace(ticket_id=ticket.id), at=at, words=words), rank=WORK)
        return True

    def _head(self, key: HeadKey, name: str | None) -> str:
        return label(key, self._team.language, name=name or "")


def under(head: str, text: str, entities: Entities) -> Words:
    """Return words below who has written them."""
    shift = units(head) + 1
    bold = {"type": "bold", "offset": 0, "length": units(head)}
    moved = ({**one, "offset": one["offset"] + shift} for one in entities)
    return Words(text=f"{head}\n{text}" if text else head, html=False, entities=(bold, *moved))
