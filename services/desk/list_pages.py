"""The list of tickets that have no card yet: its pages, what each says, and how they are remembered.

A ticket stays on the page it was put on, so that nobody has to look for it twice; its line becomes a link to its card.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import Final

from pydantic import TypeAdapter

from services.classify.urgency import ORDER
from services.messages.callbacks import OnTicket, encode
from services.messages.effects import Button, Keyboard, Words
from services.messages.lengths import MESSAGE, units
from services.templates.variables import plain_words
from services.texts import label, say, text_key
from services.texts.links import to_message
from storage.ticket_lists import ListedTicket
from storage.units import Unit

NAME_MOST: Final = 24
WORDS_MOST: Final = 40
CRITICAL_WORDS_MOST: Final = 120
"""Who is critical and has no card yet is read here."""
TITLE: Final = 300
"""Units kept for what stands above the lines."""
LINES_MOST: Final = 60
"""Telegram shows no more than 100 entities of a message, and every link is one."""
BUTTONS_MOST: Final = 6
CRITICAL_BUTTONS_MOST: Final = 12
"""Tickets that can be taken right here."""
BUTTONS_A_ROW: Final = 2
PAST_MOST: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One message of the list."""

    tickets: tuple[int, ...]
    telegram_id: int | None = None
    said: str = ""
    """Stands for the words it shows now."""
    begun_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """The pages on which somebody still waits. `edition` counts how often any was written."""

    edition: int = 0
    written_at: datetime | None = None
    pages: tuple[Page, ...] = ()
    past: tuple[int, ...] = ()
    """Where the last pages stand that are over: somebody may still answer one."""

    @property
    def tickets(self) -> frozenset[int]:
        return frozenset(ticket for page in self.pages for ticket in page.tickets)

    def with_page(self, number: int, page: Page | None, now: datetime) -> Pages:
        """Return the next edition: one page written, or gone with None."""
        kept = (*self.pages[:number], *([page] if page else []), *self.pages[number + 1 :])
        gone = [] if page else self.pages[number : number + 1]
        return replace(self._without(gone), edition=self.edition + 1, written_at=now, pages=kept)

    def since(self, moment: datetime) -> Pages:
        """Return the pages that were begun after a moment; older ones are over."""
        gone = [page for page in self.pages if page.begun_at <= moment]
        return replace(self._without(gone), pages=tuple(page for page in self.pages if page not in gone))

    def _without(self, gone: Iterable[Page]) -> Pages:
        places = [page.telegram_id for page in gone if page.telegram_id is not None]
        return replace(self, past=(*self.past, *places)[-PAST_MOST:])

    def stand_at(self, telegram_id: int) -> bool:
        return telegram_id in self.past or any(page.telegram_id == telegram_id for page in self.pages)


@cache
def _adapter() -> TypeAdapter[Pages]:
    return TypeAdapter(Pages)


def to_text(pages: Pages) -> str:
    return _adapter().dump_json(pages).decode()


def from_text(text: str | None) -> Pages:
    return _adapter().validate_json(text) if text else Pages()


def note_of(chat_id: int) -> str:
    """Return the key that a group's list is stored under."""
    return f"digest:{chat_id}"


def stands_at(unit: Unit, chat_id: int, telegram_id: int) -> bool:
    """Whether a message of a group is a page of its list."""
    return from_text(unit.key_values.read(note_of(chat_id))).stand_at(telegram_id)


def waits(ticket: ListedTicket, chat_id: int) -> bool:
    """Whether a ticket has no card in this group yet, and needs one."""
    return ticket.status != "closed" and (ticket.card_id is None or ticket.chat_id != chat_id)


def first(tickets: Iterable[ListedTicket]) -> list[ListedTicket]:
    """Return tickets in the order people should see them: the most urgent first, then the longest wait."""
    return sorted(tickets, key=_turn)


def _turn(ticket: ListedTicket) -> tuple[int, bool, datetime, int]:
    """A customer who waits comes before one who does not."""
    waits = ticket.waiting_since is not None
    return -ORDER.index(ticket.priority), not waits, ticket.waiting_since or ticket.opened_at, ticket.id


def fitting(standing: Collection[ListedTicket], new: Sequence[ListedTicket], language: str) -> list[ListedTicket]:
    """Return how many of the new tickets fit on a page below those that stand there."""
    room = MESSAGE - TITLE - sum(_length(ticket, language) for ticket in standing)
    fits: list[ListedTicket] = []
    for ticket in new[: max(0, LINES_MOST - len(standing))]:
        room -= _length(ticket, language)
        if room < 0:
            break
        fits.append(ticket)
    return fits


def words(tickets: Iterable[ListedTicket], chat_id: int, language: str) -> Words:
    """Return a page as it reads now."""
    ordered = first(tickets)
    waiting = [ticket for ticket in ordered if waits(ticket, chat_id)]
    title = say("digest.title", language, count=len(waiting)) if waiting else say("digest.done", language)
    lines = [_line(ticket, chat_id, language) for ticket in ordered]
    return Words(text="\n".join([str(title), *lines]), buttons=_buttons(waiting, language))


def mark(page: Words) -> str:
    """Return what stands for the words of a page: two pages with one mark read the same."""
    return sha256(f"{page.text}{page.buttons}".encode()).hexdigest()[:16]


def _line(ticket: ListedTicket, chat_id: int, language: str) -> str:
    shown = not waits(ticket, chat_id)
    link = to_message(chat_id, ticket.card_id, ticket.topic_id) if shown and ticket.card_id else None
    return _said(ticket, language, link=link, shown=shown)


def _said(ticket: ListedTicket, language: str, *, link: str | None, shown: bool) -> str:
    most = CRITICAL_WORDS_MOST if ticket.priority == "critical" and not shown else WORDS_MOST
    return say(
        "digest.line",
        language,
        mark=say(text_key("priority", ticket.priority), language),
        ticket=ticket.id,
        name=name_of(ticket),
        words=plain_words(ticket.question, cap=most),
        link=link,
        shown=shown,
    )


def _length(ticket: ListedTicket, language: str) -> int:
    """Return the units of a line at its longest: a link adds none, and an escaped letter counts for more than it is."""
    return max(units(_said(ticket, language, link=None, shown=shown)) for shown in (True, False)) + 1


def name_of(ticket: ListedTicket) -> str:
    """Return the customer's name as it fits into a line."""
    return plain_words(f"{ticket.first_name} {ticket.last_name}", cap=NAME_MOST) or ticket.external_id[:NAME_MOST]


def _buttons(waiting: Sequence[ListedTicket], language: str) -> Keyboard:
    """Return a row for each critical ticket, to see it or to take it, and below them buttons for the next others."""
    critical = [ticket for ticket in waiting if ticket.priority == "critical"][:CRITICAL_BUTTONS_MOST]
    rows = [(_show(ticket, language), _take(ticket, language)) for ticket in critical]
    others = [ticket for ticket in waiting if ticket.priority != "critical"][: max(0, BUTTONS_MOST - len(critical))]
    buttons = [_show(ticket, language) for ticket in others]
    rows_of_others = (tuple(buttons[at : at + BUTTONS_A_ROW]) for at in range(0, len(buttons), BUTTONS_A_ROW))
    return (*rows, *rows_of_others)


def _show(ticket: ListedTicket, language: str) -> Button:
    text = label("button.show", language, ticket=ticket.id, name=name_of(ticket))
    return Button(text=text, press=encode(OnTicket(ticket.id, "show")))


def _take(ticket: ListedTicket, language: str) -> Button:
    text = label("button.take_listed", language, ticket=ticket.id)
    return Button(text=text, press=encode(OnTicket(ticket.id, "take")), style="primary")
