"""`/find`: words in any form, in both languages, on both databases; what is erased or changed is found no longer."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text

from services.desk.audit import SHELL
from services.finding.indexing import Indexing
from services.privacy.erasure import erase
from storage.address import Address
from storage.records import Customer
from storage.stems import stems
from storage.store import Store
from storage.tables import messages
from storage.units import Unit
from tests.lines.world import GROUP_ID, World

LINES = (
    "Где мои посылки? Заказывал в понедельник",
    "I was charged twice for the deliveries",
    "посылка пришла, спасибо",
    "номер заказа 4815-162342, почта anna@shop.example",
    "it's 100% \"urgent\" * AND (OR) ' NOT near",
)


SIGNS = ('"', "*", "a AND", "NEAR(x", "'; DROP TABLE search; --", "col:umn", "a & !b | (", "\x00")


async def told(store: Store, *lines: str) -> int:
    def act(unit: Unit) -> int:
        anna = unit.customers.add(
            Address("telegram", "7"), first_name="Анна", last_name="Ёлкина", username="anna_e", language="ru"
        )
        for number, line in enumerate(lines):
            unit.messages.add(key=f"k{number}", customer_id=anna.id, author="customer", text=line)
        unit.messages.add(key="bot", customer_id=anna.id, author="bot", text="Ваша посылка в пути", kind="answer")
        return anna.id

    return await store.write(act)


async def found(store: Store, words: str, **more: Any) -> list[str]:
    wanted = stems(words).split()
    return [one.message.text for one in await store.read(lambda unit: unit.search.find(wanted, **more))]


async def named(store: Store, name: str) -> list[Customer]:
    return await store.read(lambda unit: unit.search.named(name))


async def test_words_are_found_in_any_form_the_newest_first(store: Store) -> None:
    await told(store, *LINES)
    assert await Indexing(store=store).look() == len(LINES)
    assert await found(store, "посылку") == [LINES[2], LINES[0]]
    assert await found(store, "ПОСЫЛКА заказывали") == [LINES[0]]
    assert await found(store, "charge delivery") == [LINES[1]]
    assert await found(store, "понед") == [LINES[0]], "the last word need not be whole"
    assert await found(store, "anna@shop.example") == [LINES[3]]
    assert await found(store, "4815") == [LINES[3]]
    assert await found(store, "слон") == await found(store, "") == await found(store, "!?") == []
    assert await found(store, "посылка", past=1, most=1) == [LINES[0]]


@pytest.mark.parametrize("words", SIGNS)
async def test_signs_of_a_query_language_are_words_or_nothing(store: Store, words: str) -> None:
    await told(store, *LINES)
    await Indexing(store=store).look()
    assert LINES[0] not in await found(store, words)
    assert await found(store, "urgent not") == [LINES[4]]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_messages_that_are_read_together_are_one_part_of_sqlites_index(store: Store) -> None:
    """A part for each message is merged with the others again and again: 16 ms a message when there are many."""

    def parts(unit: Unit) -> int:
        return int(unit._connection.execute(text("SELECT count(DISTINCT segid) FROM search_index_idx")).scalar_one())

    await told(store, *(f"посылка номер {number}" for number in range(60)))
    assert await Indexing(store=store).look() == 60
    assert await store.read(parts) == 1


async def test_nothing_is_read_twice_and_an_edit_is_followed(store: Store) -> None:
    await told(store, *LINES)
    indexing = Indexing(store=store)
    assert [await indexing.look(), await indexing.look(), await Indexing(store=store).look()] == [len(LINES), 0, 0]
    await store.write(lambda unit: unit.messages.edit(1, text="про слона", kind="text", entities=(), media=None))
    assert await found(store, "слоны") == ["про слона"]
    assert await found(store, "понедельник") == []


async def test_what_is_erased_or_no_longer_kept_is_found_no_longer(store: Store) -> None:
    customer = await told(store, *LINES)
    await Indexing(store=store).look()
    anna = await store.read(lambda unit: unit.customers.get(customer))
    assert anna is not None
    await store.write(lambda unit: unit.retention._remove(messages, [3]))
    assert await found(store, "посылки") == [LINES[0]]
    await erase(store, anna, by=SHELL)
    assert await found(store, "посылки") == []


async def test_names_are_found_whatever_their_case(store: Store) -> None:
    await told(store)
    for name in ("анна", "Ёлк", "АННА ЁЛКИНА", "@anna_e"):
        assert len(await named(store, name)) == 1, name
    assert await named(store, "%") == []


async def test_operators_find_and_turn_in_place(world: World) -> None:
    for number in range(1, 11):
        await world.says(number, f"доставка номер {number}? {'очень нужно знать подробности ' * 4}")
        await world.passes(20)
    await Indexing(store=world.store).look()
    await world.operator_says(500, "/find доставки")
    await world.passes(5)
    first = world.screen.texts(GROUP_ID)[-1]
    assert first.startswith("🔎 <b>доставки</b>")
    assert "<b>доставка</b> номер 10?" in first
    assert "номер 2?" not in first
    said = len(world.screen.texts(GROUP_ID))
    await world.presses(GROUP_ID, "➡️")
    await world.passes(5)
    assert "номер 2?" in world.screen.texts(GROUP_ID)[-1]
    assert len(world.screen.texts(GROUP_ID)) == said
    await world.operator_says(501, "/find анна")
    await world.passes(5)
    assert "клиенты с таким именем" in world.screen.texts(GROUP_ID)[-1]
    await world.presses(GROUP_ID, "Анна · 1001")
    await world.passes(5)
    assert "👤 <b>Анна</b>" in world.screen.texts(GROUP_ID)[-1]
    for number, words in ((502, "/find"), (503, "/find слон")):
        await world.operator_says(number, words)
        await world.passes(5)
    assert [text[:11] for text in world.screen.texts(GROUP_ID)[-2:]] == ["Что найти? ", "Ничего не н"]
