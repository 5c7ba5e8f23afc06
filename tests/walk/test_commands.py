"""Commands, in both languages, for customers and for admins."""

from __future__ import annotations

import aiohttp
import pytest

from tests.walk.conftest import House


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """On one database: commands read and store by the units that `tests/services` and other walks run on both."""
    return sqlite_url


async def test_start_greets_and_tells_what_to_do_and_never_touches_the_group(house: House) -> None:
    house.john.send("/start")
    hello = await house.answer(house.john)
    assert hello.text.startswith("Hello, John!")
    assert "/operator" in hello.text
    question = house.john.send("how do I invite a friend and get the referral bonus?")
    assert not (await house.answer(house.john, question)).text.startswith("Hello")
    assert not house.group.from_bot


@pytest.mark.parametrize(("command", "words"), [("/help", "/operator"), ("/privacy", "храним"), ("/language", "языке")])
async def test_a_command_has_its_answer(house: House, command: str, words: str) -> None:
    house.anna.send(command)
    assert words in (await house.answer(house.anna)).text


async def test_a_chosen_language_stays(house: House) -> None:
    house.anna.send("/language")
    choice = await house.answer(house.anna)
    house.anna.press(choice, choice.button("English").data or "")
    await house.playground.wait_for(lambda: any("in English" in m.text for m in house.anna.replies))
    question = house.anna.send("где моя посылка, когда доставят заказ?")
    answer = await house.answer(house.anna, question)
    assert "It helped" in answer.buttons[0].text


async def test_operator_calls_a_person_and_says_so_only_once(house: House) -> None:
    house.anna.send("/operator")
    assert "обращение №1" in (await house.answer(house.anna)).text
    again = house.anna.send("/operator")
    assert "у коллег" in (await house.answer(house.anna, again)).text
    await house.in_group("№1")
    assert len([message for message in house.group.from_bot if "№1" in message.text]) == 1


async def test_admins_ask_for_health_in_private_and_in_the_group(house: House) -> None:
    house.olga.send("/health")
    private = await house.playground.wait_for(lambda: house.olga.chat.from_bot)
    assert "🟢 AI Customer Support" in private[0].text
    assert "База данных: в порядке" in private[0].text
    house.olga.write(house.group, "/health")
    assert "База данных" in (await house.in_group("AI Customer Support")).text


async def test_health_is_no_command_for_customers(house: House) -> None:
    house.anna.send("/health")
    assert "База данных" not in (await house.answer(house.anna)).text


async def test_the_page_of_the_playground_learns_what_was_decided(house: House) -> None:
    message = house.anna.send("где моя посылка, когда доставят заказ?")
    await house.answer(house.anna)
    async with aiohttp.ClientSession() as session:
        query = {"chat_id": str(house.anna.id), "message_id": str(message.id)}
        async with session.get(f"{house.http}/playground/verdicts", params=query) as found:
            verdict = await found.json()
        async with session.get(f"{house.http}/playground/verdicts", params=query | {"message_id": "999"}) as missing:
            assert missing.status == 404
    assert verdict["scenario"] == "DELIVERY"
    assert verdict["engine"] == "local"
    assert 0 < verdict["confidence"] <= 1
    assert verdict["reasoning"]["ru"] != verdict["reasoning"]["en"]
