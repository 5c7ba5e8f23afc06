"""What the Bot API refuses, in its words."""

from __future__ import annotations

from typing import Any

import pytest
from aiohttp import ClientSession, FormData

from playground.server import Playground
from tests.playground.conftest import Clock, Raw


def key(**fields: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "x"} | fields]]}


TEXTS = [
    ({"text": ""}, "message text is empty"),
    ({"text": "  \n "}, "message text is empty"),
    ({"text": "a" * 4097}, "message is too long"),
    ({"text": "😀" * 2049}, "message is too long"),
    ({"text": "x", "reply_markup": key(callback_data="я" * 33)}, "BUTTON_DATA_INVALID"),
    ({"text": "x", "reply_markup": key(callback_data="")}, "BUTTON_DATA_INVALID"),
    ({"text": "x", "reply_markup": key()}, "Text buttons are unallowed"),
    ({"text": "x", "reply_markup": key(url="javascript:1")}, "Wrong HTTP URL"),
    ({"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "x"}] * 101]}}, "too long"),
    ({"text": "x", "reply_markup": "[]"}, "object expected as reply markup"),
    ({"text": "x", "reply_markup": "{"}, "object expected as reply markup"),
    ({"text": "x", "message_thread_id": 77}, "message thread not found"),
    ({"text": "x", "chat_id": ""}, "chat_id is empty"),
    ({"text": "x", "chat_id": "@nobody"}, "chat not found"),
    ({"text": "x", "chat_id": 1}, "chat not found"),
    ({"text": "x", "parse_mode": "BBCode"}, "unsupported parse_mode"),
    ({"text": "x", "entities": [{"type": "bold", "offset": 0, "length": 2}]}, "ENTITY_BOUNDS_INVALID"),
]


@pytest.mark.parametrize(("params", "words"), TEXTS, ids=[words for _, words in TEXTS])
async def test_send_message(call: Raw, playground: Playground, params: dict[str, Any], words: str) -> None:
    anna = playground.add_customer()
    anna.send("hi")
    answer = await call("sendMessage", **{"chat_id": anna.id} | params)
    assert answer["error_code"] == 400
    assert answer["description"].startswith("Bad Request: ")
    assert words in answer["description"]
    assert anna.replies == []


async def test_limits_count_after_parsing(call: Raw, playground: Playground) -> None:
    anna = playground.add_customer()
    anna.send("hi")
    text = "<b>" + "😀" * 2048 + "</b>"
    answer = await call("sendMessage", chat_id=anna.id, text=text, parse_mode="HTML")
    assert answer["result"]["entities"] == [{"type": "bold", "offset": 0, "length": 4096}]
    fits = await call("sendMessage", chat_id=anna.id, text="x", reply_markup=key(callback_data="я" * 32))
    assert fits["ok"]
    edges = await call("sendMessage", chat_id=anna.id, text="  <b> x </b> ", parse_mode="HTML")
    assert edges["result"]["text"] == "x"
    assert edges["result"]["entities"] == [{"type": "bold", "offset": 0, "length": 1}]


async def test_forms_and_queries_are_read_too(url: str, http: ClientSession, playground: Playground) -> None:
    anna = playground.add_customer()
    anna.send("hi")
    address = f"{url}/bot{playground.token}/SENDmessage"
    async with http.get(address, params={"chat_id": anna.id, "text": "by get"}) as answer:
        assert (await answer.json())["ok"]
    async with http.post(address, data={"chat_id": str(anna.id), "text": "by form"}) as answer:
        assert (await answer.json())["ok"]
    form = FormData({"chat_id": str(anna.id), "caption": "by multipart"})
    form.add_field("document", b"bytes", filename="a.txt")
    async with http.post(f"{url}/bot{playground.token}/sendDocument", data=form) as answer:
        assert (await answer.json())["ok"]
    assert [message.text for message in anna.replies] == ["by get", "by form", "by multipart"]
    async with http.post(address, data="{", headers={"Content-Type": "application/json"}) as answer:
        assert answer.status == 400


async def test_captions_and_albums(call: Raw, playground: Playground) -> None:
    anna = playground.add_customer()
    photo = anna.send_photo().body["photo"][-1]["file_id"]
    long = await call("sendPhoto", chat_id=anna.id, photo=photo, caption="a" * 1025)
    assert long["description"] == "Bad Request: message caption is too long"
    item = {"type": "photo", "media": photo}
    for count in (1, 11):
        assert "album" in (await call("sendMediaGroup", chat_id=anna.id, media=[item] * count))["description"]
    assert len((await call("sendMediaGroup", chat_id=anna.id, media=[item] * 10))["result"]) == 10


async def test_copying(call: Raw, playground: Playground) -> None:
    anna, group = playground.add_customer(), playground.add_group()
    first, second = anna.send("one"), anna.send("two")
    pair = {"chat_id": group.id, "from_chat_id": anna.id}
    lost = await call("copyMessage", **pair, message_id=999)
    assert lost["description"] == "Bad Request: message to copy not found"
    falling = await call("copyMessages", **pair, message_ids=[second.id, first.id])
    assert "strictly increasing" in falling["description"]
    many = await call("copyMessages", **pair, message_ids=list(range(1, 102)))
    assert "too many" in many["description"]
    none = await call("copyMessages", **pair, message_ids=[998, 999])
    assert "no messages to copy" in none["description"]
    some = await call("copyMessages", **pair, message_ids=[first.id, second.id, 999])
    assert len(some["result"]) == 2
    forwarded = await call("forwardMessage", **pair, message_id=first.id)
    assert forwarded["result"]["forward_origin"]["sender_user"]["id"] == anna.id
    anna.chat.protected = True
    assert (await call("copyMessage", **pair, message_id=first.id))["error_code"] == 400


async def test_editing(call: Raw, playground: Playground) -> None:
    anna = playground.add_customer()
    hers = anna.send("hi")
    sent = (await call("sendMessage", chat_id=anna.id, text="x"))["result"]
    here = {"chat_id": anna.id, "message_id": sent["message_id"]}
    same = await call("editMessageText", **here, text="x")
    assert same["description"].startswith("Bad Request: message is not modified")
    assert (await call("editMessageReplyMarkup", **here, reply_markup=key(callback_data="a")))["ok"]
    assert (await call("editMessageText", **here, text="x"))["ok"]
    lost = await call("editMessageText", chat_id=anna.id, message_id=999, text="y")
    assert lost["description"] == "Bad Request: message to edit not found"
    foreign = await call("editMessageText", chat_id=anna.id, message_id=hers.id, text="y")
    assert foreign["description"] == "Bad Request: message can't be edited"
    assert "no caption" in (await call("editMessageCaption", **here, caption="y"))["description"]
    assert (await call("deleteMessage", **here))["ok"]
    assert "to delete not found" in (await call("deleteMessage", **here))["description"]


async def test_a_press_grows_old(call: Raw, playground: Playground, clock: Clock) -> None:
    anna = playground.add_customer()
    anna.send("hi")
    sent = (await call("sendMessage", chat_id=anna.id, text="x"))["result"]["message_id"]
    press = anna.press(sent, "button-of-an-older-version")
    long = await call("answerCallbackQuery", callback_query_id=press.id, text="a" * 201)
    assert long["description"] == "Bad Request: MESSAGE_TOO_LONG"
    clock.now += 149
    assert (await call("answerCallbackQuery", callback_query_id=press.id))["ok"]
    clock.now += 2
    old = await call("answerCallbackQuery", callback_query_id=press.id)
    assert "query is too old" in old["description"]


async def test_topics(call: Raw, playground: Playground) -> None:
    group = playground.add_group()
    assert "not a forum" in (await call("createForumTopic", chat_id=group.id, name="x"))["description"]
    group.set_forum(True)
    assert (await call("createForumTopic", chat_id=group.id, name="x" * 129))["error_code"] == 400
    assert (await call("createForumTopic", chat_id=group.id, name=""))["error_code"] == 400
    topic = (await call("createForumTopic", chat_id=group.id, name="x" * 128))["result"]["message_thread_id"]
    here = {"chat_id": group.id, "message_thread_id": topic}
    assert (await call("closeForumTopic", **here))["ok"]
    assert (await call("closeForumTopic", **here))["description"] == "Bad Request: TOPIC_NOT_MODIFIED"
    unknown = await call("reopenForumTopic", chat_id=group.id, message_thread_id=9999)
    assert unknown["description"] == "Bad Request: TOPIC_ID_INVALID"
    assert (await call("deleteForumTopic", **here))["ok"]
    assert (await call("sendMessage", text="x", **here))["description"] == "Bad Request: message thread not found"
    group.set_right("can_manage_topics", on=False)
    refused = await call("createForumTopic", chat_id=group.id, name="x")
    assert "not enough rights to create a topic" in refused["description"]


async def test_doors_that_are_not_there(url: str, http: ClientSession, call: Raw) -> None:
    assert await call("sendTelepathy") == {"ok": False, "error_code": 404, "description": "Not Found"}
    async with http.get(f"{url}/botnonsense/getMe") as answer:
        assert answer.status == 404
    async with http.get(f"{url}/bot1:wrong/getMe") as answer:
        assert await answer.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}
    async with http.get(f"{url}/file/bot1:wrong/photos/file_0.png") as answer:
        assert answer.status == 401
