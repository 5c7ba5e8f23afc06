"""What crosses over between a customer and the people of the team, in both kinds of group, as its author meant it."""

from __future__ import annotations

from typing import Any

from services.messages.lengths import MESSAGE, units
from tests.lines.world import CUSTOMER_ID, GROUP_ID, World

CALLS = "позовите оператора"
CARD = "№1"
LINK = {"type": "text_link", "offset": 0, "length": 4, "url": "https://shop.example/a"}
GROUP = {"id": GROUP_ID, "type": "supergroup", "title": "g"}
BOT = {"id": 700000, "is_bot": True, "first_name": "B"}


def group(world: World) -> list[str]:
    return world.screen.texts(GROUP_ID)


def last_words(world: World, chat_id: int) -> Any:
    return [one for one in world.screen.shown.values() if one.chat_id == chat_id][-1].words


def card_at(world: World) -> int:
    return next(one.telegram_id for one in world.screen.shown.values() if one.chat_id < 0 and CARD in one.words.text)


def topic_of(world: World) -> int | None:
    return world.screen.spots[GROUP_ID, card_at(world)].topic_id


async def ticket(world: World) -> None:
    await world.says(1, CALLS)
    await world.passes(5)
    assert (topic_of(world) is not None) == world.screen.forum


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
