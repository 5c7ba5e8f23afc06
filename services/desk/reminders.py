"""A customer who is kept waiting makes themselves heard: in the ticket, then in the group, then with the admins.

Many that are due at once are one message, the most urgent first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from services.classify.urgency import ORDER
from services.desk.ticket_words import link_of
from services.messages.addresses import on_telegram
from services.messages.callbacks import encode
from services.messages.desk_presses import OnOpen
from services.messages.effects import Button, GroupPlace, Place, PrivateChat, Say, TicketPlace, Words
from services.queues.outbox import LINE, URGENT, Outgoing
from services.texts import label, say, text_key
from services.texts.moments import clock
from services.texts.team import Team
from storage.records import Ticket
from storage.units import Unit

APART_MOST: Final = 3
"""So many tickets are reminded of each in its own place; more are one message to the group."""
NAMED_MOST: Final = 15
ADMINS: Final = 2
"""From that reminder on it is the admins' turn."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """A ticket whose customer waits, as it stands now, and for the how-manieth time that is told: 0 is the first."""

    ticket: Ticket
    number: int


class Reminders:
    """Tells people who waits."""

    def __init__(self, *, team: Team) -> None:
        self._team = team

    def tell(self, unit: Unit, due: Sequence[Reminder]) -> None:
        """Tell of all that is due, each time a wider circle."""
        for number in sorted({one.number for one in due}):
            tickets = [one.ticket for one in due if one.number == number]
            tickets.sort(key=lambda one: (-ORDER.index(one.priority), one.waiting_since or one.opened_at, one.id))
            outgoing = Outgoing(unit, f"reminder:{number}:{tickets[0].id}:{unit.now.isoformat()}")
            for place, told in self._places(number, tickets):
                self._say(place, told, outgoing, URGENT if told[0].priority == "critical" else LINE)

    def _places(self, number: int, tickets: Sequence[Ticket]) -> Iterator[tuple[Place, Sequence[Ticket]]]:
        """Yield where which tickets are told of: each circle is wider than the one before."""
        if number == 0 and (len(tickets) <= APART_MOST or not self._team.has_group):
            yield from ((TicketPlace(ticket_id=one.id), [one]) for one in tickets)
        elif number < ADMINS and self._team.has_group:
            for group in dict.fromkeys(one.group_id for one in tickets):
                yield GroupPlace(group_id=group), [one for one in tickets if one.group_id == group]
        else:
            yield from ((PrivateChat(address=on_telegram(admin)), tickets) for admin in self._team.admins)

    def _say(self, place: Place, tickets: Sequence[Ticket], outgoing: Outgoing, rank: int) -> None:
        speak = self._team.language
        text = self._line(tickets[0]) if len(tickets) == 1 else self._list(tickets, speak)
        reminds = tickets[0].id if len(tickets) == 1 else None
        buttons = () if len(tickets) == 1 else ((_all_open(speak),),)
        outgoing.put(Say(to=place, words=Words(text=text, buttons=buttons), reminds=reminds), rank=rank)

    def _line(self, ticket: Ticket) -> Markup:
        return say(
            "desk.waits",
            self._team.language,
            named=self._named(ticket),
            since=self._since(ticket),
            operator=ticket.operator_name if ticket.status == "taken" else None,
            id=ticket.operator_id,
        )

    def _list(self, tickets: Sequence[Ticket], speak: str) -> Markup:
        lines = [
            say(
                "desk.waits_line",
                speak,
                mark=say(text_key("priority", ticket.priority), speak),
                named=self._named(ticket),
                since=self._since(ticket),
                operator=ticket.operator_name if ticket.status == "taken" else None,
            )
            for ticket in tickets[:NAMED_MOST]
        ]
        more = max(0, len(tickets) - NAMED_MOST)
        return say("desk.waits_many", speak, count=len(tickets), lines=Markup("\n").join(lines), more=more)

    def _named(self, ticket: Ticket) -> Markup:
        return say("desk.named", self._team.language, ticket=ticket.id, link=link_of(ticket))

    def _since(self, ticket: Ticket) -> str:
        return clock(ticket.waiting_since or ticket.opened_at, self._team.zone, self._team.language)


def _all_open(language: str) -> Button:
    """Return what turns the list into the pages of `/open`: what it says was true as it was written."""
    return Button(text=label("page_button.all_open", language), press=encode(OnOpen(0)))
