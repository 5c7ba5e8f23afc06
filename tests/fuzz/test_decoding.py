"""A part that does not decode is left out, and nothing else: the words, their author and what they answer stay."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest
from aiogram import Bot, Dispatcher
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from handlers.telegram.gate import Gate
from handlers.telegram.translate import words_of
from services.messages.incoming import Cause
from services.queues.outcomes import PermanentFailure

TOKEN = "700000:" + "a" * 35
ANNA = {"id": 7, "is_bot": False, "first_name": "Анна"}
BOT = {"id": 700000, "is_bot": True, "first_name": "Bot"}
CHAT = {"id": 7, "type": "private", "first_name": "Анна"}
SAID: dict[str, Any] = {"message_id": 5, "date": 1_800_000_000, "chat": CHAT, "from": ANNA, "text": "где заказ?"}
POLL = {
    "id": "2",
    "question": "Q",
    "options": [{"text": "А", "voter_count": 0}],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
}
"""As a server of an older Bot API sends it."""
GARBAGE: tuple[Any, ...] = (
    "?",
    -1,
    0.5,
    True,
    [],
    [5],
    [{"type": "tomorrow"}],
    {},
    {"type": "tomorrow"},
    {"type": "hidden_user", "date": 1},
    {"id": "x", "date": "вчера", "message_id": {}},
    [[[]]],
)
OPTIONAL = sorted((field.alias or name) for name, field in Message.model_fields.items() if not field.is_required())
OF_THE_AUTHOR = ("from", "text")


class Ear(Dispatcher):
    """Keeps what comes through the gate."""

    def __init__(self) -> None:
        super().__init__(disable_fsm=True)
        self.heard: list[Any] = []
        for observer in (self.message, self.edited_message, self.callback_query, self.my_chat_member):
            observer.register(self.listen)

    async def listen(self, event: Any) -> None:
        self.heard.append(event)


@cache
def bot() -> Bot:
    """Return one for all: each reads the certificates of the machine."""
    return Bot(TOKEN)


async def heard(update: dict[str, Any]) -> list[Any]:
    ear = Ear()
    gate = Gate(bot=bot(), dispatcher=ear)
    await gate.play(Cause(key="tg:1"), json.dumps({"update_id": 1} | update), last_try=False)
    return ear.heard


async def message(**more: Any) -> Message:
    [found] = await heard({"message": SAID | more})
    assert isinstance(found, Message)
    return found


@pytest.mark.parametrize("name", [name for name in OPTIONAL if name not in OF_THE_AUTHOR])
async def test_whatever_stands_in_an_optional_field_the_words_arrive(name: str) -> None:
    for garbage in GARBAGE:
        found = await message(**{name: garbage})
        assert (words_of(found), found.from_user and found.from_user.id) == ("где заказ?", 7), garbage


@pytest.mark.parametrize("name", [name for name in OPTIONAL if name not in OF_THE_AUTHOR])
async def test_the_same_inside_the_message_that_is_answered(name: str) -> None:
    for garbage in GARBAGE:
        found = await message(reply_to_message=SAID | {"message_id": 4, name: garbage})
        assert words_of(found) == "где заказ?"
        assert found.reply_to_message is not None
        assert found.reply_to_message.message_id == 4


@pytest.mark.parametrize(
    "more",
    [
        {"forward_origin": {"type": "hidden_user", "date": 1}},
        {"forward_origin": {"type": "user", "date": 1, "sender_user": {"id": 5}}},
        {"forward_origin": {"type": "tomorrow", "date": 1}},
        {"poll": POLL},
        {"reply_to_message": {"message_id": 1, "date": 1, "chat": CHAT, "poll": POLL}},
        {"external_reply": {"origin": {"type": "tomorrow"}, "poll": POLL}},
        {"quote": {"text": 5}},
        {"link_preview_options": {"is_disabled": [], "url": "u"}},
        {"paid_media": {"star_count": 1, "paid_media": [{"type": "tomorrow"}, {"type": "preview"}]}},
        {"reply_markup": {"inline_keyboard": [[{"text": "x", "style": 5}, 7]]}},
    ],
)
async def test_known_shapes_that_do_not_decode_whole(more: dict[str, Any]) -> None:
    assert words_of(await message(**more)) == "где заказ?"


async def test_of_a_list_only_the_items_that_do_not_decode_are_left_out() -> None:
    bold, link = {"type": "bold", "offset": 0, "length": 3}, {"type": "text_link", "offset": 4, "length": 5, "url": "u"}
    found = await message(entities=[bold, {"type": "tomorrow"}, 7, link])
    assert [entity.type for entity in found.entities or ()] == ["bold", "text_link"]


async def test_however_many_parts_do_not_decode_the_words_arrive() -> None:
    found = await message(**dict.fromkeys(set(OPTIONAL) - set(OF_THE_AUTHOR), object.__name__))
    assert words_of(found) == "где заказ?"
    many = await message(entities=[{"type": number} for number in range(300)])
    assert words_of(many) == "где заказ?"


async def test_a_replied_message_of_which_nothing_decodes_still_says_where_it_stands() -> None:
    found = await message(reply_to_message={"message_id": 4, "chat": CHAT, "date": "вчера", "from": BOT, "text": {}})
    assert found.reply_to_message is not None
    assert (found.reply_to_message.message_id, found.reply_to_message.chat.id) == (4, 7)
    assert found.reply_to_message.from_user is not None
    assert found.reply_to_message.from_user.id == 700000


async def test_a_press_on_a_message_that_does_not_decode_is_a_press() -> None:
    pressed = {"id": "9", "from": ANNA, "chat_instance": "1", "data": "l:en"}
    [found] = await heard({"callback_query": pressed | {"message": {"message_id": 4, "chat": CHAT, "date": {}}}})
    assert isinstance(found, CallbackQuery)
    assert (found.data, found.message and found.message.chat.id) == ("l:en", 7)


async def test_a_membership_of_which_nothing_decodes_is_no_update_at_all() -> None:
    assert await heard({"my_chat_member": {"chat": CHAT, "from": ANNA, "date": "вчера"}}) == []


@pytest.mark.parametrize("status", ["administrator", "member", "restricted", "left", "kicked", "creator"])
async def test_a_membership_of_an_older_server_is_read(status: str) -> None:
    """Rights that it does not know are missing, though the library asks for them."""
    one = {"user": BOT, "status": status, "until_date": 0}
    event = {"chat": {"id": -5, "type": "group", "title": "G"}, "from": ANNA, "date": 1}
    [found] = await heard({"my_chat_member": event | {"old_chat_member": one, "new_chat_member": one}})
    assert isinstance(found, ChatMemberUpdated)
    assert found.new_chat_member.status == status


@pytest.mark.parametrize(
    "update",
    [
        {"message_reaction": "?"},
        {"channel_post": {"text": "nobody reads it"}},
        {"poll": POLL},
        {"of_tomorrow": {"message": 5}},
        {},
    ],
)
async def test_what_nobody_handles_is_not_decoded(update: dict[str, Any]) -> None:
    assert await heard(update) == []


@pytest.mark.parametrize(
    "broken",
    [
        SAID | {"text": {"a": 5}},
        SAID | {"from": {"id": "x"}},
        SAID | {"date": "вчера"},
        SAID | {"chat": {}},
        {key: value for key, value in SAID.items() if key != "chat"},
        "это не сообщение",
    ],
)
async def test_without_words_author_or_place_it_is_set_aside(broken: Any) -> None:
    with pytest.raises(PermanentFailure):
        await heard({"message": broken})
