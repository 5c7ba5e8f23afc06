"""Media before a ticket, words beside commands, albums, corrections: what people see, and what is answered once."""

from __future__ import annotations

from typing import Any

import pytest
from aiogram.enums import ContentType

from handlers.telegram.kinds import SAID
from tests.lines.world import CUSTOMER_ID, GROUP_ID, World

PICTURE = [{"file_id": "p", "file_unique_id": "u", "width": 1, "height": 1}]
LONG = "доставка, и вот что ещё: " + "очень длинная история " * 12
CALLS = "позовите оператора"


def copied(world: World) -> list[int]:
    return sorted(number for _, number in world.screen.copied)


def card(world: World) -> str:
    return next(text for text in reversed(world.screen.texts(GROUP_ID)) if "№" in text)


def replies(world: World) -> list[str]:
    return world.screen.texts(CUSTOMER_ID)


async def later(world: World, seconds: float = 5) -> None:
    await world.passes(seconds)


# --- media before people are called --------------------------------------------------------------------------------


@pytest.mark.parametrize("caption", ["доставка, где она?", "наверное цена?", LONG])
@pytest.mark.parametrize("call", ["button", "command", "words", "media"])
async def test_a_picture_that_the_bot_answered_follows_the_card(world: World, caption: str, call: str) -> None:
    await world.says(1, caption, photo=PICTURE)
    await later(world)
    assert len(replies(world)) == 1
    match call:
        case "button":
            await world.presses(CUSTOMER_ID, "Позвать")
        case "command":
            await world.says(2, "/operator")
        case "words":
            await world.says(2, CALLS)
        case _:
            await world.says(2, voice={"file_id": "v", "file_unique_id": "v", "duration": 1})
    await later(world)
    assert 1 in copied(world)
    if call == "button":
        assert caption.strip()[:200] in card(world)


async def test_a_picture_sent_while_a_ticket_was_closed_follows_when_it_is_open_again(world: World) -> None:
    await world.says(1, CALLS)
    await later(world)
    await world.presses(GROUP_ID, "Закрыть")
    await world.says(2, "доставка, снимок", photo=PICTURE)
    await later(world)
    assert copied(world) == []
    await world.presses(GROUP_ID, "Открыть снова")
    assert copied(world) == [2]
    await later(world)
    assert copied(world) == [2]


async def test_an_album_that_was_answered_follows_whole(world: World) -> None:
    for number, words in ((1, "доставка?"), (2, ""), (3, "")):
        await world.says(number, words, photo=PICTURE, media_group_id="a")
    await later(world)
    assert len(replies(world)) == 1
    await world.presses(CUSTOMER_ID, "Позвать")
    await later(world)
    assert copied(world) == [1, 2, 3]


# --- words and media beside commands -------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["/operator", "/help", "/start", "/language", "/privacy", "/order", "/HELP"])
@pytest.mark.parametrize("beside", [{}, {"photo": PICTURE}], ids=["words", "picture"])
async def test_what_comes_with_a_command_is_passed_on_to_who_looks_after_the_customer(
    world: World, command: str, beside: dict[str, Any]
) -> None:
    await world.says(1, CALLS)
    await later(world)
    await world.says(2, f"{command} карту списали, заказ 778899", **beside)
    await later(world)
    assert copied(world) == [2] if beside else world.screen.reads(GROUP_ID, "778899")


@pytest.mark.parametrize(
    ("command", "told"), [("/help", "/operator"), ("/start", "служба"), ("/privacy", "храним"), ("/language", "языке")]
)
async def test_what_comes_with_a_command_is_answered_too(world: World, command: str, told: str) -> None:
    await world.says(1, f"{command} подскажите, доставка когда?")
    await later(world)
    first, second = replies(world)
    assert told in first
    assert "DELIVERY" in second


async def test_a_picture_with_a_call_for_people_opens_a_ticket_with_the_words_and_the_picture(world: World) -> None:
    await world.says(1, "/operator@bot вот чек, заказа нет", photo=PICTURE)
    await later(world)
    assert copied(world) == [1]
    assert "вот чек, заказа нет" in card(world)
    assert "/operator" not in card(world)


async def test_what_a_link_hands_over_is_nobodys_words(world: World) -> None:
    await world.says(1, "/start promo_2026")
    await later(world)
    assert len(replies(world)) == 1
    assert not world.screen.texts(GROUP_ID)


async def test_formatting_moves_with_the_words(world: World) -> None:
    link = {"type": "text_link", "offset": 14, "length": 8, "url": "https://shop.example.org/o/7"}
    await world.says(1, CALLS)
    await later(world)
    mark = {"type": "bot_command", "offset": 0, "length": 9}
    await world.says(2, "/operator вот страница", entities=[mark, link])
    await later(world)
    [line] = [one.words for one in world.screen.shown.values() if "страница" in one.words.text]
    [moved] = [entity for entity in line.entities if entity["type"] == "text_link"]
    raw = line.text.encode("utf-16-le")[moved["offset"] * 2 : (moved["offset"] + moved["length"]) * 2]
    assert raw.decode("utf-16-le") == "страница"


# --- albums --------------------------------------------------------------------------------------------------------


async def test_an_album_is_judged_once_by_all_its_captions(world: World) -> None:
    for number, words in ((1, ""), (2, "доставка"), (3, LONG)):
        await world.says(number, words, photo=PICTURE, media_group_id="a")
    await later(world)
    assert len(world.listener.asked) == 1
    assert len(replies(world)) == 1
    assert not world.screen.texts(GROUP_ID)


async def test_an_album_without_words_is_one_ticket_with_all_pictures(world: World) -> None:
    for number in (1, 2, 3):
        await world.says(number, photo=PICTURE, media_group_id="a")
    await later(world)
    assert copied(world) == [1, 2, 3]
    assert ["№1" in text for text in world.screen.texts(GROUP_ID)] == [True, False], "a card, and whose album follows"


async def test_a_picture_that_comes_late_belongs_to_its_album(world: World) -> None:
    await world.says(1, "доставка когда?", photo=PICTURE, media_group_id="a")
    await later(world)
    await world.says(2, photo=PICTURE, media_group_id="a")
    await later(world)
    assert len(replies(world)) == 1
    assert not world.screen.texts(GROUP_ID)


# --- what nobody said ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}},
        {"write_access_allowed": {"from_request": True}},
        {"chat_background_set": {"type": {"type": "chat_theme", "theme_name": "x"}}},
        {"connected_website": "example.org"},
        {"boost_added": {"boost_count": 1}},
        {"users_shared": {"request_id": 1, "users": [{"user_id": 5}]}},
        {"proximity_alert_triggered": {"distance": 1, "traveler": {"id": 5, "is_bot": False, "first_name": "x"},
                                       "watcher": {"id": 6, "is_bot": False, "first_name": "y"}}},
        {"video_chat_started": {}},
    ],
)  # fmt: skip
@pytest.mark.parametrize("before", [(), (CALLS,)], ids=["at first", "with a ticket"])
async def test_service_messages_are_nobodys_words(world: World, body: dict[str, Any], before: tuple[str, ...]) -> None:
    for words in before:
        await world.says(1, words)
    await later(world)
    shown = len(world.screen.everything)
    await world.says(2, **body)
    await later(world)
    assert (len(world.screen.everything), copied(world)) == (shown, [])


def test_every_kind_of_content_has_been_thought_about() -> None:
    """A new release of the library brings new kinds: whether people say them is decided here."""
    assert len(ContentType) - len(SAID) == 58, "new kinds of content: do people send them?"


# --- corrections ---------------------------------------------------------------------------------------------------


async def test_a_line_that_people_had_is_shown_again_when_it_is_changed_after_closing(world: World) -> None:
    await world.says(1, CALLS)
    await later(world)
    await world.says(2, "мой адрес: улица Первая 1")
    await world.presses(GROUP_ID, "Закрыть")
    await world.says(2, "непонятно, адрес другой: Вторая 2", edited=True)
    await later(world)
    assert "Вторая 2" in card(world)


async def test_it_is_answered_where_the_bot_knows_the_answer(world: World) -> None:
    await world.says(1, CALLS)
    await later(world)
    await world.presses(GROUP_ID, "Закрыть")
    await world.says(1, "доставка когда?", edited=True)
    await later(world)
    assert "DELIVERY" in replies(world)[-1]


async def test_a_waiting_line_is_read_as_it_stands_in_the_end(world: World) -> None:
    await world.says(1, "доставка")
    await world.says(1, "цена", edited=True)
    await later(world)
    assert [question.text for question in world.listener.asked] == ["цена"]
    assert len(replies(world)) == 1


async def test_a_typo_put_right_brings_no_second_answer(world: World) -> None:
    await world.says(1, "доставка кагда?")
    await later(world)
    await world.says(1, "доставка когда?", edited=True)
    await later(world)
    assert len(replies(world)) == 1


async def test_a_changed_line_that_now_means_something_else_is_answered_anew(world: World) -> None:
    await world.says(1, "доставка?")
    await later(world)
    await world.says(1, "цена?", edited=True)
    await later(world)
    assert ["PRICING" in one for one in replies(world)] == [False, True]


@pytest.mark.long
async def test_three_hundred_changes_cost_one_verdict_and_the_last_counts(world: World) -> None:
    await world.says(1, "доставка?")
    await later(world)
    for number in range(300):
        await world.says(1, f"цена {number}?", edited=True)
        if number % 25 == 0:
            await later(world, 0.5)
    await later(world)
    asked = [question.text for question in world.listener.asked]
    assert asked[-1] == "цена 299?"
    assert len(asked) <= 4


async def test_changes_that_wait_behind_each_other_collapse(world: World) -> None:
    await world.says(1, CALLS)
    await later(world)
    await world.presses(GROUP_ID, "Взять")
    await world.says(2, "строка")
    for number in range(5):
        await world.arrives("edited_message", {**_said(2, f"строка {number}")})
    await later(world)
    assert [text for text in world.screen.texts(GROUP_ID) if "исправлено" in text] == ["✏️ Анна, исправлено:\nстрока 4"]


def _said(number: int, text: str) -> dict[str, Any]:
    person = {"id": CUSTOMER_ID, "first_name": "Анна"}
    return {"message_id": number, "date": 1, "chat": person | {"type": "private"}, "from": person | {"is_bot": False},
            "text": text}  # fmt: skip


# --- limits --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["/help", "/start", "/language", "/privacy", "/nonsense"])
async def test_commands_count_and_the_customer_is_told_once(world: World, command: str) -> None:
    for number in range(1, 31):
        await world.says(number, command)
    assert len([text for text in replies(world) if "быстрее" not in text]) == 12
    assert len([text for text in replies(world) if "быстрее" in text]) == 1


async def test_corrections_count(world: World) -> None:
    for number in range(1, 41):
        await world.says(1, f"{'цена' if number % 2 else 'доставка'}, {number}", edited=number > 1)
        await later(world, 2)
    assert len(world.listener.asked) <= 2 * 12
    assert any("быстрее" in text for text in replies(world))


async def test_a_person_is_called_over_the_limit_too(world: World) -> None:
    for number in range(1, 20):
        await world.says(number, "/help")
    await world.says(20, "непонятно что")
    await world.says(21, CALLS)
    await later(world)
    assert CALLS in card(world)
    assert "непонятно что" in card(world)


# --- lines that do not fit the card --------------------------------------------------------------------------------


async def test_seven_short_lines_and_then_a_call_all_stand_before_people(world: World) -> None:
    for number in range(1, 8):
        await world.says(number, f"строка {number} " + "о том и о сём " * 3)
    await world.says(8, "/operator")
    await later(world)
    for number in range(1, 8):
        assert world.screen.reads(GROUP_ID, f"строка {number} ")


async def test_answered_lines_that_the_card_has_no_room_for_follow_it(world: World) -> None:
    for number in range(1, 8):
        await world.says(number, f"доставка {number}, " + "о том и о сём " * 20 + f"конец {number}.")
        await later(world)
    await world.says(8, "/operator")
    await later(world)
    for number in range(1, 8):
        assert world.screen.reads(GROUP_ID, f"конец {number}.")


async def test_a_press_between_a_line_and_its_answer_loses_neither(world: World) -> None:
    await world.says(1, "наверное что-то")
    await later(world)
    await world.says(2, "доставка")
    await world.presses(CUSTOMER_ID, "PRICING")
    await later(world)
    assert ["PRICING" in text or "DELIVERY" in text for text in replies(world)[-2:]] == [True, True]


async def test_lines_that_no_engine_can_judge_go_to_people(world: World) -> None:
    world.listener.broken = True
    await world.says(1, "доставка")
    await world.says(2, "цена")
    await later(world, 120)
    assert "доставка\nцена" in card(world)


# --- a model that lies ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    ["Позовите оператора", "хочу поговорить с живым человеком", "I want to talk to a human", "real person please"],
)
async def test_a_person_is_called_whatever_a_model_says(world: World, words: str) -> None:
    world.listener.lie = "PRICING"
    await world.says(1, words)
    await later(world)
    assert words in card(world)


@pytest.mark.parametrize("words", ["оператор не нужен", "I don't need an operator", "не зовите оператора"])
async def test_who_declines_a_person_gets_none(world: World, words: str) -> None:
    world.listener.lie = "PRICING"
    await world.says(1, words)
    await later(world)
    assert not world.screen.texts(GROUP_ID)


async def test_what_is_urgent_reaches_people_whatever_a_model_says(world: World) -> None:
    world.listener.lie = "PRICING"
    await world.says(1, "с меня дважды списали деньги")
    await later(world)
    assert card(world).startswith("🔴")
