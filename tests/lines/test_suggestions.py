"""A proposed answer on the card: sent as it is, in other words, or wrong; each decision is kept and counts once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from services.classify.verdict import Guess, Verdict
from services.desk.ready_answers import mark_of
from services.scenarios import fact_values, knowledge
from storage.audit import AuditFilters
from storage.labels import Label
from storage.records import Fact, Template
from storage.suggestions import Suggestion
from tests.lines.first_ticket import buttons, card, ticket
from tests.lines.world import CUSTOMER_ID, GROUP_ID, PACK, World, pressed

ANSWER = "Ответ DELIVERY."
VERBS = ["✅ Отправить", "✏️ Править", "✖️ Не то"]
FACT = Fact(key="return.days", type="number", question={"ru": "Сколько дней?"}, example={"ru": "14"})


@pytest.fixture(params=[False, True], ids=["plain", "forum"])
async def shop(sqlite_url: str, tmp_path: Path, request: Any) -> AsyncIterator[World]:
    """A shop whose answer about delivery is proposed, in both kinds of group."""
    made = World(sqlite_url, tmp_path, forum=request.param)
    await made.open()
    await proposing(made)
    yield made
    await made.close()


async def proposing(world: World, text: str = ANSWER) -> None:
    delivery, pricing, complaint = PACK.scenarios
    proposed = replace(delivery, mode="suggest", templates=(Template(language="ru", text=text),))
    pack = replace(PACK, scenarios=(proposed, pricing, complaint), facts=(FACT,), version=text)
    await knowledge.replace(world.store, pack, author="test")
    await world.parts.knowledge.refresh()


async def asked(world: World, text: str = "доставка, телефон +7 916 123-45-67") -> None:
    await world.says(1, text)
    await world.passes(10)


async def decided(world: World) -> list[Suggestion]:
    return await world.store.read(lambda unit: unit.suggestions.of(1))


async def labels(world: World) -> list[Label]:
    return await world.store.read(lambda unit: unit.labels.of(1))


async def forged(world: World, data: str) -> None:
    await world.arrives("callback_query", pressed(GROUP_ID, 10_000, data))
    await world.works()


async def answers(world: World, number: int, text: str) -> None:
    """Let an operator write to the customer: in the topic, or in reply to the newest message of the bot."""
    now = await ticket(world)
    newest = max(one.telegram_id for one in world.screen.shown.values() if one.chat_id == GROUP_ID)
    await world.operator_says(number, text, topic=now.topic_id, reply_to=None if now.topic_id else newest)
    await world.passes(5)


async def test_the_card_shows_what_would_be_answered_and_the_customer_reads_nothing_of_it(shop: World) -> None:
    await asked(shop)
    assert "Предлагаю ответить: <b>DELIVERY</b>" in card(shop)
    assert ANSWER in card(shop)
    assert buttons(shop)[:3] == VERBS
    assert not shop.screen.reads(CUSTOMER_ID, ANSWER)
    assert [one.decision for one in await decided(shop)] == [None]


async def test_sent_as_it_is_it_is_the_operators_line_and_a_label(shop: World) -> None:
    await asked(shop)
    await shop.presses(GROUP_ID, "Отправить")
    await shop.passes(5)
    assert shop.screen.texts(CUSTOMER_ID)[-1] == ANSWER
    assert [one.decision for one in await decided(shop)] == ["sent"]
    [label] = await labels(shop)
    assert (label.source, label.scenario, label.operator_name) == ("sent", "DELIVERY", "A")
    assert "916" not in label.text
    now = await ticket(shop)
    assert (now.status, now.operator_name, now.waiting_since) == ("taken", "A", None)
    assert "Предлагаю" not in card(shop)
    await forged(shop, f"t:1:accept:1.{mark_of(ANSWER)}")
    assert shop.screen.texts(CUSTOMER_ID).count(ANSWER) == 1, "a second press sends nothing"


async def test_edited_it_counts_when_the_operators_words_have_gone_to_the_customer(shop: World) -> None:
    await asked(shop)
    await shop.presses(GROUP_ID, "Править")
    await shop.passes(5)
    assert shop.screen.reads(GROUP_ID, f"<code>{ANSWER}</code>")
    assert [one.decision for one in await decided(shop)] == [None], "nobody has sent anything yet"
    await answers(shop, 500, "Курьер приедет завтра.")
    assert shop.screen.texts(CUSTOMER_ID)[-1] == "Курьер приедет завтра."
    assert [one.decision for one in await decided(shop)] == ["edited"]
    assert [(one.source, one.scenario) for one in await labels(shop)] == [("edited", "DELIVERY")]
    assert "Предлагаю" not in card(shop)


async def test_words_without_edit_say_that_it_was_not_sent_and_nothing_of_its_topic(shop: World) -> None:
    await asked(shop)
    await answers(shop, 500, "Какой у вас номер заказа?")
    assert [one.decision for one in await decided(shop)] == ["edited"]
    assert await labels(shop) == []


async def test_a_note_decides_nothing(shop: World) -> None:
    await asked(shop)
    await answers(shop, 500, "// спросить склад")
    assert [one.decision for one in await decided(shop)] == [None]
    assert "Предлагаю" in card(shop)


async def test_wrong_is_a_label_and_asks_what_it_is_instead(shop: World) -> None:
    await asked(shop)
    await shop.presses(GROUP_ID, "Не то")
    await shop.passes(5)
    assert [one.decision for one in await decided(shop)] == ["wrong"]
    await forged(shop, "t:1:wrong:1")
    await shop.presses(GROUP_ID, "PRICING")
    await shop.presses(GROUP_ID, "Отправить")
    await shop.passes(5)
    assert shop.screen.texts(CUSTOMER_ID)[-1] == "Ответ PRICING."
    assert not shop.screen.reads(CUSTOMER_ID, ANSWER)
    assert [(one.source, one.scenario) for one in await labels(shop)] == [
        ("wrong", "DELIVERY"),
        ("correct", "PRICING"),
        ("sent", "PRICING"),
    ]
    noted = await shop.store.read(lambda unit: unit.audit.page(AuditFilters(ticket_id=1), before=None, most=9))
    assert [one.action for one in reversed(noted)] == ["suggestion_wrong", "corrected", "sent"]


@pytest.mark.parametrize(("topic", "decision"), [("DELIVERY", "sent"), ("PRICING", "wrong")])
async def test_an_answer_picked_from_the_menu_decides_too(shop: World, topic: str, decision: str) -> None:
    await asked(shop)
    await shop.presses(GROUP_ID, "Ответить")
    await shop.presses(GROUP_ID, topic)
    await shop.presses(GROUP_ID, "Отправить")
    assert [one.decision for one in await decided(shop)] == [decision]
    assert [(one.source, one.scenario) for one in await labels(shop)] == [("sent", topic)]


async def test_words_that_have_changed_since_are_shown_and_not_sent(shop: World) -> None:
    await asked(shop)
    await proposing(shop, "Теперь иначе.")
    await shop.presses(GROUP_ID, "Отправить")
    await shop.passes(5)
    assert not shop.screen.reads(CUSTOMER_ID, ANSWER)
    assert "Теперь иначе." in card(shop)
    await shop.presses(GROUP_ID, "Отправить")
    assert shop.screen.texts(CUSTOMER_ID)[-1] == "Теперь иначе."


async def test_what_lacks_a_fact_cannot_be_proposed_and_says_so(shop: World) -> None:
    await proposing(shop, "За {{ facts.return.days }} дней.")
    await asked(shop)
    now = await ticket(shop)
    assert (now.reason, await decided(shop)) == ("unfilled", [])
    assert "return.days" in card(shop)
    await shop.store.write(lambda unit: fact_values.put(unit, FACT.key, "ru", "14", author="test"))
    await shop.parts.knowledge.refresh()
    await shop.says(2, "доставка ещё раз")
    await shop.passes(5)
    assert "За 14 дней." in card(shop)


async def test_two_questions_are_answered_as_far_as_they_may_be_and_the_rest_is_proposed(shop: World) -> None:
    both = "цена и доставка"
    one = Verdict(
        scenario="PRICING",
        confidence=0.99,
        reasoning="",
        engine="local",
        version="1",
        nearest=(Guess(scenario="PRICING", confidence=0.99),),
    )
    shop.listener.says[both] = replace(one, more=(replace(one, scenario="DELIVERY"),))
    await asked(shop, both)
    told = shop.screen.texts(CUSTOMER_ID)[-1]
    assert "Ответ PRICING." in told
    assert ANSWER not in told
    assert ANSWER in card(shop)
    assert buttons(shop)[:3] == VERBS


async def test_the_same_question_again_is_proposed_once_and_a_later_one_beside_it(shop: World) -> None:
    await asked(shop)
    await shop.says(2, "доставка!")
    await shop.passes(5)
    assert len(await decided(shop)) == 1
    await shop.presses(GROUP_ID, "Отправить")
    await shop.passes(5)
    await shop.says(3, "ещё про доставка")
    await shop.passes(5)
    assert len(await decided(shop)) == 1, "an operator has the ticket: the bot only passes on"


@pytest.mark.parametrize("data", ["t:1:accept:1.0123456789", "t:1:accept:2.0123456789", "t:1:edit:7", "t:1:wrong:7"])
async def test_what_was_not_offered_does_nothing(shop: World, data: str) -> None:
    await asked(shop)
    await forged(shop, data)
    await shop.passes(5)
    assert [one.decision for one in await decided(shop)] == [None]
    assert not shop.screen.reads(CUSTOMER_ID, ANSWER)
    assert await labels(shop) == []


async def test_a_closed_ticket_proposes_nothing(shop: World) -> None:
    await asked(shop)
    await shop.presses(GROUP_ID, "Закрыть")
    await shop.passes(5)
    assert "Предлагаю" not in card(shop)
    await forged(shop, f"t:1:accept:1.{mark_of(ANSWER)}")
    assert not shop.screen.reads(CUSTOMER_ID, ANSWER)


@pytest.mark.long
async def test_stats_advise_to_trust_only_what_can_be_trusted(shop: World) -> None:
    await asked(shop)
    assert "доверьте боту «DELIVERY»" in await stats(shop, 600)
    delivery, pricing, complaint = PACK.scenarios
    trusted = replace(PACK, scenarios=(replace(delivery, mode="auto"), pricing, complaint), version="trusted")
    for number, pack in enumerate((trusted, replace(PACK, scenarios=(pricing, complaint), version="gone"))):
        await knowledge.replace(shop.store, pack, author="test")
        await shop.parts.knowledge.refresh()
        assert "доверьте боту" not in await stats(shop, 601 + number), pack.version


async def stats(world: World, number: int) -> str:
    await world.operator_says(number, "/stats")
    await world.passes(60)
    return next(text for text in reversed(world.screen.texts(GROUP_ID)) if "Статистика" in text)
