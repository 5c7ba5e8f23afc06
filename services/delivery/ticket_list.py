"""When more tickets wait than the group can be told at once, one message lists them, and goes on saying what is true.

Whoever looks first puts the work into the outbox; it has a lane of its own, so one process at a time writes the list.
What stands where is remembered in the key-value table: a restart, or another replica, goes on with the same messages.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

import structlog

from services.delivery.attempts import Attempt
from services.delivery.group_minute import CROWD
from services.delivery.messenger import MessageGone, Messenger, Target
from services.delivery.operator_group import Group
from services.delivery.pace import Pace
from services.desk import list_pages
from services.desk.list_pages import Page, Pages
from services.messages.effects import ShowDigest, Words
from services.queues.outbox import CARD, LIST, Outgoing
from services.texts.team import Team
from storage.records import Task
from storage.store import Store
from storage.ticket_lists import ListedTicket
from storage.units import Unit

log = structlog.get_logger()
LOOKED_AT: Final = 500
READ: Final = 2 * CROWD
"""With so few conversations to read a crowd is all there, or nearly so."""
MANY: Final = 3 * CROWD
"""So many lanes waiting need no second look; fewer may be gone in a moment."""
MOMENT: Final = timedelta(seconds=3)
"""Who of a crowd has stood nowhere for so long is listed; sooner once all of it is read: then one edition has all."""
URGENTLY: Final = timedelta(seconds=2)
"""Who is critical and has stood nowhere for so long is listed in any case: there was no call left for their card. The
same between two editions for their sake."""
SOON: Final = timedelta(seconds=5)
"""Between two editions when many more have come."""
ADDED: Final = timedelta(seconds=12)
"""Between two editions when some more have come."""
LINKED: Final = timedelta(seconds=15)
"""Between two editions that only turn lines into links."""
FORGOTTEN: Final = timedelta(days=1)
"""A page on which somebody still waits by then (a card that Telegram refuses) is left as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """What is listed, and what is to be."""

    chat_id: int
    now: datetime
    pages: Pages
    coming: int
    """Conversations with something that has not been read yet."""
    listed: tuple[ListedTicket, ...]
    """Tickets on the pages."""
    unlisted: tuple[ListedTicket, ...]
    """Tickets without a card that stand on no page, in the order people should see them."""

    @property
    def all_read(self) -> bool:
        """Whether few are about to join the list: each edition costs one of the minute's calls."""
        return self.coming <= READ

    @property
    def critical(self) -> bool:
        """Whether anybody critical stands nowhere."""
        return bool(self.unlisted) and self.unlisted[0].priority == "critical"

    def waits_for(self, long: timedelta, *, critical: bool = False) -> bool:
        """Whether anybody who stands nowhere has waited for so long; anybody critical, if told so."""
        return any(
            self.now - ticket.opened_at >= long
            for ticket in self.unlisted
            if not critical or ticket.priority == "critical"
        )

    def of(self, page: Page) -> list[ListedTicket]:
        return [ticket for ticket in self.listed if ticket.id in page.tickets]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Writing:
    """One page to be written; `over`: nobody on it waits any more."""

    number: int
    page: Page
    words: Words
    over: bool


class TicketList:
    """Keeps the list of one group."""

    def __init__(self, *, store: Store, messenger: Messenger, group: Group, pace: Pace, team: Team) -> None:
        self._store = store
        self._messenger = messenger
        self._group = group
        self._pace = pace
        self._team = team
        self._asked = ""

    async def look(self) -> bool:
        """Have the list written if it is time to; False when it is not."""
        chat = self._group.chat_id
        if chat is None:
            return False

        def look_at(unit: Unit) -> tuple[int, _Look | None]:
            waiting = unit.outbox.crowd(pool=self._group.pool)
            pages = self._pages(unit, chat)
            return waiting, self._look(unit, chat, pages) if waiting or pages.pages else None

        waiting, look = await self._store.read(look_at)
        if look is None or not self._due(look, waiting):
            return False
        await self._ask(look)
        return True

    async def show(self, attempt: Attempt) -> None:
        """Write the page that needs it most: one call."""
        task = attempt.task
        chat = self._group.chat_id

        def look_at(unit: Unit) -> tuple[list[Task], _Look | None]:
            found = self._look(unit, chat, self._pages(unit, chat)) if chat is not None else None
            return unit.outbox.same(task), found

        others, look = await self._store.read(look_at)
        writing = (self._added(look) or self._changed(look)) if look else None
        told = await self._tell(attempt, look.chat_id, writing) if look and writing else None

        def act(unit: Unit) -> None:
            for one in (task, *others):
                unit.outbox.settle(one)
            if look is not None:
                self._note(unit, look, writing, told)

        await self._store.write(act)

    async def _tell(self, attempt: Attempt, chat: int, writing: _Writing) -> Page:
        """Edit the page where it stands; post it where it stands nowhere yet, or no longer."""
        said = replace(writing.page, said=list_pages.mark(writing.words))
        if said.telegram_id is not None:
            try:
                await self._messenger.edit(chat, said.telegram_id, writing.words)
            except MessageGone:
                log.info("digest.posted_anew")
            else:
                return said
        sent = await self._messenger.say(Target(chat_id=chat), writing.words, leave=attempt.leave)
        return replace(said, telegram_id=sent.telegram_id)

    def _note(self, unit: Unit, look: _Look, writing: _Writing | None, told: Page | None) -> None:
        pages = look.pages
        if writing is None:
            pages = replace(pages, edition=pages.edition + 1)
        else:
            pages = pages.with_page(writing.number, None if writing.over else told, unit.now)
        unit.key_values.write(list_pages.note_of(look.chat_id), list_pages.to_text(pages))
        if writing is not None and look.all_read and any(one.id not in pages.tickets for one in look.unlisted):
            self._put(unit, look.chat_id, pages, LIST)

    async def _ask(self, look: _Look) -> None:
        cause = _cause(look.chat_id, look.pages, look.now)
        if cause == self._asked:
            return
        rank = LIST if look.unlisted else CARD  # who stands nowhere yet comes before a line that becomes a link
        await self._store.write(lambda unit: self._put(unit, look.chat_id, look.pages, rank))
        self._asked = cause

    def _put(self, unit: Unit, chat: int, pages: Pages, rank: int) -> None:
        Outgoing(unit, _cause(chat, pages, unit.now)).put(ShowDigest(group_id=self._group.id), rank=rank)

    def _pages(self, unit: Unit, chat: int) -> Pages:
        pages = list_pages.from_text(unit.key_values.read(list_pages.note_of(chat)))
        return pages.since(unit.now - FORGOTTEN)

    def _look(self, unit: Unit, chat: int, pages: Pages) -> _Look:
        known = pages.tickets
        unshown = unit.ticket_lists.without_card(group_id=self._group.id, most=LOOKED_AT)
        return _Look(
            chat_id=chat,
            now=unit.now,
            pages=pages,
            coming=unit.inbox.crowd(pool=""),
            listed=tuple(unit.ticket_lists.of(known)) if known else (),
            unlisted=tuple(list_pages.first(ticket for ticket in unshown if ticket.id not in known)),
        )

    def _due(self, look: _Look, waiting: int) -> bool:
        """Whether it is time for another edition, which costs one of the minute's calls."""
        written = look.pages.written_at
        since = timedelta.max if written is None else abs(look.now - written)
        if look.waits_for(URGENTLY, critical=True) or (self._pace.full and look.all_read and look.critical):
            return since >= URGENTLY
        if look.unlisted and waiting > CROWD:
            pressing = (waiting > MANY and look.all_read) or look.waits_for(MOMENT)
            return pressing and since >= (SOON if len(look.unlisted) > CROWD else ADDED)
        return since >= LINKED and self._changed(look) is not None

    def _added(self, look: _Look) -> _Writing | None:
        """Put tickets that stand on no page on the last one, or on a new one where that is full."""
        if not look.unlisted:
            return None
        last = look.pages.pages[-1] if look.pages.pages else None
        if last is not None and (new := list_pages.fitting(look.of(last), look.unlisted, self._team.language)):
            return self._writing(look, len(look.pages.pages) - 1, last, new)
        new = list_pages.fitting((), look.unlisted, self._team.language)
        return self._writing(look, len(look.pages.pages), Page(tickets=(), begun_at=look.now), new)

    def _changed(self, look: _Look) -> _Writing | None:
        """Return the first page that says what is no longer true; the one that is over before others."""
        found = [self._writing(look, number, page, ()) for number, page in enumerate(look.pages.pages)]
        changed = [one for one in found if list_pages.mark(one.words) != one.page.said]
        return min(changed, key=lambda one: not one.over, default=None)

    def _writing(
        self, look: _Look, number: int, page: Page, new: tuple[ListedTicket, ...] | list[ListedTicket]
    ) -> _Writing:
        tickets = [*look.of(page), *new]
        return _Writing(
            number=number,
            page=replace(page, tickets=tuple(ticket.id for ticket in tickets)),
            words=list_pages.words(tickets, look.chat_id, self._team.language),
            over=not any(list_pages.waits(ticket, look.chat_id) for ticket in tickets),
        )


def _cause(chat: int, pages: Pages, now: datetime) -> str:
    """Name the next edition; with the minute, so that one that was set aside is not the last."""
    return f"digest:{chat}:{pages.edition + 1}:{int(now.timestamp()) // 60}"
