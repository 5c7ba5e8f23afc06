"""Who is banned is stored, and nobody is shown or says anything, until the ban is lifted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services.messages.callbacks import OnTicket, encode
from storage.records import Customer, Ticket
from tests.lines.first_ticket import card
from tests.lines.world import CUSTOMER_ID, GROUP_ID, OPERATOR_ID, World, pressed, said

CALLS = "позовите оператора"


async def customer(world: World) -> Customer:
    found = await world.store.read(lambda unit: unit.customers.get(1))
    assert found is not None
    return found


async def ticket(world: World, number: int = 1) -> Ticket | None:
    return await world.store.read(lambda unit: unit.tickets.get(number))


async def banned(world: World, how: str = "Молча") -> None:
    await world.says(1, CALLS)
    await world.passes(20)
    await world.presses(GROUP_ID, "Ещё")
    await world.presses(GROUP_ID, "Заблокировать")
    assert (await customer(world)).banned_at is None, "it takes two steps"
    await world.presses(GROUP_ID, how)


async def test_a_ban_closes_the_ticket_in_silence_and_stands_on_the_card(world: World) -> None:
    await banned(world)
    now = await ticket(world)
    assert now is not None
    assert (now.status, now.ending, (await customer(world)).banned_by) == ("closed", "silent", "A")
    assert "🚫 заблокирован (A)" in card(world)
    assert not any("закрыт" in text for text in world.screen.texts(CUSTOMER_ID))
    await world.operator_says(77, "/client 1001")
    await world.passes(20)
    assert any("сообщений: 1" in text and "🚫 заблокирован (A)" in text for text in world.screen.texts(GROUP_ID))


async def test_who_is_told_reads_it_once(world: World) -> None:
    await banned(world, "И сообщить")
    assert "не отвечаем" in world.screen.texts(CUSTOMER_ID)[-1]


@pytest.mark.parametrize(("how", "told"), [("И сообщить", True), ("Молча", False)])
async def test_who_was_told_of_a_ban_is_told_of_its_end(world: World, how: str, told: bool) -> None:  # noqa: FBT001
    await banned(world, how)
    await world.says(2, "вы где?")
    await world.passes(60)
    await world.presses(GROUP_ID, "Разблокировать")
    assert world.screen.reads(CUSTOMER_ID, "снова открыта") is told


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("доставка когда?", {}),
        (CALLS, {}),
        ("/operator", {}),
        ("/help", {}),
        ("/start", {}),
        ("/language", {}),
        ("", {"photo": [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]}),
        ("/operator срочно, двойное списание", {}),
    ],
)
async def test_what_a_banned_customer_writes_is_stored_and_no_more(
    world: World, text: str, more: dict[str, Any]
) -> None:
    await banned(world)
    screen = list(world.screen.everything), list(world.screen.copies)
    await world.says(5, text, **more)
    await world.passes(60)
    assert (world.screen.everything, world.screen.copies) == screen
    lines = await world.store.read(lambda unit: unit.messages.history(1))
    assert (lines[-1].telegram_id, lines[-1].ticket_id) == (5, None)
    assert await ticket(world, 2) is None


async def test_buttons_and_edits_of_a_banned_customer_do_nothing(world: World) -> None:
    await world.says(1, "доставка когда?")
    await world.passes(20)
    await world.says(2, CALLS)
    await world.passes(20)
    await world.presses(GROUP_ID, "Ещё")
    await world.presses(GROUP_ID, "Заблокировать")
    await world.presses(GROUP_ID, "Молча")
    screen = list(world.screen.everything)
    await world.presses(CUSTOMER_ID, "Позвать")
    await world.says(1, "а теперь совсем другое", edited=True)
    await world.passes(20)
    assert world.screen.everything == screen
    assert (await world.store.read(lambda unit: unit.messages.history(1)))[0].text == "а теперь совсем другое"


async def test_reactions_of_a_banned_customer_stand_nowhere(world: World) -> None:
    await world.says(1, CALLS)
    await world.passes(20)
    card = next(one.telegram_id for one in world.screen.shown.values() if "<b>№1</b>" in one.words.text)
    await world.operator_says(60, "Здравствуйте", reply_to=card)
    answer = next(one.telegram_id for one in world.screen.shown.values() if one.words.text == "Здравствуйте")
    await world.presses(GROUP_ID, "Ещё")
    await world.presses(GROUP_ID, "Заблокировать")
    await world.presses(GROUP_ID, "Молча")
    before = dict(world.screen.reactions)
    await world.reacts(CUSTOMER_ID, answer, "👎")
    assert world.screen.reactions == before


async def test_a_line_that_waits_as_its_author_is_banned_is_not_answered(world: World) -> None:
    await world.says(1, CALLS)
    await world.passes(20)
    await world.presses(GROUP_ID, "Закрыть")
    await world.presses(GROUP_ID, "Заблокировать")
    await world.arrives("message", said(2, "доставка когда?"))
    await world.works()
    await world.presses(GROUP_ID, "Молча")
    await world.passes(20)
    assert not world.screen.reads(CUSTOMER_ID, "DELIVERY")
    assert await world.store.read(lambda unit: unit.lines.owed(1)) == []


async def test_a_lifted_ban_lets_them_be_heard_and_nothing_of_before_is_owed(world: World) -> None:
    await banned(world)
    await world.says(2, "вы где?")
    await world.passes(20)
    await world.presses(GROUP_ID, "Разблокировать")
    assert "заблокирован" not in card(world)
    await world.says(3, "доставка когда?")
    await world.passes(20)
    assert "DELIVERY" in world.screen.texts(CUSTOMER_ID)[-1]


async def test_pressed_twice_or_late_it_says_how_things_stand(world: World) -> None:
    await banned(world)
    first = (await customer(world)).banned_at
    world.now += timedelta(minutes=1)
    for press in (OnTicket(1, "ban", "told"), OnTicket(1, "unban"), OnTicket(1, "unban")):
        await world.arrives("callback_query", pressed(GROUP_ID, 10_000, encode(press)))
        await world.works()
        if press.action == "ban":
            assert (await customer(world)).banned_at == first
    assert (await customer(world)).banned_at is None
    assert not world.screen.reads(CUSTOMER_ID, "не отвечаем")


async def commands(world: World, text: str, who: int) -> None:
    chat = {"id": who, "type": "private", "first_name": "A"}
    author = {"id": who, "is_bot": False, "first_name": "A"}
    entity = {"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}
    await world.arrives(
        "message", {"message_id": 70, "date": 1, "chat": chat, "from": author, "text": text, "entities": [entity]}
    )
    await world.works()


@pytest.fixture
def settings() -> dict[str, str]:
    return {"SUPPORT_TELEGRAM__ADMIN_IDS": "[900]"}


async def test_admins_list_bans_and_lift_them(world: World) -> None:
    await banned(world)
    await commands(world, "/bans", 900)
    assert "Анна" in world.screen.texts(900)[-1]
    await world.presses(900, "Разблокировать: Анна")
    assert (await customer(world)).banned_at is None
    assert "Заблокировано: 0" in world.screen.texts(900)[-1]
    assert "заблокирован" not in card(world)


async def test_nobody_else_lifts_them_there(world: World) -> None:
    await banned(world)
    for who in (GROUP_ID, CUSTOMER_ID):
        await world.arrives("callback_query", pressed(who, 10_000, "b:1"))
        await world.works()
    await commands(world, "/bans", OPERATOR_ID)
    assert (await customer(world)).banned_at is not None
    assert not any("Заблокировано:" in text for _, text in world.screen.everything)
