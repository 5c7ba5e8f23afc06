"""Lines that ask for nothing call nobody, and a person is still one press away."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from services.classify.verdict import UNKNOWN, Verdict
from services.messages.addresses import on_telegram
from storage.units import Unit
from tests.lines.world import CUSTOMER_ID, GROUP_ID, World

DECLINED = Verdict(scenario=UNKNOWN, confidence=0.0, reasoning="", engine="local", version="1", declines=True)


async def test_who_declines_is_told_that_it_is_fine_and_nobody_is_called(world: World) -> None:
    world.listener.says["чек не нужен"] = DECLINED
    await world.says(1, "чек не нужен")
    await world.passes(5)
    [reply] = world.screen.texts(CUSTOMER_ID)
    assert "Хорошо, понял" in reply
    assert world.screen.texts(GROUP_ID) == []


async def test_the_button_below_calls_a_person(world: World) -> None:
    world.listener.says["чек не нужен"] = replace(DECLINED, reasoning="Отказ.")
    await world.says(1, "чек не нужен")
    await world.passes(5)
    await world.presses(CUSTOMER_ID, "Позвать")
    await world.passes(5)
    [card] = world.screen.texts(GROUP_ID)
    assert "чек не нужен" in card
    assert "просит человека" in card


@pytest.mark.parametrize("line", ["lol", "ок", "Ага!", "👍", "да", "нет", "...", "Понятно."])
async def test_a_nod_after_an_answer_gets_no_reply_and_owes_nothing(world: World, line: str) -> None:
    await world.says(1, "доставка")
    await world.passes(5)
    asked = len(world.listener.asked)
    await world.says(2, line)
    await world.passes(5)
    [answer] = world.screen.texts(CUSTOMER_ID)
    assert answer.endswith("Ответ DELIVERY.")
    assert world.screen.texts(GROUP_ID) == []
    assert len(world.listener.asked) == asked

    def owed(unit: Unit) -> list[str]:
        customer = unit.customers.find(on_telegram(CUSTOMER_ID))
        return [one.text for one in unit.lines.owed(customer.id)] if customer else []

    assert await world.store.read(owed) == []


@pytest.mark.parametrize("more", [{"sticker": "👍"}, {"sticker": None}])
async def test_so_does_a_sticker(world: World, more: dict[str, str | None]) -> None:
    await world.says(1, "доставка")
    await world.passes(5)
    await world.says(2, sticker=_sticker(more["sticker"]))
    await world.passes(5)
    assert len(world.screen.texts(CUSTOMER_ID)) == 1
    assert world.screen.texts(GROUP_ID) == []


async def test_a_sticker_that_nothing_came_before_stands_before_people(world: World) -> None:
    await world.says(1, sticker=_sticker(None))
    await world.passes(5)
    assert len(world.screen.texts(GROUP_ID)) == 1


@pytest.mark.parametrize("line", ["?", "???", "что?", "huh?"])
async def test_who_is_puzzled_by_an_answer_is_asked_what_they_want(world: World, line: str) -> None:
    await world.says(1, "доставка")
    await world.passes(5)
    await world.says(2, line)
    await world.passes(5)
    assert "своими словами" in world.screen.texts(CUSTOMER_ID)[-1]
    assert world.screen.texts(GROUP_ID) == []


@pytest.mark.parametrize("line", ["да", "ок", "?", "👍"])
async def test_so_is_who_begins_like_that(world: World, line: str) -> None:
    await world.says(1, line)
    await world.passes(5)
    [reply] = world.screen.texts(CUSTOMER_ID)
    assert "своими словами" in reply
    assert world.screen.texts(GROUP_ID) == []


@pytest.mark.parametrize("line", ["да", "Yes!", "ага, верно"])
async def test_yes_takes_up_the_one_thing_that_was_offered(world: World, line: str) -> None:
    await world.says(1, "наверное")
    await world.passes(5)
    assert "о чём ваш вопрос" in world.screen.texts(CUSTOMER_ID)[-1]
    await world.says(2, line)
    await world.passes(5)
    taken = "Ответ PRICING." in world.screen.texts(CUSTOMER_ID)[-1]
    assert taken is (line != "ага, верно")


async def test_words_of_anger_are_no_nod(world: World) -> None:
    await world.says(1, "доставка")
    await world.passes(5)
    await world.says(2, "😡")
    await world.passes(5)
    assert len(world.screen.texts(GROUP_ID)) == 1


def _sticker(emoji: str | None) -> dict[str, Any]:
    size = {"width": 1, "height": 1, "is_animated": False, "is_video": False}
    stands = {"emoji": emoji} if emoji else {}
    return {"file_id": "s", "file_unique_id": "s", "type": "regular"} | size | stands
