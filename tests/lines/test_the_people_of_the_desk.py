"""Who looks after a ticket: handed over, taken away, given back, left behind; what customers call them; their notes."""

from __future__ import annotations

from typing import Any

import pytest

from storage.records import Message
from tests.lines.first_ticket import buttons, opened, ticket
from tests.lines.world import CUSTOMER_ID, GROUP_ID, OPERATOR_ID, World, pressed

CALLS = "позовите оператора"
MAX = 777
EVA = 778
ANONYMOUS = 1087968824


def shown(world: World) -> Any:
    return next(one for one in world.screen.shown.values() if "<b>№1</b>" in one.words.text)


async def press(world: World, data: str, who: int = OPERATOR_ID, name: str = "A") -> None:
    body = pressed(GROUP_ID, 10_000, data)
    body["from"] = {"id": who, "is_bot": False, "first_name": name}
    await world.arrives("callback_query", body)
    await world.works()
    await world.passes(5)


async def happens(world: World, number: int, **service: Any) -> None:
    chat = {"id": GROUP_ID, "type": "supergroup", "title": "g"}
    author = {"id": MAX, "is_bot": False, "first_name": "Max"}
    await world.arrives("message", {"message_id": number, "date": 1, "chat": chat, "from": author} | service)
    await world.works()
    await world.passes(5)


def told(world: World, words: str) -> int:
    return sum(words in text for text in world.screen.texts(GROUP_ID))


def of_operators(lines: list[Message]) -> list[Message]:
    return [line for line in lines if line.author == "operator"]


async def test_whoever_has_acted_is_offered_the_last_one_first(world: World) -> None:
    await opened(world)
    for who, name in ((MAX, "Max"), (EVA, "Ева"), (OPERATOR_ID, "A")):
        await press(world, "t:1:details", who, name)
        await press(world, "t:1:fold", who, name)
    await press(world, "t:1:hand")
    assert buttons(world) == ["A", "Ева", "Max", "Свернуть"]
    await world.presses(GROUP_ID, "Ева")
    assert (await ticket(world)).operator_id == EVA
    assert told(world, f'<a href="tg://user?id={EVA}">Ева</a>, вам передано') == 1


async def test_who_has_left_is_not_offered_nor_given_anything(world: World) -> None:
    await opened(world)
    await press(world, "t:1:take", MAX, "Max")
    await press(world, "t:1:release", MAX, "Max")
    world.screen.gone.add(MAX)
    await happens(world, 90, left_chat_member={"id": MAX, "is_bot": False, "first_name": "Max"})
    await press(world, "t:1:hand")
    assert "Max" not in buttons(world)
    await press(world, f"t:1:hand:{MAX}")
    assert (await ticket(world)).operator_id is None


async def test_a_ticket_of_who_has_left_says_so(world: World) -> None:
    await opened(world)
    await press(world, "t:1:take", MAX, "Max")
    world.screen.gone.add(MAX)
    await happens(world, 90, left_chat_member={"id": MAX, "is_bot": False, "first_name": "Max"})
    assert "взято: Max (вышел из группы)" in shown(world).words.text
    world.screen.gone.clear()
    await happens(world, 91, new_chat_members=[{"id": MAX, "is_bot": False, "first_name": "Max"}])
    assert "вышел" not in shown(world).words.text


async def test_who_went_unnoticed_is_found_out_as_the_menu_opens(world: World) -> None:
    await opened(world)
    await press(world, "t:1:take", MAX, "Max")
    world.screen.gone.add(MAX)
    world.parts.members._answers.clear()
    await press(world, "t:1:hand")
    assert "вышел из группы" in shown(world).words.text


async def test_who_loses_a_ticket_is_told(world: World) -> None:
    await opened(world)
    await press(world, "t:1:take", MAX, "Max")
    await press(world, "t:1:release", EVA, "Ева")
    assert told(world, f'Ева отпускает ваше обращение №1, <a href="tg://user?id={MAX}">Max</a>') == 1
    await press(world, "t:1:take", MAX, "Max")
    await press(world, "t:1:hand", EVA, "Ева")
    await press(world, f"t:1:hand:{EVA}", EVA, "Ева")
    assert (await ticket(world)).operator_id == EVA
    assert told(world, "обращение №1 теперь у другого: Ева") == 1
    assert told(world, "вам передано") == 0, "who takes it knows"


async def test_who_releases_their_own_is_told_nothing(world: World) -> None:
    await opened(world)
    await press(world, "t:1:take", MAX, "Max")
    await press(world, "t:1:release", MAX, "Max")
    assert told(world, "отпускает") == 0


async def test_what_an_anonymous_admin_has_anybody_takes(world: World) -> None:
    await opened(world)
    card = shown(world).telegram_id
    group = {"id": GROUP_ID, "type": "supergroup", "title": "Поддержка"}
    author = {"id": ANONYMOUS, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    more: dict[str, Any] = {"from": author, "sender_chat": group, "author_signature": "старшая"}
    await world.operator_says(60, "Добрый день", reply_to=card, **more)
    now = await ticket(world)
    assert (now.operator_id, now.operator_name) == (GROUP_ID, "Поддержка (старшая)")
    await press(world, "t:1:take", MAX, "Max")
    assert (await ticket(world)).operator_id == MAX
    await press(world, "t:1:take", EVA, "Ева")
    assert (await ticket(world)).operator_id == MAX


async def test_a_note_is_asked_for_and_its_answer_stays_inside(world: World) -> None:
    await opened(world)
    await world.presses(GROUP_ID, "Ещё")
    await world.presses(GROUP_ID, "Заметка")
    number, prompt = next(
        (one.telegram_id, one) for one in world.screen.shown.values() if "напишите заметку" in one.words.text
    )
    assert prompt.words.asks
    await world.operator_says(61, "осторожно, ругается", reply_to=number)
    assert not world.screen.reads(CUSTOMER_ID, "ругается")
    assert (await ticket(world)).operator_id is None, "a note takes no ticket"
    chat = {"id": GROUP_ID, "type": "supergroup", "title": "g"}
    colleague = {"id": MAX, "is_bot": False, "first_name": "Max"}
    note = {"message_id": 61, "date": 1, "chat": chat, "from": colleague}
    await world.operator_says(62, "и ещё: звонил вчера", reply_to_message=note)
    assert not world.screen.reads(CUSTOMER_ID, "звонил")


SIGNATURES = {"none": None, "name": "Ольга", "alias": "Служба заботы"}


@pytest.fixture(params=SIGNATURES)
def settings(request: pytest.FixtureRequest) -> dict[str, Any]:
    return {"SUPPORT_OPERATORS__SIGNATURE": request.param}


async def test_what_customers_read_below(world: World, settings: dict[str, Any]) -> None:
    signature = SIGNATURES[settings["SUPPORT_OPERATORS__SIGNATURE"]]
    await opened(world)
    command = {"type": "bot_command", "offset": 0, "length": 6}
    await world.operator_says(70, "/alias Служба заботы", entities=[command])
    assert told(world, "<b>Служба заботы</b>") == 1
    await world.operator_says(71, "Посылка едет", reply_to=shown(world).telegram_id)
    read = "Посылка едет" if signature is None else f"Посылка едет\n\n— {signature}"
    assert world.screen.texts(CUSTOMER_ID)[-1] == read
    await world.operator_says(71, "Посылка уже тут", reply_to=shown(world).telegram_id, edited=True)
    assert world.screen.texts(CUSTOMER_ID)[-1] == read.replace("едет", "уже тут")
    await world.presses(GROUP_ID, "Ответить")
    await world.presses(GROUP_ID, "PRICING")
    await world.presses(GROUP_ID, "Отправить")
    assert world.screen.texts(CUSTOMER_ID)[-1].startswith("Ответ PRICING.")
    lines = list(await world.store.read(lambda unit: unit.messages.history(1)))
    assert [line.text for line in of_operators(lines)] == ["Посылка уже тут", "Ответ PRICING."]
    assert of_operators(lines)[0].signed == signature


async def test_an_alias_is_taken_back(world: World) -> None:
    command = {"type": "bot_command", "offset": 0, "length": 6}
    await world.operator_says(70, "/alias Служба заботы", entities=[command])
    await world.operator_says(71, "/alias -", entities=[command])
    known = await world.store.read(lambda unit: unit.operators.get(OPERATOR_ID))
    assert known is not None
    assert known.alias is None


async def test_where_nobody_else_is_known_the_menu_says_who_will_stand_there(either: World) -> None:
    await opened(either)
    await either.presses(GROUP_ID, "Взять")
    either.session.toasts.clear()
    await either.presses(GROUP_ID, "Передать")
    await either.passes(10)
    assert "некому" in either.session.toasts[0]
    assert "Отпустить" in buttons(either)[0]
