"""The confidence from which the bot answers moves by what people say of its verdicts; each process reads the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.cli.coverage import known
from services.autopilot.young import BEGINS, GROWN
from services.classify.verdict import Guess, Verdict
from services.scenarios.knowledge import replace as put_in
from storage.units import Unit
from storage.verdict_record import StoredVerdict
from tests.lines.world import CUSTOMER_ID, GROUP_ID, PACK, World

ASKS = {"сколько стоит самовывоз?": 0.74, "почём самовывоз?": 0.82, "какая цена самовывоза?": 0.97}


async def known_well(world: World) -> World:
    """Let every answer have as many phrases as need no threshold of their own."""
    lines = {"ru": tuple(f"фраза {number}" for number in range(GROWN))}
    scenarios = tuple(replace(one, examples=lines) for one in PACK.scenarios)
    await put_in(world.store, replace(PACK, scenarios=scenarios, version="2"), author="test")
    await world.parts.knowledge.refresh()
    return world


def verdict(text: str) -> Verdict:
    guess = Guess(scenario="PRICING", confidence=ASKS[text])
    return Verdict(
        scenario="PRICING", confidence=ASKS[text], reasoning="", engine="local", version="1", nearest=(guess,)
    )


async def past(world: World, number: int, confidence: float, *, means: str = "PRICING") -> None:
    """Let operators have said of so many questions what they were about; all were taken for one about a price."""
    thought = StoredVerdict(
        scenario="PRICING",
        confidence=confidence,
        reasoning="",
        engine="local",
        version="1",
        latency_ms=1,
        cost_usd=0,
    )

    def act(unit: Unit) -> None:
        for _ in range(number):
            line = unit.messages.add(key=f"q:{next(world.numbers)}", customer_id=1, author="customer", text="цена")
            unit.verdicts.add(line.id, thought)
            unit.labels.add(
                "correct", message_id=line.id, scenario=means, answer=None, language="ru", text="цена", operator_id=1
            )

    await world.store.write(act)
    world.now += timedelta(hours=1)  # nobody writes so much in a minute


async def answered(world: World, text: str) -> bool:
    """Let a customer ask, and tell whether the bot has answered by itself."""
    world.listener.says[text] = verdict(text)
    before = given(world)
    await world.says(next(world.numbers), text)
    await world.passes(10)
    return given(world) > before


def given(world: World) -> int:
    return sum("Ответ PRICING" in text for text in world.screen.texts(CUSTOMER_ID))


async def test_what_was_right_though_unsure_is_answered_by_itself_in_time(world: World) -> None:
    await known_well(world)
    assert not await answered(world, "сколько стоит самовывоз?")
    await past(world, 60, 0.9)
    await past(world, 15, 0.74)
    assert await world.parts.policies.look()
    assert await answered(world, "сколько стоит самовывоз?")
    assert not await world.parts.policies.look(), "nothing has moved since"
    await world.operator_says(900, "/stats")
    await world.passes(10)
    assert any("с уверенности 65 % (настроено" in text for text in world.screen.texts(GROUP_ID))


async def test_what_was_wrong_though_sure_goes_to_people(world: World) -> None:
    await known_well(world)
    assert await answered(world, "почём самовывоз?")
    await past(world, 30, 0.95)
    await past(world, 10, 0.82, means="DELIVERY")
    assert await world.parts.policies.look()
    assert not await answered(world, "почём самовывоз?")
    assert await answered(world, "какая цена самовывоза?")


async def test_it_stays_where_it_was_configured_if_the_owner_wants_so(sqlite_url: str, tmp_path: Path) -> None:
    world = World(sqlite_url, tmp_path, SUPPORT_AUTOPILOT__MOVES_THRESHOLD="false")
    await world.open()
    assert await answered(world, "почём самовывоз?"), "an answer of few phrases, too"
    assert not await answered(world, "сколько стоит самовывоз?")
    await past(world, 60, 0.9)
    await past(world, 15, 0.74)
    assert not await world.parts.policies.look()
    assert not await answered(world, "сколько стоит самовывоз?")
    await world.close()


async def test_commands_count_from_the_confidence_that_the_bot_has_come_to(world: World) -> None:
    await known_well(world)
    settings = world.parts.settings
    assert not await answered(world, "сколько стоит самовывоз?")
    *_, configured = await known(settings, world.store)
    assert configured.answer_at == settings.classifier.answer_at
    await past(world, 60, 0.9)
    await past(world, 15, 0.74)
    *_, moved = await known(settings, world.store)
    assert moved.answer_at == 0.65


async def test_an_answer_of_few_phrases_is_given_once_people_have_confirmed_it(world: World) -> None:
    assert not await answered(world, "почём самовывоз?")
    assert await answered(world, "какая цена самовывоза?"), f"surer than {BEGINS}"
    await past(world, 40, 0.9)
    assert await world.parts.policies.look()
    assert await answered(world, "почём самовывоз?")


async def test_confirmations_of_other_answers_of_few_phrases_help_a_little(world: World) -> None:
    assert not await answered(world, "почём самовывоз?")
    before = world.parts.policies.of("local").at("DELIVERY", None)
    await past(world, 20, 0.9)
    await world.parts.policies.look()
    policy = world.parts.policies.of("local")
    assert policy.at("PRICING", None) < policy.at("DELIVERY", None) < before == BEGINS


async def test_statistics_tell_what_new_answers_still_need(world: World) -> None:
    await world.says(1, "доставка")
    await world.passes(10)
    await past(world, 4, 0.9)
    await world.operator_says(900, "/stats")
    await world.passes(10)
    (told,) = [text for text in world.screen.texts(GROUP_ID) if "Статистика" in text]
    assert "(те — с уверенности 78 %)" in told
    first, *_ = [line for line in told.splitlines() if "нужно ещё около" in line]
    assert "PRICING" in first
    assert "подтверждений: 4" in first
