"""Every list of the desk fits into one message, whatever people are called and write, in both languages."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from markupsafe import Markup

from services.desk import board, list_pages
from services.desk.board import Board
from services.desk.reminders import Reminder, Reminders
from services.finding import client_pages, history_pages, searching
from services.finding.client_pages import Client
from services.finding.history_pages import History
from services.finding.indexing import Indexing
from services.messages.effects import Say, decode
from services.messages.lengths import MESSAGE, units
from services.texts.team import Team
from storage.address import Address
from storage.conversations import Stretch, Summary
from storage.queues import ANY_RANK
from storage.records import Customer, Message, Ticket
from storage.store import Store
from storage.ticket_lists import ListedTicket, TicketCounts
from storage.units import Unit

NOW: Final = datetime(2026, 11, 26, 12, tzinfo=UTC)
ZONE: Final = ZoneInfo("Europe/Moscow")
LANGUAGES: Final = ("ru", "en")
GROUP: Final = -1_001_234_567_890
TICKETS: Final = 300
ENTITIES_MOST: Final = 100
"""Of more Telegram shows a part."""
NAMES: Final = ("😀" * 64, "<b>&amp;</b>" * 5, "\u202eשלום עולם מאוד ארוך" * 4, "a" * 64, "{{ name }}")
"""Emoji count for two; what looks like markup is none; names from right to left."""


def fits(text: str, entities: int = ENTITIES_MOST) -> None:
    seen = Markup(text).striptags()  # noqa: S704  # on the contrary: it loses its markup
    assert units(seen) <= MESSAGE, units(seen)
    assert len(re.findall(r"<(?:a|b|i|code|blockquote)[ >]", text)) <= entities


def listed(number: int, **more: Any) -> ListedTicket:
    name = NAMES[number % len(NAMES)]
    standing: dict[str, Any] = {
        "id": 10**9 + number,
        "priority": ("low", "medium", "high", "critical")[number % 4],
        "status": "taken" if number % 3 else "open",
        "question": f"{name} {name}",
        "first_name": name,
        "last_name": name,
        "external_id": str(10**15 + number),
        "opened_at": NOW - timedelta(days=number),
        "waiting_since": NOW if number % 2 else None,
        "chat_id": GROUP,
        "topic_id": 10**8 + number,
        "card_id": 10**8 + number,
        "operator_name": name if number % 3 else None,
        "snoozed_at": NOW if number % 7 == 0 else None,
    }
    return ListedTicket(**standing | more)


@pytest.mark.parametrize("language", LANGUAGES)
def test_open_tickets_page_by_page(language: str) -> None:
    tickets = [listed(number) for number in range(TICKETS)]
    standing = TicketCounts(open=TICKETS, waiting=120, snoozed=40, longest_since=NOW)
    for page in range(TICKETS // board.A_PAGE):
        shown = tickets[page * board.A_PAGE : (page + 1) * board.A_PAGE]
        fits(board.words(Board(tickets=shown, standing=standing, page=page), ZONE, language).text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_of_tickets_without_a_card(language: str) -> None:
    waiting, pages = [listed(number, card_id=None) for number in range(TICKETS)], 0
    while waiting:
        page = list_pages.fitting((), waiting, language)
        fits(list_pages.words(page, GROUP, language).text)
        waiting, pages = waiting[len(page) :], pages + 1
    assert pages < TICKETS // 10


def named(name: str) -> Customer:
    known: dict[str, Any] = dict.fromkeys(Customer.__slots__)
    standing = {"id": 1, "channel": "telegram", "external_id": "9" * 15, "language": "ru", "created_at": NOW}
    return Customer(**known | standing | {"first_name": name, "last_name": name, "username": name, "note": name * 30})


def ticket(number: int) -> Ticket:
    known: dict[str, Any] = dict.fromkeys(Ticket.__slots__)
    name = NAMES[number % len(NAMES)]
    standing = {"id": 10**9 + number, "customer_id": 1, "status": "taken", "reason": "unsure", "priority": "critical"}
    place = {"chat_id": GROUP, "card_id": 10**8, "topic_id": 10**8, "opened_at": NOW, "waiting_since": NOW}
    return Ticket(**known | standing | place | {"question": name * 9, "operator_name": name, "operator_id": 501})


def said(number: int) -> Message:
    known: dict[str, Any] = dict.fromkeys(Message.__slots__)
    name = NAMES[number % len(NAMES)]
    line = {"id": number, "public_id": uuid4(), "key": str(number), "customer_id": 1, "author": "operator"}
    return Message(**known | line | {"kind": "text", "text": name * 40, "author_name": name, "created_at": NOW})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES, ids=("emoji", "markup", "rtl", "long", "braces"))
def test_a_customer_and_what_was_said(name: str, language: str) -> None:
    someone = named(name)
    summary = Summary(messages=50_000, tickets=TICKETS, last_at=NOW, rated=9, average=4.5)
    last = [ticket(number) for number in range(5)]
    fits(client_pages.words(Client(customer=someone, summary=summary, tickets=last), ZONE, language).text)
    lines = tuple(said(number) for number in range(history_pages.A_PAGE))
    stretch = Stretch(lines=lines, older=True, newer=True, confidences={}, earlier={9: ["<i>" * 200]})
    history = History(customer=someone, stretch=stretch, counts={}, titles={})
    fits(history_pages.words(history, ZONE, language).text)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_three_hundred_reminders_at_once_are_one_message(store: Store, language: Any) -> None:
    waiting = [Reminder(ticket(number), 1) for number in range(TICKETS)]
    team = Team(language=language, names_group=True)
    await store.write(lambda unit: Reminders(team=team).tell(unit, waiting))
    [task] = await store.claim("outbox", pool="group", most=5, busy=(), rank_most=ANY_RANK)
    effect = decode(task.payload)
    assert isinstance(effect, Say)
    assert str(TICKETS) in effect.words.text
    fits(effect.words.text)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_was_found(store: Store, language: Any) -> None:
    def write(unit: Unit) -> None:
        for number in range(4 * len(NAMES)):
            name = NAMES[number % len(NAMES)]
            address = Address(channel="api", id=f"{number:0>200}")
            someone = unit.customers.add(address, first_name=name, last_name=name, username=name, language=language)
            text = (f"слово {name} " * 40, "слово " * 600, "слово " + name * 30, f"{name * 2} слово")[number % 4]
            unit.messages.add(key=f"k{number}", customer_id=someone.id, author="customer", text=text)

    await store.write(write)
    await Indexing(store=store).look()

    def pages(unit: Unit) -> list[str]:
        begun = searching.begin(unit, "слово" + " слово" * 40)
        turned = (searching.page(unit, replace(begun, page=number), ZONE, language) for number in range(3))
        return [page.text for page in turned if page is not None]

    found = await store.write(pages)
    assert len(found) == 3
    assert all("<b>слово</b>" in page for page in found)
    for page in found:
        fits(page)
