"""*Answer* and *Correct*: what is ready is shown before it is sent, and what an operator knows is kept as a label."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.desk.ready_answers import mark_of
from services.scenarios import fact_values, knowledge
from storage.records import Answer, Fact, Template
from tests.lines.first_ticket import card, ticket
from tests.lines.world import CUSTOMER_ID, GROUP_ID, PACK, World, pressed

CALLS = "позовите оператора, телефон +7 916 123-45-67"
FACT = Fact(key="return.days", type="number", question={"ru": "Сколько дней?"}, example={"ru": "14"})


def _answer(key: str, text: str) -> Answer:
    return Answer(key=key, title={"ru": key.title()}, examples={}, templates=(Template(language="ru", text=text),))


@pytest.fixture
async def shop(world: World) -> World:
    """A pack in which delivery has two answers, one of which lacks a fact."""
    delivery, *others = PACK.scenarios
    answers = (
        _answer("COST", "{{ customer.first_name }}, <b>бесплатно</b>."),
        _answer("RETURN", "За {{ facts.return.days }} дней."),
    )
    delivery = replace(delivery, templates=(), answers=answers)
    await knowledge.replace(
        world.store, replace(PACK, scenarios=(delivery, *others), facts=(FACT,), version="2"), author="test"
    )
    await world.parts.knowledge.refresh()
    await world.says(1, CALLS)
    await world.passes(20)
    return world


async def forged(world: World, data: str) -> None:
    await world.arrives("callback_query", pressed(GROUP_ID, 10_000, data))
    await world.works()


async def previewed(shop: World, *path: str) -> None:
    await shop.presses(GROUP_ID, "Ответить")
    for words in path:
        await shop.presses(GROUP_ID, words)


async def test_an_answer_is_read_before_it_is_sent_and_is_the_operators_line(shop: World) -> None:
    await previewed(shop, "DELIVERY", "Cost")
    assert "Клиент прочтёт" in card(shop)
    assert "Анна, <b>бесплатно</b>." in card(shop)
    assert not shop.screen.reads(CUSTOMER_ID, "бесплатно")
    await shop.presses(GROUP_ID, "Отправить")
    assert shop.screen.texts(CUSTOMER_ID)[-1] == "Анна, <b>бесплатно</b>."
    now = await ticket(shop)
    assert (now.status, now.operator_name, now.waiting_since, now.face) == ("taken", "A", None, None)
    assert any("отвечает" in text and "бесплатно" in text for text in shop.screen.texts(GROUP_ID))
    [line] = [one for one in await shop.store.read(lambda unit: unit.messages.history(1)) if one.author == "operator"]
    assert (line.text, line.ticket_id, line.author_name, line.scenario) == ("Анна, бесплатно.", 1, "A", "DELIVERY")


async def test_a_sent_answer_is_a_label_with_the_words_masked(shop: World) -> None:
    await previewed(shop, "DELIVERY", "Cost")
    await shop.presses(GROUP_ID, "Отправить")
    [label] = await shop.store.read(lambda unit: unit.labels.of(1))
    assert (label.source, label.scenario, label.answer, label.operator_name) == ("sent", "DELIVERY", "COST", "A")
    assert "[PHONE]" in label.text
    assert "916" not in label.text


async def test_the_answer_that_the_bot_would_give_comes_first(shop: World) -> None:
    await shop.presses(GROUP_ID, "Ещё")
    await shop.presses(GROUP_ID, "Исправить")
    await shop.presses(GROUP_ID, "PRICING")
    await shop.presses(GROUP_ID, "Свернуть")
    await previewed(shop, "✨ PRICING", "Отправить")
    assert shop.screen.texts(CUSTOMER_ID)[-1] == "Ответ PRICING."


async def test_sent_twice_it_arrives_once(shop: World) -> None:
    await previewed(shop, "PRICING")
    data = f"t:1:send:{mark_of('Ответ PRICING.')}"
    await forged(shop, data)
    await forged(shop, data)
    assert shop.screen.texts(CUSTOMER_ID).count("Ответ PRICING.") == 1


async def test_words_that_have_changed_since_are_shown_once_more(shop: World) -> None:
    await previewed(shop, "PRICING")
    delivery, pricing, *others = PACK.scenarios
    changed = replace(pricing, templates=(Template(language="ru", text="Новый текст."),))
    await knowledge.replace(
        shop.store, replace(PACK, scenarios=(delivery, changed, *others), version="3"), author="test"
    )
    await shop.parts.knowledge.refresh()
    await shop.presses(GROUP_ID, "Отправить")
    assert not shop.screen.reads(CUSTOMER_ID, "PRICING")
    assert "Новый текст." in card(shop)
    await shop.presses(GROUP_ID, "Отправить")
    assert shop.screen.texts(CUSTOMER_ID)[-1] == "Новый текст."


async def test_an_answer_without_its_facts_is_shown_and_cannot_be_sent(shop: World) -> None:
    await previewed(shop, "DELIVERY", "Return")
    assert "сначала заполните в /facts: return.days" in card(shop)
    await forged(shop, f"t:1:send:{mark_of('За ‹Сколько дней?› дней.')}")
    assert not shop.screen.reads(CUSTOMER_ID, "За ‹")
    await shop.store.write(lambda unit: fact_values.put(unit, FACT.key, "ru", "14", author="test"))
    await shop.parts.knowledge.refresh()
    await shop.presses(GROUP_ID, "Назад")
    await shop.presses(GROUP_ID, "DELIVERY")
    await shop.presses(GROUP_ID, "Return")
    await shop.presses(GROUP_ID, "Отправить")
    assert shop.screen.texts(CUSTOMER_ID)[-1] == "За 14 дней."


@pytest.mark.parametrize(
    "data",
    ["t:1:answer:a0123456789", "t:1:answer:s0123456789", "t:1:send:0123456789", "t:1:correct:a0123456789", "t:1:send"],
)
async def test_what_was_not_offered_does_nothing(shop: World, data: str) -> None:
    before = await ticket(shop)
    await forged(shop, data)
    assert await ticket(shop) == before
    assert await shop.store.read(lambda unit: unit.labels.of(1)) == []


async def test_correcting_keeps_a_label_changes_the_card_and_offers_the_answer(shop: World) -> None:
    await shop.presses(GROUP_ID, "Ещё")
    await shop.presses(GROUP_ID, "Исправить")
    await shop.presses(GROUP_ID, "DELIVERY")
    await shop.presses(GROUP_ID, "Cost")
    now = await ticket(shop)
    assert (now.scenario, now.answer, now.confidence) == ("DELIVERY", "COST", None)
    assert "бесплатно" in card(shop), "it is offered"
    await shop.presses(GROUP_ID, "Отправить")
    assert "🏷 DELIVERY: Cost" in card(shop)
    kept = await shop.store.read(lambda unit: unit.labels.of(1))
    assert [(one.source, one.scenario, one.answer) for one in kept] == [
        ("correct", "DELIVERY", "COST"),
        ("sent", "DELIVERY", "COST"),
    ]


async def test_picking_again_takes_the_first_pick_back(shop: World) -> None:
    for pick in ("PRICING", "Ни одна", "COMPLAINT"):
        await shop.presses(GROUP_ID, "Ещё")
        await shop.presses(GROUP_ID, "Исправить")
        await shop.presses(GROUP_ID, pick)
        await forged(shop, "t:1:fold")
    kept = await shop.store.read(lambda unit: unit.labels.of(1))
    assert [(one.scenario, one.retired_at is None) for one in kept] == [
        ("PRICING", False),
        (None, False),
        ("COMPLAINT", True),
    ]
    assert (await ticket(shop)).scenario == "COMPLAINT"
    assert "🏷 COMPLAINT" in card(shop)


async def test_a_topic_of_which_no_answer_fits_can_be_named(shop: World) -> None:
    await shop.presses(GROUP_ID, "Ещё")
    await shop.presses(GROUP_ID, "Исправить")
    await shop.presses(GROUP_ID, "DELIVERY")
    await shop.presses(GROUP_ID, "ответа нет")
    [kept] = await shop.store.read(lambda unit: unit.labels.of(1))
    assert (kept.scenario, kept.answer) == ("DELIVERY", None)


async def test_many_scenarios_are_paged(shop: World) -> None:
    many = tuple(replace(PACK.scenarios[1], key=f"S{number}", title={"ru": f"S{number}."}) for number in range(20))
    await knowledge.replace(shop.store, replace(PACK, scenarios=many, version="4"), author="test")
    await shop.parts.knowledge.refresh()
    await previewed(shop, "▶️", "▶️", "S19.")
    assert "S19." in card(shop)


async def test_a_closed_ticket_sends_nothing(shop: World) -> None:
    await previewed(shop, "PRICING")
    await forged(shop, "t:1:close")
    await forged(shop, f"t:1:send:{mark_of('Ответ PRICING.')}")
    assert not shop.screen.reads(CUSTOMER_ID, "Ответ PRICING.")


async def test_an_erased_customer_leaves_no_label(shop: World) -> None:
    await shop.presses(GROUP_ID, "Ещё")
    await shop.presses(GROUP_ID, "Исправить")
    await shop.presses(GROUP_ID, "PRICING")
    rows = await shop.store.read(lambda unit: unit.personal_data.rows(1))
    assert [row["message_id"] for row in rows["labels"]] == [1]
    await shop.store.write(lambda unit: unit.personal_data.erase(1, []))
    assert await shop.store.read(lambda unit: unit.labels.of(1)) == []
