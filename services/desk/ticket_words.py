"""What every card, list and page says of a ticket in the same words: who waits for whom, and where its card stands."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from markupsafe import Markup

from services.texts import say, text_key
from services.texts.links import to_message
from services.texts.moments import clock
from storage.records import Ticket
from storage.ticket_lists import ListedTicket


def link_of(ticket: Ticket | ListedTicket) -> str | None:
    """Return the link to a ticket's card; None while it has none, or none that can be linked to."""
    if ticket.chat_id is None or ticket.card_id is None:
        return None
    return to_message(ticket.chat_id, ticket.card_id, ticket.topic_id)


def state_words(ticket: Ticket | ListedTicket, zone: ZoneInfo, language: str) -> Markup:
    """Return who waits for whom, and since when: a span would not be true for long."""
    since, until = (at and clock(at, zone, language) for at in (ticket.waiting_since, ticket.snoozed_until))
    ending = ticket.ending if isinstance(ticket, Ticket) else None  # a list has open ones only
    return say(text_key("state", ticket.state), language, since=since, until=until, ending=ending)
