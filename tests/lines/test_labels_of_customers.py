"""What customers press is a label on their line: what they meant, whether it helped, that they want a person."""

from __future__ import annotations

from datetime import timedelta

from services.learning.labelling import OF_CUSTOMERS, WEIGHTS
from services.privacy.retention import Retention
from storage.labels import Label
from tests.lines.world import CUSTOMER_ID, World

HELPED, PERSON = "Помогло", "Позвать человека"


async def kept(world: World) -> list[Label]:
    return await world.store.read(lambda unit: unit.labels.page(before=None, most=50))


def told(labels: list[Label]) -> list[tuple[str, str | None, bool]]:
    return [(one.source, one.scenario, one.retired_at is None) for one in reversed(labels)]


async def test_what_helped_is_kept_on_the_line_masked_and_without_an_author(world: World) -> None:
    await world.says(1, "доставка на номер +7 916 123-45-67")
    await world.passes(20)
    await world.presses(CUSTOMER_ID, HELPED)
    [label] = await kept(world)
    assert (label.source, label.scenario, label.message_id, label.operator_id) == ("helped", "DELIVERY", 1, None)
    assert label.text == "доставка на номер [PHONE]"


async def test_who_then_calls_a_person_was_not_helped(world: World) -> None:
    await world.says(1, "доставка?")
    await world.passes(20)
    await world.presses(CUSTOMER_ID, HELPED)
    await world.presses(CUSTOMER_ID, PERSON)
    assert told(await kept(world)) == [("helped", "DELIVERY", False), ("person", "DELIVERY", True)]


async def test_what_was_meant_is_kept_and_pressing_again_keeps_nothing_more(world: World) -> None:
    await world.says(1, "наверное цены")
    await world.passes(20)
    await world.presses(CUSTOMER_ID, "PRICING")
    await world.presses(CUSTOMER_ID, "PRICING")
    assert told(await kept(world)) == [("picked", "PRICING", True)]


async def test_a_person_instead_of_a_choice_says_nothing_of_the_choices(world: World) -> None:
    await world.says(1, "наверное цены")
    await world.passes(20)
    await world.presses(CUSTOMER_ID, PERSON)
    assert await kept(world) == []


async def test_a_label_goes_with_the_line_that_it_is_about(world: World) -> None:
    await world.says(1, "доставка?")
    await world.passes(20)
    await world.presses(CUSTOMER_ID, HELPED)
    world.now += timedelta(days=40)
    await Retention(store=world.store, payload_days=7, message_days=30, audit_days=365).tidy()
    assert await kept(world) == []


def test_a_customer_counts_less_than_an_operator() -> None:
    heaviest = max(abs(WEIGHTS[source]) for source in OF_CUSTOMERS)
    assert all(abs(weight) > heaviest for source, weight in WEIGHTS.items() if source not in OF_CUSTOMERS)
