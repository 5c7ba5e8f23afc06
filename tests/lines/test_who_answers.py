"""Each answer has a mode: the bot sends it, people send it, or people write; customers read nothing of a proposal."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from services.classify.verdict import Guess, Verdict
from services.scenarios import knowledge
from storage.audit import AuditFilters
from storage.closed_sets import AnswerMode
from tests.lines.first_ticket import card, ticket
from tests.lines.world import CUSTOMER_ID, GROUP_ID, PACK, World, said


async def moded(world: World, **modes: AnswerMode) -> None:
    """Let answers have modes."""
    known = tuple(replace(one, mode=modes.get(one.key, "auto")) for one in PACK.scenarios)
    await knowledge.replace(world.store, replace(PACK, scenarios=known, version=str(modes)), author="test")
    await world.parts.knowledge.refresh()


@pytest.mark.parametrize("mode", ["suggest", "off"])
async def test_what_the_bot_may_not_send_goes_to_people_and_the_customer_reads_only_that(
    world: World, mode: AnswerMode
) -> None:
    await moded(world, DELIVERY=mode)
    await world.says(1, "доставка")
    await world.passes(5)
    assert not world.screen.reads(CUSTOMER_ID, "Ответ DELIVERY")
    assert len(world.screen.texts(CUSTOMER_ID)) == 1
    now = await ticket(world)
    assert (now.reason, now.scenario) == ("suggested" if mode == "suggest" else "switched_off", "DELIVERY")
    assert ("Предлагаю ответить" if mode == "suggest" else "выключен") in card(world)
    await world.says(2, "цена")
    await world.passes(5)
    assert world.screen.reads(CUSTOMER_ID, "Ответ PRICING"), "what is auto is answered beside the ticket"


async def test_what_was_offered_and_is_withheld_by_now_goes_to_people(world: World) -> None:
    both = tuple(Guess(scenario=key, confidence=0.4) for key in ("PRICING", "DELIVERY"))
    world.listener.says["скажите"] = Verdict(
        scenario="PRICING", confidence=0.6, reasoning="", engine="local", version="1", nearest=both
    )
    await world.says(1, "скажите")
    await world.passes(5)
    await moded(world, DELIVERY="suggest")
    await world.presses(CUSTOMER_ID, "DELIVERY")
    await world.passes(5)
    assert not world.screen.reads(CUSTOMER_ID, "Ответ DELIVERY")
    now = await ticket(world)
    assert (now.reason, now.scenario) == ("suggested", "DELIVERY")


async def test_an_admin_changes_who_answers_in_the_chat(sqlite_url: str, tmp_path: Any) -> None:
    world = World(sqlite_url, tmp_path, SUPPORT_TELEGRAM__ADMIN_IDS=f"[{CUSTOMER_ID}]")
    await world.open()
    await world.arrives("message", said(1, "/scenarios"))
    await world.works()
    await world.presses(CUSTOMER_ID, "DELIVERY")
    assert world.screen.reads(CUSTOMER_ID, "Кто отвечает: <b>бот сам</b>")
    await world.presses(CUSTOMER_ID, "Пусть бот предлагает")
    assert world.screen.reads(CUSTOMER_ID, "Кто отвечает: <b>люди, бот предлагает текст</b>")
    await world.presses(CUSTOMER_ID, "Все сценарии")
    assert any("DELIVERY 💬" in str(one.words.buttons) for one in world.screen.shown.values())
    [entry] = await world.store.read(
        lambda unit: unit.audit.page(AuditFilters(action="mode_changed"), before=None, most=9)
    )
    assert (entry.detail, entry.place) == ("DELIVERY: auto → suggest", "private")
    await world.parts.knowledge.refresh()
    known = world.parts.knowledge.scenario("DELIVERY")
    assert known is not None
    assert known.mode == "suggest"
    assert not world.screen.reads(GROUP_ID, "DELIVERY")
    await world.close()
