"""An answer that lacks facts is not given: people get it with what is to be filled in, and then it is given."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.scenarios import fact_values, knowledge
from storage.records import Answer, Fact, Template
from tests.lines.world import CUSTOMER_ID, GROUP_ID, PACK, World

COST = Fact(
    key="delivery.cost",
    type="text",
    question={"ru": "Сколько стоит доставка?", "en": "What does delivery cost?"},
    example={"ru": "300 ₽", "en": "$5"},
)
TEXT = Template(language="ru", text="Доставка стоит {{ facts.delivery.cost }}.")


@pytest.fixture(params=["one text", "several answers"])
async def shop(world: World, request: pytest.FixtureRequest) -> World:
    delivery, *others = PACK.scenarios
    if request.param == "one text":
        delivery = replace(delivery, templates=(TEXT,))
    else:
        cost = Answer(key="COST", title={"ru": "Стоимость", "en": "Cost"}, examples={}, templates=(TEXT,))
        delivery = replace(delivery, templates=(), answers=(cost,))
    pack = replace(PACK, scenarios=(delivery, *others), facts=(COST,), version=f"2 {request.param}")
    await knowledge.replace(world.store, pack, author="test")
    await world.parts.knowledge.refresh()
    return world


async def asks(shop: World, number: int) -> None:
    """Ask; of several answers, the customer picks one."""
    await shop.says(number, "доставка")
    await shop.passes(5)
    if shop.screen.texts(CUSTOMER_ID)[-1].endswith("что именно:"):
        await shop.presses(CUSTOMER_ID, "Стоимость")
        await shop.passes(5)


async def test_people_get_the_answer_with_what_is_to_be_filled_in(shop: World) -> None:
    await asks(shop, 1)
    [card] = shop.screen.texts(GROUP_ID)
    assert "не хватает фактов" in card
    assert "Заполните в /facts: delivery.cost" in card
    assert "Доставка стоит ‹Сколько стоит доставка?›" in card
    assert "Передал ваш вопрос" in shop.screen.texts(CUSTOMER_ID)[-1]
    assert not shop.screen.reads(CUSTOMER_ID, "Доставка стоит")


async def test_once_filled_in_it_is_given(shop: World) -> None:
    await shop.store.write(lambda unit: fact_values.put(unit, COST.key, "ru", "300 ₽.", author="test"))
    await shop.parts.knowledge.refresh()
    await asks(shop, 1)
    assert shop.screen.reads(CUSTOMER_ID, "Доставка стоит 300 ₽.")
    assert not shop.screen.texts(GROUP_ID)
