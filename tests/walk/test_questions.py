"""Short lines in a row are one question, and a question that templates do not settle goes to people."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from playground.chats import Message
from services.messages.addresses import on_telegram
from services.messages.callbacks import OnGuess, decode, encode
from storage.records import StoredVerdict
from storage.store import Store
from storage.units import Unit
from tests.durability.waiting import until
from tests.walk.conftest import House, opened

PAUSE = "0.5"


@pytest.fixture
async def doubtful(database_url: str, home: Path) -> AsyncIterator[House]:
    """A bot that is never sure enough to answer by itself."""
    more = {"SUPPORT_CLASSIFIER__ANSWER_AT": "1", "SUPPORT_CLASSIFIER__CLARIFY_AT": "0.05"}
    async with opened(database_url, **more) as house:  # type: ignore[arg-type]  # settings, by their names
        yield house


@pytest.fixture
async def patient(database_url: str, home: Path) -> AsyncIterator[House]:
    """A bot that waits half a second for the next line."""
    async with opened(database_url, SUPPORT_CLASSIFIER__PAUSE_S=PAUSE) as house:
        yield house


async def test_lines_in_a_row_are_classified_once_and_answered_once(patient: House) -> None:
    for line in ("здравствуйте", "у меня вопрос", "где моя посылка?"):
        patient.anna.send(line)
    answer = await patient.answer(patient.anna)
    assert "трек" in answer.text or "посылк" in answer.text
    patient.anna.send("как получить бонус за приглашённого друга?")
    await patient.answer(patient.anna)
    assert len(patient.anna.replies) == 2
    async with Store(patient.database_url) as memory:

        def look(unit: Unit) -> None:
            customer = unit.customers.find(on_telegram(patient.anna.id))
            assert customer is not None
            history = unit.messages.history(customer.id)
            assert [line.author for line in history] == ["customer"] * 3 + ["bot", "customer", "bot"]
            assert history[3].question_id == history[2].id

        await memory.read(look)


async def test_a_restart_in_the_middle_keeps_lines_and_promise(database_url: str, home: Path) -> None:
    async with opened(database_url, SUPPORT_CLASSIFIER__PAUSE_S="5") as first:
        first.anna.send("здравствуйте")
        first.anna.send("где моя посылка?")
        await until(lambda: not first.playground.world.updates.pending)
        playground = first.playground
    assert not first.anna.replies or "посыл" in first.anna.replies[0].text
    async with opened(database_url, playground=playground, SUPPORT_CLASSIFIER__PAUSE_S="0") as second:
        await second.playground.wait_for(lambda: first.anna.replies)
    assert len(first.anna.replies) == 1


async def test_a_person_called_between_the_lines_sees_them_on_the_card(patient: House) -> None:
    patient.anna.send("здравствуйте")
    patient.anna.send("/operator")
    card = await patient.in_group("№1")
    assert "здравствуйте" in card.text
    await asyncio.sleep(float(PAUSE) * 2)
    assert len(patient.anna.replies) == 1


async def test_two_answers_in_a_row_that_did_not_help_and_a_person_is_called(house: House) -> None:
    for question in ("где моя посылка?", "где мой заказ, когда доставят?"):
        answer = await house.answer(house.anna, house.anna.send(question))
        assert answer.buttons
    last = house.anna.send("когда же придёт посылка?")
    assert "обращение №1" in (await house.answer(house.anna, last)).text
    card = await house.in_group("№1")
    assert "не помог" in card.text
    assert card.text.startswith("🟠")
    assert "где мой заказ" in card.text


async def test_an_answer_that_helped_counts_as_help(house: House) -> None:
    first = await house.answer(house.anna, house.anna.send("где моя посылка?"))
    house.anna.press(first, first.button("Помогло").data or "")
    await house.playground.wait_for(lambda: not first.buttons)
    for question in ("где мой заказ, когда доставят?", "когда же придёт посылка?"):
        answer = await house.answer(house.anna, house.anna.send(question))
        assert answer.buttons


async def test_the_middle_zone_asks_back_and_the_choice_is_answered(database_url: str, home: Path) -> None:
    async with opened(database_url, SUPPORT_CLASSIFIER__ANSWER_AT="1", SUPPORT_CLASSIFIER__CLARIFY_AT="0.2") as house:
        house.anna.send("сколько стоит доставка и есть ли скидки")
        asked = await house.answer(house.anna)
        assert "Уточните" in asked.text
        assert len(asked.rows) in (2, 3, 4)
        choice = asked.buttons[0]
        house.anna.press(asked, choice.data or "")
        await house.playground.wait_for(lambda: len(house.anna.replies) == 2)
        assert "Помогло" in house.anna.replies[-1].buttons[0].text
        await house.playground.wait_for(lambda: not asked.buttons)


async def test_who_asks_for_a_person_instead_of_choosing_hands_over_what_the_bot_thought(
    database_url: str, home: Path
) -> None:
    async with opened(database_url, SUPPORT_CLASSIFIER__ANSWER_AT="1", SUPPORT_CLASSIFIER__CLARIFY_AT="0.2") as house:
        house.anna.send("сколько стоит доставка и есть ли скидки")
        asked = await house.answer(house.anna)
        house.anna.press(asked, asked.button("Позвать").data or "")
        card = await house.in_group("№1")
        assert "сколько стоит доставка и есть ли скидки" in card.text
        house.olga.at(house.group).press(card, card.button("Подробнее").data or "")
        await house.playground.wait_for(lambda: "Похоже на «" in card.text)
        assert "Уточните" in card.text


@pytest.mark.parametrize("command", ["/help", "/start", "/privacy"])
async def test_a_command_after_a_line_does_not_swallow_its_answer(patient: House, command: str) -> None:
    patient.anna.send("где моя посылка?")
    patient.anna.send(command)
    await patient.playground.wait_for(lambda: len(patient.anna.replies) == 2)
    assert any("посылк" in reply.text and reply.buttons for reply in patient.anna.replies)


async def test_lines_in_a_row_stand_on_the_card_of_who_then_wants_a_person(patient: House) -> None:
    patient.anna.send("здравствуйте")
    patient.anna.send("где моя посылка?")
    answer = await patient.answer(patient.anna)
    patient.anna.press(answer, answer.button("Позвать").data or "")
    card = await patient.in_group("№1")
    assert "здравствуйте\nгде моя посылка?" in card.text


async def _asked_back(house: House, words: str = "сколько стоит доставка и есть ли скидки") -> Message:
    said = house.anna.send(words)
    asked = await house.answer(house.anna, said)
    assert "Уточните" in asked.text
    return asked


async def test_who_has_chosen_may_still_call_a_person_with_the_question_they_asked(doubtful: House) -> None:
    asked = await _asked_back(doubtful)
    doubtful.anna.press(asked, asked.buttons[0].data or "")
    await doubtful.playground.wait_for(lambda: len(doubtful.anna.replies) == 2)
    answer = doubtful.anna.replies[-1]
    person = answer.button("Позвать").data or ""
    doubtful.anna.press(answer, answer.button("Помогло").data or "")
    doubtful.anna.press(answer, person)
    card = await doubtful.in_group("№1")
    assert "сколько стоит доставка и есть ли скидки" in card.text.partition("Раньше")[0]


async def test_a_late_choice_is_shown_to_the_people_who_look_after_the_customer(doubtful: House) -> None:
    asked = await _asked_back(doubtful)
    choice = asked.buttons[0]
    doubtful.anna.send("/operator")
    await doubtful.in_group("№1")
    doubtful.anna.press(asked, choice.data or "")
    line = await doubtful.in_group(f"нажата кнопка «{choice.text}»")
    assert "Анна" in line.text
    assert not any(reply.buttons for reply in doubtful.anna.replies if reply is not asked)


async def test_a_choice_that_people_decide_is_a_label_too(doubtful: House) -> None:
    asked = await _asked_back(doubtful)
    offered = decode(asked.buttons[0].data or "")
    assert isinstance(offered, OnGuess)
    doubtful.anna.press(asked, encode(OnGuess(offered.message_id, "COMPLAINT")))
    card = await doubtful.in_group("№1")
    assert "Жалоба" in card.text
    async with Store(doubtful.database_url) as memory:

        def look(unit: Unit) -> StoredVerdict | None:
            customer = unit.customers.find(on_telegram(doubtful.anna.id))
            assert customer is not None
            [question, *_] = unit.messages.history(customer.id)
            return unit.verdicts.of_message(question.id)

        kept = await memory.read(look)
    assert kept is not None
    assert (kept.engine, kept.scenario) == ("customer", "COMPLAINT")
