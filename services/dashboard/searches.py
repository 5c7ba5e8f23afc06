"""What somebody looks for in the inbox: a ticket by its number, customers by name or id, lines by their words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from services.dashboard.clients import Client, meant
from services.finding.searching import around
from services.scenarios.answers import name_of
from storage.closed_sets import Author
from storage.search import Found
from storage.stems import stems
from storage.store import Store
from storage.ticket_pages import Filters, TicketLine
from storage.units import Unit

A_PAGE: Final = 20
CLIENTS_MOST: Final = 5
_NUMBER: Final = re.compile(r"[#№]?\s*(\d{1,18})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A line that has all the words."""

    line_id: int
    ticket_id: int | None
    """Its ticket, or the customer's newest one, in whose conversation it stands as well; None: they had none."""
    customer_id: int
    customer: str
    author: Author
    author_name: str | None
    created_at: datetime
    pieces: Sequence[tuple[str, bool]]
    """The text around the words; whether each piece is one of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """One page of what was found; tickets and customers stand on the first one."""

    tickets: Sequence[TicketLine]
    clients: Sequence[Client]
    hits: Sequence[Hit]
    more: bool
    now: datetime


class Searches:
    """Looks in both databases alike: by stems, in Russian and English."""

    def __init__(self, *, store: Store) -> None:
        self._store = store

    async def find(self, words: str, *, filters: Filters, page: int) -> Results:
        """Return a page. `filters` narrow the lines by their tickets."""
        words = words.strip()

        def look(unit: Unit) -> Results:
            wanted = stems(words).split()
            found = unit.search.find(wanted, past=page * A_PAGE, most=A_PAGE + 1, filters=filters)
            return Results(
                tickets=_numbered(unit, words) if not page else [],
                clients=meant(unit, words, most=CLIENTS_MOST)[:CLIENTS_MOST] if not page else [],
                hits=[_hit(unit, one, wanted) for one in found[:A_PAGE]],
                more=len(found) > A_PAGE,
                now=unit.now,
            )

        return await self._store.read(look)


def _numbered(unit: Unit, words: str) -> list[TicketLine]:
    number = _NUMBER.fullmatch(words)
    return unit.ticket_pages.of([int(number[1])]) if number else []


def _hit(unit: Unit, found: Found, wanted: Sequence[str]) -> Hit:
    line = found.message
    last = unit.tickets.last_of(line.customer_id) if line.ticket_id is None else None
    return Hit(
        line_id=line.id,
        ticket_id=last.id if last else line.ticket_id,
        customer_id=line.customer_id,
        customer=name_of(found.customer),
        author=line.author,
        author_name=line.author_name,
        created_at=line.created_at,
        pieces=list(around(line.text, wanted)),
    )
