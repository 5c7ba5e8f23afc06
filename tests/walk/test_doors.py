"""What is let in, and in whose lane it is kept: strangers and other groups leave nothing with a customer."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from services.desk.audit import SHELL
from services.privacy.erasure import disclose, erase, named
from storage.store import Store
from storage.tables import inbox, lanes
from tests.durability.waiting import until
from tests.walk.conftest import House


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """On one database: what comes in and which press is nobody's is told apart before anything is stored."""
    return sqlite_url


async def rows(store: Store) -> list[Any]:
    return await store.read(lambda unit: list((unit._connection.execute(select(inbox).order_by(inbox.c.id))).all()))


async def all_done(store: Store) -> None:
    async def waiting() -> int:
        return await store.read(lambda unit: (unit.inbox.backlog())[0])

    while await waiting():
        pass


async def export(store: Store, who: int) -> str:
    (customer,) = await named(store, f"telegram:{who}")
    return str(await disclose(store, customer))


async def test_what_is_said_in_other_groups_is_not_kept(house: House, memory: Store) -> None:
    elsewhere = house.playground.add_group("Elsewhere")
    house.olga.write(elsewhere, "совсем чужой разговор")
    house.anna.send("/start")
    await house.answer(house.anna)
    kept = [row.payload for row in await rows(memory)]
    assert "чужой" not in str([payload.encode().decode("unicode_escape") for payload in kept])
    assert str(elsewhere.chat.id) not in "".join(payload for payload in kept if "my_chat_member" not in payload)


async def test_a_forged_press_stays_with_who_sent_it(house: House, memory: Store) -> None:
    house.anna.send("/operator")
    await house.answer(house.anna)
    await house.in_group("№1")
    hello = house.john.send("/start")
    greeting = await house.answer(house.john, hello)
    for data in ("t:1:take", "t:1:close"):
        house.john.press(greeting, data)
    await house.playground.wait_for(lambda: len(house.playground.calls.of("answerCallbackQuery")) >= 2)
    await all_done(memory)
    assert f"'id': {house.john.id}" not in await export(memory, house.anna.id)
    ticket = await memory.read(lambda unit: unit.tickets.get(1))
    assert ticket is not None
    assert ticket.status == "open"
    presses = [row for row in await rows(memory) if "callback_query" in row.payload]
    assert {row.lane for row in presses} == {f"p:{house.john.id}"}


async def test_a_press_in_the_group_goes_to_the_ticket_without_the_words_of_the_card(
    house: House, memory: Store
) -> None:
    house.anna.send("/operator")
    card = await house.in_group("№1")
    house.olga.press(card, "t:1:take")
    await house.playground.wait_for(lambda: "Ольга" in house.group.chat.messages[card.id].text)
    (press,) = [row for row in await rows(memory) if "callback_query" in row.payload]
    assert press.lane == "t:1"
    assert '"text"' not in press.payload


@pytest.mark.parametrize("act", ["press", "reply"])
async def test_an_old_card_brings_nothing_of_the_erased_back(house: House, memory: Store, act: str) -> None:
    house.anna.send("/operator")
    card = await house.in_group("№1")
    house.anna.send("моё тайное слово")
    await house.in_group("тайное")
    (anna,) = await named(memory, f"telegram:{house.anna.id}")
    await all_done(memory)
    await erase(memory, anna, by=SHELL)
    before = len(await rows(memory))
    if act == "press":
        house.olga.press(card, "t:1:take")
    else:
        house.olga.write(house.group, "вот ответ", reply_to=card)
    found: list[Any] = []
    while len(found) <= before:
        found = await rows(memory)
    await all_done(memory)
    text = "".join(row.payload.encode().decode("unicode_escape") for row in await rows(memory))
    assert "Анна" not in text
    assert "тайное" not in text
    assert f'"id":{house.anna.id}' not in text


async def test_the_erased_who_press_an_old_button_are_not_known_again(house: House, memory: Store) -> None:
    house.anna.send("где моя посылка, когда доставят заказ?")
    answer = await house.answer(house.anna)
    (anna,) = await named(memory, f"telegram:{house.anna.id}")
    await all_done(memory)
    await erase(memory, anna, by=SHELL)
    house.anna.press(answer, answer.buttons[0].data or "")
    await house.playground.wait_for(lambda: house.playground.calls.of("answerCallbackQuery"))
    await all_done(memory)
    assert not await named(memory, f"telegram:{house.anna.id}")
    assert not [
        row for row in await rows(memory) if f'"id":{house.anna.id}' in row.payload or str(house.anna.id) in row.lane
    ]
    names = await memory.read(lambda unit: (unit._connection.scalars(select(lanes.c.name))).all())
    assert f"p:{house.anna.id}" not in names


async def test_a_group_that_becomes_a_supergroup_is_heard_without_a_gap(house: House, memory: Store) -> None:
    house.anna.send("/operator")
    await house.answer(house.anna)
    await house.in_group("№1")
    house.group.upgrade()
    said = house.olga.write(house.group, "всё ещё слышно?")
    await until(lambda: said)
    found: list[Any] = []
    while not any("\\u0432\\u0441\\u0451" in row.payload for row in found):
        found = await rows(memory)


ELSEWHERE = {"message_id": 5, "date": 1, "chat": {"id": -1009, "type": "supergroup", "title": "Чужая"}, "text": "чужое"}


@pytest.mark.parametrize(
    "where",
    [{"message": ELSEWHERE}, {"message": ELSEWHERE | {"date": 0}}, {"inline_message_id": "5"}, {}],
    ids=["a foreign group", "a foreign group, long ago", "an inline message", "no place"],
)
@pytest.mark.parametrize("data", ["t:1:close", "?"])
async def test_a_press_that_is_none_of_the_bots_business_is_answered_and_nothing_else(
    house: House, memory: Store, where: dict[str, Any], data: str
) -> None:
    house.anna.send("/operator")
    await house.in_group("№1")
    await all_done(memory)  # what the customer is told stands there too
    before = len(house.playground.transcript())
    stranger = {"id": 9_009, "is_bot": False, "first_name": "Чужой"}
    query = {"id": "77", "from": stranger, "chat_instance": "1", "data": data}
    house.playground.inject_update({"callback_query": query | where})
    [call] = await house.playground.wait_for(lambda: house.playground.calls.of("answerCallbackQuery"))
    told = "Эта группа не группа операторов: кнопки здесь ничего не делают" if "message" in where else None
    assert (call.params["callback_query_id"], call.params.get("text")) == ("77", told)
    await all_done(memory)
    ticket = await memory.read(lambda unit: unit.tickets.get(1))
    assert ticket is not None
    assert ticket.status == "open"
    assert len(house.playground.transcript()) == before
    if "message" in where:
        assert "9009" not in str([row.payload for row in await rows(memory)])
