"""What the bot asks the presser of a button for, in the ticket: a note, or an answer in their own words."""

from __future__ import annotations

from typing import Final

from services.desk.pressed import Pressed
from services.messages.effects import Say, TicketPlace, Words
from services.messages.lengths import cut
from services.queues.outbox import PRESSED
from services.texts import say
from services.texts.team import Team

TO_COPY_MOST: Final = 3000


def ask_note(here: Pressed, team: Team) -> None:
    """Ask for a note; what answers that stays inside."""
    who = here.operator
    text = say("desk.ask_note", team.language, ticket=here.ticket.id, id=who.id, operator=who.name)
    prompt = Say(to=TicketPlace(ticket_id=here.ticket.id), words=Words(text=text, asks=True), inside=True)
    here.outgoing.put(prompt, rank=PRESSED)
    if here.ticket.face == "more":  # where the button stands: it has been chosen
        here.unit.tickets.change(here.ticket.id, face=None)


def ask_words(here: Pressed, team: Team, proposed: str) -> None:
    """Hand out the text that was proposed, to be copied; what answers this goes to the customer."""
    who = here.operator
    words = cut(proposed, TO_COPY_MOST)
    text = say("desk.ask_words", team.language, ticket=here.ticket.id, id=who.id, operator=who.name, words=words)
    prompt = Say(to=TicketPlace(ticket_id=here.ticket.id), words=Words(text=text, asks=True), for_customer=True)
    here.outgoing.put(prompt, rank=PRESSED)
