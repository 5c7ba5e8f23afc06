"""Pictures that customers bring where no messenger could copy them: they are kept with their lines, and sent."""

from __future__ import annotations

from typing import Final

from services.desk.group_copies import under
from services.desk.posting import PAPER
from services.messages.customer_lines import is_media
from services.messages.effects import SendFile, TicketPlace
from services.messages.lengths import cut
from services.scenarios.answers import name_of
from services.texts import label
from services.texts.team import Team
from storage.changing import as_entities
from storage.records import Customer, Message, Ticket

HEAD_MOST: Final = 120
CAPTION_MOST: Final = 900
"""Telegram takes 1024 under a file, and its author's name stands above."""


def customer_picture(ticket: Ticket, message: Message, customer: Customer, team: Team) -> SendFile | None:
    """Return how a line's picture reaches its ticket; None where it has none that was brought."""
    if not is_media(message) or not customer.address.takes_files:
        return None
    head = cut(label("desk.line", team.language, name=name_of(customer)), HEAD_MOST)
    words = under(head, cut(message.text, CAPTION_MOST), as_entities(message.entities))
    return SendFile(
        to=TicketPlace(ticket_id=ticket.id), paper=f"{PAPER}:{message.id}", words=words, message_id=message.id
    )
