"""Direct messages of a channel: each subscriber has a topic, and is answered in it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.lines.world import CUSTOMER_ID, GROUP_ID, World

OWNER = 77
CHAT, CHANNEL = -1009, -1008
TOPIC = 4_000_000_001
CALLS = "позовите оператора"


@pytest.fixture
def settings() -> dict[str, str]:
    return {"SUPPORT_BUSINESS__OWNERS": str(OWNER), "SUPPORT_TELEGRAM__ADMIN_IDS": "900"}


def runs(world: World, owner: int, *, may_manage: bool = True) -> None:
    """Let somebody run the channel, with the bot as an administrator."""
    parent = {"id": CHANNEL, "type": "channel", "title": "Новости"}
    chat = {"id": CHAT, "type": "supergroup", "title": "Новости", "is_direct_messages": True, "parent_chat": parent}
    bot = {"status": "administrator", "user": {"id": 700000, "is_bot": True}, "can_manage_direct_messages": may_manage}
    people = [{"status": "creator", "user": {"id": owner, "is_bot": False, "first_name": "Вера"}}, bot]
    world.session.answers = {"getChat": chat, "getChatAdministrators": people}


@pytest.fixture
def channel(world: World) -> World:
    runs(world, OWNER)
    return world


def written(number: int, text: str, *, who: int = CUSTOMER_ID, topic: int = TOPIC, **more: Any) -> dict[str, Any]:
    customer = {"id": who, "is_bot": False, "first_name": "Анна", "language_code": "ru"}
    chat = {"id": CHAT, "type": "supergroup", "title": "Новости", "is_direct_messages": True}
    place = {"chat": chat, "direct_messages_topic": {"topic_id": topic, "user": customer}}
    return {"message_id": number, "date": 1, "from": customer, "text": text} | place | more


async def writes(world: World, number: int, text: str, **more: Any) -> None:
    kind = "edited_message" if "edit_date" in more else "message"
    await world.arrives(kind, written(number, text, **more))
    await world.works()
    await world.passes(20)


def there(world: World, topic: int = TOPIC) -> list[str]:
    return [
        one.words.text
        for place, one in world.screen.shown.items()
        if one.chat_id == CHAT and world.screen.targets[place].direct_topic == topic
    ]


def group(world: World) -> str:
    return "\n".join(world.screen.texts(GROUP_ID))


async def test_a_subscriber_is_answered_in_their_topic(channel: World) -> None:
    await writes(channel, 5, "когда доставка?")
    await writes(channel, 6, "какая цена?", who=1002, topic=TOPIC + 1)
    assert [text for text in there(channel) if "Ответ" in text] == there(channel)[-1:]
    assert "Ответ DELIVERY." in there(channel)[-1]
    assert "Ответ PRICING." in there(channel, TOPIC + 1)[-1]


async def test_operators_answer_there_and_see_where_it_was_said(channel: World) -> None:
    await writes(channel, 5, CALLS)
    card = next(one for one in channel.screen.shown.values() if "<b>№1</b>" in one.words.text)
    assert "сообщения канала" in card.words.text
    await channel.operator_says(300, "Здравствуйте, помогу", reply_to=card.telegram_id)
    assert there(channel)[-1] == "Здравствуйте, помогу"


@pytest.mark.parametrize(
    "author",
    [
        {"from": {"id": OWNER, "is_bot": False, "first_name": "Вера"}},
        {
            "from": {"id": 136817688, "is_bot": True, "first_name": "Channel"},
            "sender_chat": {"id": CHANNEL, "type": "channel", "title": "Новости"},
        },
    ],
    ids=["administrator", "channel"],
)
async def test_the_channels_own_words_take_the_conversation_over(channel: World, author: dict[str, Any]) -> None:
    await writes(channel, 5, CALLS)
    before = len(there(channel))
    await writes(channel, 6, "когда доставка? отвечу сама", **author)
    assert "(владелец) → Анна:\nкогда доставка? отвечу сама" in group(channel)
    await writes(channel, 7, "а цена?")
    assert len(there(channel)) == before
    await channel.passes(31 * 60)
    await writes(channel, 8, "какая цена?")
    assert "Ответ PRICING." in there(channel)[-1]


async def test_a_suggested_post_and_other_bots_are_not_answered(channel: World) -> None:
    await writes(channel, 5, "когда доставка?", suggested_post_info={"state": "pending"})
    await writes(channel, 6, "когда доставка?", **{"from": {"id": 8, "is_bot": True, "first_name": "Other"}})
    assert channel.screen.texts(CHAT) == []


async def test_a_change_of_an_answered_line_is_answered_again(channel: World) -> None:
    await writes(channel, 5, "когда доставка?")
    await writes(channel, 5, "какая цена?", edit_date=2)
    assert "Ответ PRICING." in there(channel)[-1]


async def test_a_channel_of_strangers_is_not_answered_and_admins_hear_of_it_once(world: World) -> None:
    runs(world, 5)
    for number in (5, 6):
        await writes(world, number, "когда доставка?")
        await world.passes(700)
    assert world.screen.texts(CHAT) == []
    assert sum("нет никого из вас" in text for text in world.screen.texts(900)) == 1


async def test_admins_are_told_that_the_right_is_missing(world: World) -> None:
    runs(world, OWNER, may_manage=False)
    await writes(world, 5, "когда доставка?")
    assert any("с правом «Личные сообщения»" in text for text in world.screen.texts(900))
    assert world.screen.texts(CHAT) == []
    assert not any("Не доставлено" in text for text in world.screen.texts(GROUP_ID))
    check = await world.parts.health.check("business")
    assert (check.status, check.facts["channels"][0]["missing"]) == ("degraded", ["can_manage_direct_messages"])


async def test_a_channel_that_changes_hands_is_looked_at_again(channel: World) -> None:
    await writes(channel, 5, "когда доставка?")
    before = len(there(channel))
    runs(channel, 5)
    bot = {"id": 700000, "is_bot": True, "first_name": "B"}
    member = {"user": bot, "status": "left"}
    chat = {"id": CHANNEL, "type": "channel", "title": "Новости"}
    told = {"chat": chat, "from": bot, "date": 1, "old_chat_member": member, "new_chat_member": member}
    await channel.arrives("my_chat_member", told)
    await channel.works()
    await writes(channel, 6, "какая цена?")
    assert len(there(channel)) == before


async def test_buttons_are_pressed_by_whose_topic_it_is(channel: World) -> None:
    await writes(channel, 5, "наверное сколько")
    number, button = next(
        (shown.telegram_id, button)
        for shown in channel.screen.shown.values()
        for row in shown.words.buttons
        for button in row
        if "PRICING" in button.text
    )
    press = {"id": "1", "chat_instance": "1", "data": button.press, "message": written(number, "?")}
    for name, who in (("1", OWNER), ("2", CUSTOMER_ID)):
        user = {"id": who, "is_bot": False, "first_name": "A"}
        await channel.arrives("callback_query", press | {"id": name, "from": user})
        await channel.works()
        assert any("Ответ PRICING." in text for text in there(channel)) is (who == CUSTOMER_ID)


async def test_an_operators_reaction_crosses_over_and_nothing_goes_to_the_bots_own_chat(channel: World) -> None:
    await writes(channel, 5, CALLS)
    await writes(channel, 6, "мой номер 12")
    place = next(at for at, one in channel.screen.shown.items() if "мой номер 12" in one.words.text)
    await channel.reacts(*place, "👍")
    assert channel.screen.reactions[CHAT, 6] == "👍"
    assert channel.screen.texts(CUSTOMER_ID) == []
