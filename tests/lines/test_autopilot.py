"""Trust is earned, answer by answer: the bot asks for what is proven, and gives back what fails. Each is told once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.team import team_of
from services.autopilot.records import record_of
from services.autopilot.watch import Watch
from services.messages.callbacks import OnScenario, encode
from services.scenarios import knowledge
from services.scenarios.modes import modes_of
from storage.audit import AuditFilters
from storage.closed_sets import Decision
from storage.matters import Matter
from storage.units import Unit
from tests.lines.test_who_answers import moded
from tests.lines.world import CUSTOMER_ID, GROUP_ID, PACK, World, pressed, said

ADMIN_ID = 77
OFFER = "Можно, я буду отвечать на это сам?"


@pytest.fixture(params=[False, True], ids=["plain", "forum"])
async def shop(sqlite_url: str, tmp_path: Path, request: Any) -> AsyncIterator[World]:
    made = World(sqlite_url, tmp_path, forum=request.param, SUPPORT_TELEGRAM__ADMIN_IDS=f"[{ADMIN_ID}]")
    await made.open()
    yield made
    await made.close()


async def looks(world: World) -> int:
    """Let the bot look at its answers, as it does every minute, and people read what it says."""
    watch = Watch(
        store=world.store, scenarios=lambda: world.parts.knowledge.scenarios, team=team_of(world.parts.settings)
    )
    done = await watch.look()
    await world.passes(30)
    await world.parts.knowledge.refresh()
    return done


def told(world: World, chat_id: int, words: str) -> int:
    return sum(words in text for text in world.screen.texts(chat_id))


async def decisions(world: World, number: int, decision: Decision = "sent", *, times: int = 1) -> None:
    """Let people decide on so many proposals, each to a question of its own; `times`: on each again and again."""

    def act(unit: Unit) -> None:
        for _ in range(number):
            line = unit.messages.add(key=f"q:{next(world.numbers)}", customer_id=1, author="customer", text="доставка")
            for _ in range(times):
                unit.suggestions.add(1, line.id, "DELIVERY", None)
                unit.suggestions.decide(unit.suggestions.of(1)[-1].id, decision)

    await world.store.write(act)


async def answers(world: World, number: int, *, scenario: str = "DELIVERY", **more: Any) -> None:
    """Let the bot have answered so many questions by itself."""

    def act(unit: Unit) -> None:
        for _ in range(number):
            line = unit.messages.add(key=f"q:{next(world.numbers)}", customer_id=1, author="customer", text="доставка")
            said = unit.messages.add(
                key=f"a:{line.id}",
                customer_id=1,
                author="bot",
                text="Ответ.",
                kind="answer",
                scenario=scenario,
                question_id=line.id,
            )
            if more:
                unit.messages.change(said.id, **more)

    await world.store.write(act)


async def mode(world: World) -> str:
    known = await world.store.read(lambda unit: unit.scenarios.load()[0])
    return modes_of(known)["DELIVERY"]


async def proposed(world: World) -> None:
    await moded(world, DELIVERY="suggest")
    await world.says(1, "доставка")
    await world.passes(5)


async def presses(world: World, data: str, chat_id: int = ADMIN_ID) -> None:
    number = next(one.telegram_id for one in reversed(world.screen.shown.values()) if one.chat_id == chat_id)
    press = pressed(chat_id, number, data)
    await world.arrives("callback_query", press)
    await world.works()
    await world.parts.knowledge.refresh()


async def test_what_is_proven_is_asked_for_once_with_its_figures_and_an_admin_says_yes(shop: World) -> None:
    await proposed(shop)
    await decisions(shop, 31)
    assert await looks(shop) == 0
    await decisions(shop, 1)
    assert await looks(shop) == 1
    for chat in (ADMIN_ID, GROUP_ID):
        assert told(shop, chat, OFFER) == 1
        assert told(shop, chat, "32 раза из 32") == 1
        assert told(shop, chat, "не реже чем в 95,1 %") == 1
    assert await looks(shop) == 0
    assert told(shop, ADMIN_ID, OFFER) == 1
    await presses(shop, "T:y:DELIVERY")
    assert await mode(shop) == "auto"
    assert told(shop, ADMIN_ID, "Кто отвечает: <b>бот сам</b>") == 1
    [entry] = await shop.store.read(
        lambda unit: unit.audit.page(AuditFilters(action="mode_changed"), before=None, most=9)
    )
    assert entry.detail == "DELIVERY: suggest → auto"
    await presses(shop, "T:y:DELIVERY")
    assert await mode(shop) == "auto", "twice is once"
    assert await looks(shop) == 0


async def test_its_page_shows_how_an_answer_fares_in_its_mode(shop: World) -> None:
    async def page() -> str:
        await presses(shop, encode(OnScenario("DELIVERY")))
        await shop.passes(5)
        return shop.screen.texts(ADMIN_ID)[-1]

    await proposed(shop)
    hello = said(2, "/scenarios")
    admin = {"id": ADMIN_ID, "is_bot": False, "first_name": "Вера", "language_code": "ru"}
    await shop.arrives("message", hello | {"from": admin, "chat": {"id": ADMIN_ID, "type": "private"}})
    await shop.works()
    assert "без правок" not in await page(), "nothing is known yet"
    await decisions(shop, 12)
    await decisions(shop, 1, "edited")
    assert "отправили его без правок 12 раз из 13: верен не менее чем в 77,4 %" in await page()
    await moded(shop, DELIVERY="auto")
    await answers(shop, 8)
    await answers(shop, 1, feedback="person")
    assert "Из последних 9 ответов верны, насколько известно, 8,5: от 76,2 до 99 % случаев" in await page()
    await moded(shop, DELIVERY="off")
    assert "верны" not in await page()


async def test_a_no_stands_until_there_are_twice_the_decisions(shop: World) -> None:
    await proposed(shop)
    await decisions(shop, 32)
    await looks(shop)
    await presses(shop, "T:n:DELIVERY")
    assert await mode(shop) == "suggest"
    assert told(shop, ADMIN_ID, "люди, бот предлагает текст") == 1
    await decisions(shop, 31)
    assert await looks(shop) == 0
    await decisions(shop, 1)
    assert await looks(shop) == 1
    assert told(shop, ADMIN_ID, "64 раза из 64") == 1


async def test_several_decisions_on_one_question_are_one_the_last(shop: World) -> None:
    await proposed(shop)
    await decisions(shop, 8, times=4)
    assert await looks(shop) == 0
    await decisions(shop, 24)
    assert await looks(shop) == 1


async def test_what_was_changed_or_wrong_keeps_the_bot_from_asking(shop: World) -> None:
    await proposed(shop)
    await decisions(shop, 60)
    await decisions(shop, 2, "edited")
    await decisions(shop, 2, "wrong")
    assert await looks(shop) == 0


async def test_an_operator_is_no_admin(shop: World) -> None:
    await proposed(shop)
    await decisions(shop, 32)
    await looks(shop)
    await presses(shop, "T:y:DELIVERY", GROUP_ID)
    assert await mode(shop) == "suggest"


async def test_an_answer_that_fails_is_given_back_once_and_the_word_is_undone_by_a_button(shop: World) -> None:
    await shop.says(1, "цена")
    await answers(shop, 20)
    await answers(shop, 9, feedback="person")
    assert await looks(shop) == 0
    await answers(shop, 3, feedback="person")
    assert await looks(shop) == 1
    assert await mode(shop) == "suggest"
    for chat in (ADMIN_ID, GROUP_ID):
        assert told(shop, chat, "из последних 32 моих ответов операторы исправили 0,") == 1
        assert told(shop, chat, "поставили низкую оценку клиенты: 12.") == 1
    await shop.says(2, "доставка")
    await shop.passes(5)
    assert not shop.screen.reads(CUSTOMER_ID, "Ответ DELIVERY")
    assert await looks(shop) == 0
    shop.now += timedelta(minutes=1)
    await presses(shop, "T:a:DELIVERY")
    assert await mode(shop) == "auto"
    assert await looks(shop) == 0, "it begins anew, and what was said before is over"


async def test_a_greeting_is_never_given_back(shop: World) -> None:
    greeting = replace(PACK.scenarios[0], key="GREETING", mode="auto")
    await knowledge.replace(shop.store, replace(PACK, scenarios=(*PACK.scenarios, greeting)), author="test")
    await shop.parts.knowledge.refresh()
    await shop.says(1, "цена")
    await answers(shop, 20, scenario="GREETING", feedback="person")
    assert await looks(shop) == 0, "who calls a person after a greeting has not asked for one"


@pytest.mark.parametrize(("source", "scenario"), [("correct", "PRICING"), ("correct", None), ("wrong", "DELIVERY")])
async def test_what_operators_correct_counts_whole(shop: World, source: Any, scenario: str | None) -> None:
    await shop.says(1, "цена")
    await answers(shop, 20)

    def act(unit: Unit) -> None:
        lines = [one for one in unit.messages.history(1) if one.kind == "answer" and one.scenario == "DELIVERY"]
        for line in lines[:4]:
            unit.labels.add(
                source,
                scenario=scenario,
                answer=None,
                language="ru",
                text="?",
                message_id=line.question_id,
                operator_id=5,
            )

    await shop.store.write(act)
    assert await looks(shop) == 1
    assert (
        told(shop, GROUP_ID, "операторы исправили 4, а человека позвали или поставили низкую оценку клиенты: 0.") == 1
    )


async def test_an_answer_that_is_seldom_asked_for_goes_back_at_the_second_correction(shop: World) -> None:
    await shop.says(1, "цена")

    async def corrected() -> None:
        await answers(shop, 1)

        def act(unit: Unit) -> None:
            [*_, line] = [one for one in unit.messages.history(1) if one.kind == "answer"]
            more: dict[str, Any] = {"answer": None, "language": "ru", "text": "?", "message_id": line.question_id}
            unit.labels.add("correct", scenario="PRICING", operator_id=5, **more)

        await shop.store.write(act)

    await corrected()
    assert await looks(shop) == 0, "one may be a slip"
    await corrected()
    assert await looks(shop) == 1
    assert await mode(shop) == "suggest"


async def test_what_speaks_for_an_answer_or_is_taken_back_gives_nothing_back(shop: World) -> None:
    await shop.says(1, "цена")
    await answers(shop, 10, feedback="helped")

    def act(unit: Unit) -> None:
        lines = [one for one in unit.messages.history(1) if one.kind == "answer" and one.scenario == "DELIVERY"]
        for line in lines:
            where: dict[str, Any] = {"message_id": line.question_id, "answer": None, "language": "ru", "text": "?"}
            unit.labels.add("correct", scenario="DELIVERY", operator_id=5, **where)
            retired = unit.labels.add("wrong", scenario="DELIVERY", operator_id=5, **where)
            unit.labels.take_back(retired, by="Ольга")

    await shop.store.write(act)
    assert await looks(shop) == 0


async def test_without_a_group_there_is_nobody_to_give_an_answer_back_to(shop: World) -> None:
    await shop.says(1, "цена")
    await answers(shop, 20, feedback="person")
    alone = replace(team_of(shop.parts.settings), names_group=False)
    assert await Watch(store=shop.store, scenarios=lambda: shop.parts.knowledge.scenarios, team=alone).look() == 0


@pytest.mark.parametrize(("score", "right"), [(1, 4.0), (2, 4.0), (3, 5.0)])
async def test_a_low_rating_speaks_against_the_answer_of_its_conversation(
    shop: World, score: int, right: float
) -> None:
    await shop.says(1, "позовите оператора")
    await shop.passes(5)
    await answers(shop, 3)
    await answers(shop, 2, ticket_id=1)

    def act(unit: Unit) -> None:
        ticket = unit.tickets.get(1)
        assert ticket is not None
        unit.ratings.ask(ticket)
        unit.ratings.rate(1, score)

    await shop.store.write(act)
    [delivery, *_] = shop.parts.knowledge.scenarios
    record = await shop.store.read(lambda unit: record_of(unit, Matter(delivery)))
    assert (record.right, record.of) == (right, 5)
