"""What people are shown as a ticket opens, or opens again: all that its customer has said and people have not seen.

The card shows the question and a few lines before it. What it cannot show, or cuts, follows it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from services.desk.cards import EARLIER_LINES, EARLIER_MOST
from services.messages.customer_lines import is_media
from services.messages.lengths import units
from storage.records import Message, Ticket
from storage.units import Unit

LATELY: Final = timedelta(hours=1)
"""How far back words that the bot has answered still belong to the matter."""
PICTURES: Final = timedelta(days=1)
"""The same for what is more than words: the card says only that there was something."""


def asked(unit: Unit, customer_id: int, question: Message) -> list[Message]:
    """Return the lines of a question, and whatever else of the customer's nobody has dealt with, the oldest first."""
    of_question = unit.lines.of_question(question.id)
    return _in_order([*of_question, *unit.lines.owed(customer_id)])


def beside(unit: Unit, ticket: Ticket) -> list[Message]:
    """Return the lines that the card of a new ticket shows not at all, or cut. Its question is marked as shown."""
    earlier = unit.messages.before_ticket(ticket, most=EARLIER_LINES)
    whole = {line.id for line in earlier if units(line.text) <= EARLIER_MOST}
    said = unit.lines.lately(ticket.customer_id, unit.now - PICTURES)
    return [line for line in _still_of_interest(said, unit.now) if is_media(line) or line.id not in whole]


def meanwhile(unit: Unit, ticket: Ticket, closed_at: datetime) -> list[Message]:
    """Return what was said while a ticket was closed."""
    said = unit.lines.lately(ticket.customer_id, max(closed_at, unit.now - PICTURES))
    owed = unit.lines.owed(ticket.customer_id)
    return _in_order([*_still_of_interest(said, unit.now), *owed])


def _still_of_interest(lines: Sequence[Message], now: datetime) -> list[Message]:
    return [line for line in lines if is_media(line) or line.created_at >= now - LATELY]


def _in_order(lines: Sequence[Message]) -> list[Message]:
    return [line for _, line in sorted({line.id: line for line in lines}.items())]
