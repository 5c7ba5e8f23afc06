"""What a customer has told is not asked for: the number of an order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.scenarios import knowledge
from storage.records import Template
from tests.lines.world import CUSTOMER_ID, PACK, World

ASKS = "{% if order_number %}Заказ {{ order_number }} смотрит коллега.{% else %}Пришлите номер заказа.{% endif %}"


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("доставка, где мой заказ № А-5521?", "Заказ А-5521 смотрит коллега."),
        ("доставка, где мой заказ?", "Пришлите номер заказа."),
    ],
)
async def test_a_number_that_was_told_is_not_asked_for(world: World, text: str, reply: str) -> None:
    delivery, *others = PACK.scenarios
    delivery = replace(delivery, action="answer_and_escalate", templates=(Template(language="ru", text=ASKS),))
    await knowledge.replace(world.store, replace(PACK, scenarios=(delivery, *others), version="2"), author="test")
    await world.parts.knowledge.refresh()
    await world.says(1, text)
    await world.passes(5)
    assert reply in world.screen.texts(CUSTOMER_ID)[-1]
