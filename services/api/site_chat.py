"""The chat of a site: its visitors write and send pictures, and read what the bot and the team answer."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from services.api.lines import Line, Page, lines_of
from services.api.messages import TooFast, page_of
from services.customers.carrying_out import Outcome
from services.customers.conversation import A_MINUTE
from services.customers.given_verdicts import AlreadyReceived
from services.customers.reception import Reception
from services.desk.cards import spoken
from services.messages.incoming import Attachment, Cause, CustomerMessage, Person
from services.scenarios.answers import name_of
from storage.address import Address
from storage.messages import NOTE
from storage.records import Customer
from storage.site_visitors import SiteVisitor
from storage.store import Store
from storage.units import Unit
from storage.uploads import MARK

__all__ = ["Line", "Page", "Picture", "Said", "SiteChat", "SiteVisitor"]
WINDOW: Final = 60
"""So many of the last lines are shown, and followed."""
ANSWERS_MOST: Final = 20
SHOWN: Final = 6
"""Letters of a visitor's id by which the team knows one from another: the whole is long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture as it was sent."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a visitor writes, with what their page tells of them."""

    visitor: str
    key: str
    """Their page's own name for the line: sent again under it, the line is the same."""
    content: str
    name: str
    language: str | None
    about: SiteVisitor
    picture: Picture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """What a visitor sees last."""

    customer_id: int
    ticket_id: int | None
    """The open one."""
    lines: tuple[Line, ...]


class SiteChat:
    """The same reception as in Telegram; each line is received once."""

    def __init__(self, *, store: Store, reception: Reception, per_minute: int) -> None:
        self._store = store
        self._reception = reception
        self._per_minute = per_minute

    async def write(self, said: Said) -> tuple[Line, ...]:
        """Receive a line, and return it with what came after it. Raises TooFast, DatabaseTrouble."""
        self._store.watch.demand()
        cause = Cause(key=f"web:{said.visitor}:{said.key}")
        line = CustomerMessage(
            cause=cause,
            person=_person(said),
            kind="photo" if said.picture else "text",
            text=said.content,
        )

        def also(unit: Unit, outcome: Outcome) -> None:
            self._slow_down(unit, outcome.message.customer_id)
            unit.site_visitors.seen(outcome.message.customer_id, said.about)
            if said.picture is not None:
                _keep(unit, outcome.message.id, said.picture)

        if not await self._is_known(cause):
            with contextlib.suppress(AlreadyReceived):  # by another replica, or another tab, just now
                await self._reception.receive(line, also=also)
        return await self._store.read(lambda unit: _since(unit, said.visitor, cause))

    async def read(self, visitor: str, *, after: UUID | None, most: int) -> Page:
        """Return the lines past a message, or from the start. Raises NoSuchMessage."""

        def look(unit: Unit) -> Page:
            page = page_of(unit, address_of(visitor), after=after, most=most)
            customer = unit.customers.find(address_of(visitor))
            return replace(page, lines=_seen(page.lines, customer)) if customer else page

        return await self._store.read(look)

    async def window(self, visitor: str) -> Window | None:
        """Return the last lines; None for who has not written yet."""

        def look(unit: Unit) -> Window | None:
            customer = unit.customers.find(address_of(visitor))
            if customer is None:
                return None
            found = [one for one in unit.conversations.above(customer.id, None, most=WINDOW) if one.kind != NOTE]
            ticket = unit.tickets.open_of(customer.id)
            lines = _seen(lines_of(unit, found), customer)
            return Window(customer_id=customer.id, ticket_id=ticket.id if ticket else None, lines=lines)

        return await self._store.read(look)

    async def ticket(self, visitor: str) -> tuple[int, str] | None:
        """Return the visitor's open ticket, and what the team calls them."""

        def look(unit: Unit) -> tuple[int, str] | None:
            customer = unit.customers.find(address_of(visitor))
            ticket = unit.tickets.open_of(customer.id) if customer else None
            return (ticket.id, name_of(customer)) if customer and ticket else None

        return await self._store.read(look)

    async def showing(self, visitor: str, line: UUID) -> int | None:
        """Return the row of a line of the visitor's conversation; None for any other."""

        def look(unit: Unit) -> int | None:
            customer = unit.customers.find(address_of(visitor))
            found = unit.messages.by_public_id(customer.id, line) if customer else None
            return found.id if found is not None and found.kind != NOTE else None

        return await self._store.read(look)

    async def _is_known(self, cause: Cause) -> bool:
        return await self._store.read(lambda unit: unit.messages.caused_by(cause.key)) is not None

    def _slow_down(self, unit: Unit, customer_id: int) -> None:
        """Raise TooFast past the limit, which undoes the unit: the page tries again later."""
        if unit.messages.count_since(customer_id, unit.now - A_MINUTE, most=self._per_minute + 1) > self._per_minute:
            raise TooFast


def address_of(visitor: str) -> Address:
    return Address("web", visitor)


def _person(said: Said) -> Person:
    """Return who writes. Who tells no name has one for the team, which no answer greets them by."""
    last = "" if said.name else f"web-{said.visitor[:SHOWN]}"
    return Person(address=address_of(said.visitor), first_name=said.name, last_name=last, language=said.language)


def _keep(unit: Unit, message_id: int, picture: Picture) -> None:
    unit.uploads.keep(message_id, picture.content)
    file = Attachment(file_id=f"{MARK}{message_id}", name=picture.name, size=len(picture.content))
    unit.attachments.keep(message_id, file)


def _since(unit: Unit, visitor: str, cause: Cause) -> tuple[Line, ...]:
    """Return the line of a cause and what has come after it."""
    customer = unit.customers.find(address_of(visitor))
    first = unit.messages.caused_by(cause.key)
    if customer is None or first is None:
        return ()
    return _seen(lines_of(unit, unit.messages.history(customer.id, after=first.id - 1, most=ANSWERS_MOST)), customer)


def _seen(lines: tuple[Line, ...], customer: Customer) -> tuple[Line, ...]:
    """Let a line that shows neither words nor a file say what it is."""
    return tuple(
        line if line.text or line.file else replace(line, text=spoken(line.kind, customer.language))  # type: ignore[arg-type]  # of a stored line
        for line in lines
    )
