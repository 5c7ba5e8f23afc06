"""What came and cannot be read: it is stored, people get it as a copy or by name, and the customer is answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from services.delivery.messenger import Leave, MessageGone, Sent, Target
from tests.lines.world import CUSTOMER_ID, GROUP_ID, World

CALLS = "позовите оператора"
FORWARDED: dict[str, Any] = {"forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "Пётр"}}
UNREADABLE: dict[str, Any] = {
    "sticker": {"file_id": "s", "shape": "cube"},
    "photo": [{"file_id": "p"}],
    "video": {"file_id": "v"},
    "voice": {"file_id": "v", "duration": "долго"},
    "video_note": {"file_id": "n"},
    "audio": "нет",
    "document": {"name": "x"},
    "animation": 5,
    "location": {"latitude": "север"},
    "contact": {"phone": "+7"},
    "poll": {"question": "?"},
    "dice": {"value": 7},
    "game": {"title": 5},
    "story": {},
    "paid_media": {"star_count": 1, "paid_media": 5},
    "checklist": {"title": []},
}
TOMORROW: list[dict[str, Any]] = [
    {"hologram": {"file_id": "h"}},
    {"scent": [{"note": "rose"}]},
    {"whisper": "тсс"},
    {},
]


def copied(world: World) -> list[int]:
    return sorted(number for _, number in world.screen.copied)


def card(world: World) -> str:
    return next(text for text in reversed(world.screen.texts(GROUP_ID)) if "№" in text)


@pytest.mark.parametrize("body", [{kind: value} for kind, value in UNREADABLE.items()] + TOMORROW, ids=str)
@pytest.mark.parametrize("before", [(), (CALLS,)], ids=["at first", "with a ticket"])
async def test_what_a_customer_sends_is_copied_to_people_though_it_cannot_be_read(
    world: World, body: dict[str, Any], before: tuple[str, ...]
) -> None:
    for words in before:
        await world.says(1, words)
    await world.passes(5)
    await world.says(2, **body)
    await world.passes(5)
    assert copied(world) == [2]
    assert len(world.screen.texts(CUSTOMER_ID)) == 1, "one ticket, and one word that it is open"


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({"sticker": {"file_id": "s"}}, "стикер (эта программа пока не умеет такое читать)"),
        ({"photo": [5]}, "📷 фото (эта программа"),
        ({"poll": {}}, "📊 опрос (эта программа"),
        ({"hologram": {}}, "нового вида «hologram»"),
    ],
    ids=["sticker", "photo", "poll", "of tomorrow"],
)
async def test_where_it_cannot_be_copied_a_line_names_it(world: World, body: dict[str, Any], named: str) -> None:
    async def refuse(
        target: Target, from_chat: int, telegram_ids: Sequence[int], *, leave: Leave, **_: Any
    ) -> list[Sent]:
        await leave()
        raise MessageGone(f"{target} {from_chat} {telegram_ids}: message can't be copied")

    world.screen.copy = refuse  # type: ignore[method-assign]  # as a server that lets nothing be copied
    await world.says(1, **body)
    await world.passes(5)
    assert named in card(world)
    assert any("не даёт переслать" in text and named in text for text in world.screen.texts(GROUP_ID))


async def test_its_words_are_judged_and_its_picture_is_no_other_kind(world: World) -> None:
    await world.says(1, "доставка, где она?", photo=[{"file_id": "p"}])
    await world.passes(5)
    assert "DELIVERY" in world.screen.texts(CUSTOMER_ID)[0]
    await world.says(2, CALLS)
    await world.passes(5)
    assert copied(world) == [1]


async def test_a_sticker_that_cannot_be_read_still_stands_for_its_emoji(world: World) -> None:
    await world.says(1, CALLS)
    await world.passes(5)
    await world.presses(GROUP_ID, "Закрыть")
    await world.says(2, sticker={"file_id": "s", "emoji": "😡"})
    await world.passes(5)
    assert [question.text for question in world.listener.asked][-1] == "😡"


@pytest.mark.parametrize(
    "body",
    [
        {"chat_background_set": 5},
        {"new_chat_title": {}},
        {"pinned_message": {"of": "tomorrow"}},
        {"successful_payment": {}},
        {"chat_background_set": {"type": {"type": "tomorrow"}}, "and_more": {"of": "it"}},
        {"settled_by_telegram": True},
        {"giveaway": {"chats": 5}},
        {"giveaway_winners": {"chat": {}}},
    ],
    ids=str,
)
async def test_service_messages_that_cannot_be_read_are_nobodys_words(world: World, body: dict[str, Any]) -> None:
    await world.says(1, **body)
    await world.passes(5)
    assert (world.screen.everything, copied(world)) == ([], [])


@pytest.mark.parametrize(
    "giveaway",
    [
        {"chats": [], "winners_selection_date": 1, "winner_count": 1},
        {"chat": {"id": -5, "type": "channel"}, "giveaway_message_id": 1, "winners_selection_date": 1}
        | {"winner_count": 0, "winners": []},
        5,
    ],
    ids=["giveaway", "winners", "unreadable"],
)
async def test_a_giveaway_counts_where_a_person_has_passed_it_on(world: World, giveaway: Any) -> None:
    name = "giveaway" if isinstance(giveaway, dict) and "chats" in giveaway else "giveaway_winners"
    await world.says(1, **{name: giveaway})
    await world.passes(5)
    assert not copied(world)
    await world.says(2, **{name: giveaway}, **FORWARDED)
    await world.passes(5)
    assert copied(world) == [2]


@pytest.mark.parametrize(
    ("origin", "author"),
    [
        ({"forward_origin": {"type": "hidden_user", "date": 1}}, "неизвестен"),
        ({"forward_origin": {"type": "community", "title": 5}}, "неизвестен"),
        ({"forward_origin": 5}, "неизвестен"),
        ({"forward_origin": {}}, "неизвестен"),
        ({"forward_origin": {"type": "user", "date": 1, "sender_user": {"first_name": "Пётр"}}}, "Пётр"),
        ({"forward_origin": {"type": "hidden_user", "sender_user_name": "Пётр"}}, "Пётр"),
        ({"forward_origin": {"type": "channel", "chat": {"title": "Призы"}}}, "Призы"),
        ({"forward_date": 1, "forward_sender_name": "Пётр"}, "Пётр"),
        ({"forward_date": 1, "forward_from": {"id": 5, "is_bot": False, "first_name": "Пётр"}}, "Пётр"),
        ({"forward_date": 1}, "неизвестен"),
    ],
    ids=str,
)
@pytest.mark.parametrize("before", [(), (CALLS,)], ids=["at first", "with a ticket"])
async def test_a_forward_stays_a_forward_whoever_wrote_it(
    world: World, origin: dict[str, Any], author: str, before: tuple[str, ...]
) -> None:
    for words in before:
        await world.says(1, words)
    await world.passes(5)
    await world.says(2, f"{CALLS}, мне пишут", **origin)
    await world.passes(5)
    assert any(f"автор: {author}" in text and "мне пишут" in text for text in world.screen.texts(GROUP_ID))


async def _said_by_operator(world: World, body: dict[str, Any], *, answers: bool) -> None:
    await world.says(1, CALLS)
    await world.passes(5)
    card_at = next(one.telegram_id for one in world.screen.shown.values() if "№" in one.words.text and one.chat_id < 0)
    await world.operator_says(2, "", reply_to=card_at if answers else None, **body)
    await world.passes(5)


@pytest.mark.parametrize("body", [{"sticker": {"file_id": "s"}}, {"hologram": {}}], ids=str)
async def test_what_an_operator_answers_with_reaches_the_customer_too(world: World, body: dict[str, Any]) -> None:
    await _said_by_operator(world, body, answers=True)
    assert world.screen.sent_to(CUSTOMER_ID) == [2]


async def test_a_service_message_of_tomorrow_in_the_group_reaches_nobody(world: World) -> None:
    await _said_by_operator(world, {"hologram": {}}, answers=False)
    assert world.screen.sent_to(CUSTOMER_ID) == []
    assert len(world.screen.everything) == 2, "the card, and the word that there is one"


async def test_who_writes_counts_though_their_name_cannot_be_read(world: World) -> None:
    nameless: dict[str, Any] = {"from": {"id": CUSTOMER_ID, "last_name": {}}}
    await world.says(1, CALLS, **nameless)
    await world.passes(5)
    assert CALLS in card(world)


async def test_what_has_to_be_set_aside_is_named_though_it_has_no_words(world: World) -> None:
    await world.says(1, date="вчера", sticker={"file_id": "s"})
    await world.passes(15)
    assert "стикер (эта программа пока не умеет такое читать)" in world.screen.texts(GROUP_ID)[-1]
    assert "Анна" in world.screen.texts(GROUP_ID)[-1]
