"""A person may see everything that is kept of them, and have it gone."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession
from sqlalchemy import Connection, select

from bot.cli import call
from services.reports.metrics import Counting
from storage.address import Address
from storage.store import Store
from storage.tables import metadata
from storage.units import Unit
from tests.raw import raw
from tests.walk.conftest import House, home, opened

__all__ = ["home"]
SECRET = "секретное-слово"
TOKEN = "api-token-of-the-tests"


@pytest.fixture
async def house(database_url: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    monkeypatch.setenv("DATABASE_URL", database_url)
    async with opened(database_url, SUPPORT_HTTP__API_TOKEN=TOKEN) as opened_house:
        yield opened_house


async def a_conversation(house: House) -> None:
    """Anna and John write, Olga answers Anna."""
    house.john.send("how do I invite a friend and get the referral bonus?")
    await house.answer(house.john)
    house.anna.send(f"где мой заказ? {SECRET}")
    await house.answer(house.anna)
    house.anna.send("/operator")
    await house.answer(house.anna)
    card = await house.in_group("Анна")
    house.anna.send(SECRET)
    await house.playground.wait_for(
        lambda: [line for line in house.group.from_bot if SECRET in line.text and line is not card]
    )
    handover = house.anna.replies[-1]
    house.olga.write(house.group, f"Вижу: {SECRET}", reply_to=card)
    await house.answer(house.anna, handover)


async def everything(database_url: str) -> str:
    """Return every row of every table in which people could stand, as text."""
    tables = [table for table in metadata.sorted_tables if table.name not in ("phrases", "templates")]

    def look(connection: Connection) -> list[str]:
        return [str(row) for table in tables for row in connection.execute(select(table))]

    async with raw(database_url) as database:
        return "\n".join(await database.read(look))


async def test_export_holds_what_was_said_by_both(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    await a_conversation(house)
    await house.stop()  # its log goes to the same place
    capsys.readouterr()
    assert await asyncio.to_thread(call, ["customer", "export", str(house.anna.id)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [row["first_name"] for row in found["customers"]] == ["Анна"]
    assert SECRET in {row["text"] for row in found["messages"]}
    assert f"Вижу: {SECRET}" in {row["text"] for row in found["messages"]}
    assert len(found["tickets"]) == 1
    assert found["verdicts"]
    assert any(SECRET in json.dumps(raw, ensure_ascii=False) for raw in found["raw_updates"])
    assert "John" not in json.dumps(found)


async def test_export_is_readable_and_whole_and_about_nobody_else(
    house: House, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    house.anna.send("\x1b[2J\x9b31m где мой заказ? 😀 \u202eeva")
    await house.answer(house.anna)
    house.anna.send("/operator")
    card = await house.in_group("Анна")
    handover = house.anna.replies[-1]
    house.olga.write(house.group, "Вижу", reply_to=card)
    await house.answer(house.anna, handover)
    await house.stop()
    capfdbinary.readouterr()
    assert await asyncio.to_thread(call, ["customer", "export", str(house.anna.id)]) == 0
    out = capfdbinary.readouterr().out.decode()
    found = json.loads(out)
    assert "где мой заказ? 😀" in out
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", out)
    sent = json.dumps(found["outbox"], ensure_ascii=False)
    assert "Вижу" in sent
    assert "Ольга" in out
    assert not re.search(rf'"(?:operator_)?id": {house.olga.id}\b', out)


@pytest.mark.long
async def test_erased_words_are_in_no_file_beside_a_running_bot(
    sqlite_url: str, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    secrets = [f"тайнопись{number}номер" for number in range(60)]
    async with opened(sqlite_url, SUPPORT_LIMITS__CUSTOMER_PER_MINUTE="1000") as house:
        house.anna.send("/operator")
        await house.in_group("№1")
        for secret in secrets:
            house.anna.send(f"{secret} {'и ещё много слов ' * 40}")
        house.john.send("/help")
        await house.answer(house.john)
        async with Store(sqlite_url) as store:
            await until_stored(store, len(secrets))
        capsys.readouterr()
        assert await asyncio.to_thread(call, ["customer", "erase", str(house.anna.id), "--yes"]) == 0
        assert "Nothing of it is left" in capsys.readouterr().out
        spellings = [spelled for secret in secrets for spelled in (secret.encode(), json.dumps(secret)[1:-1].encode())]
        assert found_in(home, spellings) == []
        house.john.send("how do I invite a friend and get the referral bonus?")
        await house.answer(house.john)


def found_in(folder: Path, words: list[bytes]) -> list[tuple[Path, bytes]]:
    """Return which words stand in the files of the database."""
    contents = {file: file.read_bytes() for file in folder.glob("support.db*")}
    assert len(contents) > 2
    return [(file, one) for file, content in contents.items() for one in words if one in content]


async def until_stored(store: Store, lines: int) -> None:
    found = 0
    while found < lines:

        def look(unit: Unit) -> int:
            waiting, _ = unit.inbox.backlog()
            stored = unit.messages.count_since(1, unit.now - timedelta(hours=1), most=10_000)
            return stored if not waiting else 0

        found = await store.read(look)


async def test_erase_leaves_nothing_of_them_and_all_of_others(house: House) -> None:
    await a_conversation(house)
    async with Store(house.database_url) as store:
        before = await Counting(store=store).figures()
    assert await asyncio.to_thread(call, ["customer", "erase", str(house.anna.id), "--yes"]) == 0
    left = await everything(house.database_url)
    assert SECRET not in left
    assert "Анна" not in left
    assert not re.search(rf"\b{house.anna.id}\b", left)
    assert "John" in left
    async with Store(house.database_url) as store:
        after = await Counting(store=store).figures()
    assert (after.messages, after.verdicts) == (before.messages, before.verdicts)
    assert sum(after.open_tickets.values()) == 0

    house.anna.send("где мой заказ?")
    assert (await house.answer(house.anna)).text.startswith("Здравствуйте, Анна!")
    house.john.send("how do I invite a friend and get the referral bonus?")
    assert not (await house.answer(house.john)).text.startswith("Hello")


async def test_a_customer_of_the_api_is_erased_with_their_receipts(house: House) -> None:
    house.anna.send("/start")
    await house.answer(house.anna)
    said = {"client_id": "client-seven", "content": f"Где моя посылка? {SECRET}", "message_id": "m"}
    headers = {"Authorization": f"Bearer {TOKEN}"}
    async with ClientSession() as http, http.post(f"{house.http}/api/messages/", json=said, headers=headers) as answer:
        assert answer.status == 200
    assert "client-seven" in await everything(house.database_url)
    assert await asyncio.to_thread(call, ["customer", "erase", "api:client-seven", "--yes"]) == 0
    left = await everything(house.database_url)
    assert SECRET not in left
    assert "client-seven" not in left


async def test_who_is_meant_must_be_clear(store: Store, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)

    def act(unit: Unit) -> None:
        for channel in ("telegram", "api"):
            unit.customers.add(Address(channel, "7"), first_name="A", last_name="", username=None, language="en")

    await store.write(act)

    async def code(*args: str) -> int:
        return await asyncio.to_thread(call, ["customer", *args])

    assert await code("export", "7") == 2
    assert await code("export", "telegram:7") == 0
    assert await code("erase", "8", "--yes") == 1
    assert await code("export", "telegram:8") == 1
    assert await code("erase", "api:7") == 2  # nobody is here to ask
    assert await code("export", "api:7") == 0


async def test_every_table_is_a_customers_or_nobodys(store: Store) -> None:
    """A table that names a customer without a foreign key would be forgotten by an erasure."""
    owned = await store.read(lambda unit: set(unit.personal_data.rows(1)))
    shared = {"answers", "facts", "fact_definitions", "canned_replies", "operators", "web_links", "web_sessions"}
    shared |= {"inbox", "outbox", "lanes", "scenarios", "phrases", "templates", "notebook", "group_calls", "leadership"}
    shared |= {
        "api_tokens",
        "scenario_versions",
        "question_groups",
        "learnings",
        "business_connections",
        "direct_chats",
        "admins",
        "admin_codes",
        "answer_trust",
        "setup_pairs",
        "spendings",
    }
    assert owned | shared >= set(metadata.tables) - {"alembic_version"}
