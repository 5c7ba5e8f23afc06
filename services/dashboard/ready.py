"""Answers that are ready, as one customer would read them: for whoever writes on the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from services.desk.menus import NONE, WHOLE
from services.desk.ready_answers import ReadyAnswers, mark_of
from services.texts.html import plain
from storage.canned import CannedReply
from storage.records import Customer, Ticket
from storage.store import Store
from storage.units import Unit

OWN_MOST: Final = 200
"""Answers that a team keeps for itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """One answer with everything filled in."""

    scenario: str | None
    """None: it is one of the team's own."""
    answer: str | None
    title: str
    text: str
    missing: tuple[str, ...]
    """Facts that are not filled in: the text has gaps where they belong."""
    proposed: bool
    """It is what the ticket is about."""


class ReadyTexts:
    """Reads them; nothing is sent from here."""

    def __init__(self, *, store: Store, ready: ReadyAnswers) -> None:
        self._store = store
        self._ready = ready

    async def of(self, ticket_id: int) -> list[Ready] | None:
        """Return all answers for the customer of a ticket, what it is about first; None where there is no ticket."""

        def look(unit: Unit) -> list[Ready] | None:
            ticket = unit.tickets.get(ticket_id)
            customer = unit.customers.get(ticket.customer_id) if ticket else None
            if ticket is None or customer is None:
                return None
            about = self._ready.proposed(ticket)
            found = []
            for matter in self._ready.matters():
                reading = self._ready.read(unit, ticket, customer, matter)
                if reading is not None:
                    found.append(
                        Ready(
                            scenario=matter.scenario.key,
                            answer=matter.answer_key,
                            title=reading.title,
                            text=plain(reading.html),
                            missing=reading.missing,
                            proposed=about is not None and matter.name == about.name,
                        )
                    )
            own = [self._own(unit, ticket, customer, reply) for reply in unit.canned.page(0, most=OWN_MOST)]
            return [*sorted(found, key=lambda one: not one.proposed), *filter(None, own)]

        return await self._store.read(look)

    def _own(self, unit: Unit, ticket: Ticket, customer: Customer, reply: CannedReply) -> Ready | None:
        reading = self._ready.read_canned(unit, ticket, customer, reply)
        if reading is None:
            return None
        text = plain(reading.html)
        return Ready(
            scenario=None, answer=None, title=reading.title, text=text, missing=reading.missing, proposed=False
        )


def topic_choice(scenario: str | None) -> str:
    """Return what a press says that corrects the topic of a ticket; None: it is about nothing that is known."""
    return WHOLE + mark_of(scenario) if scenario is not None else NONE
