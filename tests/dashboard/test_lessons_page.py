"""Teaching from a reply on the page: the same as the line under it in the group."""

from __future__ import annotations

from typing import Any

import pytest

from services.unanswered.offering import Offering
from tests.dashboard.visitor import Browser
from tests.lines.asking import INSTALMENTS, asks
from tests.lines.world import GROUP_ID, World

REPLY = "Анна, да: можно оплатить частями до шести месяцев, звоните до 25 мая."


@pytest.fixture
async def ticket(world: World, maria: Browser) -> int:
    number = await asks(world, 1, INSTALMENTS)
    await maria.writes(number, REPLY)
    await world.works()
    await Offering(store=world.store, knowledge=world.parts.knowledge).look()
    await world.works()
    return number


async def lesson(browser: Browser, ticket: int) -> dict[str, Any]:
    status, found = await browser.get(f"tickets/{ticket}/lesson")
    assert status == 200
    return dict(found)


async def test_an_operator_makes_an_answer_of_their_reply_and_takes_it_back(
    world: World, ticket: int, maria: Browser
) -> None:
    found = await lesson(maria, ticket)
    assert (found["state"], found["question"], found["gaps"]) == ("offered", INSTALMENTS, ["дата"])
    assert "Анна" not in found["source"]
    assert [one["scenario"] for one in found["topics"]] == ["DELIVERY", "PRICING"]
    assert not any("Отвечать так" in text for text in world.screen.texts(GROUP_ID))
    body = {"action": "make", "title": "Оплата частями", "text": "Можно, до шести месяцев."}
    status, told = await maria.post(f"tickets/{ticket}/lesson", **body)
    assert status == 200
    known, _ = await world.store.read(lambda unit: unit.scenarios.load())
    [made] = [one for one in known if one.key == told["scenario"]]
    assert (made.mode, made.templates[0].text, made.examples["ru"]) == ("suggest", body["text"], (INSTALMENTS,))
    assert (await lesson(maria, ticket))["state"] == "taught"
    assert (await maria.post(f"tickets/{ticket}/lesson", **body))[0] == 409
    assert (await maria.post(f"tickets/{ticket}/lesson", action="undo"))[0] == 200
    assert (await lesson(maria, ticket))["state"] == "offered"
    assert len((await world.store.read(lambda unit: unit.scenarios.load()))[0]) == 3


async def test_a_reply_belongs_to_an_answer_that_is_there(world: World, ticket: int, maria: Browser) -> None:
    assert (await maria.post(f"tickets/{ticket}/lesson", action="join", scenario="PRICING"))[0] == 200
    [label] = await world.store.read(lambda unit: unit.labels.standing())
    assert (label.source, label.scenario, label.operator_name) == ("taught", "PRICING", "Мария")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_who_declines_is_not_asked_again(ticket: int, maria: Browser) -> None:
    assert (await maria.post(f"tickets/{ticket}/lesson", action="no"))[0] == 200
    assert (await lesson(maria, ticket))["state"] == "none"
    assert (await maria.post(f"tickets/{ticket}/lesson", action="no"))[0] == 409
    assert (await lesson(maria, 99))["state"] == "none"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"action": "make", "title": "x", "text": "{{ customer.iban }}"}, 422),
        ({"action": "make", "title": "x", "text": " "}, 422),
        ({"action": "join"}, 422),
        ({"action": "join", "scenario": "NOBODY"}, 409),
        ({"action": "undo"}, 409),
        ({"action": "burn"}, 422),
    ],
)
async def test_what_cannot_be_taught_is_refused(ticket: int, maria: Browser, body: dict[str, Any], status: int) -> None:
    assert (await maria.post(f"tickets/{ticket}/lesson", **body))[0] == status


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_was_decided_on_the_page_stands_in_the_group(world: World, maria: Browser) -> None:
    number = await asks(world, 1, INSTALMENTS)
    card = next(one.telegram_id for one in world.screen.shown.values() if f"<b>№{number}</b>" in one.words.text)
    await world.operator_says(900, REPLY, reply_to=card)
    await Offering(store=world.store, knowledge=world.parts.knowledge).look()
    await world.works()
    assert any("Отвечать так" in text for text in world.screen.texts(GROUP_ID))
    await maria.post(f"tickets/{number}/lesson", action="join", scenario="PRICING")
    await world.passes(70)
    assert not any("Отвечать так" in text for text in world.screen.texts(GROUP_ID))
    assert any("в панели" in text for text in world.screen.texts(GROUP_ID))
