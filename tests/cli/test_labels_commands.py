"""`support-bot labels`: listed, exported as eval reads it, taken back, and a version of what was learned chosen."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli import call
from services.learning import versions
from storage.address import Address
from storage.store import Store
from storage.units import Unit


def labelled(unit: Unit) -> None:
    customer = unit.customers.add(Address("api", "c-1"), first_name="A", last_name="", username=None, language="en")
    line = unit.messages.add(key="api:1", customer_id=customer.id, author="customer", text="where is it")
    for scenario, text in (("DELIVERY", "where is it"), (None, "hello there\x1b[2J")):
        unit.labels.add(
            "correct",
            message_id=line.id,
            scenario=scenario,
            answer=None,
            language="en",
            text=text,
            operator_id=7,
            operator_name="Olga",
        )
    unit.learnings.add("waiting", upto=2, held=[], report={"learned": 2, "after": [5, 4, 4]})


def write(url: str, act: Callable[[Unit], object]) -> None:
    async def at_work() -> None:
        async with Store(url) as store, store.working():
            await store.migrate()
            await store.write(act)

    asyncio.run(at_work())


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    found = f"sqlite+aiosqlite:///{tmp_path / 'support.db'}"
    monkeypatch.setenv("DATABASE_URL", found)
    write(found, labelled)
    return found


def test_labels_are_listed_exported_and_taken_back(url: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert call(["labels", "list"]) == 0
    listed = capfd.readouterr().out.splitlines()
    assert "Olga  correct  none of them" in listed[0]
    assert "\x1b" not in listed[0]
    assert "Olga  correct  DELIVERY  'where is it'" in listed[1]
    assert call(["labels", "undo", "2", "9"]) == 1
    assert "taken back: 1" in capfd.readouterr().out
    assert call(["labels", "export"]) == 0
    [line] = capfd.readouterr().out.splitlines()
    told = json.loads(line)
    assert (told["text"], told["lang"], told["scenario"], told["source"]) == (
        "where is it",
        "en",
        "DELIVERY",
        "correct",
    )
    assert call(["labels", "list", "--most", "1"]) == 0
    assert "taken back by support-bot" in capfd.readouterr().out
    assert url


def test_a_version_is_chosen_and_the_pack_alone(url: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert call(["labels", "use", "1"]) == 0
    assert call(["labels", "use", "1"]) == 1
    capfd.readouterr()
    assert call(["labels", "versions"]) == 0
    assert "standing by support-bot  2 phrases  new messages: sure of 4 of 5, right 4" in capfd.readouterr().out
    assert call(["labels", "use", "0"]) == 0
    write(url, lambda unit: versions.current(unit) == () or pytest.fail("the pack alone"))
