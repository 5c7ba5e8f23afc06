"""Lines that ask for nothing call nobody, and a person is still one press away."""

from __future__ import annotations

from dataclasses import replace

from services.classify.verdict import UNKNOWN, Verdict
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
