"""Customers as the page looks them up: whom somebody means, and one of them with all their tickets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from services.finding import lookup
from services.scenarios.answers import name_of
from storage.conversations import Summary
from storage.records import Customer, Ticket
from storage.site_visitors import SiteVisitor
from storage.store import Store
from storage.units import Unit

__all__ = ["Client", "Clients", "Profile"]
FOUND_MOST: Final = 20
BANNED_MOST: Final = 100
TICKETS_MOST: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """One customer of a list."""

    customer: Customer
    name: str
    ticket: Ticket | None
    """Their newest one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One customer with everything that the team knows of them."""

    customer: Customer
    name: str
    site: SiteVisitor | None
    """Where on a site they write."""
    summary: Summary
    tickets: Sequence[Ticket]
    """The newest first."""
    now: datetime


class Clients:
    """Reads them."""

    def __init__(self, *, store: Store) -> None:
        self._store = store

    async def meant(self, words: str) -> list[Client]:
        """Return whom an id, a @name, a ticket's number, or else a part of a name may mean."""
        return await self._store.read(lambda unit: meant(unit, words, most=FOUND_MOST))

    async def banned(self) -> list[Client]:
        def look(unit: Unit) -> list[Client]:
            return [_client(unit, customer) for customer in unit.customers.banned(most=BANNED_MOST)]

        return await self._store.read(look)

    async def profile(self, customer_id: int) -> Profile | None:
        """Return one customer; None where there is no such one."""

        def look(unit: Unit) -> Profile | None:
            customer = unit.customers.get(customer_id)
            if customer is None:
                return None
            return Profile(
                customer=customer,
                name=name_of(customer),
                site=unit.site_visitors.get(customer.id) if customer.channel == "web" else None,
                summary=unit.conversations.summary(customer_id),
                tickets=unit.conversations.tickets(customer_id, most=TICKETS_MOST),
                now=unit.now,
            )

        return await self._store.read(look)


def meant(unit: Unit, words: str, *, most: int) -> list[Client]:
    """Return whom the words may mean; of those who merely have such a name, so many at most."""
    words = words.strip()
    found = lookup.meant(unit, words) or (unit.search.named(words, most=most) if words else [])
    return [_client(unit, customer) for customer in found]


def _client(unit: Unit, customer: Customer) -> Client:
    return Client(customer=customer, name=name_of(customer), ticket=unit.tickets.last_of(customer.id))
