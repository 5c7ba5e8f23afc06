"""Text, scenario, template answer: personal, in the customer's language, at once."""

from __future__ import annotations

from tests.walk.conftest import House


async def test_a_question_is_answered_by_name_with_a_greeting_the_first_time_only(house: House) -> None:
    house.anna.send("где моя посылка, когда доставят заказ?")
    first = await house.answer(house.anna)
    assert first.text.startswith("Здравствуйте, Анна!")
    assert [button.text for button in first.buttons] == ["✅ Помогло", "🙋 Позвать человека"]

    house.anna.send("как получить бонус за приглашённого друга?")
    second = await house.answer(house.anna)
    assert not second.text.startswith("Здравствуйте")
    assert second.text != first.text
    assert not house.group.chat.from_bot


async def test_an_english_customer_reads_english(house: House) -> None:
    house.john.send("how do I invite a friend and get the referral bonus?")
    answer = await house.answer(house.john)
    assert answer.text.startswith("Hello, John!")


async def test_the_answer_follows_the_language_of_the_question(house: House) -> None:
    house.john.send("где мой заказ? когда доставка?")
    assert "Здравствуйте, John!" in (await house.answer(house.john)).text


async def test_the_buttons_stand_under_what_can_help_only(house: House) -> None:
    house.anna.send("привет!")
    assert not (await house.answer(house.anna)).buttons, "small talk"
    question = house.john.send("I want my money back for the broken kettle")
    await house.in_group("№1")
    assert not (await house.answer(house.john, question)).buttons, "a person is called anyway"
