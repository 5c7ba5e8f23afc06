"""What the team looks up: open tickets, a customer, their history; page by page, each page editing itself."""

from __future__ import annotations

import json
from typing import Any

import pytest

from services.messages.callbacks import decode, encode
from services.messages.desk_presses import OfDesk, OnClient, OnHistory, OnOpen, OnTicketHistory
from storage.address import Address
from storage.units import Unit
from tests.lines.world import CUSTOMER_ID, GROUP_ID, OPERATOR_ID, World, pressed

CALLS = "позовите оператора"
LONG = "и расскажите подробно, " * 4
"""Long enough that no more lines are waited for."""


def last(world: World, chat: int = GROUP_ID) -> str:
    return world.screen.texts(chat)[-1]


def buttons(world: World) -> list[str]:
    shown = [one for one in world.screen.shown.values() if one.chat_id == GROUP_ID][-1]
    return [button.text for row in shown.words.buttons for button in row]


async def asks(world: World, text: str, number: int = 500, **more: Any) -> str:
    """Let an operator write a command in the group; return what the bot says to it."""
    await world.operator_says(number, text, **more)
    await world.passes(5)
    return last(world)


async def tickets(world: World, count: int) -> None:
    def act(unit: Unit) -> None:
        for number in range(count):
            customer = unit.customers.find(known := _address(number)) or unit.customers.add(
                known, first_name=f"К{number}", last_name="", username=None, language="ru"
            )
            unit.tickets.open(
                customer_id=customer.id,
                reason="asked",
                scenario=None,
                confidence=None,
                priority="critical" if number == count - 1 else "low",
                question=f"вопрос {number}",
            )

    await world.store.write(act)


def _address(number: int) -> Address:
    return Address("api", f"c{number}")


async def test_what_is_open_is_listed_by_urgency_and_turned_in_place(world: World) -> None:
    assert await asks(world, "/open") == "✅ Открытых обращений нет."
    await tickets(world, 12)
    first = await asks(world, "/open", 501)
    assert first.startswith("📋 <b>Открытые обращения: 12</b> · ждут: 12 (дольше всех с 02.03")
    lines = [line for line in first.splitlines() if "№" in line]
    assert len(lines) == 10
    assert lines[0].startswith("🔴 №12 К11: вопрос 11 · ждёт с 02.03")
    assert lines[1].startswith("⚪️ №1 К0")
    said = len(world.screen.texts(GROUP_ID))
    await world.presses(GROUP_ID, "➡️")
    await world.passes(5)
    assert "Страница 2 из 2" in last(world)
    assert "№11 К10" in last(world)
    assert len(world.screen.texts(GROUP_ID)) == said, "the page edits itself"
    await world.presses(GROUP_ID, "⬅️")
    await world.passes(5)
    assert last(world) == first


async def test_who_has_it_is_named_and_what_is_snoozed_stands_apart(world: World) -> None:
    await tickets(world, 3)
    await world.store.write(lambda unit: unit.tickets.take(2, operator_id=5, operator_name="Ольга"))
    await world.store.write(lambda unit: unit.tickets.change(3, snoozed_at=unit.now))
    text = await asks(world, "/open")
    assert "№2 К1: вопрос 1 · ждёт с 02.03 15:00 · ✋ Ольга" in text
    assert text.index("💤") > text.index("№2")
    assert text.index("№3") > text.index("💤")
    assert "отложены: 1" in text


@pytest.mark.parametrize("words", ["1001", "telegram:1001", "@anna", "t.me/anna", "#1", "№ 1", "1"])
async def test_a_customer_is_found_by_what_people_know_of_them(world: World, words: str) -> None:
    await world.says(1, CALLS)
    await world.passes(20)
    await world.store.write(lambda unit: unit.customers.renew(_known(unit), **_names("Anna")))
    text = await asks(world, f"/client {words}")
    assert "👤 <b>Анна</b> @Anna" in text
    assert "Telegram <code>1001</code> · русский · с 02.03.2026" in text
    assert "сообщений: 1" in text
    assert "№1" in text
    assert "ждёт с 02.03" in text


def _known(unit: Unit) -> Any:
    known = unit.customers.get(1)
    assert known is not None
    return known


def _names(username: str) -> dict[str, Any]:
    return {"first_name": "Анна", "last_name": "", "username": username, "topic_id": None}


async def test_nobody_several_and_no_words_have_their_answers(world: World) -> None:
    assert "Не нашёл" in await asks(world, "/client @nobody")
    assert "Кого показать?" in await asks(world, "/client", 501)
    await tickets(world, 1)
    await world.store.write(lambda unit: unit.customers.renew(_known(unit), **_names("twin")))
    await world.says(1, CALLS)
    await world.passes(20)

    def twin(unit: Unit) -> None:
        for customer in unit.conversations.with_outside_id(str(CUSTOMER_ID)):
            unit.customers.renew(customer, **_names("twin"))

    await world.store.write(twin)
    assert "несколько" in await asks(world, "/client @twin", 502)
    await world.presses(GROUP_ID, "telegram 1001")
    await world.passes(5)
    assert "<code>1001</code>" in last(world)


async def test_a_card_is_answered_with_the_command_alone_and_with_a_note(world: World) -> None:
    await world.says(1, CALLS)
    await world.passes(20)
    card = next(one.telegram_id for one in world.screen.shown.values() if "<b>№1</b>" in one.words.text)
    assert "<b>Анна</b>" in await asks(world, "/client", 600, reply_to=card)
    assert "Заметки о клиенте нет" in await asks(world, "/note", 601, reply_to=card)
    assert await asks(world, "/note любит <чай>", 602, reply_to=card) == "📝 любит &lt;чай&gt;"
    assert "📝 любит &lt;чай&gt;" in world.screen.shown[GROUP_ID, card].words.text
    assert "📝 любит" in await asks(world, "/client 1001", 603)
    assert not world.screen.reads(CUSTOMER_ID, "чай"), "the customer never sees it"
    await asks(world, "/note -", 604, reply_to=card)
    assert "📝" not in world.screen.shown[GROUP_ID, card].words.text
    assert "Ответьте командой /note" in await asks(world, "/note привет", 605)


async def test_the_history_stands_under_the_card_and_is_turned_in_place(world: World) -> None:
    for number in range(1, 15):
        await world.says(number, f"цена вопроса {number}\n{LONG}")
        await world.passes(20)
    await world.says(20, photo=[{"file_id": "p", "file_unique_id": "u", "width": 1, "height": 1}])
    await world.passes(5)
    await world.presses(GROUP_ID, "История")
    await world.passes(5)
    text = last(world)
    assert text.startswith("🕓 <b>Анна</b> · всего сообщений: 18 (👤 15, 🤖 3, 🎧 0)")
    assert "📷 фото" in text
    assert "цена вопроса 14" in text
    assert "цена вопроса 1\n" not in text
    said = len(world.screen.texts(GROUP_ID))
    while any("Раньше" in button for button in buttons(world)):
        await world.presses(GROUP_ID, "Раньше")
        await world.passes(5)
    assert "цена вопроса 1\n" in last(world)
    assert "🤖 бот · PRICING 99 %" in last(world)
    await world.presses(GROUP_ID, "Позже")
    await world.passes(5)
    assert "цена вопроса 1\n" not in last(world)
    while "Позже ➡️" in buttons(world):
        await world.presses(GROUP_ID, "Позже")
        await world.passes(5)
    assert "📷 фото" in last(world)
    await world.presses(GROUP_ID, "Раньше")
    await world.passes(5)
    await world.presses(GROUP_ID, "К последним")
    await world.passes(5)
    assert last(world) == text
    assert len(world.screen.texts(GROUP_ID)) == said


async def test_an_export_goes_to_an_admin_in_private_and_to_nobody_else(led: World) -> None:
    await led.says(1, CALLS)
    await led.passes(20)
    await led.arrives("callback_query", pressed(GROUP_ID, 10_000, "k:1:export"))
    await led.works()
    [(chat, file)] = led.screen.files
    assert (chat, file.name, file.is_picture) == (OPERATOR_ID, "customer-1.json", False)
    told = json.loads(file.content)
    assert told["messages"][0]["text"] == CALLS
    assert "личные данные" in last(led, OPERATOR_ID)


async def test_operators_export_nothing_and_customers_reach_no_page(world: World) -> None:
    await world.says(1, CALLS)
    await world.passes(20)
    before = list(world.screen.everything)
    await world.arrives("callback_query", pressed(GROUP_ID, 10_000, "k:1:export"))
    for data in ("k:1:show", "h:1", "o:0", "H:1", "k:1:export"):
        await world.arrives("callback_query", pressed(CUSTOMER_ID, 10_000, data))
    await world.works()
    assert (world.screen.files, world.screen.everything) == ([], before)


async def test_buttons_that_name_nobody_do_no_harm(world: World) -> None:
    await tickets(world, 1)
    for data in ("k:999:show", "h:999", "h:1:c5", "h:1:b", "H:999", "o:999999", "o:-1", "k:1:sing", "k:1:show:2"):
        await world.arrives("callback_query", pressed(GROUP_ID, 10_000, data))
    await world.works()
    assert [text for text in world.screen.texts(GROUP_ID) if "№1" in text], "a page past the last one is the last"


@pytest.mark.parametrize(
    "press",
    [OnOpen(3), OnClient(7), OnClient(7, "export"), OnHistory(7), OnHistory(7, before=9), OnHistory(7, after=9),
     OnTicketHistory(5)],
)  # fmt: skip
def test_what_a_button_says_is_read_back(press: OfDesk) -> None:
    assert decode(encode(press)) == press
