"""Admins read on the page what the bot learns from, take labels back, and choose what it goes by."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession

from services.learning import versions
from storage.units import Unit
from tests.dashboard.visitor import API_TOKEN, MARIA, OLGA, Browser, sign_in, visited
from tests.lines.world import World


@pytest.fixture
async def world(sqlite_url: str, tmp_path: Path) -> AsyncIterator[World]:
    made = World(sqlite_url, tmp_path, SUPPORT_HTTP__API_TOKEN=API_TOKEN, SUPPORT_TELEGRAM__ADMIN_IDS=f"[{MARIA.id}]")
    await made.open()
    await made.says(1, "доставка")
    await made.passes(20)
    await made.store.write(prepared)
    yield made
    await made.close()


def prepared(unit: Unit) -> None:
    """Two labels that are learned, and one that waits for an admin."""
    for number, text in enumerate(("цена слона", "цена моржа", "доставка")):
        unit.labels.add(
            "correct",
            message_id=1,
            scenario="PRICING",
            answer=None,
            language="ru",
            text=text,
            operator_id=501 + number,
            operator_name="Ольга",
        )
    report = {"learned": 2, "after": [9, 6, 6], "changes": []}
    versions.take(unit, unit.learnings.add("waiting", upto=3, held=[3], report=report))


@pytest.fixture
async def maria(world: World, http: ClientSession) -> AsyncIterator[Browser]:
    """An admin."""
    async with visited(world, http) as browser:
        yield await sign_in(world, browser)


async def learned(world: World) -> list[str]:
    return [one.text for one in await world.store.read(versions.current)]


async def test_labels_and_versions_are_listed_and_a_label_is_taken_back(world: World, maria: Browser) -> None:
    status, found = await maria.get("labels")
    assert status == 200
    assert [(one["text"], one["held"], one["customer_id"]) for one in found["labels"]] == [
        ("доставка", True, 1),
        ("цена моржа", False, 1),
        ("цена слона", False, 1),
    ]
    assert (found["count"], found["held"], found["held_by"], found["next"], found["pinned"]) == (3, 1, 1, None, False)
    assert [(one["state"], one["learned"], one["right"]) for one in found["versions"]] == [("standing", 2, 6)]
    assert (await maria.get("labels", before=2))[1]["labels"][0]["text"] == "цена слона"
    assert (await maria.post("labels/1/undo"))[1]["outcome"] == "label_undone"
    assert (await maria.post("labels/1/undo"))[1]["outcome"] == "outdated"
    assert await learned(world) == ["цена моржа"]
    assert (await maria.get("labels"))[1]["labels"][2]["retired_by"] == "Мария"


async def test_what_was_held_back_counts_once_it_is_confirmed_and_a_version_is_brought_back(
    world: World, maria: Browser
) -> None:
    assert (await maria.post("labels/versions/1", action="confirm"))[1]["outcome"] == "labels_confirmed"
    assert sorted(await learned(world)) == ["доставка", "цена моржа", "цена слона"]
    assert (await maria.post("labels/versions/0", action="take"))[1]["outcome"] == "learning_taken"
    assert (await maria.get("labels"))[1]["pinned"]
    assert await learned(world) == []
    assert (await maria.post("labels/versions/9", action="take"))[1]["outcome"] == "learning_there"
    assert (await maria.post("labels/versions/1", action="take"))[1]["outcome"] == "learning_taken"
    assert len(await learned(world)) == 3


async def test_only_admins_see_them(world: World, http: ClientSession) -> None:
    async with visited(world, http) as browser:
        olga = await sign_in(world, browser, OLGA)
        assert (await olga.get("labels"))[0] == 403
        assert (await olga.post("labels/1/undo"))[0] == 403
        assert (await olga.post("labels/versions/1", action="take"))[0] == 403
