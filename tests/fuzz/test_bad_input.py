"""Odd people and odd messages: each gets a clear answer or reaches people, and nothing is lost."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from playground.people import Customer
from tests.walk.conftest import House, opened

QUESTION = "где моя посылка, когда доставят заказ?"
EMOJI = "😀" * 2048
"""4,096 of Telegram's units: the longest message there is."""


@pytest.fixture
async def house(sqlite_url: str, home: Path) -> AsyncIterator[House]:
    async with opened(sqlite_url) as opened_house:
        yield opened_house


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("<3", "<3"),
        ("<b>Ann</b> & Co", "<b>Ann</b> & Co"),
        ("{{7*7}}", "{{7*7}}"),
        ("{% raw %}", "{% raw %}"),
        ("\u202eannA\u2066", "annA"),
        ("A\nB", "A B"),
    ],
)
async def test_a_name_is_a_name_in_answers_and_on_cards(house: House, name: str, shown: str) -> None:
    customer = house.playground.add_customer(name, language_code="ru")
    customer.send(QUESTION)
    assert (await house.answer(customer)).text.startswith(f"Здравствуйте, {shown}!")
    customer.send("/operator")
    assert shown in (await house.in_group("№1")).text


async def test_a_customer_without_a_visible_name_is_answered(house: House) -> None:
    customer = house.playground.add_customer("\u200b\u2063", language_code="ru")
    customer.send(QUESTION)
    assert (await house.answer(customer)).text.startswith("Здравствуйте!")


async def test_the_longest_message_reaches_people_whole(house: House) -> None:
    house.anna.send(f"Позовите оператора {EMOJI[:2038]}")
    await house.in_group("№1")
    house.anna.send(EMOJI)
    await house.playground.wait_for(lambda: _emoji_in_group(house) >= 2048)


def _emoji_in_group(house: House) -> int:
    """How many of them stand under the customer's name, beside the card that shows the beginning."""
    return sum(message.text.count("😀") for message in house.group.from_bot if not message.buttons)


async def test_messages_without_words_reach_people(house: House) -> None:
    house.anna.send_photo(caption="")
    await house.in_group("№1")
    for send in (house.anna.send_voice, house.anna.send_sticker, house.anna.send_contact):
        send()
    await house.playground.wait_for(lambda: len([m for m in house.group.from_bot if not m.buttons]) == 4)


async def test_text_of_marks_only_is_no_trouble_and_calls_nobody(house: House) -> None:
    for text in ("\u202e\u2066\u2069", "?", "…", "👍"):
        house.anna.send(text)
    assert "своими словами" in (await house.answer(house.anna)).text
    house.john.send(QUESTION)
    await house.answer(house.john)
    assert house.group.from_bot == []


async def test_a_reply_to_a_deleted_message_is_answered(house: House) -> None:
    said = house.anna.send("/start")
    await house.answer(house.anna)
    house.anna.delete(said)
    house.anna.send(QUESTION, reply_to=said)
    await house.answer(house.anna)


async def test_an_operators_reply_to_a_deleted_card_still_reaches_the_customer(house: House) -> None:
    house.anna.send("/operator")
    card = await house.in_group("№1")
    house.olga.at(house.group).delete(card)
    house.olga.write(house.group, "Здравствуйте!", reply_to=card)
    await house.playground.wait_for(lambda: [m for m in house.anna.replies if m.text == "Здравствуйте!"])


@pytest.mark.parametrize("data", ["v1|answer|7", "t:99:take", "a:99:helped", "g:99:REFUND", "a:1", "", "l:de"])
async def test_a_button_from_an_older_version_says_so_and_changes_nothing(house: House, data: str) -> None:
    house.anna.send(QUESTION)
    answer = await house.answer(house.anna)
    press = house.anna.press(answer, data)
    await house.playground.wait_for(lambda: press.answer is not None)
    assert press.text
    card = house.olga.at(house.group)
    line = card.send("просто разговор")
    press = card.press(line, data)
    await house.playground.wait_for(lambda: press.answer is not None)
    assert press.text
    shown = house.group.from_bot  # whoever writes to nobody may learn meanwhile how replies work
    assert [one.text for one in shown if one.buttons or "№" in one.text] == []


async def test_channels_and_other_bots_are_not_answered(house: House) -> None:
    channel = {"id": -1009, "type": "channel", "title": "Новости"}
    robot = {"id": 99, "is_bot": True, "first_name": "Robot"}
    inject = house.playground.inject_update
    inject({"channel_post": {"message_id": 1, "date": 1_800_000_000, "chat": channel, "text": QUESTION}})
    inject({"message": _message(house.anna, **{"from": robot})})
    inject({"message": _message(house.anna, sender_chat=channel, chat=house.group.chat.as_json(), **{"from": robot})})
    house.john.send(QUESTION)
    await house.answer(house.john)
    assert not house.anna.replies
    assert not house.group.from_bot


@pytest.mark.parametrize("text", [f"{QUESTION} \x00", f"{QUESTION} \ud83d", f"\udc00{QUESTION}"])
async def test_characters_that_no_database_takes_are_replaced(database_url: str, home: Path, text: str) -> None:
    async with opened(database_url) as house:
        house.anna.send("/start")
        await house.answer(house.anna)
        house.playground.inject_update({"message": _message(house.anna, text=text)})
        await house.playground.wait_for(lambda: len(house.anna.replies) == 2)
        assert not house.group.from_bot


async def test_an_id_beyond_what_a_database_counts_is_shown_to_people(database_url: str, home: Path) -> None:
    async with opened(database_url) as house:
        house.playground.inject_update({"message": _message(house.anna, message_id=2**70, text="большой номер")})
        await house.in_group("большой номер")
        house.anna.send(QUESTION)
        await house.answer(house.anna)


def _message(customer: Customer, **other: Any) -> dict[str, Any]:
    plain = {
        "message_id": 7,
        "date": 1_800_000_000,
        "chat": customer.chat.as_json(),
        "from": customer.user.as_json(),
        "text": QUESTION,
    }
    return plain | other
