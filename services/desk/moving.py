"""*Move to …*: a ticket goes to another group, or to another topic; its old card says where."""

from __future__ import annotations

from typing import Final

from services.desk.cards import spoken
from services.desk.destinations import code_of, name_of, now_of
from services.desk.pressed import Pressed
from services.desk.relay import People
from services.desk.toasts import Toast, toast
from services.messages.customer_lines import is_media
from services.messages.effects import MessageRef, Say, TicketPlace, Words
from services.messages.left_behind import PointAway
from services.messages.lengths import MESSAGE, pieces
from services.messages.plain_text import told
from services.queues.outbox import TOUCH
from services.texts import label, text_key
from services.texts.html import plain
from services.texts.team import Team
from storage.messages import NOTE
from storage.records import Message

LINES_MOST: Final = 30
"""The last lines of a ticket go with it; *History* on its card has the rest."""


def move(here: Pressed, choice: str, team: Team) -> Toast:
    """Let a ticket, and what was said in it, go where it was offered to go. Nobody has it there yet."""
    ticket, unit = here.ticket, here.unit
    to = next((one for one in team.destinations if code_of(one) == choice and one != now_of(ticket)), None)
    customer = unit.customers.get(ticket.customer_id)
    if to is None or customer is None:
        return toast("outdated")
    unit.tickets.release(ticket.id)
    unit.tickets.move(ticket.id, group_id=to.group_id, thread_id=to.thread_id)
    if ticket.chat_id is not None and ticket.card_id is not None:
        at = MessageRef(chat_id=ticket.chat_id, telegram_id=ticket.card_id)
        left = PointAway(
            number=ticket.id, group_id=ticket.group_id, at=at, topic_id=ticket.topic_id, name=name_of(to, team)
        )
        here.outgoing.put(left, rank=TOUCH)
    lines = [
        line for line in unit.conversations.stretch(customer.id, most=LINES_MOST).lines if line.ticket_id == ticket.id
    ]
    for text in pieces(_history(lines, team), MESSAGE) if lines else ():
        here.outgoing.put(Say(to=TicketPlace(ticket_id=ticket.id), words=Words(text=text, html=False)))
    people = People(unit=unit, outgoing=here.outgoing, customer=customer, team=team)
    people.copies(ticket, (line for line in lines if line.author == "customer" and is_media(line)))
    return toast("moved", name=name_of(to, team))


def _history(lines: list[Message], team: Team) -> str:
    return "\n".join([label("desk.before_move", team.language), *(_line(line, team.language) for line in lines)])


def _line(line: Message, language: str) -> str:
    words = plain(line.text) if line.author == "bot" else told(line, language)
    mark = "📝 " if line.kind == NOTE else ""
    return f"{mark}{label(text_key('author', line.author), language)}: {words or spoken(line.kind, language)}"
