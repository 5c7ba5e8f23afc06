"""What the bot could not answer is gathered by meaning, masked, and goes with its customers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import numpy as np

from services.classify.local import Encoder
from services.classify.verdict import Verdict
from services.unanswered.gathering import Gathering
from storage.question_pages import GroupRow
from tests.lines.asking import INSTALMENTS, INSTALMENTS_TOO, WRAPPING, asks, gathers
from tests.lines.world import World


def _by_money(texts: Sequence[str]) -> np.ndarray:
    """Place texts as an encoder would, that knows of one matter only."""
    return np.array([[float("част" in text or "instal" in text), 0.1] for text in texts], np.float32)


async def _groups(world: World) -> list[GroupRow]:
    week = world.store.now() - timedelta(days=7)
    before = week - timedelta(days=7)
    return await world.store.read(lambda unit: unit.question_pages.rows(week=week, before=before, most=10))


async def _card(world: World, ticket: int) -> int:
    found = await world.store.read(lambda unit: unit.tickets.get(ticket))
    assert found is not None
    assert found.card_id is not None
    return found.card_id


async def test_questions_of_one_meaning_are_one_group_and_it_keeps_its_number(world: World) -> None:
    await asks(world, 1, INSTALMENTS)
    await asks(world, 2, WRAPPING)
    assert await gathers(world) == 2
    [first] = [one for one in await _groups(world) if one.title == INSTALMENTS]
    await asks(world, 3, INSTALMENTS_TOO)
    assert await gathers(world) == 1
    again, other = await _groups(world)
    assert (again.group.id, again.asked.count, other.asked.count) == (first.group.id, 2, 1)
    assert other.title == WRAPPING
    assert await gathers(world) == 0


async def test_what_the_bot_answers_or_leaves_to_people_is_no_unanswered_question(world: World) -> None:
    await asks(world, 1, "доставка сколько стоит?")
    await asks(world, 2, "жалоба на вас")
    await asks(world, 3, "позовите оператора")
    await gathers(world)
    assert await _groups(world) == []


async def test_what_is_asked_in_an_open_ticket_is_gathered_with_the_answer_that_came_after_it(world: World) -> None:
    ticket = await asks(world, 1, INSTALMENTS)
    await gathers(world)
    await asks(world, 1, "доставка сколько стоит?")
    assert await asks(world, 1, WRAPPING) == ticket
    assert await gathers(world) == 1
    assert {one.title for one in await _groups(world)} == {INSTALMENTS, WRAPPING}
    await asks(world, 2, "А подарочная упаковка для заказа есть?")
    await gathers(world)
    [wrapping] = [one for one in await _groups(world) if one.title == WRAPPING]
    assert wrapping.asked.count == 2
    await world.operator_says(
        900, "Да, упакуем в коробку с лентой, это бесплатно.", reply_to=await _card(world, ticket)
    )
    await world.passes(20)
    answers = await world.store.read(lambda unit: unit.question_pages.answers(wrapping.group.id, most=5))
    assert [(one.ticket_id, one.text) for one in answers] == [
        (ticket, "Да, упакуем в коробку с лентой, это бесплатно.")
    ]


async def test_what_people_talk_about_with_a_customer_is_no_question_to_the_bot(world: World) -> None:
    ticket = await asks(world, 1, INSTALMENTS)
    await gathers(world)
    await world.store.write(lambda unit: unit.tickets.take(ticket, operator_id=5, operator_name="Ольга"))
    await asks(world, 1, "а если через банк?")
    assert await gathers(world) == 0


async def test_lines_in_a_row_are_one_question_in_an_open_ticket_too(world: World) -> None:
    await asks(world, 1, INSTALMENTS)
    await gathers(world)
    await asks(world, 1, "есть ли", wait_s=0)
    await asks(world, 1, "подарочная упаковка?")
    assert await gathers(world) == 1
    assert "есть ли\nподарочная упаковка?" in {one.title for one in await _groups(world)}


async def test_where_the_bot_gave_an_answer_first_the_later_question_counts_and_not_that_one(world: World) -> None:
    looked_at = Verdict(scenario="DELIVERY", confidence=0.99, reasoning="", engine="local", version="1", urgency="high")
    world.listener.says["доставка горит"] = looked_at
    await asks(world, 1, "доставка горит")
    assert await gathers(world) == 0
    await asks(world, 1, WRAPPING)
    assert await gathers(world) == 1
    assert [one.title for one in await _groups(world)] == [WRAPPING]


async def test_what_stands_there_is_masked_and_without_the_customers_name(world: World) -> None:
    await asks(world, 1, "Это Анна, мой телефон +7 916 123-45-67, делаете гравировку?")
    await gathers(world)
    [row] = await _groups(world)
    assert row.title == "Это [NAME], мой телефон [PHONE], делаете гравировку?"


async def test_weeks_are_told_apart(world: World) -> None:
    await asks(world, 1, INSTALMENTS)
    await world.passes(8 * 86400)
    await asks(world, 2, INSTALMENTS)
    await asks(world, 3, INSTALMENTS)
    await gathers(world)
    [row] = await _groups(world)
    assert (row.asked.count, row.asked.this_week, row.asked.week_before) == (3, 2, 1)


async def test_questions_go_with_their_customer_and_a_group_with_the_last_of_them(world: World) -> None:
    await asks(world, 1, INSTALMENTS)
    await asks(world, 2, INSTALMENTS_TOO)
    await gathers(world)
    exported = await world.store.read(lambda unit: unit.personal_data.rows(1))
    assert [row["text"] for row in exported["unanswered"]] == [INSTALMENTS]
    assert "question_groups" not in exported
    await world.store.write(lambda unit: unit.personal_data.erase(1, []))
    await gathers(world)
    [row] = await _groups(world)
    assert (row.title, row.asked.count) == (INSTALMENTS_TOO, 1)
    await world.store.write(lambda unit: unit.personal_data.erase(2, []))
    await gathers(world)
    assert await _groups(world) == []
    assert await world.store.read(lambda unit: unit.question_groups.centres(most=10)) == []


async def test_questions_go_with_their_messages_when_these_are_kept_no_longer(world: World) -> None:
    ticket = await asks(world, 1, INSTALMENTS)
    await gathers(world)
    await world.store.write(lambda unit: unit.tickets.close(ticket))
    await world.passes(60)
    later = world.now
    await world.store.write(lambda unit: unit.retention.forget_messages(later))
    await gathers(world)
    assert await _groups(world) == []


async def test_what_is_closed_as_spam_does_not_count(world: World) -> None:
    ticket = await asks(world, 1, INSTALMENTS)
    await gathers(world)
    await world.store.write(lambda unit: unit.tickets.close(ticket, "spam"))
    assert await _groups(world) == []
    assert await world.store.read(lambda unit: unit.question_pages.count()) == 0


async def test_when_the_encoder_comes_groups_stay_and_are_compared_by_meaning(world: World) -> None:
    await asks(world, 1, "Можно ли платить частями, в рассрочку?")
    await gathers(world)
    [first] = await _groups(world)
    await asks(world, 2, "Do you offer payment in instalments?")
    await Gathering(store=world.store, encoder=Encoder(load=lambda: _by_money)).look()
    rows = await _groups(world)
    assert [(one.group.id, one.asked.count) for one in rows] == [(first.group.id, 2)]
