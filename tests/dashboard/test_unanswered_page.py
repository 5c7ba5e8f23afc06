"""What is asked and not answered, over HTTP: everybody looks, admins decide, and each decision can be taken back."""

from __future__ import annotations

from typing import Any

import pytest

from storage.records import Scenario
from tests.dashboard.visitor import Browser
from tests.lines.asking import INSTALMENTS, INSTALMENTS_TOO, WRAPPING, asks, gathers
from tests.lines.world import World


@pytest.fixture
async def asked(world: World, maria: Browser) -> int:
    """Two customers have asked the same, a third something else; the first was answered. Return the first group."""
    ticket = await asks(world, 1, INSTALMENTS)
    await maria.writes(ticket, "Анна, да: частями до 6 месяцев.\nС уважением, Мария")
    await world.works()
    await asks(world, 2, INSTALMENTS_TOO)
    await asks(world, 3, WRAPPING)
    await gathers(world)
    _, found = await maria.get("unanswered")
    return int(found["groups"][0]["id"])


async def stands(world: World, key: str) -> Scenario | None:
    known, _ = await world.store.read(lambda unit: unit.scenarios.load())
    return next((one for one in known if one.key == key), None)


async def decides(browser: Browser, group: int, **body: Any) -> tuple[int, Any]:
    return await browser.post(f"unanswered/{group}/decision", **body)


async def test_groups_stand_by_how_often_they_were_asked_with_what_was_answered(asked: int, maria: Browser) -> None:
    status, found = await maria.get("unanswered")
    assert (status, found["count"]) == (200, 2)
    first, second = found["groups"]
    assert (first["title"], first["count"], first["this_week"], first["week_before"]) == (INSTALMENTS, 2, 2, 0)
    assert second["title"] == WRAPPING
    status, sheet = await maria.get(f"unanswered/{asked}")
    assert status == 200
    assert [one["text"] for one in sheet["questions"]] == [INSTALMENTS_TOO, INSTALMENTS]
    [reply] = sheet["replies"]
    assert reply["text"].startswith("Анна, да: частями")
    assert reply["source"].endswith("{% else %}Да{% endif %}: частями до 6 месяцев.")
    assert sheet["proposed"] == INSTALMENTS.rstrip("?")
    assert [one["scenario"] for one in sheet["topics"]] == ["DELIVERY", "PRICING", "COMPLAINT"]


async def test_an_answer_is_made_in_suggest_mode_and_taken_back(world: World, asked: int, admin: Browser) -> None:
    body = {"action": "make", "title": "Оплата частями", "language": "ru", "text": "Можно до 6 месяцев."}
    status, told = await decides(admin, asked, **body)
    assert (status, told["state"]) == (200, "answered")
    made = await stands(world, told["scenario"])
    assert made is not None
    assert (made.mode, made.title["ru"], made.templates[0].text) == ("suggest", "Оплата частями", "Можно до 6 месяцев.")
    assert set(made.examples["ru"]) == {INSTALMENTS, INSTALMENTS_TOO}
    assert (await decides(admin, asked, action="hide"))[0] == 409
    assert (await admin.get("unanswered"))[1]["count"] == 1
    [decided] = (await admin.get("unanswered", kind="decided"))[1]["groups"]
    assert (decided["id"], decided["scenario"]) == (asked, told["scenario"])
    assert (await decides(admin, asked, action="undo"))[1]["state"] == "open"
    assert await stands(world, told["scenario"]) is None
    assert (await admin.get("unanswered"))[1]["count"] == 2


async def test_an_answer_that_was_changed_since_is_not_taken_back(world: World, asked: int, admin: Browser) -> None:
    _, told = await decides(admin, asked, action="make", title="Частями", language="ru", text="Можно.")
    await world.store.write(lambda unit: unit.template_versions.add(told["scenario"], "ru", "Ещё", author="x"))
    assert (await decides(admin, asked, action="undo"))[0] == 409
    assert await stands(world, told["scenario"]) is not None


async def test_questions_become_phrases_of_an_answer_that_is_there(world: World, asked: int, admin: Browser) -> None:
    assert (await decides(admin, asked, action="join", scenario="PRICING"))[0] == 200
    pricing = await stands(world, "PRICING")
    assert pricing is not None
    assert set(pricing.examples["ru"]) == {INSTALMENTS, INSTALMENTS_TOO}
    assert (await decides(admin, asked, action="undo"))[0] == 200
    pricing = await stands(world, "PRICING")
    assert pricing is not None
    assert pricing.examples.get("ru", ()) == ()


async def test_where_questions_belong_is_a_label_each_and_the_pack_stays(
    world: World, asked: int, admin: Browser
) -> None:
    assert (await decides(admin, asked, action="belong", scenario="PRICING"))[1]["state"] == "placed"
    labels = await world.store.read(lambda unit: unit.labels.standing())
    assert {(one.source, one.scenario, one.text) for one in labels} == {
        ("grouped", "PRICING", INSTALMENTS),
        ("grouped", "PRICING", INSTALMENTS_TOO),
    }
    assert all(one.message_id for one in labels)
    pricing = await stands(world, "PRICING")
    assert pricing is not None
    assert not pricing.examples
    await decides(admin, asked, action="undo")
    assert await world.store.read(lambda unit: unit.labels.standing()) == []


async def test_what_is_not_ours_teaches_the_background(world: World, asked: int, admin: Browser) -> None:
    await decides(admin, asked, action="foreign")
    _, background = await world.store.read(lambda unit: unit.scenarios.load())
    assert {one.text for one in background} == {INSTALMENTS, INSTALMENTS_TOO}
    await decides(admin, asked, action="undo")
    assert await world.store.read(lambda unit: unit.scenarios.load()[1]) == ()


async def test_what_is_hidden_is_found_under_hidden(asked: int, admin: Browser) -> None:
    await decides(admin, asked, action="hide")
    assert [one["id"] for one in (await admin.get("unanswered", kind="hidden"))[1]["groups"]] == [asked]
    assert [one["title"] for one in (await admin.get("unanswered"))[1]["groups"]] == [WRAPPING]


async def test_a_search_finds_a_group_by_any_of_its_questions(asked: int, maria: Browser) -> None:
    assert [one["id"] for one in (await maria.get("unanswered", words="Оплатить Частями можно"))[1]["groups"]] == [
        asked
    ]
    assert (await maria.get("unanswered", words="упаковка"))[1]["count"] == 1
    assert (await maria.get("unanswered", words="%"))[1] == {"groups": [], "count": 0}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"action": "make", "title": "Частями", "language": "ru", "text": "{{ customer.iban }}"}, 422),
        ({"action": "make", "title": "Частями", "language": "ru", "text": "  "}, 422),
        ({"action": "make", "title": "", "language": "ru", "text": "Да."}, 422),
        ({"action": "make", "title": "Частями", "text": "Да."}, 422),
        ({"action": "join"}, 422),
        ({"action": "join", "scenario": "NOBODY"}, 409),
        ({"action": "belong", "scenario": "PRICING", "answer": "NONE"}, 409),
        ({"action": "burn"}, 422),
    ],
)
async def test_what_cannot_be_decided_is_refused_with_the_reason(
    asked: int, admin: Browser, body: dict[str, Any], status: int
) -> None:
    assert (await decides(admin, asked, **body))[0] == status


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_operators_may_look_and_not_decide(asked: int, maria: Browser) -> None:
    assert (await maria.get(f"unanswered/{asked}"))[0] == 200
    assert (await decides(maria, asked, action="hide"))[0] == 403
    assert (await maria.get("unanswered/999"))[0] == 404
