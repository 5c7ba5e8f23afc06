"""Doubt, or a matter for people: ticket, card, answer, close; in a plain group and in a forum."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from playground.chats import Message
from playground.faults import Fault, Kind
from playground.server import Playground
from services.classify.urgency import ORDER
from services.desk.alarm_clock import AlarmClock
from services.desk.timetable import Timeouts
from services.texts import label
from services.texts.team import Team
from storage.store import Store
from tests.walk.conftest import House, opened

ASKS = "позовите живого человека, оператора"


async def test_a_request_for_a_person_becomes_a_card_and_a_line_to_the_customer(house: House) -> None:
    house.anna.send(ASKS)
    line = await house.answer(house.anna)
    card = await house.in_group("№1")
    assert "обращение №1" in line.text
    assert "Анна" in card.text
    assert ASKS in card.text
    assert [button.text for button in card.buttons][:2] == ["✋ Взять", "Закрыть"]


async def test_the_whole_way_there_and_back_in_a_plain_group(house: House) -> None:
    house.anna.send(ASKS)
    card = await house.in_group("№1")
    olga = house.olga.at(house.group)

    press = olga.press(card, (card.button("Взять").data or ""))
    await house.playground.wait_for(lambda: press.answer)
    assert press.text == "Обращение ваше"
    await house.playground.wait_for(lambda: "взято: Ольга" in card.text)
    assert [button.text for button in card.buttons][:2] == ["↩️ Отпустить", "Закрыть"]

    olga.send("Здравствуйте! Чем помочь?", reply_to=card)
    answer = await house.playground.wait_for(
        lambda: [m for m in house.anna.replies if m.text == "Здравствуйте! Чем помочь?"]
    )
    assert len(answer) == 1

    house.anna.send("Не приходит код подтверждения")
    line = await house.in_group("Не приходит код подтверждения")
    assert line.reply_to == card.id
    assert line.text.startswith("👤 Анна")

    olga.send("Отправили ещё раз", reply_to=line)
    await house.playground.wait_for(lambda: any(m.text == "Отправили ещё раз" for m in house.anna.replies))

    olga.press(card, (card.button("Закрыть").data or ""))
    await house.playground.wait_for(lambda: any("№1 закрыто" in m.text for m in house.anna.replies))
    await house.playground.wait_for(lambda: card.buttons[0].text == "Открыть снова")
    assert [button.text for button in card.buttons] == ["Открыть снова", "Подробнее", "История", "🚫 Заблокировать ▾"]

    question = house.anna.send("как получить бонус за приглашённого друга?")
    answered = await house.answer(house.anna, question)
    assert [button.text for button in answered.buttons] == ["✅ Помогло", "🙋 Позвать человека"]


@pytest.mark.usefixtures("short_minute")
async def test_a_forum_gets_a_topic_a_ticket_and_lines_in_it_reach_the_customer(forum: House) -> None:
    forum.anna.send(ASKS)
    card = await forum.in_group("№1")
    [topic] = forum.group.topics
    assert (topic.id, topic.name) == (card.thread_id, "🔵 №1 · Анна")
    for data in ("t:1:priority", "t:1:priority:critical"):
        forum.olga.at(forum.group).press(card, data)
    await forum.playground.wait_for(lambda: topic.name == "🔴 №1 · Анна")

    forum.olga.at(forum.group, card.thread_id).send("Слушаю вас")
    await forum.playground.wait_for(lambda: any(m.text == "Слушаю вас" for m in forum.anna.replies))

    forum.anna.send("Спасибо, что ответили")
    line = await forum.in_group("Спасибо, что ответили")
    assert line.thread_id == card.thread_id

    forum.olga.at(forum.group).press(card, (card.button("Закрыть").data or ""))
    await forum.playground.wait_for(lambda: topic.closed)


async def test_every_kind_of_message_reaches_the_other_side(house: House) -> None:
    house.anna.send(ASKS)
    card = await house.in_group("№1")
    olga = house.olga.at(house.group)
    for one in (house.anna, olga):
        other = house.group.chat if one is house.anna else house.anna.chat
        card_or_none = None if one is house.anna else card
        one.send_photo(reply_to=card_or_none)
        one.send_voice(reply_to=card_or_none)
        one.send_sticker(reply_to=card_or_none)
        one.send_document(reply_to=card_or_none)
        one.send_location(reply_to=card_or_none)
        one.send_contact(reply_to=card_or_none)
        kinds = ["photo", "voice", "sticker", "document", "location", "contact"]
        await house.playground.wait_for(lambda: [m.kind for m in other.from_bot if m.kind != "text"] == kinds)


async def test_an_internal_note_stays_inside(house: House) -> None:
    house.anna.send(ASKS)
    card = await house.in_group("№1")
    olga = house.olga.at(house.group)
    olga.send("// клиент звонил вчера", reply_to=card)
    olga.send("Добрый день", reply_to=card)
    await house.playground.wait_for(lambda: any(m.text == "Добрый день" for m in house.anna.replies))
    assert not any("звонил" in m.text for m in house.anna.replies)


async def test_what_belongs_to_no_ticket_is_said_to_belong_to_none(house: House) -> None:
    house.anna.send(ASKS)
    card = await house.in_group("№1")
    olga = house.olga.at(house.group)
    stray = house.playground.world.post(house.group.chat, house.playground.world.bot, {"text": "старое сообщение"})
    olga.send("кому это?", reply_to=stray)
    hint = await house.in_group("Не знаю, к какому обращению")
    assert hint.id > card.id
    assert not any("кому это" in m.text for m in house.anna.replies)


async def test_the_answer_that_did_not_help_goes_to_people_with_its_question(house: House) -> None:
    house.anna.send("где моя посылка, когда доставят заказ?")
    answer = await house.answer(house.anna)
    house.anna.press(answer, (answer.button("Позвать").data or ""))
    card = await house.in_group("№1")
    assert "где моя посылка" in card.text
    assert "не помог" in card.text
    assert "Доставка" in card.text
    house.olga.at(house.group).press(card, card.button("Подробнее").data or "")
    await house.playground.wait_for(lambda: "Похоже на «" in card.text)
    await house.playground.wait_for(lambda: not answer.buttons)


async def test_two_operators_press_and_one_takes(house: House) -> None:
    house.anna.send(ASKS)
    card = await house.in_group("№1")
    max_ = house.playground.operators[502]
    first = house.olga.at(house.group).press(card, (card.button("Взять").data or ""))
    second = max_.at(house.group).press(card, (card.button("Взять").data or ""))
    await house.playground.wait_for(lambda: first.answer and second.answer)
    assert {first.text, second.text} == {"Обращение ваше", "Уже взято: Ольга"}


async def test_an_edit_of_the_customer_is_shown_and_an_edit_of_the_operator_changes_what_was_read(house: House) -> None:
    house.anna.send(ASKS)
    card = await house.in_group("№1")
    line = house.anna.send("заказ номер 12")
    await house.in_group("заказ номер 12")
    house.anna.edit(line, "заказ номер 21")
    edited = await house.in_group("заказ номер 21")
    assert "исправлено" in edited.text

    olga = house.olga.at(house.group)
    reply = olga.send("Отправим завтра", reply_to=card)
    read = await house.playground.wait_for(lambda: [m for m in house.anna.replies if m.text == "Отправим завтра"])
    olga.edit(reply, "Отправим сегодня")
    await house.playground.wait_for(lambda: read[0].text == "Отправим сегодня")


def pictures(messages: list[Message]) -> list[Message]:
    return [message for message in messages if message.album]


async def test_an_album_stays_an_album_both_ways(house: House) -> None:
    house.anna.send(ASKS)
    card = await house.in_group("№1")
    house.anna.send_album(3, caption="три фотографии")
    arrived = await house.playground.wait_for(lambda: len(a := pictures(house.group.from_bot)) == 3 and a)
    assert arrived
    assert len({m.album for m in arrived}) == 1
    assert len(house.playground.calls.of("copyMessages", chat_id=house.group.id)) == 1
    house.olga.at(house.group).send_album(2, reply_to=card)
    await house.playground.wait_for(lambda: len(pictures(house.anna.replies)) == 2)


async def test_lines_that_wait_behind_each_other_travel_as_one(house: House) -> None:
    house.anna.send(ASKS)
    card = await house.in_group("№1")
    house.playground.faults.add(
        Fault(method="sendMessage", kind=Kind.TOO_MANY_REQUESTS, retry_after=4, chat_id=house.group.id)
    )
    for line in ("первая строка", "вторая строка", "третья строка"):
        house.anna.send(line)
    together = await house.in_group("третья строка")
    assert together.text == "👤 Анна\nпервая строка\nвторая строка\nтретья строка"
    assert together.reply_to == card.id
    house.olga.write(house.group, "все три вижу", reply_to=together)
    await house.playground.wait_for(lambda: any(m.text == "все три вижу" for m in house.anna.replies))


async def test_an_urgent_line_makes_an_open_ticket_urgent(house: House) -> None:
    house.anna.send("/operator")
    card = await house.in_group("Анна")
    assert not card.text.startswith("🔴")
    house.anna.send("с меня списали деньги дважды, верните срочно!")
    await house.playground.wait_for(lambda: house.group.chat.messages[card.id].text.startswith("🔴"))
    assert label("card.urgent", "ru", why=label("urgency.money", "ru")) in house.group.chat.messages[card.id].text


async def test_what_is_urgent_is_answered_and_shown_to_people_at_once(house: House) -> None:
    house.anna.send("с меня дважды списали деньги за подписку, почему оплата прошла два раза?")
    card = await house.in_group("№1")
    assert card.text.startswith("🔴")


async def test_a_ticket_that_nobody_takes_reminds_of_itself(house: House, memory: Store) -> None:
    house.anna.send(ASKS)
    card = await house.in_group("№1")
    soon = Timeouts(remind=dict.fromkeys(ORDER, timedelta(microseconds=1)), close_after=timedelta(0))
    clock = AlarmClock(store=memory, timeouts=soon, team=Team(language="ru"))
    assert await clock.look() > 0
    await house.in_group("ждёт ответа с")
    await house.playground.wait_for(lambda: card.text.startswith("🟠"))


async def test_on_the_second_evening_the_playground_has_forgotten_and_the_bot_has_not(
    database_url: str, home: Path
) -> None:
    """`make run` twice: the page starts empty, the database knows tickets whose cards stand nowhere any more."""
    async with opened(database_url) as first:
        first.anna.send(ASKS)
        await first.in_group("№1")
        first.john.send("how do I invite a friend?")
        await first.answer(first.john)
    async with opened(database_url, playground=Playground(past=1000)) as second:
        second.john.send("how do I invite a friend?")
        await second.answer(second.john)
        second.anna.send("вы ещё здесь?")
        line = await second.in_group("вы ещё здесь?")
        second.olga.at(second.group).send("здесь", reply_to=line)
        assert (await second.answer(second.anna)).text == "здесь"


async def test_a_question_too_long_for_its_card_follows_whole(house: House) -> None:
    house.anna.send(f"{ASKS} {'очень долгая история ' * 150} КОНЕЦ.")
    await house.in_group("№1")
    whole = await house.in_group("КОНЕЦ.")
    assert "вопрос целиком" in whole.text
