"""A program writes in a customer's name, and reads what people answer."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import pytest
from aiohttp import ClientSession

from handlers.http.guard import guarded
from handlers.http.messages import MessagesApi
from handlers.http.shutdown_gate import ShutdownGate
from handlers.http.tokens import Token
from services.texts.html import key_of, plain
from storage.store import Store
from storage.units import Unit
from tests.http.conftest import serving, without
from tests.walk.conftest import House, opened

TOKEN = "api-token-of-the-tests"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
DELIVERY = "Где моя посылка? Когда доставят заказ?"


@pytest.fixture
async def house(database_url: str, home: object) -> AsyncIterator[House]:
    async with opened(database_url, SUPPORT_HTTP__API_TOKEN=TOKEN) as opened_house:
        await listening(opened_house)
        yield opened_house


@pytest.fixture
async def sqlite_house(sqlite_url: str, home: object) -> AsyncIterator[House]:
    async with opened(sqlite_url, SUPPORT_HTTP__API_TOKEN=TOKEN) as opened_house:
        await listening(opened_house)
        yield opened_house


async def listening(house: House) -> None:
    """Wait until the bot's HTTP stands."""
    async with asyncio.timeout(90), ClientSession() as http:
        while True:
            with contextlib.suppress(OSError):
                await http.get(f"{house.http}/health")
                return
            await asyncio.sleep(0.02)


class Api:
    def __init__(self, http: ClientSession, base: str) -> None:
        self._http = http
        self.url = f"{base}/api/messages/"

    async def post(self, said: Any, *, key: str | None = None, headers: dict[str, str] = BEARER) -> tuple[int, Any]:
        more = {} if key is None else {"Idempotency-Key": key}
        body = io.BytesIO(json.dumps(said).encode())
        async with self._http.post(self.url, data=body, headers=headers | more) as answer:
            return answer.status, await answer.json()

    async def say(self, client: str, content: str, **more: Any) -> dict[str, Any]:
        status, body = await self.post({"client_id": client, "content": content} | more)
        assert status == 200, body
        found: dict[str, Any] = body
        return found

    async def history(self, client: str, **more: Any) -> dict[str, Any]:
        params: dict[str, str | int] = {"client_id": client} | more
        async with self._http.get(self.url, params=params, headers=BEARER) as answer:
            assert answer.status == 200
            found: dict[str, Any] = await answer.json()
            return found


@pytest.fixture
async def bare_api(http: ClientSession) -> AsyncIterator[Api]:
    """The API with nothing behind it: what is refused at the edge never gets there."""
    nothing: Any = None
    app = guarded(token=Token(TOKEN), origins=["https://shop.example"])
    MessagesApi(conversations=nothing, choices=nothing, shutdown=ShutdownGate()).add_to(app)
    async with serving(app) as base:
        yield Api(http, base)


@pytest.fixture
def api(house: House, http: ClientSession) -> Api:
    return Api(http, house.http)


@pytest.fixture
def sqlite_api(sqlite_house: House, http: ClientSession) -> Api:
    return Api(http, sqlite_house.http)


async def test_a_question_is_answered_in_the_agreed_shape(api: Api) -> None:
    first = await api.say("c-1", DELIVERY, name="Анна", language="ru")
    assert first.keys() == {
        "status", "original_message_id", "is_first_message", "priority", "classification", "response"
    }  # fmt: skip
    assert first["status"] == "success"
    assert first["is_first_message"] is True
    assert first["priority"] in {"low", "medium", "high", "critical"}
    assert first["classification"].keys() == {"scenario", "answer", "confidence", "reasoning"}
    assert first["classification"]["scenario"] == "DELIVERY"
    assert 0 < first["classification"]["confidence"] <= 1
    assert first["classification"]["reasoning"]
    assert first["response"].keys() == {"message_id", "text", "type", "choices"}
    assert [one["id"] for one in first["response"]["choices"]] == ["helped", "person"]
    assert first["response"]["type"] == "bot_auto"
    assert first["response"]["text"].startswith("Здравствуйте, Анна!")
    assert UUID(first["original_message_id"]) != UUID(first["response"]["message_id"])

    second = await api.say("c-1", DELIVERY)
    assert second["is_first_message"] is False
    assert not second["response"]["text"].startswith("Здравствуйте")


async def test_who_writes_in_a_strange_language_is_answered_in_the_fallback(
    sqlite_url: str, home: object, http: ClientSession
) -> None:
    async with opened(sqlite_url, SUPPORT_HTTP__API_TOKEN=TOKEN, SUPPORT_APP__FALLBACK_LANGUAGE="ru") as house:
        await listening(house)
        api = Api(http, house.http)
        german = await api.say(
            "c-1", "Guten Tag, wo ist meine Bestellung? Ich warte schon seit zwei Wochen", language="de"
        )
        english = await api.say("c-2", "Where is my parcel? When will my order arrive?", language="en")
    assert german["response"]["text"].startswith("Здравствуйте")
    assert english["response"]["text"].startswith("Hello")


async def test_the_same_key_hears_the_same_and_changes_nothing(api: Api) -> None:
    said = {"client_id": "c-1", "content": DELIVERY, "message_id": "m-1"}
    first = await api.post(said)
    assert first[0] == 200
    assert [await api.post(said) for _ in range(2)] == [first, first]
    assert await api.post(said | {"message_id": "other"}, key="m-1") == first
    assert await api.post(said | {"name": "Anna"}) == first
    assert len((await api.history("c-1"))["messages"]) == 2

    status, body = await api.post(said | {"content": "другое"})
    assert (status, body["status"], body["code"]) == (409, "error", "conflict")
    assert len((await api.history("c-1"))["messages"]) == 2
    elsewhere = await api.post(said | {"client_id": "c-2"})
    assert elsewhere[1]["original_message_id"] != first[1]["original_message_id"]


async def test_retries_beside_the_first_try_get_its_answer(api: Api) -> None:
    said = {"client_id": "c-9", "content": DELIVERY}
    answers = await asyncio.gather(*(api.post(said, key="once") for _ in range(8)))
    assert len({json.dumps(answer) for answer in answers}) == 1
    assert len((await api.history("c-9"))["messages"]) == 2


async def test_many_at_once_from_one_new_customer(api: Api) -> None:
    answers = await asyncio.gather(*(api.say("c-3", DELIVERY, message_id=number) for number in range(6)))
    assert sum(answer["is_first_message"] for answer in answers) == 1
    assert len((await api.history("c-3"))["messages"]) == 12


async def test_an_answer_outlives_the_process(database_url: str, home: object, http: ClientSession) -> None:
    answers = []
    for _ in range(2):
        async with opened(database_url, SUPPORT_HTTP__API_TOKEN=TOKEN) as house:
            await listening(house)
            answers.append(await Api(http, house.http).post({"client_id": "c", "content": DELIVERY}, key="k"))
    assert answers[0] == answers[1]


async def test_two_replicas_agree_on_a_key(postgresql_url: str, home: object, http: ClientSession) -> None:
    async with opened(postgresql_url, SUPPORT_HTTP__API_TOKEN=TOKEN) as one:
        await listening(one)
        async with opened(postgresql_url, SUPPORT_HTTP__API_TOKEN=TOKEN) as two:
            await listening(two)
            apis = [Api(http, one.http), Api(http, two.http)]
            said = {"client_id": "c-9", "content": DELIVERY}
            answers = await asyncio.gather(*(apis[n % 2].post(said, key="once") for n in range(8)))
            assert len({json.dumps(answer) for answer in answers}) == 1
            assert answers[0][0] == 200
            assert len((await apis[1].history("c-9"))["messages"]) == 2


async def test_a_handover_makes_a_ticket_and_the_answer_can_be_read(house: House, api: Api) -> None:
    asked = await api.say("c-7", "позовите живого оператора, пожалуйста", name="Глеб <3")
    assert asked["response"]["type"] == "handover"
    assert asked["response"]["text"]
    card = await house.in_group("Глеб <3")
    assert "API" in card.text

    more = await api.say("c-7", "я всё ещё жду")
    assert (more["response"]["type"], more["priority"]) == ("handover", asked["priority"])
    assert more["response"]["text"]
    assert more["classification"]["confidence"] < 0.8, "judged, since nobody has taken the ticket, and not sure"
    await house.in_group("я всё ещё жду")

    read = await api.history("c-7")
    assert [line["author"] for line in read["messages"]] == ["customer", "bot", "customer", "bot"]
    house.olga.write(house.group, "Здравствуйте! Чем <b>помочь</b> & что?", reply_to=card)
    async with asyncio.timeout(90):
        while not (fresh := await api.history("c-7", after=read["next"]))["messages"]:  # noqa: ASYNC110  # over HTTP
            await asyncio.sleep(0.02)
    [line] = fresh["messages"]
    assert (line["author"], line["author_name"], line["text"]) == (
        "operator",
        None,  # the team signs with nothing
        "Здравствуйте! Чем <b>помочь</b> & что?",
    )


async def test_a_banned_client_is_refused_in_one_shape_and_stored(house: House, api: Api) -> None:
    await api.say("c-9", "позовите живого оператора, пожалуйста", name="Борис")
    card = await house.in_group("Борис")
    olga = house.olga.at(house.group)
    olga.press(card, card.button("Ещё").data or "")
    await house.playground.wait_for(lambda: any("Заблокировать" in one.text for one in card.buttons))
    olga.press(card, card.button("Заблокировать").data or "")
    await house.playground.wait_for(lambda: any("Молча" in one.text for one in card.buttons))
    olga.press(card, card.button("Молча").data or "")
    await house.playground.wait_for(lambda: "заблокирован" in card.text)
    for key in ("k1", "k1", "k2"):  # asked again it is the same
        status, body = await api.post({"client_id": "c-9", "content": f"ответьте {key}"}, key=key)
        assert (status, body["status"], body["code"]) == (403, "error", "forbidden")
    assert [line["text"] for line in (await api.history("c-9"))["messages"]][-2:] == ["ответьте k1", "ответьте k2"]


async def test_a_client_forges_no_line_of_a_card(house: House, api: Api) -> None:
    name = "Анна\n🔴 Срочно\u2028ID: 7\u202e\u2066\x1b[2J"
    await api.say("c-8", "позовите живого оператора, пожалуйста", name=name)
    card = await house.in_group("Анна")
    assert "Анна 🔴 Срочно ID: 7[2J" in card.text
    assert not any(sign in card.text for sign in "\u2028\u202e\u2066\x1b")


async def test_history_comes_in_pages(sqlite_api: Api) -> None:
    for number in range(3):
        await sqlite_api.say("c-1", DELIVERY, message_id=number)
    seen: list[str] = []
    page = await sqlite_api.history("c-1", limit=4)
    assert page["has_more"] is True
    seen += [line["message_id"] for line in page["messages"]]
    page = await sqlite_api.history("c-1", limit=4, after=page["next"])
    assert page["has_more"] is False
    seen += [line["message_id"] for line in page["messages"]]
    assert len(set(seen)) == len(seen) == 6
    empty = await sqlite_api.history("c-1", after=page["next"])
    assert (empty["messages"], empty["next"], empty["has_more"]) == ([], page["next"], False)
    nobody = await sqlite_api.history("nobody")
    assert (nobody["messages"], nobody["next"]) == ([], None)


@pytest.mark.parametrize(
    ("said", "status", "field"),
    [
        ([], 422, "the body"),
        ({}, 422, "client_id"),
        ({"client_id": "c"}, 422, "content"),
        ({"client_id": "", "content": "x"}, 422, "client_id"),
        ({"client_id": "c", "content": " \n"}, 422, "content"),
        ({"client_id": "c", "content": "x\x00"}, 422, "content"),
        ({"client_id": "c", "content": 5}, 422, "content"),
        ({"client_id": "c" * 129, "content": "x"}, 422, "client_id"),
        ({"client_id": True, "content": "x"}, 422, "client_id"),
        *(
            ({"client_id": f"c{sign}1", "content": "x"}, 422, "client_id")
            for sign in "\n\r\t\x1b\x7f\x85\u2028\u2029\u200b\u202e\u2066\u061c\ufeff\u00ad"
        ),
        ({"client_id": "c", "content": "x", "message_id": "m\n1"}, 422, "message_id"),
        ({"client_id": "c", "content": "x" * 32_769}, 422, "content"),
        ({"client_id": "c", "content": "x" * 1_100_000}, 413, "the body"),
        ({"client_id": "c", "content": "x", "language": "klingon!"}, 422, "language"),
        ({"client_id": "c", "content": "x", "name": "n" * 257}, 422, "name"),
        ({"client_id": "c", "content": "x", "nmae": "n"}, 422, "nmae"),
    ],
)
async def test_a_wrong_message_is_refused_by_field(bare_api: Api, said: Any, status: int, field: str) -> None:
    got, body = await bare_api.post(said)
    assert (got, body["status"], body.keys()) == (status, "error", {"status", "code", "detail"})
    assert body["detail"].startswith(field)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"client_id": ""}, "client_id: is empty"),
        ({"client_id": "c" * 129}, "client_id: may have 128 characters"),
        ({"message_id": ""}, "message_id: is empty"),
        ({"content": "x" * 32_769}, "content: may have 32768 characters"),
        ({"name": "n" * 257}, "name: may have 256 characters"),
    ],
)
async def test_what_is_too_short_or_too_long_is_told_in_the_words_of_the_api(
    bare_api: Api, fields: dict[str, str], words: str
) -> None:
    status, body = await bare_api.post({"client_id": "c", "content": "x"} | fields)
    assert (status, body["detail"]) == (422, words)


@pytest.mark.parametrize("raw", [b"{", b"", b"\xff", b'{"client_id": "c", "content": "\\ud800"}', b"[" * 100_000])
async def test_what_is_no_json_is_refused(bare_api: Api, http: ClientSession, raw: bytes) -> None:
    async with http.post(bare_api.url, data=raw, headers=BEARER) as answer:
        assert (answer.status, (await answer.json())["code"]) == (400, "bad_request")


@pytest.mark.parametrize("key", ["", " ", "k" * 256])
async def test_a_key_that_is_none_is_refused(bare_api: Api, key: str) -> None:
    status, body = await bare_api.post({"client_id": "c", "content": "x"}, key=key)
    assert (status, body["code"]) == (422, "invalid")


@pytest.mark.parametrize(
    "given",
    [None, "", "Bearer", "Bearer ", f"Basic {TOKEN}", f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}", "Bearer ключ"],
)
async def test_without_the_token_nobody_gets_in(bare_api: Api, http: ClientSession, given: str | None) -> None:
    headers = {} if given is None else {"Authorization": given}
    for method in ("GET", "POST"):
        async with http.request(method, bare_api.url, headers=headers) as answer:
            assert (answer.status, (await answer.json())["code"]) == (401, "unauthorized")
            assert answer.headers["WWW-Authenticate"] == "Bearer"


async def test_other_paths_and_methods(sqlite_house: House, http: ClientSession) -> None:
    base = sqlite_house.http
    for method, path, status in [
        ("GET", "/api/other", 404),
        ("PUT", "/api/messages/", 405),
        ("GET", "/api/messages?client_id=c", 200),
        ("GET", "/api/messages/", 422),
        ("GET", "/api/messages/?client_id=c&limit=0", 422),
        ("GET", "/api/messages/?client_id=c&after=x", 422),
        ("GET", "/api/messages/?client_id=c&after=b5d8c5a4-9a0e-4f7e-9a43-2f1d8f6f1a11", 404),
    ]:
        async with http.request(method, base + path, headers=BEARER) as answer:
            assert answer.status == status, (method, path)
            assert (await answer.json())["status"] == ("error" if status != 200 else "success")


async def test_without_a_token_in_the_settings_there_is_no_api(
    sqlite_url: str, home: object, http: ClientSession
) -> None:
    async with opened(sqlite_url) as house:
        await listening(house)
        async with http.post(f"{house.http}/api/messages/", headers=BEARER, json={}) as answer:
            assert (answer.status, (await answer.json())["code"]) == (404, "not_found")


async def test_too_fast_is_refused_and_can_be_said_again(sqlite_url: str, home: object, http: ClientSession) -> None:
    async with opened(sqlite_url, SUPPORT_HTTP__API_TOKEN=TOKEN, SUPPORT_LIMITS__CUSTOMER_PER_MINUTE="3") as house:
        await listening(house)
        api = Api(http, house.http)
        for number in range(3):
            await api.say("c-1", "позовите оператора", message_id=number)
        status, body = await api.post({"client_id": "c-1", "content": DELIVERY, "message_id": "4"})
        assert (status, body["code"]) == (429, "too_many_requests")
        assert len((await api.history("c-1"))["messages"]) == 6
        assert (await api.post({"client_id": "c-1", "content": "позовите оператора"}, key="0"))[0] == 200
        await api.say("c-2", DELIVERY)


async def test_a_broken_database_is_a_reason_to_come_back(house: House, api: Api, http: ClientSession) -> None:
    said = {"client_id": "c-1", "content": DELIVERY, "message_id": "m"}
    async with (
        without(house.database_url, "messages"),
        http.post(f"{house.http}/api/messages/", json=said, headers=BEARER) as answer,
    ):
        assert (answer.status, (await answer.json())["code"]) == (503, "unavailable")
        assert int(answer.headers["Retry-After"]) > 0
    status, body = await api.post(said)
    assert (status, body["is_first_message"]) == (200, True)


async def test_pages_of_known_origins_may_call(bare_api: Api, http: ClientSession) -> None:
    url = bare_api.url
    ours = {"Origin": "https://shop.example", "Access-Control-Request-Method": "POST"}
    async with http.options(url, headers=ours) as answer:
        assert answer.status == 204
        assert answer.headers["Access-Control-Allow-Origin"] == "https://shop.example"
        assert "Idempotency-Key" in answer.headers["Access-Control-Allow-Headers"]
    async with http.get(url, headers=ours) as answer:
        assert answer.status == 401
        assert answer.headers["Access-Control-Allow-Origin"] == "https://shop.example"
    async with http.options(url, headers=ours | {"Origin": "https://evil.example"}) as answer:
        assert "Access-Control-Allow-Origin" not in answer.headers
        assert "Access-Control-Allow-Methods" not in answer.headers
        assert answer.headers["Vary"] == "Origin"


async def test_on_the_way_out_nothing_new_is_taken_in(http: ClientSession) -> None:
    shutdown = ShutdownGate()
    app = guarded(token=Token(TOKEN))
    nothing: Any = None
    MessagesApi(conversations=nothing, choices=nothing, shutdown=shutdown).add_to(app)
    shutdown.close()
    async with serving(app) as base:
        status, body = await Api(http, base).post({"client_id": "c", "content": "x"})
    assert (status, body["code"]) == (503, "unavailable")


async def test_receipts_go_with_the_messages(sqlite_house: House, sqlite_api: Api) -> None:
    await sqlite_api.say("c:1", DELIVERY, message_id="m:1")
    async with Store(sqlite_house.database_url) as store:

        def look(unit: Unit) -> None:
            assert unit.receipts.find(key_of("c:1", "m:1"))

        await store.read(look)


@pytest.mark.parametrize(
    ("one", "other"), [(("a:b", "c"), ("a", "b:c")), (("a", "~x"), ("a", "x")), (("a" * 128, "b"), ("a" * 127, "ab"))]
)
def test_keys_of_different_clients_differ(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert key_of(*one) != key_of(*other)
    assert max(len(key_of(*one)), len(key_of(*other))) <= 150


def test_html_becomes_text() -> None:
    words = '<b>Tom &amp; Jerry</b>\nsee <a href="https://x.example/?a=1&amp;b=2">here</a> &lt;3'
    assert plain(words) == "Tom & Jerry\nsee here (https://x.example/?a=1&b=2) <3"
    assert plain('<a href="https://x.example">https://x.example</a>') == "https://x.example"
