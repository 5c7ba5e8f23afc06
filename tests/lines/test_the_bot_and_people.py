"""The bot and the people together: who answers while a ticket is open, and what the customer hears meanwhile."""

from __future__ import annotations

from typing import Any

import pytest

from services.delivery.messenger import ChatGone, Leave, Sent, Target
from services.messages.effects import Words
from tests.lines.first_ticket import ticket
from tests.lines.world import CUSTOMER_ID, GROUP_ID, World

CALLS = "позовите оператора"
PICTURE = [{"file_id": "p", "file_unique_id": "u", "width": 1, "height": 1}]


def sticker(sign: str) -> dict[str, Any]:
    about = {"width": 1, "height": 1, "is_animated": False, "is_video": False, "type": "regular", "emoji": sign}
    return about | {"file_id": "s", "file_unique_id": "u"}


def group(world: World) -> list[str]:
    return world.screen.texts(GROUP_ID)


def customer(world: World) -> list[str]:
    return world.screen.texts(CUSTOMER_ID)


def card(world: World) -> str:
    return next(text for text in group(world) if "<b>№1</b>" in text)


def card_at(world: World) -> int:
    return next(one.telegram_id for one in world.screen.shown.values() if "<b>№1</b>" in one.words.text)


async def says(world: World, number: int, text: str = "", **more: Any) -> None:
    await world.says(number, text, **more)
    await world.passes(20)


async def test_a_ticket_that_nobody_has_taken_does_not_silence_the_bot(world: World) -> None:
    await says(world, 1, CALLS)
    await says(world, 2, "а доставка когда?")
    assert "DELIVERY" in customer(world)[-1]
    assert any("а доставка когда?\n🤖 Ответил бот:\n" in text and "Ответ DELIVERY." in text for text in group(world))


async def test_what_the_bot_is_not_sure_of_is_passed_on_and_the_customer_hears_that_once(world: World) -> None:
    await says(world, 1, CALLS)
    await world.passes(16 * 60)
    before = len(customer(world))
    for number in range(2, 6):
        await says(world, number, f"непонятное {number}")
    assert len(customer(world)) == before + 1
    assert "Передал коллегам" in customer(world)[-1]
    assert all(any(f"непонятное {number}" in text for text in group(world)) for number in range(2, 6))
    await world.passes(16 * 60)
    await says(world, 6, "непонятное снова")
    assert len(customer(world)) == before + 2


async def test_a_customer_who_was_just_told_is_not_told_again(world: World) -> None:
    await says(world, 1, CALLS)
    before = customer(world)
    await says(world, 2, "непонятное")
    assert customer(world) == before


async def test_a_picture_in_an_open_ticket_reaches_people_once(world: World) -> None:
    await says(world, 1, CALLS)
    await says(world, 2, photo=PICTURE)
    assert world.screen.sent_to(GROUP_ID) == [2]


async def test_who_has_taken_it_speaks_and_the_bot_is_silent(world: World) -> None:
    await says(world, 1, CALLS)
    await world.presses(GROUP_ID, "Взять")
    before = customer(world)
    await says(world, 2, "доставка когда?")
    assert customer(world) == before
    assert "👤 Анна\nдоставка когда?" in group(world)
    assert not world.listener.asked or world.listener.asked[-1].text == CALLS, "nobody pays for a verdict"


async def test_closing_gives_the_conversation_back_at_once(world: World) -> None:
    await says(world, 1, CALLS)
    await world.operator_says(50, "готово", reply_to=card_at(world))
    await world.presses(GROUP_ID, "Закрыть")
    await says(world, 2, "доставка когда?")
    assert "DELIVERY" in customer(world)[-1]


@pytest.mark.parametrize(("line", "reason"), [("непонятное", "не уверен"), (CALLS, "просит человека")])
async def test_a_ticket_for_a_look_never_silences_and_becomes_a_real_one(world: World, line: str, reason: str) -> None:
    await says(world, 1, "с меня дважды списали деньги, цена не та")
    assert "стоит посмотреть" in card(world)
    for number, question in enumerate(("доставка когда?", "наверное", "а доставка?"), start=2):
        heard = len(customer(world))
        await says(world, number, question)
        assert len(customer(world)) == heard + 1, question
    await says(world, 5, line)
    assert reason in card(world)
    assert "обращение №1" in customer(world)[-1]
    assert any(line in text for text in group(world)[1:])


async def test_what_a_customer_picks_is_answered_beside_an_open_ticket(world: World) -> None:
    await says(world, 1, "наверное")
    await says(world, 2, CALLS)
    await world.presses(CUSTOMER_ID, "PRICING")
    assert "PRICING" in customer(world)[-1]
    assert any("нажата кнопка «PRICING»" in text for text in group(world))


async def test_who_picks_while_people_have_the_ticket_waits_for_them(world: World) -> None:
    await says(world, 1, "наверное")
    await says(world, 2, CALLS)
    await world.operator_says(50, "слушаю вас", reply_to=card_at(world))
    await world.passes(5)
    assert (await ticket(world)).state == "awaiting_customer"
    await world.presses(CUSTOMER_ID, "PRICING")
    assert (await ticket(world)).state == "waiting"
    lines = await world.store.read(lambda unit: unit.messages.history(1))
    assert "helped" not in {line.feedback for line in lines}


async def test_a_ticket_for_a_look_is_a_real_one_once_something_is_left_unanswered(world: World) -> None:
    await says(world, 1, CALLS)
    await world.store.write(lambda unit: unit.tickets.change(1, reason="answered_too"))
    await says(world, 2, "непонятное")
    assert (await ticket(world)).reason != "answered_too"
    assert "ждёт с" in card(world)


# --- who cannot be reached -----------------------------------------------------------------------------------------


async def test_each_line_to_who_cannot_be_reached_is_told_of_and_can_be_tried_again(world: World) -> None:
    say, blocked = world.screen.say, [True]

    async def refuses(target: Target, words: Words, *, leave: Leave) -> Sent:
        if target.chat_id == CUSTOMER_ID and blocked[0]:
            raise ChatGone("Forbidden: bot was blocked by the user")
        return await say(target, words, leave=leave)

    def told() -> int:
        return sum("он заблокировал бота" in text for text in group(world))

    world.screen.say = refuses  # type: ignore[method-assign]  # as a server whose user has blocked the bot
    await says(world, 1, CALLS)
    await world.passes(30)
    assert told() == 0, "nobody has written to them yet"
    assert "не получает сообщений" in card(world)
    for number in range(50, 54):
        await world.operator_says(number, f"вы тут? {number}", reply_to=card_at(world))
        await world.passes(30)
    assert told() == 4
    found = await ticket(world)
    assert (found.state, found.answered_at) == ("waiting", None), "nothing of it has arrived"
    assert "ждёт с 02.03 15:00" in card(world)
    blocked[0] = False
    await world.presses(GROUP_ID, "Отправить ещё раз")
    await world.passes(30)
    assert "вы тут? 53" in customer(world)[-1]
    assert (await ticket(world)).state == "awaiting_customer"
    await says(world, 2, "я вернулась")
    assert "не получает сообщений" not in card(world)


# --- who waits for whom --------------------------------------------------------------------------------------------


async def test_who_waits_for_whom_is_a_value_that_the_card_shows(world: World) -> None:
    await says(world, 1, CALLS)
    began = (await ticket(world)).waiting_since
    assert began is not None
    assert "ждёт с 02.03 15:00" in card(world)
    await says(world, 2, "непонятное")
    assert (await ticket(world)).waiting_since == began, "the wait goes on"
    await world.operator_says(50, "слушаю", reply_to=card_at(world))
    await world.passes(20)
    assert (await ticket(world)).state == "awaiting_customer"
    assert "ждём клиента" in card(world)
    await world.passes(600)
    await says(world, 3, "вот что")
    again = (await ticket(world)).waiting_since
    assert again is not None
    assert again > began
    assert "ждёт с" in card(world)


@pytest.mark.parametrize("thanks", ["ок", "спасибо большое!", "Ок, спасибо", "👍🏻", "Спасибо, всё получилось"])
async def test_who_says_ok_or_thanks_waits_for_nothing(world: World, thanks: str) -> None:
    await says(world, 1, CALLS)
    await world.operator_says(50, "готово", reply_to=card_at(world))
    await says(world, 2, thanks)
    assert (await ticket(world)).state == "awaiting_customer"
    assert f"👤 Анна\n{thanks}" in group(world)


async def test_a_sticker_of_thanks_waits_for_nothing_and_a_picture_with_thanks_does(world: World) -> None:
    await says(world, 1, CALLS)
    await world.presses(GROUP_ID, "Взять")
    await world.operator_says(50, "готово", reply_to=card_at(world))
    await says(world, 2, sticker=sticker("🙏"))
    assert ((await ticket(world)).status, (await ticket(world)).waiting_since) == ("taken", None)
    assert 2 in world.screen.sent_to(GROUP_ID)
    await world.passes(8 * 3600)
    assert not world.screen.reads(GROUP_ID, "ждёт ответа"), "nobody is reminded"
    await says(world, 3, sticker=sticker("😡"))
    assert (await ticket(world)).waiting_since is not None
    await world.operator_says(51, "ещё раз готово", reply_to=card_at(world))
    await says(world, 4, "спасибо", photo=PICTURE)
    assert (await ticket(world)).waiting_since is not None


@pytest.mark.parametrize(("line", "waits"), [("ок", True), ("👍", True), ("нет", True), ("нет, спасибо", False)])
async def test_an_answer_to_an_operators_question_is_waited_for(world: World, line: str, *, waits: bool) -> None:
    await says(world, 1, CALLS)
    await world.presses(GROUP_ID, "Взять")
    await world.operator_says(50, "Отменить ваш заказ?", reply_to=card_at(world))
    await says(world, 2, line)
    assert ((await ticket(world)).waiting_since is not None) is waits


async def test_thanks_are_no_wait_when_a_line_of_an_operator_did_not_arrive(world: World) -> None:
    await says(world, 1, CALLS)
    await world.operator_says(50, "готово", reply_to=card_at(world))
    await says(world, 2, "спасибо!")
    world.screen.refusing = ChatGone("Forbidden: bot was blocked by the user", CUSTOMER_ID)
    await world.operator_says(51, "и вам спасибо", reply_to=card_at(world))
    await world.passes(20)
    assert (await ticket(world)).waiting_since is None


@pytest.mark.parametrize("thanks", ["ок", "спасибо!", "Спасибо, всё получилось"])
async def test_thanks_after_the_last_word_opens_nothing_again(world: World, thanks: str) -> None:
    await says(world, 1, CALLS)
    await world.operator_says(50, "готово", reply_to=card_at(world))
    await world.presses(GROUP_ID, "Закрыть")
    await world.operator_says(51, "и ещё: деньги придут завтра", reply_to=card_at(world))
    await says(world, 2, thanks)
    assert (await ticket(world)).status == "closed"


async def test_a_wait_after_a_snooze_has_a_reminder_of_its_own(world: World) -> None:
    clock = world.parts.alarm_clock
    await says(world, 1, CALLS)
    await world.operator_says(50, "слушаю", reply_to=card_at(world))
    await world.presses(GROUP_ID, "Отложить")
    await world.presses(GROUP_ID, "1 час")
    await world.passes(61 * 60)
    assert await clock.look() == 1
    assert (await ticket(world)).state == "awaiting_customer"
    await says(world, 2, "всё ещё не работает")
    await world.passes(31 * 60)
    assert await clock.look() == 1


async def test_a_question_that_the_bot_answers_ends_a_snooze_too(world: World) -> None:
    await says(world, 1, CALLS)
    await world.presses(GROUP_ID, "Отложить")
    await world.presses(GROUP_ID, "До ответа клиента")
    assert (await ticket(world)).state == "snoozed"
    await says(world, 2, "доставка когда?")
    assert (await ticket(world)).state == "waiting"


async def test_a_note_is_no_answer(world: World) -> None:
    await says(world, 1, CALLS)
    await world.operator_says(50, "// кто это?", reply_to=card_at(world))
    assert (await ticket(world)).state == "waiting"


async def test_a_sure_answer_of_the_bot_makes_nobody_wait(world: World) -> None:
    await says(world, 1, CALLS)
    await world.operator_says(50, "слушаю", reply_to=card_at(world))
    await world.store.write(lambda unit: unit.tickets.change(1, status="open", operator_id=None, operator_name=None))
    await world.passes(40 * 60)
    await says(world, 2, "доставка когда?")
    assert (await ticket(world)).state == "awaiting_customer"


async def test_a_taken_ticket_reminds_of_its_customer_too_once_for_each_wait(world: World) -> None:
    clock = world.parts.alarm_clock
    await says(world, 1, CALLS)
    await world.presses(GROUP_ID, "Взять")
    for wait in range(2):
        await world.passes(31 * 60)
        assert [await clock.look(), await clock.look()] == [1, 0]
        await world.passes(20)
        assert sum("ждёт ответа с" in text and ">A</a>, обращение" in text for text in group(world)) == wait + 1
        await world.operator_says(50 + wait, "слушаю", reply_to=card_at(world))
        await world.passes(31 * 60)
        assert await clock.look() == 0, "nobody waits"
        await says(world, 2 + wait, "ещё вот что")


async def test_people_usually_answer_so_fast(world: World) -> None:
    for number in range(1, 6):
        await says(world, number, CALLS)
        await world.passes(11 * 60)
        at = next(one.telegram_id for one in world.screen.shown.values() if f"<b>№{number}</b>" in one.words.text)
        await world.operator_says(50 + number, "слушаю", reply_to=at)
        await world.presses(GROUP_ID, "Закрыть")
    assert "обычно" not in "".join(customer(world))
    await says(world, 9, CALLS)
    assert "обычно за 15 мин" in customer(world)[-1]
