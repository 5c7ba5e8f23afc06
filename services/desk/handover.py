"""What people are shown as a ticket opens, or opens again: all that its customer has said and people have not seen.

The card shows the question and a few lines before it. What it cannot show, or cuts, follows it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from services.classify.matters import SMALL_TALK
from services.desk.cards import EARLIER_LINES, EARLIER_MOST
from services.messages.customer_lines import is_media
from services.messages.lengths import units
from storage.records import Message, Ticket
from storage.units import Unit

LATELY: Final = timedelta(hours=1)
"""How far back words that the bot has answered still belong to the matter."""
LOOKED_AT: Final = 4 * EARLIER_LINES
"""So many lines are looked through for those that the card quotes."""
PICTURES: Final = timedelta(days=1)
"""The same for what is more than words: the card says only that there was something."""


def asked(unit: Unit, customer_id: int, question: Message) -> list[Message]:
    """Return the lines of a question, and whatever else of the customer's nobody has dealt with, the oldest first."""
    of_question = unit.lines.of_question(question.id)
    return _in_order([*of_question, *unit.lines.owed(customer_id)])


def earlier(unit: Unit, ticket: Ticket) -> list[Message]:
    """Return the lines before a ticket that its card quotes: no commands and greetings, nor answers to them."""
    lines = unit.messages.before_ticket(ticket, most=LOOKED_AT)
    return _quoted(lines, _idle(lines))


def _quoted(lines: Sequence[Message], idle: set[int]) -> list[Message]:
    return [line for line in lines if line.id not in idle][-EARLIER_LINES:]


def _idle(lines: Sequence[Message]) -> set[int]:
    """Return the lines that tell nothing of the matter, by their rows."""
    said = {line.id for line in lines if line.kind == "command"}
    said |= {line.question_id or 0 for line in lines if line.author == "bot" and line.scenario in SMALL_TALK}
    said |= {line.id for line in lines if line.question_id in said and line.author == "customer"}
    keys = {line.key for line in lines if line.id in said}
    told = {line.id for line in lines if line.author == "bot" and _is_told(line, said, keys)}
    return said | told


def _is_told(line: Message, said: set[int], keys: set[str]) -> bool:
    """Whether a line of the bot answers one of these lines; to a command it is said under the command's cause."""
    return line.question_id in said or (line.question_id is None and line.key.rpartition("/")[0] in keys)


def beside(unit: Unit, ticket: Ticket) -> list[Message]:
    """Return the lines that the card of a new ticket shows not at all, or cut. Its question is marked as shown."""
    before = unit.messages.before_ticket(ticket, most=LOOKED_AT)
    idle = _idle(before)
    whole = idle | {line.id for line in _quoted(before, idle) if units(line.text) <= EARLIER_MOST}
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
