"""The desk in both kinds of group: a ticket is handed over, put off, released and closed, by buttons of its card."""

from __future__ import annotations

import pytest

from playground.chats import Message
from playground.people import Author
from tests.walk.conftest import House

ASKS = "позовите живого человека, оператора"


pytestmark = pytest.mark.usefixtures("short_minute")


async def pressed(house: House, who: Author, card: Message, words: str) -> str:
    press = who.press(card, card.button(words).data or "")
    await house.playground.wait_for(lambda: press.answer)
    return press.text


async def offers(house: House, card: Message, words: str) -> None:
    await house.playground.wait_for(lambda: any(words in button.text for button in card.buttons))


async def walk(house: House) -> None:
    house.john.send("/operator")
    first = await house.in_group("№1")
    max_, olga = house.playground.operators[502].at(house.group), house.olga.at(house.group)
    assert await pressed(house, max_, first, "Взять") == "Обращение ваше"
    house.anna.send(ASKS)
    card = await house.in_group("№2")

    assert await pressed(house, olga, card, "Взять") == "Обращение ваше"
    await house.playground.wait_for(lambda: "взято: Ольга" in card.text)
    assert await pressed(house, olga, card, "Передать") == "Выберите на карточке"
    await offers(house, card, "Max")
    assert await pressed(house, olga, card, "Max") == "Передано: Max"
    told = await house.in_group("вам передано обращение №2")
    assert told.thread_id == card.thread_id
    await house.playground.wait_for(lambda: "взято: Max" in card.text)

    await pressed(house, max_, card, "Отложить")
    await offers(house, card, "До ответа клиента")
    assert await pressed(house, max_, card, "До ответа клиента") == "Отложено"
    await house.playground.wait_for(lambda: "отложено до ответа клиента" in card.text)
    house.anna.send("вы ещё помните обо мне?")
    await house.in_group("вы ещё помните")
    await house.playground.wait_for(lambda: "ждёт с" in card.text)

    assert await pressed(house, max_, card, "Отпустить") == "Обращение снова ничьё"
    await house.playground.wait_for(lambda: "взято" not in card.text)
    await pressed(house, max_, card, "▾")
    await offers(house, card, "Закрыть молча")
    heard = len(house.anna.replies)
    assert await pressed(house, max_, card, "Закрыть молча") == "Закрыто"
    await house.playground.wait_for(lambda: "закрыто молча" in card.text)
    assert len(house.anna.replies) == heard


async def test_a_ticket_goes_from_hand_to_hand_in_a_plain_group(house: House) -> None:
    await walk(house)


async def test_a_ticket_goes_from_hand_to_hand_in_a_forum(forum: House) -> None:
    await walk(forum)


async def test_the_bot_goes_on_answering_beside_a_ticket_that_nobody_has_taken(house: House) -> None:
    house.anna.send(ASKS)
    await house.in_group("№1")
    answer = await house.answer(house.anna, house.anna.send("где моя посылка, когда доставят заказ?"))
    shown = await house.in_group("где моя посылка, когда доставят заказ?")
    assert "🤖 Ответил бот:" in shown.text
    assert answer.text.splitlines()[-1] in shown.text


async def picked(house: House, who: Author, card: Message) -> None:
    """Press the first choice of a menu, and wait for what it leads to."""
    stood = card.buttons
    await pressed(house, who, card, stood[0].text)
    await house.playground.wait_for(lambda: card.buttons != stood)


async def test_a_ready_answer_is_read_on_the_card_before_the_customer_reads_it(house: House) -> None:
    house.anna.send(ASKS)
    card = await house.in_group("№1")
    olga = house.olga.at(house.group)
    await pressed(house, olga, card, "Ответить")
    await offers(house, card, "Свернуть")
    for _ in range(2):  # a topic with several answers asks for one of them
        if "Клиент прочтёт" not in card.text:
            await picked(house, olga, card)
    heard, words = len(house.anna.replies), card.text.partition("Клиент прочтёт:")[2].strip()
    assert await pressed(house, olga, card, "Отправить") == "Отправлено клиенту"
    await house.playground.wait_for(lambda: len(house.anna.replies) > heard)
    assert house.anna.replies[-1].text == words
    await house.in_group("отвечает:")
