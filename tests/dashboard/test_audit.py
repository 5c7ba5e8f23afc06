"""The audit log: who did what, in the group or on the page; what becomes of it when somebody is erased."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession

from services.privacy.retention import Retention
from services.scenarios import knowledge
from services.scenarios.packs import read_pack
from tests.dashboard.visitor import API_TOKEN, MARIA, OLGA, Browser, new_key, sign_in, visited
from tests.lines.world import CUSTOMER_ID, GROUP_ID, World
from tests.packs import SHOP


@pytest.fixture
async def world(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    made = World(
        database_url,
        tmp_path,
        SUPPORT_HTTP__API_TOKEN=API_TOKEN,
        SUPPORT_CLASSIFIER__PAUSE_S="0",
        SUPPORT_TELEGRAM__ADMIN_IDS=f"[{MARIA.id}]",
    )
    await made.open()
    yield made
    await made.close()


@pytest.fixture
async def maria(world: World, http: ClientSession) -> AsyncIterator[Browser]:
    """An admin."""
    async with visited(world, http) as browser:
        yield await sign_in(world, browser)


async def told(browser: Browser, **narrowed: Any) -> list[tuple[Any, ...]]:
    status, found = await browser.get("audit", **narrowed)
    assert status == 200, found
    return [(one["operator_name"], one["place"], one["deed"], one["ticket_id"]) for one in found["entries"]]


async def test_what_is_done_in_the_group_and_on_the_page_stands_in_one_log(world: World, maria: Browser) -> None:
    await world.says(1, "жалоба, позовите оператора")
    await world.presses(GROUP_ID, "Взять")
    await maria.does(1, "priority", "high")
    await maria.does(1, "take")
    await maria.put("customers/1/note", text="торопится", before=None, key=new_key())
    await maria.does(1, "ban", "silent")
    assert await told(maria) == [
        ("Мария", "web", "banned", 1),
        ("Мария", "web", "noted", None),
        ("Мария", "web", "priority_set", 1),
        ("A", "group", "taken", 1),
        ("Мария", "web", "signed_in", None),
    ]
    assert len(await told(maria, deed="taken", operator=501, ticket=1, customer=1)) == 1
    assert await told(maria, last="2026-03-01") == []
    assert len(await told(maria, first="2026-03-02", last="2026-03-02")) == 5
    assert (await maria.get("audit", deed="danced"))[0] == 422
    _, found = await maria.get("audit", deed="banned")
    assert (found["entries"][0]["customer"], found["entries"][0]["detail"]) == ("Анна", "silent")


async def test_answers_facts_and_replies_that_are_changed_on_the_page_stand_in_it(world: World, maria: Browser) -> None:
    await knowledge.replace(world.store, read_pack(SHOP), author="import shop")
    status, sheet = await maria.get("answers/scenario", key="DELIVERY")
    assert status == 200, sheet
    sheet["scenario"]["examples"]["ru"].append("где доставка")
    for _ in range(2):  # the second changes nothing
        body = {"scenario": sheet["scenario"], "before": sheet["mark"], "key": new_key()}
        assert (await maria.put("answers/scenario", **body))[0] == 200
    await maria.post("replies", title="Час", text="Сейчас посмотрю.", instead_of=None, key=new_key())
    for _ in range(2):
        await maria.put("replies/1", listed=False, key=new_key())
    actions = [action for _, _, action, _ in await told(maria)]
    assert actions == ["reply_changed", "reply_changed", "answer_changed", "signed_in"]


async def test_it_is_for_admins_alone(world: World, maria: Browser) -> None:
    olga = await sign_in(world, maria, OLGA)
    assert (await olga.get("audit"))[0] == 403
    assert (await olga.get("audit/table"))[0] == 403
    assert (await olga.post("customers/1/export", key=new_key()))[0] == 403
    assert (await olga.post("customers/1/erase", confirm="1001", key=new_key()))[0] == 403


async def test_it_is_read_page_by_page_and_kept_as_a_table_without_formulas(world: World, maria: Browser) -> None:
    await world.arrives(
        "message",
        {
            "message_id": 1,
            "date": 1,
            "chat": {"id": 7, "type": "private", "first_name": "=1+1"},
            "from": {"id": 7, "first_name": "=1+1", "is_bot": False},
            "text": "позовите оператора",
        },
    )
    await world.works()
    for _ in range(30):
        await maria.does(1, "take")
        await maria.does(1, "release")
    _, first = await maria.get("audit")
    _, rest = await maria.get("audit", before=first["next"])
    rows = [one["id"] for one in first["entries"] + rest["entries"]]
    assert (len(rows), rest["next"], rows) == (61, None, sorted(rows, reverse=True))
    async with maria.http.get(f"{maria.base}/api/desk/audit/table", headers=maria._headers) as answer:
        assert answer.content_type == "text/csv"
        table = list(csv.reader(io.StringIO(await answer.text("utf-8-sig"))))
    assert len(table) == 62
    assert table[1][6] == "'=1+1"


async def test_an_erasure_takes_the_rows_of_its_customer_and_leaves_that_it_was_done(
    world: World, maria: Browser
) -> None:
    await world.says(1, "жалоба, позовите оператора")
    await maria.does(1, "take")
    async with maria.http.post(
        f"{maria.base}/api/desk/customers/1/export", json={"key": new_key()}, headers=maria._headers
    ) as answer:
        exported = await answer.json()
    assert (answer.status, exported["customers"][0]["external_id"]) == (200, str(CUSTOMER_ID))
    assert [row["deed"] for row in exported["audit"]] == ["taken"]
    assert (await maria.post("customers/1/erase", confirm="1002", key=new_key()))[0] == 409
    status, gone = await maria.post("customers/1/erase", confirm=f" {CUSTOMER_ID} ", key=new_key())
    assert (status, gone["tickets"]) == (200, 1)
    assert [row[2] for row in await told(maria)] == ["erased", "signed_in"]
    assert (await maria.get("customers/1"))[0] == 404
    assert (await maria.post("customers/1/erase", confirm=str(CUSTOMER_ID), key=new_key()))[0] == 409
    assert (await maria.post("customers/1/export", key=new_key()))[0] == 404


async def test_a_customer_is_banned_and_let_back_in_from_their_page(world: World, maria: Browser) -> None:
    await world.says(1, "жалоба, позовите оператора")
    for path, body, outcome in (
        ("ban", {"way": "told"}, "banned"),
        ("ban", {"way": "silent"}, "already_banned"),
        ("unban", {}, "unbanned"),
        ("unban", {}, "not_banned"),
    ):
        assert (await maria.post(f"customers/1/{path}", **body, key=new_key()))[1]["outcome"] == outcome
    await world.works()
    assert world.screen.texts(CUSTOMER_ID)[-2:] != world.screen.texts(CUSTOMER_ID)[-1:]
    _, found = await maria.get("tickets/1")
    assert found["ticket"]["state"] == "closed"
    assert [row[2] for row in await told(maria, customer=1)] == ["unbanned", "banned"]
    assert (await maria.post("customers/77/ban", way="silent", key=new_key()))[0] == 404
    assert (await maria.post("customers/77/unban", key=new_key()))[0] == 404


async def test_it_is_forgotten_with_time(world: World, maria: Browser) -> None:
    retention = Retention(store=world.store, payload_days=7, message_days=None, audit_days=30)
    world.now += timedelta(days=29)
    await retention.tidy()
    fresh = await sign_in(world, maria)
    assert len(await told(fresh)) == 2
    world.now += timedelta(days=2)
    await retention.tidy()
    assert len(await told(fresh)) == 1
