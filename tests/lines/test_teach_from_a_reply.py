"""Under a reply to what the bot could not answer a line asks whether the bot shall answer so from now on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from services.classify.verdict import Verdict
from services.desk.ready_answers import mark_of
from services.messages.callbacks import OnTicket, encode
from services.messages.effects import Words
from services.scenarios import knowledge
from services.unanswered.catching_up import CatchingUp
from services.unanswered.offering import Offering
from storage.records import Pack, Scenario
from tests.lines.asking import INSTALMENTS, INSTALMENTS_TOO, asks, gathers
from tests.lines.metered import Metered
from tests.lines.world import GROUP_ID, World

REPLY = "Анна, да: можно оплатить частями до шести месяцев без процентов."
OFFER = "Отвечать так и впредь?"
MADE = "MOZHNO_LI_U_VAS_OPLATIT"


async def answers(world: World, ticket: int, text: str, number: int) -> None:
    """Let an operator answer a ticket, and the round that offers look."""
    card = next(one.telegram_id for one in world.screen.shown.values() if f"<b>№{ticket}</b>" in one.words.text)
    await world.operator_says(number, text, reply_to=card)
    await offers(world)


async def offers(world: World) -> int:
    offered = await Offering(store=world.store, knowledge=world.parts.knowledge).look()
    await world.works()
    return offered


def stands(world: World) -> bool:
    return any(OFFER in text for text in world.screen.texts(GROUP_ID))


def last(world: World) -> str:
    return world.screen.texts(GROUP_ID)[-1]


def _last(world: World) -> Words:
    return next(one.words for one in reversed(world.screen.shown.values()) if one.chat_id == GROUP_ID)


async def _automatic(world: World, one: Scenario) -> None:
    """Let an answer be given by the bot, whatever its text leaves open."""
    known, background = await world.store.read(lambda unit: unit.scenarios.load())
    changed = tuple(replace(each, mode="auto") if each.key == one.key else each for each in known)
    await knowledge.replace(world.store, Pack(scenarios=changed, background=background, version="2"), author="test")
    await world.parts.knowledge.refresh()


async def scenario(world: World, key: str) -> Scenario | None:
    known, _ = await world.store.read(lambda unit: unit.scenarios.load())
    return next((one for one in known if one.key == key), None)


async def taught(world: World) -> list[tuple[str | None, str]]:
    labels = await world.store.read(lambda unit: unit.labels.standing())
    return [(one.scenario, one.text) for one in labels if one.source == "taught"]


@pytest.fixture
async def answered(world: World) -> World:
    ticket = await asks(world, 1, INSTALMENTS)
    await answers(world, ticket, REPLY, 900)
    return world


@pytest.fixture
async def metered(sqlite_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """A group that takes twenty calls a minute."""
    made = Metered(sqlite_url, tmp_path)
    await made.open()
    yield made
    await made.close()


async def test_a_small_silent_line_under_the_reply_asks(answered: World) -> None:
    [line] = [one for one in answered.screen.shown.values() if OFFER in one.words.text]
    assert answered.screen.targets[GROUP_ID, line.telegram_id].reply_to == 900
    assert line.words.silent
    assert await offers(answered) == 0


async def test_an_answer_is_made_of_it_shown_before_it_is_stored_and_taken_back(answered: World) -> None:
    await answered.presses(GROUP_ID, "Да…")
    assert INSTALMENTS in last(answered)
    await answered.presses(GROUP_ID, "Новый ответ")
    assert "customer.first_name" not in last(answered), "it stands as people read it"
    assert "‹имя›, да: можно оплатить частями" in last(answered)
    assert await scenario(answered, MADE) is None
    await answered.presses(GROUP_ID, "Сохранить")
    made = await scenario(answered, MADE)
    assert made is not None
    assert (made.mode, made.examples["ru"]) == ("suggest", (INSTALMENTS,))
    assert "Анна" not in made.templates[0].text
    assert await taught(answered) == [(MADE, INSTALMENTS)]
    await answered.presses(GROUP_ID, "Отменить")
    assert await scenario(answered, MADE) is None
    assert await taught(answered) == []
    assert stands(answered)


async def test_a_reply_belongs_to_an_answer_that_is_there(answered: World) -> None:
    await answered.presses(GROUP_ID, "Да…")
    await answered.presses(GROUP_ID, "PRICING")
    found = await scenario(answered, "PRICING")
    assert found is not None
    assert found.examples["ru"] == (INSTALMENTS,)
    assert len(found.templates) == 1
    assert await taught(answered) == [("PRICING", INSTALMENTS)]
    assert "относятся к «PRICING»" in last(answered)


async def test_what_is_people_s_anyway_or_small_talk_is_no_answer_to_choose(answered: World) -> None:
    await answered.presses(GROUP_ID, "Да…")
    offered = [button.text for row in _last(answered).buttons for button in row]
    assert "PRICING" in offered
    assert "COMPLAINT" not in offered


async def test_what_has_a_gap_is_never_sent_as_it_is(world: World) -> None:
    ticket = await asks(world, 1, INSTALMENTS)
    await answers(world, ticket, "Да, частями можно, если оплатите до 15 октября.", 900)
    for words in ("Да…", "Новый ответ", "Сохранить"):
        await world.presses(GROUP_ID, words)
    await world.parts.knowledge.refresh()
    sure = Verdict(scenario=MADE, confidence=0.99, reasoning="", engine="local", version="1")
    world.listener.says[INSTALMENTS_TOO] = sure
    again = await asks(world, 2, INSTALMENTS_TOO)
    card = next(one for one in world.screen.shown.values() if f"<b>№{again}</b>" in one.words.text)
    assert "Сначала впишите ‹дата›" in card.words.text
    known = [button.text for row in card.words.buttons for button in row]
    assert "✅ Отправить" not in known
    assert "✏️ Править" in known
    standing = await world.store.read(lambda unit: unit.suggestions.standing(again))
    ready = world.parts.knowledge.scenario(MADE)
    assert ready is not None
    mark = mark_of("Да, частями можно, если оплатите до ‹дата›.")
    await world.presses_at(GROUP_ID, card.telegram_id, encode(OnTicket(again, "accept", f"{standing[0].id}.{mark}")))
    assert not world.screen.reads(2, "частями можно"), "an old button does not send it either"
    await _automatic(world, ready)
    world.listener.says["частями?"] = sure
    await asks(world, 3, "частями?")
    assert not world.screen.reads(3, "‹дата›")
    assert world.screen.reads(3, "Передал")


async def test_who_waits_for_it_already_has_the_answer_on_the_card_too(world: World) -> None:
    ticket = await asks(world, 1, INSTALMENTS)
    waits = await asks(world, 2, INSTALMENTS_TOO)
    apart = await asks(world, 3, "Есть ли подарочная упаковка для заказа?")
    await gathers(world)
    await answers(world, ticket, REPLY, 900)
    for words in ("Да…", "Новый ответ", "Сохранить"):
        await world.presses(GROUP_ID, words)
    catching_up = CatchingUp(store=world.store, knowledge=world.parts.knowledge)
    assert await catching_up.look() == 0, "this process does not know the answer yet"
    await world.parts.knowledge.refresh()
    assert await catching_up.look() == 1
    await world.passes(20)
    cards = {
        number: next(one.words.text for one in world.screen.shown.values() if f"<b>№{number}</b>" in one.words.text)
        for number in (ticket, waits, apart)
    }
    assert "Предлагаю ответить" in cards[waits]
    assert "можно оплатить частями до шести месяцев" in cards[waits]
    assert "Предлагаю ответить" not in cards[ticket] + cards[apart]
    assert await catching_up.look() == 0
    await world.presses(GROUP_ID, "✅ Отправить")
    await world.passes(5)
    assert world.screen.reads(2, "можно оплатить частями до шести месяцев")


async def test_with_it_goes_the_whole_group_of_such_questions(world: World) -> None:
    ticket = await asks(world, 1, INSTALMENTS)
    await asks(world, 2, INSTALMENTS_TOO)
    await gathers(world)
    await answers(world, ticket, REPLY, 900)
    for words in ("Да…", "Новый ответ", "Сохранить"):
        await world.presses(GROUP_ID, words)
    made = await scenario(world, MADE)
    assert made is not None
    assert set(made.examples["ru"]) == {INSTALMENTS, INSTALMENTS_TOO}
    assert await world.store.read(lambda unit: unit.question_pages.count()) == 0
    await world.presses(GROUP_ID, "Отменить")
    assert await world.store.read(lambda unit: unit.question_pages.count()) == 1


@pytest.mark.parametrize(
    ("asked", "reply"),
    [
        (INSTALMENTS, "ok"),
        (INSTALMENTS, "Да, можно."),
        (INSTALMENTS, "// спрошу у бухгалтерии про оплату частями"),
        (INSTALMENTS, "Ответ PRICING. Ответ pricing, ответ: PRICING!"),
        ("позовите оператора", REPLY),
        ("жалоба: ужасный сервис у вас", REPLY),
    ],
)
async def test_what_is_no_answer_for_all_is_not_asked_about(world: World, asked: str, reply: str) -> None:
    ticket = await asks(world, 1, asked)
    await answers(world, ticket, reply, 900)
    assert not stands(world)


async def test_who_declines_is_not_asked_again_and_the_line_goes(answered: World) -> None:
    await answered.presses(GROUP_ID, "Нет")
    await answered.passes(70)
    assert not stands(answered)
    assert await offers(answered) == 0


async def test_when_the_ticket_moves_on_the_line_goes(answered: World) -> None:
    await answered.store.write(lambda unit: unit.tickets.close(1))
    await offers(answered)
    assert stands(answered)
    await answered.passes(16 * 60)
    await offers(answered)
    await answered.passes(70)
    assert not stands(answered)


async def test_twice_in_vain_for_one_meaning_is_enough(world: World) -> None:
    for customer in (1, 2, 3):
        ticket = await asks(world, customer, INSTALMENTS)
        await gathers(world)
        await answers(world, ticket, f"{REPLY} {customer}", 900 + customer)
        assert stands(world) is (customer < 3)
        if customer < 3:
            await world.presses(GROUP_ID, "Нет")
            await world.passes(70)


async def test_presses_that_come_late_twice_or_from_nobody_change_nothing(answered: World) -> None:
    for data in ("y:save:1:0123456789", "y:join:1:a0123456789", "y:undo:1", "y:yes:77", "y:yes:1:p9", "y:burn:1"):
        await answered.presses_at(GROUP_ID, 10_000, data)
    assert [one.key for one in (await answered.store.read(lambda unit: unit.scenarios.load()))[0]] == [
        "DELIVERY",
        "PRICING",
        "COMPLAINT",
    ]
    answered.screen.gone.add(501)
    await answered.presses_at(1, 10_000, "y:no:1")
    assert (await answered.store.read(lambda unit: unit.lessons.get(1))).state == "offered"  # type: ignore[union-attr]


async def test_the_line_is_the_first_to_give_way_where_the_group_has_no_room(metered: World) -> None:
    ticket = await asks(metered, 1, INSTALMENTS)
    card = next(one.telegram_id for one in metered.screen.shown.values() if f"<b>№{ticket}</b>" in one.words.text)
    await metered.operator_says(900, REPLY, reply_to=card)
    for customer in range(2, 12):
        await asks(metered, customer, "позовите оператора", wait_s=2)
    assert await offers(metered) == 1
    assert not stands(metered)
    await metered.passes(180)
    assert stands(metered)


async def test_what_was_settled_before_there_was_room_is_not_posted_at_all(metered: World) -> None:
    ticket = await asks(metered, 1, INSTALMENTS)
    card = next(one.telegram_id for one in metered.screen.shown.values() if f"<b>№{ticket}</b>" in one.words.text)
    await metered.operator_says(900, REPLY, reply_to=card)
    for customer in range(2, 12):
        await asks(metered, customer, "позовите оператора", wait_s=2)
    await offers(metered)
    await metered.store.write(lambda unit: unit.lessons.settle(ticket, "ignored"))
    await metered.passes(180)
    assert not any(OFFER in text for _, text in metered.screen.everything)


async def test_it_goes_with_its_customer(answered: World) -> None:
    await answered.store.write(lambda unit: unit.personal_data.erase(1, []))
    assert await answered.store.read(lambda unit: unit.lessons.get(1)) is None
    await answered.presses_at(GROUP_ID, 10_000, "y:yes:1")
