"""A proposed answer on the page: read beside the conversation, and sent, edited or said to be wrong there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from services.reports.span import Span
from services.reports.statistics import report_of
from services.reports.statistics_page import page
from services.scenarios import knowledge
from storage.records import Template
from storage.suggestions import Suggestion
from tests.dashboard.visitor import MARIA, Browser, new_key
from tests.lines.first_ticket import card
from tests.lines.world import CUSTOMER_ID, GROUP_ID, PACK, World

ANSWER = "Ответ DELIVERY."


@pytest.fixture
async def world(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    made = World(database_url, tmp_path, SUPPORT_TELEGRAM__ADMIN_IDS=f"[{MARIA.id}]", SUPPORT_CLASSIFIER__PAUSE_S="0")
    await made.open()
    known = tuple(replace(one, mode="suggest" if one.key == "DELIVERY" else "auto") for one in PACK.scenarios)
    await knowledge.replace(made.store, replace(PACK, scenarios=known, version="2"), author="test")
    await made.parts.knowledge.refresh()
    await made.says(1, "доставка")
    await made.passes(10)
    yield made
    await made.close()


async def suggestion(browser: Browser) -> dict[str, Any] | None:
    _, found = await browser.get("tickets/1")
    told: dict[str, Any] | None = found["suggestion"]
    return told


async def does(browser: Browser, action: str, choice: str) -> Any:
    status, told = await browser.post("tickets/1/actions", action=action, choice=choice, key=new_key())
    assert status == 200, told
    return told["outcome"]


async def decided(world: World) -> list[Suggestion]:
    return await world.store.read(lambda unit: unit.suggestions.of(1))


async def test_it_is_read_and_sent_as_it_is(world: World, maria: Browser) -> None:
    found = await suggestion(maria)
    assert found is not None
    assert (found["title"], found["text"], found["missing"]) == ("DELIVERY", ANSWER, [])
    assert await does(maria, "accept", found["words"]) == "sent"
    await world.passes(10)
    assert world.screen.texts(CUSTOMER_ID)[-1] == ANSWER
    assert any("отвечает" in text and ANSWER in text for text in world.screen.texts(GROUP_ID))
    assert await suggestion(maria) is None
    assert await does(maria, "accept", found["words"]) == "suggestion_over"
    assert [one.decision for one in await decided(world)] == ["sent"]


async def test_what_has_a_gap_says_so_and_is_not_sent(world: World, maria: Browser) -> None:
    delivery = next(one for one in PACK.scenarios if one.key == "DELIVERY")
    open_text = (Template(language="ru", text="Приходите ‹дата› до ‹номер›."),)
    known = (replace(delivery, mode="suggest", templates=open_text), *PACK.scenarios[1:])
    await knowledge.replace(world.store, replace(PACK, scenarios=known, version="3"), author="test")
    await world.parts.knowledge.refresh()
    found = await suggestion(maria)
    assert found is not None
    assert found["gaps"] == ["‹дата›", "‹номер›"]
    assert await does(maria, "accept", found["words"]) == "gaps"
    await world.passes(10)
    assert not world.screen.reads(CUSTOMER_ID, "Приходите")


async def test_edited_it_goes_into_the_composer_and_counts_when_it_is_sent(world: World, maria: Browser) -> None:
    before = len(world.screen.texts(GROUP_ID))
    assert await does(maria, "edit", "1") == "words_asked"
    await world.passes(10)
    assert len(world.screen.texts(GROUP_ID)) == before, "the group is not asked for what is written on the page"
    status, _ = await maria.post("tickets/1/replies", text="Завтра.", key=new_key())
    assert status == 200
    await world.passes(10)
    assert world.screen.texts(CUSTOMER_ID)[-1] == "Завтра."
    assert [one.decision for one in await decided(world)] == ["edited"]
    kept = await world.store.read(lambda unit: unit.labels.of(1))
    assert [(one.source, one.operator_name) for one in kept] == [("edited", MARIA.name)]


async def test_wrong_is_noted_and_opens_no_menu_on_the_card(world: World, maria: Browser) -> None:
    assert await does(maria, "wrong", "1") == "suggestion_wrong"
    await world.passes(10)
    assert await suggestion(maria) is None
    assert "Предлагаю" not in card(world)
    ticket = await world.store.read(lambda unit: unit.tickets.get(1))
    assert ticket is not None
    assert ticket.face is None
    assert [one.decision for one in await decided(world)] == ["wrong"]


@pytest.mark.parametrize(
    ("action", "choice"), [("accept", "1"), ("accept", "x"), ("edit", "1.0123456789"), ("wrong", "-1"), ("wrong", None)]
)
async def test_what_is_no_choice_is_refused(maria: Browser, action: str, choice: str | None) -> None:
    status, _ = await maria.post("tickets/1/actions", action=action, choice=choice, key=new_key())
    assert status == 422


async def test_the_figures_tell_who_answers_and_what_one_more_answer_would_spare(world: World) -> None:
    await world.says(2, "цена")
    await world.passes(10)
    day = world.now.date()
    span = Span(first=day, last=day, zone=ZoneInfo("Europe/Moscow"))
    report = await world.store.read(lambda unit: report_of(unit, span))
    text = page(report, world.parts.knowledge, span.zone, "en")
    assert "the bot itself: 1 · proposed, people decided: 1 · people: 0" in text
    assert "отвечать на 1 такой вопрос" in page(report, world.parts.knowledge, span.zone, "ru")
    assert "trust the bot with “DELIVERY”, and people are spared 1 such question" in text


async def test_the_reports_tell_who_gives_each_answer_and_how_right_it_was(world: World, maria: Browser) -> None:
    found = await suggestion(maria)
    assert found is not None
    await does(maria, "accept", found["words"])
    _, report = await maria.get("reports", span="7d")
    assert report["now"]["proposed"] == 1
    first, second = report["ladder"]
    told = {name: first[name] for name in ("scenario", "mode", "asked", "right", "of", "sure")}
    assert told == {"scenario": "DELIVERY", "mode": "suggest", "asked": 1, "right": 1, "of": 1, "sure": 37.8}
    assert (second["scenario"], second["mode"], second["asked"], second["sure"]) == ("PRICING", "auto", 0, None)
