"""`/open`, `/client`, `/note` and the buttons under what they show. A press edits the page it stands under."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, assert_never

from services.desk import audit, board
from services.desk.board import Board
from services.finding import client_pages, history_pages, lookup, remarks, searching
from services.finding.client_pages import Client
from services.finding.history_pages import History
from services.messages.desk_presses import OfDesk, OnClient, OnFind, OnHistory, OnOpen, OnTicketHistory
from services.messages.effects import (
    Effect,
    GroupPlace,
    MessageRef,
    PrivateChat,
    Say,
    SendFile,
    ShowPage,
    TicketPlace,
    Words,
    encode,
)
from services.messages.incoming import OperatorMessage, Person
from services.messages.lengths import cut
from services.queues.outbox import PRESSED, WORK, Outgoing, lane_of
from services.scenarios.answers import name_of
from services.scenarios.knowledge import Knowledge
from services.texts import languages, say
from services.texts.keys import ToastKey
from services.texts.team import Team
from storage.records import Cause, Customer
from storage.store import Store
from storage.ticket_lists import Scope
from storage.units import Unit

Place = PrivateChat | GroupPlace
Look = Callable[[Unit], Words]
NO_NOTE: Final = "-"
"""What takes the note on a customer away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who looks something up, and where they read it."""

    who: Person
    place: Place
    is_admin: bool = False
    said: OperatorMessage | None = None
    """Their line, where they ask in the group."""

    @property
    def scope(self) -> Scope:
        """Whose tickets they are shown: those of the group they ask in; in private those of all groups."""
        return self.place.group_id if isinstance(self.place, GroupPlace) else "all"


class Finder:
    """The use cases. Each writes once, with its cause; what presses return is a toast."""

    def __init__(self, *, store: Store, knowledge: Knowledge, team: Team) -> None:
        self._store = store
        self._knowledge = knowledge
        self._team = team

    def language(self, asked: Asked) -> str:
        return languages.of_staff(
            asked.who.language, self._team.language, in_private=isinstance(asked.place, PrivateChat)
        )

    async def open(self, cause: Cause, asked: Asked) -> None:
        """Show what is open, by urgency and waiting time."""
        await self._say(cause, asked, lambda unit: self._board(unit, asked, 0))

    async def client(self, cause: Cause, asked: Asked, words: str) -> None:
        """Show a customer; without words the one whose ticket this is."""

        def look(unit: Unit) -> Words:
            speak = self.language(asked)
            if not words.strip():
                here = lookup.of_place(unit, asked.said)
                return self._client(unit, here, speak) if here else Words(text=say("client.usage", speak))
            found = lookup.meant(unit, words)
            if len(found) > 1:
                return client_pages.choice(found, speak)
            return self._client(unit, found[0], speak) if found else Words(text=say("client.unknown", speak))

        await self._say(cause, asked, look)

    async def find(self, cause: Cause, asked: Asked, words: str) -> None:
        """Show which messages have these words, and which customers such a name."""

        def look(unit: Unit) -> Words:
            speak = self.language(asked)
            if not words.strip():
                return Words(text=say("find.usage", speak))
            found = searching.page(unit, searching.begin(unit, words), self._team.zone, speak)
            return found or Words(text=say("find.nothing", speak, words=words))

        await self._say(cause, asked, look)

    async def note(self, cause: Cause, asked: Asked, words: str) -> None:
        """Keep a note on the customer of this conversation; without words show it, with a dash take it away."""
        text = words.strip()

        def act(unit: Unit) -> None:
            speak, outgoing = self.language(asked), Outgoing(unit, cause.key)
            here = lookup.of_place(unit, asked.said)
            if here is None:
                outgoing.put(Say(to=asked.place, words=Words(text=say("client.note_usage", speak))), rank=WORK)
                return
            note = here.note if not text else None if text == NO_NOTE else cut(text, client_pages.NOTE_MOST)
            if text:
                remarks.keep(unit, audit.member(asked.who, asked.place.kind), here.id, note, outgoing)
            told = say("client.note", speak, note=note) if note else say("client.no_note", speak)
            outgoing.put(Say(to=asked.place, words=Words(text=told)), rank=WORK)

        await self._store.write(act, cause)

    async def turn(self, cause: Cause, asked: Asked, press: OfDesk, *, at: MessageRef | None) -> ToastKey | None:
        """Carry out a button. `at`: its message, when that can still be changed."""

        def act(unit: Unit) -> ToastKey | None:
            outgoing = Outgoing(unit, cause.key)
            if at is not None and not isinstance(press, OnTicketHistory) and _is_no_page(unit, at):
                return "outdated"
            match press:
                case OnTicketHistory(ticket_id):
                    return self._under_card(unit, ticket_id, asked, outgoing)
                case OnClient(customer_id, "export"):
                    return self._export(unit, asked, customer_id, outgoing)
                case OnOpen(page):
                    words: Words | None = self._board(unit, asked, page)
                case OnClient(customer_id):
                    customer = unit.customers.get(customer_id)
                    words = self._client(unit, customer, self.language(asked)) if customer else None
                case OnFind():
                    words = searching.page(unit, press, self._team.zone, self.language(asked))
                case OnHistory(customer_id):
                    words = self._history(unit, customer_id, self.language(asked), press)
                case _:
                    assert_never(press)
            if words is None:
                return "outdated"
            outgoing.put(_shown(asked.place, at, words), rank=PRESSED)
            return None

        return await self._store.write(act, cause)

    def _board(self, unit: Unit, asked: Asked, page: int) -> Words:
        standing = unit.ticket_lists.counts(asked.scope)
        page = board.page_within(page, standing)
        tickets = unit.ticket_lists.open(asked.scope, past=page * board.A_PAGE, most=board.A_PAGE)
        now = Board(tickets=tickets, standing=standing, page=page)
        return board.words(now, self._team.zone, self.language(asked))

    def _client(self, unit: Unit, customer: Customer, speak: str) -> Words:
        found = unit.conversations
        client = Client(customer=customer, summary=found.summary(customer.id), tickets=found.tickets(customer.id))
        return client_pages.words(client, self._team.zone, speak)

    def _history(self, unit: Unit, customer_id: int, speak: str, press: OnHistory | None = None) -> Words | None:
        customer = unit.customers.get(customer_id)
        if customer is None:
            return None
        before, after = (press.before, press.after) if press else (None, None)
        stretch = unit.conversations.stretch(customer_id, before=before, after=after, most=history_pages.A_PAGE)
        about = {line.id: self._knowledge.title(line.scenario, speak, line.answer) for line in stretch.lines}
        history = History(
            customer=customer,
            stretch=stretch,
            counts=unit.conversations.counts(customer_id),
            titles={row: title for row, title in about.items() if title},
            towards_newer=after is not None,
        )
        return history_pages.words(history, self._team.zone, speak)

    def _under_card(self, unit: Unit, ticket_id: int, asked: Asked, outgoing: Outgoing) -> ToastKey:
        """Show the history of a ticket's customer under its card, once however often that is pressed meanwhile."""
        ticket = unit.tickets.get(ticket_id)
        if ticket is not None and asked.scope not in ("all", ticket.group_id):
            return "elsewhere"
        words = self._history(unit, ticket.customer_id, self._team.language) if ticket else None
        if words is None:
            return "outdated"
        effect = Say(to=TicketPlace(ticket_id=ticket_id), words=words)
        if not _waits(unit, effect):
            outgoing.put(effect, rank=PRESSED)
        return "history"

    def _export(self, unit: Unit, asked: Asked, customer_id: int, outgoing: Outgoing) -> ToastKey:
        """Send an admin all that is kept of a customer, in private: not everybody in the group may have it."""
        if not asked.is_admin:
            return "admins_export"
        customer = unit.customers.get(customer_id)
        if customer is None:
            return "outdated"
        words = Words(text=say("client.exported", self.language(asked), name=name_of(customer)))
        effect = SendFile(to=PrivateChat(address=asked.who.address), paper=f"export:{customer_id}", words=words)
        if not _waits(unit, effect):
            outgoing.put(effect, rank=PRESSED)
            audit.note(unit, audit.member(asked.who, asked.place.kind), "exported", customer_id=customer_id)
        return "export"

    async def _say(self, cause: Cause, asked: Asked, look: Look) -> None:
        def act(unit: Unit) -> None:
            Outgoing(unit, cause.key).put(Say(to=asked.place, words=look(unit)), rank=WORK)

        await self._store.write(act, cause)


def _shown(place: Place, at: MessageRef | None, words: Words) -> Effect:
    return Say(to=place, words=words) if at is None else ShowPage(to=place, at=at, words=words)


def _is_no_page(unit: Unit, at: MessageRef) -> bool:
    """Whether a card or a line of a conversation stands there: neither offers pages, and none is put in their place."""
    placement = unit.placements.at(at.chat_id, at.telegram_id)
    if placement is None:
        return False
    ticket = unit.tickets.get(placement.ticket_id)
    return placement.message_id is not None or (ticket is not None and ticket.card_id == at.telegram_id)


def _waits(unit: Unit, effect: Effect) -> bool:
    return unit.outbox.waits(lane_of(effect), encode(effect))
