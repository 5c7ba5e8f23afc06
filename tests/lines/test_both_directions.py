"""What crosses over between a customer and the people of the team, in both kinds of group, as its author meant it."""

from __future__ import annotations

from typing import Any

from services.delivery.messenger import Refused, Target
from services.messages.effects import ARRIVED
from services.messages.lengths import MESSAGE, units
from services.texts import label
from tests.lines.world import CUSTOMER_ID, GROUP_ID, World

CALLS = "позовите оператора"
CARD = "№1"
LINK = {"type": "text_link", "offset": 0, "length": 4, "url": "https://shop.example/a"}
GROUP = {"id": GROUP_ID, "type": "supergroup", "title": "g"}
PICTURE = [{"file_id": "p", "file_unique_id": "u", "width": 1, "height": 1}]
BOT = {"id": 700000, "is_bot": True, "first_name": "B"}


def group(world: World) -> list[str]:
    return world.screen.texts(GROUP_ID)


def last_words(world: World, chat_id: int) -> Any:
    return [one for one in world.screen.shown.values() if one.chat_id == chat_id][-1].words


def card_at(world: World) -> int:
    return next(one.telegram_id for one in world.screen.shown.values() if one.chat_id < 0 and CARD in one.words.text)


def card(world: World) -> str:
    return world.screen.shown[GROUP_ID, card_at(world)].words.text


def topic_of(world: World) -> int | None:
    return world.screen.targets[GROUP_ID, card_at(world)].topic_id


async def ticket(world: World) -> None:
    await world.says(1, CALLS)
    await world.passes(5)
    assert (topic_of(world) is not None) == bool(world.screen.forums)


async def answer(world: World, number: int, text: str = "", **more: Any) -> None:
    """Let an operator answer as is usual in the group: in the topic, or in reply to the card."""
    topic = topic_of(world)
    await world.operator_says(number, text, topic=topic, reply_to=None if topic else card_at(world), **more)


# --- formatting and links ------------------------------------------------------------------------------------------


async def test_links_are_previewed_as_their_author_chose(either: World) -> None:
    await ticket(either)
    assert last_words(either, GROUP_ID).preview is None, "the bot's own lines show none"
    await answer(either, 50, "https://shop.example/a")
    assert last_words(either, CUSTOMER_ID).preview == {}
    await answer(either, 51, "https://shop.example/a", link_preview_options={"is_disabled": True})
    assert last_words(either, CUSTOMER_ID).preview == {"is_disabled": True}
    await answer(either, 50, "https://shop.example/a", edited=True, link_preview_options={"is_disabled": True})
    first = [one.words for one in either.screen.shown.values() if one.chat_id == CUSTOMER_ID][-2]
    assert first.preview == {"is_disabled": True}
    above = {"url": "https://shop.example/b", "show_above_text": True}
    await either.says(2, "https://shop.example/b", link_preview_options=above)
    await either.passes(10)
    assert last_words(either, GROUP_ID).preview == above


async def test_a_text_in_parts_keeps_its_formatting(either: World) -> None:
    await ticket(either)
    text = "слово " * 682 + "ссыл"
    far = LINK | {"offset": units(text) - 4}
    await either.says(2, text, entities=[far, {"type": "bold", "offset": 0, "length": units(text)}])
    await either.passes(30)
    shown = [one.words for one in either.screen.shown.values() if one.chat_id == GROUP_ID][1:]
    assert all(units(words.text) <= MESSAGE for words in shown)
    links = [(w.text, e) for w in shown for e in w.entities if e["type"] == "text_link"]
    [(part, entity)] = links
    wide = part.encode("utf-16-le")[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])]
    assert wide.decode("utf-16-le") == "ссыл"
    assert sum(e["length"] for w in shown for e in w.entities if e["type"] == "bold") >= units(text)


async def test_other_formatting_alone_is_followed(either: World) -> None:
    await ticket(either)
    await either.says(2, "вот страница", entities=[LINK])
    await either.passes(10)
    before = len(either.screen.texts(CUSTOMER_ID))
    other = LINK | {"url": "https://shop.example/other"}
    await either.says(2, "вот страница", edited=True, entities=[other])
    await either.passes(10)
    words = last_words(either, GROUP_ID)
    assert "исправлено" in words.text
    assert [entity["url"] for entity in words.entities if entity["type"] == "text_link"] == [other["url"]]
    assert len(either.screen.texts(CUSTOMER_ID)) == before


# --- which ticket a line belongs to --------------------------------------------------------------------------------


async def test_an_answer_from_another_topic_is_found(either: World) -> None:
    await ticket(either)
    there = {"message_id": card_at(either), "chat": GROUP, "origin": {"type": "user", "date": 1, "sender_user": BOT}}
    await either.operator_says(50, "ответ из общей темы", external_reply=there)
    assert either.screen.texts(CUSTOMER_ID)[-1] == "ответ из общей темы"
    elsewhere = there | {"chat": GROUP | {"id": -1009}}
    await either.operator_says(51, "о другом чате", external_reply=elsewhere)
    assert either.screen.texts(CUSTOMER_ID)[-1] == "ответ из общей темы"


async def test_an_answer_to_what_nobody_knows_says_so(either: World) -> None:
    there = {"message_id": 999, "chat": GROUP, "origin": {"type": "user", "date": 1, "sender_user": BOT}}
    await either.operator_says(50, "это кому", external_reply=there, quote={"text": "чужие слова", "position": 0})
    await either.passes(60)
    assert any("Не знаю, к какому обращению" in text for text in group(either))


async def test_who_writes_to_nobody_learns_once_a_day_how_customers_are_answered(either: World) -> None:
    await ticket(either)
    before = len(either.screen.texts(CUSTOMER_ID))
    for number in range(50, 53):
        await either.operator_says(number, "коллеги, кто возьмёт?")
    await either.operator_says(53, "//заметка никому")
    assert sum("осталась между вами" in text for text in group(either)) == 1
    await either.passes(25 * 3600)
    await either.operator_says(54, "доброе утро")
    assert sum("осталась между вами" in text for text in group(either)) == 2
    assert len(either.screen.texts(CUSTOMER_ID)) == before


# --- replies and quotes --------------------------------------------------------------------------------------------


def at(world: World, chat_id: int, words: str) -> int:
    """Return the newest message of a chat that says this."""
    found = [one for one in world.screen.shown.values() if one.chat_id == chat_id and words in one.words.text]
    return found[-1].telegram_id


def target_of(world: World, chat_id: int, words: str) -> Target:
    return world.screen.targets[chat_id, at(world, chat_id, words)]


def replying(number: int) -> dict[str, Any]:
    """Return the part of a customer's message that says what it answers."""
    chat = {"id": CUSTOMER_ID, "type": "private", "first_name": "Анна"}
    return {"reply_to_message": {"message_id": number, "date": 1, "chat": chat, "from": BOT, "text": "x"}}


def marked(words: str) -> dict[str, Any]:
    return {"quote": {"text": words, "position": 0, "is_manual": True}}


async def test_a_customers_reply_is_a_reply_to_the_same_line_in_the_group(either: World) -> None:
    await ticket(either)
    await answer(either, 50, "пришлите номер заказа и адрес")
    await either.says(2, "номер 7, адрес прежний")
    await either.passes(20)
    theirs = at(either, CUSTOMER_ID, "номер заказа")
    await either.says(3, "а зачем?", **replying(theirs), **marked("номер заказа"))
    await either.passes(20)
    target = target_of(either, GROUP_ID, "а зачем?")
    assert (target.reply_to, target.quote) == (50, "номер заказа")
    await either.says(4, photo=PICTURE, **replying(theirs))
    await either.passes(20)
    assert either.screen.copies[-1][0].reply_to == 50
    await either.says(5, "это я писала выше", **replying(2))
    await either.passes(20)
    assert target_of(either, GROUP_ID, "писала выше").reply_to == at(either, GROUP_ID, "номер 7")


async def test_an_operators_reply_is_a_reply_to_the_same_line_at_the_customer(either: World) -> None:
    await ticket(either)
    await either.says(2, "где заказ семь?")
    await either.passes(20)
    shown = at(either, GROUP_ID, "где заказ семь?")
    await either.operator_says(50, "в пути", reply_to=shown, topic=topic_of(either), **marked("заказ семь"))
    target = target_of(either, CUSTOMER_ID, "в пути")
    assert (target.reply_to, target.quote) == (2, "заказ семь")
    await either.operator_says(51, "скоро", reply_to=shown, topic=topic_of(either), **marked("👤 Анна"))
    target = target_of(either, CUSTOMER_ID, "скоро")
    assert (target.reply_to, target.quote) == (2, None)
    await answer(either, 52, "и ещё")
    assert target_of(either, CUSTOMER_ID, "и ещё").reply_to is None


async def test_what_people_have_not_seen_is_quoted_in_words(either: World) -> None:
    await either.says(1, "доставка когда?")
    await either.passes(10)
    told = at(either, CUSTOMER_ID, "DELIVERY")
    await ticket(either)
    await either.says(2, "тут неправда", **replying(told))
    await either.passes(20)
    assert any("Ответ DELIVERY. ❞\nтут неправда" in text for text in group(either))


# --- reminders and words to colleagues -----------------------------------------------------------------------------


async def reminded(world: World) -> int:
    await ticket(world)
    await world.passes(3600)
    assert await world.parts.alarm_clock.look() == 1
    await world.works()
    return at(world, GROUP_ID, "⏰")


async def test_an_answer_to_a_reminder_waits_for_a_word(either: World) -> None:
    notice = await reminded(either)
    await either.operator_says(50, "опять этот клиент", reply_to=notice, topic=topic_of(either))
    assert "опять" not in "".join(either.screen.texts(CUSTOMER_ID))
    await either.operator_says(50, "опять он", edited=True, reply_to=notice, topic=topic_of(either))
    assert "опять" not in "".join(either.screen.texts(CUSTOMER_ID))
    await either.presses(GROUP_ID, "Оставить здесь")
    assert "✓ Осталось между вами." in group(either)
    await either.operator_says(51, "заказ в пути", reply_to=notice, topic=topic_of(either))
    question = at(either, GROUP_ID, "а не клиенту")
    await either.presses(GROUP_ID, "Отправить клиенту")
    await either.presses_at(GROUP_ID, question, "m:3:send:text")
    assert either.screen.texts(CUSTOMER_ID).count("заказ в пути") == 1
    assert "опять" not in "".join(either.screen.texts(CUSTOMER_ID))
    assert either.screen.reactions[GROUP_ID, 51] == ARRIVED


async def test_a_held_picture_is_sent_as_a_picture(either: World) -> None:
    notice = await reminded(either)
    for number in (50, 51):
        await either.operator_says(number, reply_to=notice, topic=topic_of(either), photo=PICTURE, media_group_id="a")
    assert sum("а не клиенту" in text for text in group(either)) == 1
    assert either.screen.sent_to(CUSTOMER_ID) == []
    await either.presses(GROUP_ID, "Отправить клиенту")
    await either.passes(5)
    assert either.screen.sent_to(CUSTOMER_ID) == [50, 51]


# --- whether it has arrived ----------------------------------------------------------------------------------------


async def test_an_operator_sees_on_their_line_that_it_has_arrived(either: World) -> None:
    await ticket(either)
    await answer(either, 50, "ответ")
    await answer(either, 51, photo=PICTURE, caption="снимок")
    await either.works()
    assert either.screen.reactions == {(GROUP_ID, 50): ARRIVED, (GROUP_ID, 51): ARRIVED}


async def test_what_has_not_arrived_says_why_and_can_be_tried_again(either: World) -> None:
    await ticket(either)
    either.screen.refusing = Refused("Bad Request: WHATEVER")
    await answer(either, 50, "ответ")
    await either.works()
    assert "WHATEVER" in group(either)[-1]
    target = target_of(either, GROUP_ID, "WHATEVER")
    assert (target.reply_to, target.topic_id) == (50, topic_of(either))
    assert either.screen.reactions == {}
    notice = at(either, GROUP_ID, "WHATEVER")
    either.screen.refusing = Refused("Bad Request: ANOTHER")
    await either.presses(GROUP_ID, "Отправить ещё раз")
    await either.works()
    assert at(either, GROUP_ID, "ANOTHER") == notice, "the same message says what became of it"
    either.screen.refusing = None
    await either.presses(GROUP_ID, "Отправить ещё раз")
    await either.presses_at(GROUP_ID, notice, "m:3:again:1")
    await either.presses_at(GROUP_ID, notice, "m:3:again")
    await either.works()
    assert either.screen.texts(CUSTOMER_ID).count("ответ") == 1
    assert either.screen.reactions == {(GROUP_ID, 50): ARRIVED}
    [told] = [text for text in group(either) if "дошло" in text]
    assert at(either, GROUP_ID, told) == notice
    assert "ответ" in told


# --- taking back ---------------------------------------------------------------------------------------------------

COMMAND: dict[str, Any] = {"entities": [{"type": "bot_command", "offset": 0, "length": 7}]}


async def test_a_line_is_deleted_at_the_customers_side(either: World) -> None:
    await ticket(either)
    await answer(either, 50, "лишнее")
    await answer(either, 51, photo=PICTURE, caption="не тот снимок")
    await either.works()
    for number in (50, 51):
        await either.operator_says(10 + number, "/delete", reply_to=number, topic=topic_of(either), **COMMAND)
        await either.works()
        assert either.screen.reactions[GROUP_ID, 10 + number] == ARRIVED
        assert either.screen.reactions[GROUP_ID, number] is None, "it is with the customer no longer"
    assert len(either.screen.deleted) == 2
    assert "лишнее" not in either.screen.texts(CUSTOMER_ID)
    await either.operator_says(70, "/delete", reply_to=50, topic=topic_of(either), **COMMAND)
    assert "Этой строки у клиента нет" in group(either)[-1]
    await either.operator_says(71, "/delete", topic=topic_of(either), **COMMAND)
    assert "Ответьте командой /delete" in group(either)[-1]
    assert "/delete" not in "".join(either.screen.texts(CUSTOMER_ID))


async def test_a_deleted_line_does_not_go_out_anew_when_it_is_edited(either: World) -> None:
    await ticket(either)
    await answer(either, 50, "лишнее")
    await either.works()
    await either.operator_says(60, "/delete", reply_to=50, topic=topic_of(either), **COMMAND)
    await answer(either, 50, "другое", edited=True)
    await answer(either, 50, "третье", edited=True)
    await either.works()
    assert [text for text in either.screen.texts(CUSTOMER_ID) if text in ("другое", "третье")] == []
    assert len([text for text in group(either) if "правка ему не ушла" in text]) == 1, "its author is told once"
    await answer(either, 51, "новое")
    await either.works()
    assert "новое" in either.screen.texts(CUSTOMER_ID)


async def test_a_line_that_becomes_a_note_loses_the_sign_that_it_has_arrived(either: World) -> None:
    await ticket(either)
    await answer(either, 50, "лишнее")
    await either.works()
    assert either.screen.reactions[GROUP_ID, 50] == ARRIVED
    await answer(either, 50, "// лишнее", edited=True)
    await either.works()
    assert either.screen.reactions[GROUP_ID, 50] is None


# --- reactions -----------------------------------------------------------------------------------------------------


async def test_reactions_stand_on_both_sides(either: World) -> None:
    await ticket(either)
    await either.says(2, "спасибо, жду")
    await either.passes(20)
    await answer(either, 50, "уже в пути")
    await either.works()
    await either.reacts(GROUP_ID, at(either, GROUP_ID, "спасибо, жду"), "👍")
    assert either.screen.reactions[CUSTOMER_ID, 2] == "👍"
    await either.reacts(GROUP_ID, at(either, GROUP_ID, "спасибо, жду"))
    assert either.screen.reactions.get((CUSTOMER_ID, 2), "👍") is None
    theirs = at(either, CUSTOMER_ID, "уже в пути")
    await either.reacts(CUSTOMER_ID, theirs, "❤\ufe0f")
    assert either.screen.reactions[GROUP_ID, 50] == "❤"
    await either.reacts(CUSTOMER_ID, theirs, "🫥")
    assert either.screen.reactions[GROUP_ID, 50] == ARRIVED
    before = dict(either.screen.reactions)
    await either.reacts(GROUP_ID, 50, "😁")
    assert either.screen.reactions == before, "what colleagues think of a line stays among them"


async def test_a_reaction_to_a_card_is_one_to_the_question_on_it(either: World) -> None:
    await ticket(either)
    await either.says(2, "спасибо, жду")
    await either.passes(20)
    await either.reacts(GROUP_ID, card_at(either), "👀")
    assert either.screen.reactions == {(CUSTOMER_ID, 1): "👀"}
    await either.reacts(GROUP_ID, card_at(either))
    assert either.screen.reactions == {(CUSTOMER_ID, 1): None}


async def test_words_that_become_urgent_raise_their_ticket(either: World) -> None:
    await ticket(either)
    await either.says(2, "хочу узнать про списание")
    await either.passes(20)
    assert "🔵" in card(either)
    await either.says(2, "с карты украли деньги", edited=True)
    await either.passes(20)
    assert "🔴" in card(either)
    assert label("card.urgent", "ru", why=label("urgency.theft", "ru")) in card(either), "it says what raised it"
    await either.says(2, "хочу узнать про списание", edited=True)
    await either.passes(20)
    assert "🔴" in card(either), "people have read it, and lower it themselves"


# --- what stood before an edit -------------------------------------------------------------------------------------


async def test_the_history_shows_what_a_line_said_before(either: World) -> None:
    await ticket(either)
    await either.says(2, "мой адрес: Первая, 1")
    await either.passes(20)
    await either.says(2, "мой адрес: Вторая, 2", edited=True)
    await answer(either, 50, "приедем в пять")
    await answer(either, 50, "приедем в шесть", edited=True)
    await either.passes(10)
    await either.operator_says(60, "/client 1001", entities=[{"type": "bot_command", "offset": 0, "length": 7}])
    await either.works()
    await either.presses(GROUP_ID, "История")
    page = group(either)[-1]
    assert "<s>мой адрес: Первая, 1</s>\nмой адрес: Вторая, 2" in page
    assert "<s>приедем в пять</s>\nприедем в шесть" in page
    await either.operator_says(61, "/delete", reply_to=50, topic=topic_of(either), **COMMAND)
    await either.presses(GROUP_ID, "История")
    kept = await either.store.read(lambda unit: unit.personal_data.rows(1)["earlier_wordings"])
    assert [row["text"] for row in kept] == ["мой адрес: Первая, 1"]


# --- places that move ----------------------------------------------------------------------------------------------


def place(longitude: float, **more: Any) -> dict[str, Any]:
    return {"location": {"latitude": 1.5, "longitude": longitude} | more}


async def test_a_place_that_moves_moves_on_the_other_side(either: World) -> None:
    await ticket(either)
    await either.says(2, **place(2.0, live_period=900))
    await either.passes(10)
    calls = len(either.screen.texts(CUSTOMER_ID)), len(group(either))
    for step in (2.1, 2.2):
        await either.says(2, edited=True, **place(step, live_period=900))
        await either.passes(10)
    assert [one.longitude for one in either.screen.positions.values()] == [2.2]
    await either.says(2, edited=True, **place(2.2))
    await either.passes(10)
    assert [one.period for one in either.screen.positions.values()] == [None]
    assert (len(either.screen.texts(CUSTOMER_ID)), len(group(either))) == calls
    await answer(either, 50, **place(3.0, live_period=900))
    await answer(either, 50, edited=True, **place(3.1, live_period=900))
    await either.works()
    assert [one.longitude for (chat, _), one in either.screen.positions.items() if chat == CUSTOMER_ID] == [3.1]
    assert len(group(either)) == calls[1]


async def test_a_place_that_moves_without_a_ticket_calls_people_once(either: World) -> None:
    await either.says(1, **place(2.0, live_period=900))
    await either.passes(10)
    for step in (2.1, 2.2):
        await either.says(1, edited=True, **place(step, live_period=900))
        await either.passes(10)
    await either.presses(GROUP_ID, "Закрыть")
    await either.says(1, edited=True, **place(2.3, live_period=900))
    await either.passes(10)
    assert sum("№1" in text for text in group(either)) == 1
    assert not any("№2" in text for text in group(either))
