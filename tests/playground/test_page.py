"""The page's own routes: actions, state, the guard, what others know of a message."""

from __future__ import annotations

import json
import re
import string
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, FormData, web

from playground import defaults, samples
from playground.site import FOLDER
from playground.stage import Stage, opened

Texts = dict[str, Any]
VERDICT_OF = "chat_id={chat_id}&message_id={message_id}&owner_id={owner_id}&topic_id={topic_id}"


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with opened(port=0) as found:
        yield found


async def perform(stage: Stage, http: ClientSession, path: str, **body: Any) -> dict[str, Any]:
    async with http.post(f"{stage.url}/playground/{path}", json=body) as answer:
        found: dict[str, Any] = await answer.json()
        return found


async def test_the_page_and_its_headers(stage: Stage, http: ClientSession) -> None:
    async with http.get(stage.url) as answer:
        page = await answer.text()
        assert answer.status == 200
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert defaults.TOKEN not in page
    for name in re.findall(r'(?:src|href)="(/page/[^"]+)"', page):
        async with http.get(stage.url + name) as answer:
            assert answer.status == 200, name


async def test_state_never_tells_the_token(stage: Stage, http: ClientSession) -> None:
    stage.playground.customers[1001].send_photo()
    async with http.get(f"{stage.url}/playground/state") as answer:
        text = await answer.text()
    state = json.loads(text)
    assert defaults.TOKEN not in text
    assert [person["name"] for person in state["customers"]] == ["Анна", "John"]
    assert [person["id"] for person in state["operators"]] == [defaults.ADMIN_ID, defaults.OPERATOR_ID]
    assert state["groups"] == [defaults.GROUP_ID]
    assert state["bot"]["connected"] is False


async def test_actions(stage: Stage, http: ClientSession) -> None:
    world = stage.playground
    made = await perform(stage, http, "customers", first_name="<b>Eve</b>", language_code="en")
    eve = world.customers[made["id"]]
    here = f"chats/{eve.id}/messages"
    (first,) = (await perform(stage, http, here, **{"as": eve.id}, text="hello"))["message_ids"]
    await perform(stage, http, here, **{"as": eve.id}, text="again", reply_to=first)
    await perform(stage, http, f"{here}/{first}/edit", **{"as": eve.id}, text="hello!")
    await perform(stage, http, f"{here}/{first}/reaction", **{"as": eve.id}, emoji="👍")
    for kind in ("photo", "voice", "sticker", "document", "location", "contact", "album"):
        assert "error" not in await perform(stage, http, here, **{"as": eve.id}, kind=kind)
    form = FormData({"as": str(eve.id), "caption": "mine"})
    form.add_field("file", samples.picture(), filename="a.png", content_type="image/png")
    async with http.post(f"{stage.url}/playground/{here}", data=form) as answer:
        assert answer.status == 200
    kinds = [message.kind for message in eve.chat.history]
    assert kinds == ["text"] * 2 + ["photo", "voice", "sticker", "document", "location", "contact"] + ["photo"] * 4
    assert eve.chat.history[0].text == "hello!"
    await perform(stage, http, f"{here}/{first}/delete", **{"as": eve.id})
    assert eve.chat.get(first) is None
    await perform(stage, http, f"customers/{eve.id}/block", on=True)
    assert eve.chat.blocked


async def test_actions_in_the_group(stage: Stage, http: ClientSession) -> None:
    group = stage.playground.groups[defaults.GROUP_ID]
    await perform(stage, http, f"groups/{group.id}/forum", on=True)
    topic = group.open_topic("Анна")
    here, who = f"chats/{group.id}/messages", {"as": defaults.OPERATOR_ID}
    (sent,) = (await perform(stage, http, here, **who, thread=topic.id, text="in the topic"))["message_ids"]
    assert group.chat.messages[sent].thread_id == topic.id
    press = await perform(stage, http, f"{here}/{sent}/press", **who, data="x")
    assert stage.playground.world.presses[press["press_id"]].user.id == defaults.OPERATOR_ID
    await perform(stage, http, f"groups/{group.id}/topics/{topic.id}", action="close")
    assert topic.closed


async def test_actions_in_an_account(stage: Stage, http: ClientSession) -> None:
    account, anna = stage.playground.accounts[defaults.ADMIN_ID], stage.playground.customers[1001]
    place = f"{defaults.ADMIN_ID}-{anna.id}"
    here, olga = f"chats/{place}/messages", {"as": defaults.ADMIN_ID}
    (asked,) = (await perform(stage, http, here, **{"as": anna.id}, text="are you there?"))["message_ids"]
    (told,) = (await perform(stage, http, here, **olga, text="I am", reply_to=asked))["message_ids"]
    await perform(stage, http, f"{here}/{told}/edit", **olga, text="I am here")
    await perform(stage, http, here, **{"as": anna.id}, kind="album")
    chat = account.chat_with(anna.user)
    assert [(m.sender_id, m.kind, m.text) for m in chat.history[:2]] == [
        (anna.id, "text", "are you there?"),
        (defaults.ADMIN_ID, "text", "I am here"),
    ]
    assert [m.kind for m in chat.history[2:]] == ["photo"] * 3
    assert anna.chat.history == []
    async with http.get(f"{stage.url}/playground/state") as answer:
        state = await answer.json()
    assert {message["chat_id"] for message in state["messages"]} == {place}
    assert [chat["elsewhere"] for chat in state["chats"] if chat["id"] == place] == [True]
    for action, wanted in (("forbid", (True, False)), ("allow", (True, True)), ("disconnect", (False, True))):
        assert await perform(stage, http, f"accounts/{defaults.ADMIN_ID}", action=action) == {}
        assert (account.account.enabled, account.may_reply) == wanted
    await perform(stage, http, f"accounts/{defaults.ADMIN_ID}", action="connect")
    assert account.account.enabled
    heard = [kind for body in updates(stage) for kind in body if kind != "update_id"]
    messages = ["business_message", "business_message", "edited_business_message", *["business_message"] * 3]
    assert heard == ["business_connection", *messages, *["business_connection"] * 4]


async def test_actions_in_a_channel(stage: Stage, http: ClientSession) -> None:
    [channel] = stage.playground.channels.values()
    anna, john = stage.playground.customers.values()
    here, olga = f"chats/{channel.chat.id}/messages", {"as": defaults.ADMIN_ID}
    (asked,) = (await perform(stage, http, here, **{"as": anna.id}, thread=anna.id, text="a question"))["message_ids"]
    await perform(stage, http, here, **{"as": john.id}, thread=john.id, kind="photo")
    (told,) = (await perform(stage, http, here, **olga, thread=anna.id, text="an answer"))["message_ids"]
    await perform(stage, http, f"{here}/{told}/edit", **olga, text="a better answer")
    assert await perform(stage, http, f"{here}/{asked}/reaction", **{"as": anna.id}, emoji="👍") == {}
    assert [(m.direct_topic, m.kind, m.text) for m in channel.chat.history] == [
        (anna.id, "text", "a question"),
        (john.id, "photo", ""),
        (anna.id, "text", "a better answer"),
    ]
    assert channel.chat.messages[told].body["sender_chat"]["id"] == channel.channel.id
    assert await perform(stage, http, f"channels/{channel.chat.id}", on=False) == {}
    assert not channel.may_reply
    assert updates(stage)[-1]["my_chat_member"]["new_chat_member"]["can_manage_direct_messages"] is False


def updates(stage: Stage) -> list[dict[str, Any]]:
    return [update.body for update in stage.playground.world.updates.pending.values()]


REFUSED = [
    (f"chats/{defaults.ADMIN_ID}-1001/messages", {"as": 1002, "text": "x"}),
    (f"chats/{defaults.OPERATOR_ID}-1001/messages", {"as": 1001, "text": "x"}),
    (f"chats/{defaults.ADMIN_ID}-777/messages", {"as": defaults.ADMIN_ID, "text": "x"}),
    (f"chats/{defaults.CHANNEL_ID - 1}/messages", {"as": 1001, "thread": 1002, "text": "x"}),
    (f"chats/{defaults.CHANNEL_ID - 1}/messages", {"as": defaults.OPERATOR_ID, "thread": 1001, "text": "x"}),
    (f"chats/{defaults.CHANNEL_ID}/messages", {"as": defaults.ADMIN_ID, "text": "x"}),
    (f"accounts/{defaults.ADMIN_ID}", {"action": "connect"}),
    (f"accounts/{defaults.OPERATOR_ID}", {"action": "forbid"}),
    ("channels/1", {"on": True}),
    ("anew", {"with": "nothing"}),
    ("customers", {"first_name": " ", "language_code": "ru"}),
    ("customers", {"first_name": "x", "language_code": "xx"}),
    ("chats/1001/messages", {"as": 1001, "text": "  "}),
    ("chats/1001/messages", {"as": 1001, "text": "x" * 4097}),
    ("chats/1001/messages", {"as": 1002, "text": "x"}),
    ("chats/1001/messages", {"as": "nobody", "text": "x"}),
    ("chats/1001/messages", {"as": 1001, "kind": "telepathy"}),
    (f"chats/{defaults.GROUP_ID}/messages", {"as": 1001, "text": "x"}),
    ("chats/1001/messages/999/press", {"as": 1001, "data": "x"}),
    ("groups/1/forum", {"on": True}),
]


@pytest.mark.parametrize(("path", "body"), REFUSED)
async def test_actions_that_are_refused(stage: Stage, http: ClientSession, path: str, body: dict[str, Any]) -> None:
    assert "error" in await perform(stage, http, path, **body)


STRANGERS = [
    {"Host": "evil.example"},
    {"Host": "127.0.0.1.evil.example"},
    {"Host": "127.0.0.1"},
    {"Host": "localhost:1"},
    {"Host": "localhost@evil.example"},
    {"Host": "[::1"},
    {"Host": "0.0.0.0"},  # noqa: S104
    {"Host": ""},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
]


@pytest.mark.parametrize("headers", STRANGERS, ids=str)
async def test_strangers_stay_outside(stage: Stage, http: ClientSession, headers: dict[str, str]) -> None:
    body = {"as": 1001, "text": "x"}
    async with http.post(f"{stage.url}/playground/chats/1001/messages", json=body, headers=headers) as answer:
        assert answer.status == 403
    async with http.get(f"{stage.url}/playground/state", headers=headers) as answer:
        assert answer.status == 403
    async with http.get(f"{stage.url}/bot{defaults.TOKEN}/getMe", headers=headers) as answer:
        assert answer.status == 403
    assert stage.playground.customers[1001].chat.messages == {}


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "[::1]", "LOCALHOST"])
async def test_this_machine_has_several_names(stage: Stage, http: ClientSession, name: str) -> None:
    port = stage.url.rpartition(":")[2]
    for path in ("/", "/playground/state", f"/bot{defaults.TOKEN}/getMe"):
        async with http.get(f"{stage.url}{path}", headers={"Host": f"{name}:{port}"}) as answer:
            assert answer.status == 200


async def test_a_file_of_a_customer_never_runs(stage: Stage, http: ClientSession) -> None:
    anna = stage.playground.customers[1001]
    sent = anna.send_document(b"<script>alert(1)</script>", name="a.html")
    async with http.get(f"{stage.url}/playground/files/{sent.body['document']['file_id']}") as answer:
        assert answer.content_type == "application/octet-stream"
        assert answer.headers["Content-Disposition"] == "attachment"
    photo = anna.send_photo().body["photo"][-1]["file_id"]
    async with http.get(f"{stage.url}/playground/files/{photo}") as answer:
        assert answer.content_type == "image/png"


async def test_news_come_by_stream(stage: Stage, http: ClientSession) -> None:
    async with http.get(f"{stage.url}/playground/events") as stream:
        assert json.loads((await stream.content.readline())[6:])["kind"] == "bot"
        await stream.content.readline()
        stage.playground.customers[1001].send("<b>hi</b>")
        event: dict[str, Any] = {}
        while event.get("kind") != "message":
            line = await stream.content.readline()
            event = json.loads(line[6:]) if line.startswith(b"data: ") else {}
        assert event["message"]["text"] == "<b>hi</b>"


async def test_insight_is_asked_until_it_is_there(http: ClientSession) -> None:
    asked: list[dict[str, str]] = []

    async def verdict(request: web.Request) -> web.Response:
        asked.append(dict(request.query))
        if len(asked) < 3:
            return web.Response(status=404)
        why = {"ru": "похоже", "en": "close", "x": 1} if len(asked) > 3 else None
        return web.json_response({"scenario": "REFUND", "confidence": 7, "engine": "local", "reasoning": why, "x": 1})

    app = web.Application()
    app.router.add_get("/v", verdict)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}/v?{VERDICT_OF}"
    async with opened(port=0, insight=address) as stage:
        sent = stage.playground.customers[1001].send("my money")
        found = await stage.playground.wait_for(lambda: sent.insight)
        assert found == {"scenario": "REFUND", "engine": "local", "confidence": 1.0}
        stage.playground.operators[defaults.ADMIN_ID].send("/health")
        async with http.get(f"{stage.url}/playground/state") as answer:
            state = await answer.json()
        assert {message["from"]["id"]: message["insight"] for message in state["messages"]} == {1001: found, 501: None}
        account, [channel] = stage.playground.accounts[defaults.ADMIN_ID], stage.playground.channels.values()
        elsewhere = [account.customer(stage.playground.customers[1001].user).send("mine")]
        elsewhere.append(channel.write(stage.playground.customers[1002].user, "theirs"))
        await stage.playground.wait_for(lambda: all(one.insight for one in elsewhere))
        assert (elsewhere[0].insight or {})["reasoning"] == {"ru": "похоже", "en": "close"}
    place = {"chat_id": "1001", "message_id": str(sent.id), "owner_id": "", "topic_id": ""}
    assert asked[:3] == [place] * 3
    private, direct = ({"message_id": str(one.id)} for one in elsewhere)
    told = sorted(asked[3:], key=lambda one: one["owner_id"])
    assert told == [
        {"chat_id": str(channel.chat.id), "owner_id": "", "topic_id": "1002"} | direct,
        {"chat_id": "1001", "owner_id": str(defaults.ADMIN_ID), "topic_id": ""} | private,
    ]
    await runner.cleanup()


async def test_only_this_machine() -> None:
    with pytest.raises(ValueError, match="this machine only"):
        async with opened(host="0.0.0.0", port=0):  # noqa: S104  that is what must be refused
            pass


def texts(language: str) -> Texts:
    found: Texts = json.loads((FOLDER / "texts" / f"{language}.json").read_text(encoding="utf-8"))
    return found


def names(words: str | list[str]) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse("".join(words)) if name}


def test_both_languages_say_the_same() -> None:
    russian, english = texts("ru"), texts("en")
    assert list(russian) == list(english)
    for key, words in english.items():
        assert names(russian[key]) == names(words), key
        assert len(russian[key]) == len(words) if isinstance(words, list) else russian[key]


def test_every_text_that_is_asked_for_is_there() -> None:
    known = texts("en").keys()
    for path in sorted([*FOLDER.glob("*.js"), *FOLDER.glob("*.html")]):
        asked = re.findall(r'(?:\bt\("|data-t(?:-label)?=")(\w+)"', path.read_text(encoding="utf-8"))
        assert set(asked) <= known, path.name


def test_nothing_is_written_as_markup() -> None:
    for path in FOLDER.glob("*.js"):
        source = Path(path).read_text(encoding="utf-8")
        for danger in ("innerHTML", "insertAdjacentHTML", "document.write", "eval("):
            assert danger not in source, path.name
