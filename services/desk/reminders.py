"""A customer who is kept waiting makes themselves heard: once for each wait, and a step more urgent."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import Final

from services.classify.urgency import ORDER, raised
from services.messages.ages import age
from services.messages.effects import Say, ShowCard, TicketPlace, Words
from services.queues.outbox import LINE, TOUCH, Outgoing
from services.texts import say
from services.texts.moments import clock
from services.texts.team import Team
from storage.records import Ticket
from storage.store import Store
from storage.units import Unit

AT_ONCE: Final = 20
"""Reminders in one look: the group takes twenty messages a minute."""


class Reminders:
    """Looks for tickets that have waited too long."""

    def __init__(self, *, store: Store, wait: timedelta, team: Team) -> None:
        self._store = store
        self._wait = wait
        self._team = team
        self._seen: dict[str, float] = {}

    async def look(self) -> int:
        """Remind people of what waits; return of how many. Each wait once, whichever process looks first."""
        waiting = await self._store.read(lambda unit: self._too_long(unit.tickets.kept_waiting(), unit.now)[:AT_ONCE])
        if not waiting:
            return 0
        return await self._store.write(lambda unit: self._remind(unit, waiting))

    def _remind(self, unit: Unit, waiting: list[Ticket]) -> int:
        reminded = 0
        for ticket in sorted(waiting, key=lambda one: -ORDER.index(one.priority)):
            priority = raised(ticket.priority)
            if unit.tickets.remind(ticket.id, priority=priority):
                reminded += 1
                outgoing = Outgoing(unit, f"reminder:{_wait_of(ticket)}")
                text = self._text(ticket)
                outgoing.put(Say(to=TicketPlace(ticket_id=ticket.id), words=Words(text=text)), rank=LINE)
                if priority != ticket.priority:
                    outgoing.put(ShowCard(ticket_id=ticket.id), rank=TOUCH)
        return reminded

    def _text(self, ticket: Ticket) -> str:
        speak = self._team.language
        since = clock(ticket.waiting_since or ticket.opened_at, self._team.zone, speak)
        operator = ticket.operator_name if ticket.status == "taken" else None
        return say("desk.waits", speak, ticket=ticket.id, since=since, operator=operator)

    def _too_long(self, waiting: list[Ticket], now: datetime) -> list[Ticket]:
        """Return those that have waited too long by the clock, or since they were first seen if it was set back."""
        here = time.monotonic()
        self._seen = {wait: self._seen.get(wait, here) for wait in map(_wait_of, waiting)}
        wait_s = self._wait.total_seconds()
        return [
            ticket
            for ticket in waiting
            if age(now, ticket.waiting_since or ticket.opened_at) >= self._wait
            or here - self._seen[_wait_of(ticket)] >= wait_s
        ]


def _wait_of(ticket: Ticket) -> str:
    """Name one wait: the same customer may wait again, and be reminded of again."""
    return f"{ticket.id}:{(ticket.waiting_since or ticket.opened_at).isoformat()}"
