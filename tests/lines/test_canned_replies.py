"""`/replies`: the team's own answers are listed, added and taken off, and stand on the card."""

from __future__ import annotations

from typing import Any

from services.desk.canned_languages import spoken
from tests.lines.world import CUSTOMER_ID, GROUP_ID, World

CALLS = "позовите оператора"


async def command(world: World, text: str, *entities: dict[str, Any]) -> None:
    command = {"type": "bot_command", "offset": 0, "length": len("/replies")}
    await world.operator_says(50, text, entities=[command, *entities])


async def added(world: World, title: str, text: str) -> None:
    await command(world, f"/replies {title}\n{text}")


async def titles(world: World) -> list[str]:
    return [one.title for one in await world.store.read(lambda unit: unit.canned.page(0, most=10))]


async def test_an_answer_of_the_team_is_sent_from_the_card(world: World) -> None:
    bold = {"type": "bold", "offset": len("/replies Возврат\n"), "length": 6}
    await command(world, "/replies Возврат\nДеньги вернём, {{ customer.first_name }}.", bold)
    assert "Сохранено: <b>Возврат</b>" in world.screen.texts(GROUP_ID)[-1]
    await world.says(1, CALLS)
    await world.passes(20)
    await world.presses(GROUP_ID, "Ответить")
    await world.presses(GROUP_ID, "Ответы команды (1)")
    await world.presses(GROUP_ID, "Возврат")
    await world.presses(GROUP_ID, "Отправить")
    assert world.screen.texts(CUSTOMER_ID)[-1] == "<b>Деньги</b> вернём, Анна."
    assert await world.store.read(lambda unit: unit.labels.of(1)) == [], "it is of no scenario"


async def test_a_reply_speaks_the_language_of_its_customer(world: World) -> None:
    await added(world, "Вежливо", "Добрый день!\n[en]\nGood afternoon, {{ customer.first_name }}!\n[xx]")
    [reply] = await world.store.read(lambda unit: unit.canned.page(0, most=10))
    assert spoken(reply.text, "ru") == "Добрый день!"
    assert spoken(reply.text, "en") == "Good afternoon, {{ customer.first_name }}!\n[xx]", "that is no language"
    assert spoken("[en]\nHello", "ru") == "Hello", "better than nothing"
    assert spoken("[en]", "ru") == ""
    await world.says(1, CALLS)
    await world.passes(20)
    await world.store.write(lambda unit: unit.customers.change(1, language="en"))
    for words in ("Ответить", "Ответы команды (1)", "Вежливо", "Отправить"):
        await world.presses(GROUP_ID, words)
    assert world.screen.texts(CUSTOMER_ID)[-1].startswith("Good afternoon, Анна!")
    await added(world, "Плохо", "Добрый день!\n[en]\nGood {{ day }}!")
    assert "Строка 3" in world.screen.texts(GROUP_ID)[-1]


async def test_what_cannot_be_sent_is_not_stored(world: World) -> None:
    await added(world, "Имя", "Здравствуйте, {{ customer.name }}!")
    assert "Строка 1" in world.screen.texts(GROUP_ID)[-1]
    assert await titles(world) == []


async def test_the_same_title_takes_the_place_of_the_old_one(world: World) -> None:
    await added(world, "Адрес", "Ленина, 1")
    await added(world, "Адрес", "Мира, 2")
    [reply] = await world.store.read(lambda unit: unit.canned.page(0, most=10))
    assert (reply.text, reply.author) == ("Мира, 2", "Ольга")


async def test_a_reply_is_taken_off_and_put_back(world: World) -> None:
    await added(world, "Адрес", "Ленина, 1")
    await world.presses(GROUP_ID, "🗑 Адрес")
    assert await titles(world) == []
    await world.presses(GROUP_ID, "Вернуть")
    assert await titles(world) == ["Адрес"]


async def test_many_are_paged(world: World) -> None:
    for number in range(10):
        await added(world, f"Ответ {number}", f"Текст {number}")
    await command(world, "/replies")
    await world.presses(GROUP_ID, "▶️")
    assert "Ответ 9" in world.screen.texts(GROUP_ID)[-1]
    assert "Ответ 0" not in world.screen.texts(GROUP_ID)[-1]


async def test_one_that_was_taken_off_meanwhile_is_not_sent(world: World) -> None:
    await added(world, "Адрес", "Ленина, 1")
    await world.says(1, CALLS)
    await world.passes(20)
    await world.presses(GROUP_ID, "Ответить")
    await world.presses(GROUP_ID, "Ответы команды")
    await world.store.write(lambda unit: unit.canned.retire(1))
    await world.presses(GROUP_ID, "Адрес")
    assert not any("Клиент прочтёт" in text for text in world.screen.texts(GROUP_ID))
