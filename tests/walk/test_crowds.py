"""More customers at once than the group can be told of in a minute, which is a few seconds here."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from bot import chores, foundation
from playground.chats import Message
from playground.limits import TELEGRAM, Budget, Rate
from playground.people import Customer
from playground.server import Playground
from services.delivery import pace, rate_limits, ticket_list
from tests.walk.conftest import House, opened

pytestmark = pytest.mark.long
ASKS = "позовите живого человека, оператора"
CRITICAL = "у меня мошенники украли деньги с карты"
ANSWERED = (
    "где моя посылка, когда доставят заказ?",
    "как получить бонус за приглашённого друга?",
    "сколько стоит подписка в месяц?",
)
MANY = 24
A_SECOND = rate_limits.IN_PRIVATE
SERVER_S, OURS_S = 3.0, 4.0
"""A machine under load is late by more than a network: the margin is wider than in real life."""
STRICT = Budget(private=Rate(count=1, seconds=1), group=Rate(count=20, seconds=SERVER_S))


@pytest.fixture(autouse=True)
def brisk(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a minute be over soon, and a second last a second."""
    monkeypatch.setattr(rate_limits, "IN_PRIVATE", A_SECOND)
    monkeypatch.setattr(foundation, "MINUTE_S", OURS_S)
    monkeypatch.setattr(chores, "DIGEST_S", 0.2)
    monkeypatch.setattr(pace, "LINES_S", 0.7)
    for name, seconds in {"MOMENT": 0.3, "SOON": 0.5, "ADDED": 1.0, "LINKED": 1.0}.items():
        monkeypatch.setattr(ticket_list, name, timedelta(seconds=seconds))


@pytest.fixture
async def plain(database_url: str, home: Path) -> AsyncIterator[House]:
    async with opened(database_url, playground=Playground(budget=STRICT)) as house:
        yield house


@pytest.fixture
async def topics(database_url: str, home: Path) -> AsyncIterator[House]:
    async with opened(database_url, playground=Playground(budget=STRICT), forum=True) as house:
        yield house


def crowd(house: House, many: int = MANY, said: str = ASKS) -> list[Customer]:
    """Let customers write who all want a person."""
    people = [house.playground.add_customer(f"Клиент{number:02}", language_code="ru") for number in range(many)]
    for customer in people:
        customer.send(said)
    return people


def refused(house: House) -> int:
    return sum(call.status == 429 for call in house.playground.calls)


def cards(house: House) -> list[Message]:
    return [message for message in house.group.from_bot if "👤" in message.text]


def has_card(house: House, number: str) -> bool:
    return any(f"{number} " in card.text for card in cards(house))


def pages(house: House) -> list[Message]:
    return [message for message in house.group.from_bot if message.text.startswith(("📋", "✅"))]


def visible(house: House, customer: Customer) -> bool:
    return any(re.search(rf"{customer.user.first_name}\b", message.text) for message in house.group.from_bot)


def all_visible(house: House, people: list[Customer]) -> bool:
    return all(visible(house, customer) for customer in people)


async def test_a_pressed_card_and_a_critical_one_do_not_stand_in_line(plain: House) -> None:
    people = crowd(plain)
    await plain.playground.wait_for(lambda: pages(plain))
    card = (await plain.playground.wait_for(lambda: cards(plain)))[0]
    plain.olga.at(plain.group).press(card, card.button("Взять").data or "")
    await plain.playground.wait_for(lambda: "взято: Ольга" in card.text)
    plain.anna.send(CRITICAL)
    await plain.playground.wait_for(lambda: any("Анна" in one.text and "🔴" in one.text for one in cards(plain)))
    assert len(cards(plain)) < len(people)
    assert refused(plain) == 0


async def test_a_button_of_the_list_brings_up_a_card(plain: House) -> None:
    people = crowd(plain)
    # An early page names tickets whose cards are about to come; only a late one has cards that wait for a minute.
    await plain.playground.wait_for(partial(all_visible, plain, people))
    page = pages(plain)[-1]
    button = next(one for one in reversed(page.buttons) if not has_card(plain, one.text.split()[0]))
    number = button.text.split()[0]
    press = plain.olga.at(plain.group).press(page, button.data or "")
    await plain.playground.wait_for(lambda: press.answer)
    assert press.text == "Показываю карточку"

    def shown() -> list[Message]:
        return [one for one in cards(plain) if f"{number} " in one.text]

    await plain.playground.wait_for(shown)
    while press.text == "Показываю карточку":  # it stands there a moment before the bot knows that
        press = plain.olga.at(plain.group).press(page, button.data or "")
        await plain.playground.wait_for(partial(getattr, press, "answer"))
    assert press.text == "Карточка уже в группе"
    assert len(shown()) == 1


@pytest.mark.parametrize("forum", [False, True], ids=["plain", "forum"])
async def test_critical_tickets_beyond_the_minute_s_cards_are_read_and_taken_on_the_list(
    database_url: str, home: Path, monkeypatch: pytest.MonkeyPatch, *, forum: bool
) -> None:
    """With a whole minute, so that nothing becomes free meanwhile.

    How many cards fit into it differs: in a forum each takes up to two calls (its topic and itself) of the 17
    that are not kept for presses, and the list takes some of them.
    """
    monkeypatch.setattr(foundation, "MINUTE_S", 61.0)
    many, surely_shown = 20, 7
    async with opened(database_url, playground=Playground(budget=TELEGRAM), forum=forum) as house:
        people = crowd(house, many, said=CRITICAL)
        await house.playground.wait_for(lambda: len(cards(house)) >= surely_shown and all_read(house, people))
        assert any(not has_card(house, number) for number in numbers(house))
        page, button = next(
            (page, button)
            for page in pages(house)
            for button in reversed(page.buttons)
            if "Беру" in button.text and not has_card(house, button.text.split()[-1])
        )
        number = button.text.split()[-1]
        press = house.olga.at(house.group).press(page, button.data or "")
        [card] = await house.playground.wait_for(
            lambda: [one for one in cards(house) if f"{number} " in one.text and "взято: Ольга" in one.text], 20
        )
        assert press.text == "Обращение ваше"
        assert card.deleted is False
        assert refused(house) == 0


def numbers(house: House) -> list[str]:
    """Return the tickets that pages of the list name."""
    return [line.split()[1] for page in pages(house) for line in page.text.splitlines()[1:]]


def all_read(house: House, people: list[Customer]) -> bool:
    """Whether everybody's own words stand in the group."""
    seen = "\n".join(message.text for message in house.group.from_bot)
    return all(
        re.search(rf"{one.user.first_name}: {CRITICAL}|{one.user.first_name} .*\n.*{CRITICAL}", seen) for one in people
    )


async def test_a_forum_opens_a_topic_in_a_crowd_when_somebody_takes_the_ticket(topics: House) -> None:
    many = 18
    people = crowd(topics, many)
    await topics.playground.wait_for(partial(all_visible, topics, people))
    outside = (await topics.playground.wait_for(lambda: [c for c in cards(topics) if c.thread_id is None]))[0]
    before = len(topics.group.topics)
    assert before < many / 2
    number = outside.text.split()[1]
    customer = next(one for one in people if one.user.first_name in outside.text)
    topics.olga.at(topics.group).press(outside, outside.button("Взять").data or "")
    [topic] = await topics.playground.wait_for(lambda: [t for t in topics.group.topics if f"{number} " in t.name])
    [card] = await topics.playground.wait_for(lambda: [c for c in cards(topics) if c.thread_id == topic.id])
    assert "взято: Ольга" in card.text
    await topics.playground.wait_for(lambda: "в своей теме" in outside.text)
    assert not outside.buttons
    topics.olga.at(topics.group, topic.id).send("Слушаю вас")
    await topics.playground.wait_for(lambda: any(m.text == "Слушаю вас" for m in customer.replies))
    assert refused(topics) == 0


async def test_a_reply_to_a_card_outside_of_all_topics_reaches_the_customer(topics: House) -> None:
    people = crowd(topics)
    outside = (await topics.playground.wait_for(lambda: [c for c in cards(topics) if c.thread_id is None]))[0]
    customer = next(one for one in people if one.user.first_name in outside.text)
    topics.olga.write(topics.group, "Уже смотрю", reply_to=outside)
    await topics.playground.wait_for(lambda: any(m.text == "Уже смотрю" for m in customer.replies))
    number = outside.text.split()[1]
    await topics.playground.wait_for(lambda: [t for t in topics.group.topics if f"{number} " in t.name])


async def test_who_edits_without_end_holds_up_nobody(plain: House) -> None:
    plain.john.send("/operator")
    await plain.in_group("John")
    line = plain.john.send("заказ 0")
    for number in range(1, 40):
        await asyncio.sleep(0.05)
        plain.john.edit(line, f"заказ {number}")
        if number == 20:
            plain.anna.send(CRITICAL)
    await plain.in_group("Анна")
    told = await plain.in_group("заказ 39")
    assert told.text.count("заказ") == 1
    assert len([m for m in plain.group.from_bot if "заказ" in m.text]) < 20
    assert refused(plain) == 0


async def test_everybody_is_visible_at_once_and_gets_a_card_in_time_with_nothing_refused_whatever_restarts(
    database_url: str, home: Path
) -> None:
    """The bot stops in the middle of the minute, and the next one goes on with the same list."""
    playground = Playground(budget=STRICT)
    async with opened(database_url, playground=playground) as first:
        people = crowd(first)
        page = (await playground.wait_for(lambda: pages(first)))[0]
        assert page.text.startswith("📋")
    async with opened(database_url, playground=playground, SUPPORT_OPERATORS__CHAT_ID=str(first.group.id)):
        await playground.wait_for(partial(all_visible, first, people))
        assert len(cards(first)) < MANY
        await playground.wait_for(lambda: len(cards(first)) == MANY, 90)
        await playground.wait_for(lambda: page.text.startswith("✅"))
    assert len(pages(first)) == 1
    links = {entity["url"] for entity in page.entities if entity["type"] == "text_link"}
    short = str(-first.group.id - 10**12)
    assert links
    assert links <= {f"https://t.me/c/{short}/{card.id}" for card in cards(first)}
    assert refused(first) == 0


async def test_answers_that_waited_for_an_outage_come_one_a_second_with_nothing_refused(
    sqlite_url: str, home: Path
) -> None:
    playground = Playground(budget=STRICT)
    async with opened(sqlite_url, playground=playground) as house:
        people = [house.playground.add_customer(f"Клиент{number:02}", language_code="ru") for number in range(12)]
        for question in ANSWERED:
            for customer in people:
                customer.send(question)
        await playground.wait_for(lambda: all(len(customer.replies) == 3 for customer in people))
    assert refused(house) == 0
