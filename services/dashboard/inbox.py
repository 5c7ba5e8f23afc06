"""The inbox: which tickets there are, the most urgent and longest waiting first."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

from services.desk import roster
from storage.closed_sets import Language
from storage.store import Store
from storage.ticket_lists import Colleague
from storage.ticket_pages import Counts, Filters, Place, TicketLine, View
from storage.units import Unit

__all__ = ["Choices", "Filters", "Inbox", "NoSuchPlace", "Page", "TicketLine", "View"]
PAGE_MOST: Final = 100


class NoSuchPlace(Exception):  # a state: the cursor was not made here
    """The cursor does not say where to go on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some tickets of a view."""

    tickets: Sequence[TicketLine]
    next: str | None
    """Where to go on; None at the end."""
    counts: Counts
    now: datetime
    """By the clock that waiting times are told in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What filters and menus offer."""

    colleagues: Sequence[Colleague]
    scenarios: Mapping[str, Mapping[Language, str]]
    """Titles by key."""
    answers: Mapping[str, Mapping[Language, str]]
    """Titles of the answers of scenarios, by both keys with a slash between."""


class Inbox:
    """Reads pages of tickets."""

    def __init__(self, *, store: Store) -> None:
        self._store = store

    async def page(
        self, view: View, *, mine: int, filters: Filters, after: str | None = None, most: int = PAGE_MOST
    ) -> Page:
        """Return the next tickets of a view. Raises NoSuchPlace."""
        place = place_of(after) if after is not None else None

        def look(unit: Unit) -> Page:
            found = unit.ticket_pages.page(view, mine=mine, filters=filters, after=place, most=most + 1)
            shown = found[:most]
            more = cursor_of(shown[-1].place) if len(found) > most else None
            return Page(tickets=shown, next=more, counts=unit.ticket_pages.counts(mine, filters), now=unit.now)

        return await self._store.read(look)

    async def choices(self) -> Choices:
        def look(unit: Unit) -> Choices:
            outlines = unit.scenarios.outlines()
            titles = {scenario.key: scenario.title for scenario in outlines}
            answers = {f"{one.key}/{answer.key}": answer.title for one in outlines for answer in one.answers}
            known = [Colleague(id=one.id, name=one.name) for one in roster.known(unit)]
            return Choices(colleagues=known, scenarios=titles, answers=answers)

        return await self._store.read(look)


def cursor_of(place: Place) -> str:
    values = asdict(place) | {"since": place.since.isoformat()}
    return base64.urlsafe_b64encode(json.dumps(list(values.values())).encode()).decode().rstrip("=")


def place_of(cursor: str) -> Place:
    """Return what a cursor stands for. Raises NoSuchPlace."""
    try:
        urgency, idle, since, number = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        moment = datetime.fromisoformat(since)
        whole = all(isinstance(one, int) and abs(one) < 2**62 for one in (urgency, idle, number))
    except (ValueError, TypeError):
        raise NoSuchPlace from None
    if not whole or moment.tzinfo is None:
        raise NoSuchPlace
    return Place(urgency=urgency, idle=idle, since=moment, id=number)
