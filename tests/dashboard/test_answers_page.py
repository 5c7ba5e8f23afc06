"""Answers as admins read and change them on the page, and messages that they try there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from services.scenarios import knowledge
from services.scenarios.packs import read_pack
from storage.audit import AuditFilters
from tests.dashboard.visitor import MARIA, OLGA, Browser, new_key, sign_in
from tests.lines.test_autopilot import answers
from tests.lines.world import CUSTOMER_ID, World
from tests.packs import SHOP


@pytest.fixture
async def world(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    made = World(database_url, tmp_path, SUPPORT_TELEGRAM__ADMIN_IDS=f"[{MARIA.id}]", SUPPORT_CLASSIFIER__PAUSE_S="0")
    await made.open()
    made.now += timedelta(hours=1)
    await knowledge.replace(made.store, read_pack(SHOP), author="import shop")
    await made.parts.knowledge.refresh()
    made.now += timedelta(hours=1)
    yield made
    await made.close()


@pytest.fixture
async def olga(world: World, maria: Browser) -> Browser:
    """Another operator, who is no admin."""
    return await sign_in(world, maria, OLGA)


async def sheet(browser: Browser, key: str = "DELIVERY") -> dict[str, Any]:
    status, found = await browser.get("answers/scenario", key=key)
    assert status == 200, found
    return dict(found)


async def save(browser: Browser, scenario: dict[str, Any], before: str | None) -> tuple[int, Any]:
    return await browser.put("answers/scenario", scenario=scenario, before=before, key=new_key())


def russian(scenario: dict[str, Any]) -> int:
    return next(at for at, one in enumerate(scenario["templates"]) if one["language"] == "ru")


async def test_a_change_is_saved_with_its_author_and_reaches_customers(world: World, maria: Browser) -> None:
    found = await sheet(maria)
    changed = found["scenario"]
    changed["templates"][russian(changed)]["text"] = "Уже едет, {{ customer.first_name }}."
    changed["examples"]["ru"].append("где доставка")
    changed["priority"] = "medium"
    assert await save(maria, changed, found["mark"]) == (200, {"mark": (await sheet(maria))["mark"]})
    assert (await sheet(maria))["scenario"] == changed
    _, state = await maria.get("answers/state")
    assert state["version"] != state["learned"]
    await world.parts.knowledge.refresh()
    _, state = await maria.get("answers/state")
    assert state["version"] == state["learned"]
    await world.says(1, "где доставка")
    assert any("Уже едет" in text for text in world.screen.texts(CUSTOMER_ID))
    _, told = await maria.get("answers/versions", key="DELIVERY")
    newest, oldest, _first = told["versions"]
    assert (newest["author"], newest["scenario"]) == ("Мария (tg:601)", changed)
    assert oldest["scenario"] != changed


async def test_who_comes_second_overwrites_nothing_and_a_repetition_is_harmless(maria: Browser) -> None:
    found = await sheet(maria)
    first, second = dict(found["scenario"], description="one"), dict(found["scenario"], description="two")
    assert (await save(maria, first, found["mark"]))[0] == 200
    assert (await save(maria, first, found["mark"]))[0] == 200
    assert (await save(maria, second, found["mark"]))[0] == 409
    assert (await sheet(maria))["scenario"]["description"] == "one"
    assert (await save(maria, second, (await sheet(maria))["mark"]))[0] == 200


async def test_what_is_wrong_is_told_at_its_field_and_is_not_saved(maria: Browser) -> None:
    found = await sheet(maria)
    wrong = found["scenario"]
    at = russian(wrong)
    wrong["templates"][at]["text"] = "Привет!\n{{ customer.firstname }}"
    wrong["title"]["en"] = " "
    wrong["examples"]["ru"] = ["едет ли она"]
    maria.headers["Accept-Language"] = "en"
    _, told = await maria.post("answers/check", scenario=wrong)
    errors = {(one["place"], one["line"]) for one in told["faults"] if one["severity"] == "error"}
    assert {(f"texts.{at}", 2), ("title.en", None)} <= errors
    assert any("customer.first_name" in one["fix"] for one in told["faults"])
    notices = {one["place"] for one in told["faults"] if one["severity"] == "notice"}
    assert "phrases.ru" in notices
    assert (await save(maria, wrong, found["mark"]))[0] == 422
    assert (await sheet(maria))["mark"] == found["mark"]


async def test_who_answers_is_changed_on_the_page_and_stands_in_the_log(world: World, maria: Browser) -> None:
    found = await sheet(maria)
    assert found["scenario"]["mode"] == "auto"
    changed = found["scenario"] | {"mode": "suggest"}
    assert (await save(maria, changed, found["mark"]))[0] == 200
    assert (await sheet(maria))["scenario"]["mode"] == "suggest"
    listed = {one["key"]: one["modes"] for one in (await maria.get("answers"))[1]["scenarios"]}
    assert (listed["DELIVERY"], listed["PRICING"]) == ({"suggest": 1}, {"auto": 1})
    [entry] = await world.store.read(
        lambda unit: unit.audit.page(AuditFilters(action="mode_changed"), before=None, most=9)
    )
    assert (entry.detail, entry.operator_name) == ("DELIVERY: auto → suggest", MARIA.name)
    now = await sheet(maria)
    silent = {name: value for name, value in now["scenario"].items() if name != "mode"}
    assert (await save(maria, silent | {"description": "Sending."}, now["mark"]))[0] == 200
    assert (await sheet(maria))["scenario"]["mode"] == "suggest", "what says nothing of it changes nothing"


async def test_how_right_an_answer_has_been_stands_beside_who_gives_it(world: World, maria: Browser) -> None:
    assert (await sheet(maria))["performance"] == []
    await world.says(1, "где доставка")
    await world.passes(5)
    await world.store.write(lambda unit: unit.evidence.begin("DELIVERY"))
    world.now += timedelta(minutes=1)
    await answers(world, 8)
    await answers(world, 2, feedback="person")
    [performance] = (await sheet(maria))["performance"]
    assert performance.items() >= {"answer": None, "mode": "auto", "right": 9.0, "of": 10.0, "mark": 0.9}.items()
    assert 0 < performance["lower"] < 0.9 < performance["upper"] < 1
    found = await sheet(maria)
    assert (await save(maria, found["scenario"] | {"mode": "suggest"}, found["mark"]))[0] == 200
    assert (await sheet(maria))["performance"] == [], "a new mode begins anew"


async def test_a_phrase_that_belongs_elsewhere_is_named(maria: Browser) -> None:
    pricing = await sheet(maria, "PRICING")
    taken = pricing["scenario"]["examples"]["ru"][0]
    found = await sheet(maria)
    found["scenario"]["examples"]["ru"].insert(0, taken)
    _, told = await maria.post("answers/check", scenario=found["scenario"])
    [fault] = [one for one in told["faults"] if one["severity"] == "error"]
    assert (fault["place"], fault["line"]) == ("phrases.ru", 1)
    assert "PRICING" in fault["message"]


async def test_texts_are_shown_as_customers_read_them(maria: Browser) -> None:
    found = await sheet(maria)
    at = russian(found["scenario"])
    found["scenario"]["templates"][at]["text"] = "<b>{{ customer.first_name }}</b>, держите"
    _, told = await maria.post("answers/check", scenario=found["scenario"])
    assert {"place": f"texts.{at}", "html": "<b>Анна</b>, держите", "missing": []} in told["previews"]


@pytest.mark.long
async def test_a_scenario_is_added_reordered_removed_and_brought_back(maria: Browser) -> None:
    new = {
        "key": "GIFTS",
        "title": {"ru": "Подарки", "en": "Gifts"},
        "description": "Gift wrapping.",
        "priority": "low",
        "action": "answer",
        "examples": {"ru": ["упакуете подарок"], "en": ["do you wrap gifts"]},
        "templates": [{"language": "ru", "text": "Да."}, {"language": "en", "text": "Yes."}],
        "answers": [],
    }
    assert (await save(maria, new, None))[0] == 200
    assert (await save(maria, dict(new, description="Other."), None))[0] == 409
    _, told = await maria.get("answers")
    keys = [one["key"] for one in told["scenarios"]]
    assert keys[-1] == "GIFTS"
    turned = keys[::-1]
    assert (await maria.put("answers/order", keys=turned, key=new_key()))[0] == 200
    assert [one["key"] for one in (await maria.get("answers"))[1]["scenarios"]] == turned
    assert (await maria.put("answers/order", keys=turned[1:], key=new_key()))[0] == 409

    found = await sheet(maria, "GIFTS")
    assert found["use"] == {"routes": [], "open_tickets": 0}
    gone = await maria.post("answers/remove", scenario="GIFTS", before=found["mark"], key=new_key())
    assert gone == (200, {"mark": ""})
    _, told = await maria.get("answers")
    assert (told["removed"], "GIFTS" in [one["key"] for one in told["scenarios"]]) == (["GIFTS"], False)
    _, told = await maria.get("answers/versions", key="GIFTS")
    assert [one["scenario"] is None for one in told["versions"]] == [True, False]
    assert (await save(maria, told["versions"][1]["scenario"], None))[0] == 200
    assert (await maria.get("answers"))[1]["removed"] == []


async def test_a_message_is_tried_before_and_after_a_change(world: World, maria: Browser) -> None:
    maria.headers["Accept-Language"] = "en"
    _, told = await maria.post("answers/try", text="где доставка?", language="ru")
    assert (told["scenario"], told["now"]["answers"], told["after"]) == ("DELIVERY", True, None)
    assert told["nearest"][0]["name"] == "DELIVERY"
    changed = (await sheet(maria))["scenario"]
    changed["templates"][russian(changed)]["text"] = "Совсем иначе."
    _, told = await maria.post("answers/try", text="где доставка?", language="ru", changed=changed)
    assert told["after"]["html"] == "Совсем иначе."
    assert told["now"]["html"] != "Совсем иначе."
    _, told = await maria.post("answers/try", text="дважды списали деньги, позовите человека", language="ru")
    assert (told["now"]["answers"], told["priority"]) == (False, "critical")
    assert told["urgent_because"]
    assert world.screen.texts(CUSTOMER_ID) == []


async def test_facts_are_said_with_conflicts_told_and_versions_kept(world: World, maria: Browser) -> None:
    _, told = await maria.get("facts")
    if not told["facts"]:
        pytest.skip("this pack asks for no facts")
    fact = next(one for one in told["facts"] if one["type"] == "text")

    async def say(value: str | None, before: int | None) -> int:
        body = {"fact": fact["key"], "language": "ru", "value": value, "before": before, "key": new_key()}
        return (await maria.put("facts", **body))[0]

    assert await say("300 рублей", None) == 200
    assert await say("500 рублей", None) == 409
    assert await say(" ", None) == 422
    _, told = await maria.get("facts/versions", key=fact["key"])
    assert [(one["value"], one["author"]) for one in told["versions"]] == [("300 рублей", "Мария (tg:601)")]
    assert await say(None, told["versions"][0]["id"]) == 200


async def test_replies_of_the_team_are_written_changed_and_put_back(maria: Browser) -> None:
    async def write(text: str, instead_of: int | None = None) -> int:
        return (await maria.post("replies", title="Вежливо", text=text, instead_of=instead_of, key=new_key()))[0]

    async def listed() -> list[dict[str, Any]]:
        return list((await maria.get("replies"))[1]["replies"])

    assert await write("Добрый день, {{ customer.first_name }}!") == 200
    [first] = await listed()
    assert first["html"] == "Добрый день, Анна!"
    assert await write("{{ nothing }}", first["id"]) == 422
    assert await write("Здравствуйте!", first["id"]) == 200
    assert await write("Здравствуйте!", first["id"]) == 200
    assert await write("Привет!", first["id"]) == 409
    [second] = await listed()
    assert second["text"] == "Здравствуйте!"
    assert (await maria.put(f"replies/{second['id']}", listed=False, key=new_key()))[0] == 200
    assert await listed() == []
    assert (await maria.put(f"replies/{second['id']}", listed=True, key=new_key()))[0] == 200
    assert [one["text"] for one in await listed()] == ["Здравствуйте!"]


async def test_all_of_it_is_for_admins(olga: Browser) -> None:
    for path in ("answers", "answers/state", "facts", "replies"):
        assert (await olga.get(path))[0] == 403, path
    assert (await olga.post("answers/try", text="?", language="ru"))[0] == 403
