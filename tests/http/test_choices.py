"""A program shows what can be chosen below a line, and brings back what the customer has chosen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession

from storage.ratings import Rating
from tests.dashboard.visitor import API_TOKEN, visited
from tests.http.conftest import http
from tests.lines.test_satisfaction import card_at
from tests.lines.world import GROUP_ID, World

__all__ = ["http"]
BEARER = {"Authorization": f"Bearer {API_TOKEN}"}


class Program:
    """It speaks for one customer."""

    def __init__(self, http: ClientSession, base: str, world: World) -> None:
        self._http = http
        self._base = base
        self.world = world

    async def says(self, words: str) -> dict[str, Any]:
        status, told = await self.asks("POST", "", json={"client_id": "c-1", "content": words, "name": "Анна"})
        assert status == 200, told
        found: dict[str, Any] = told["response"]
        return found

    async def chooses(self, line: str, choice: str, *, client: str = "c-1") -> tuple[int, Any]:
        body = {"client_id": client, "message_id": line, "choice": choice}
        return await self.asks("POST", "choices", json=body)

    async def history(self) -> list[dict[str, Any]]:
        _, told = await self.asks("GET", "", params={"client_id": "c-1"})
        found: list[dict[str, Any]] = told["messages"]
        return found

    async def rating(self) -> Rating | None:
        return await self.world.store.read(lambda unit: unit.ratings.get(1))

    async def asks(self, method: str, path: str, **more: Any) -> tuple[int, Any]:
        async with self._http.request(method, f"{self._base}/api/messages/{path}", headers=BEARER, **more) as answer:
            return answer.status, await answer.json()


@pytest.fixture
async def program(database_url: str, tmp_path: Path, http: ClientSession) -> AsyncIterator[Program]:
    world = World(database_url, tmp_path, SUPPORT_HTTP__API_TOKEN=API_TOKEN)
    await world.open()
    async with visited(world, http) as browser:
        yield Program(http, browser.base, world)
    await world.close()


def ids(line: dict[str, Any]) -> list[str]:
    return [one["id"] for one in line["choices"]]


async def test_what_was_meant_is_chosen_once_and_the_same_choice_hears_the_same(program: Program) -> None:
    asked = await program.says("наверное")
    assert asked["type"] == "clarify"
    assert asked["choices"][0] == {"id": "PRICING", "title": "PRICING"}
    assert ids(asked)[-1] == "person"
    first = await program.chooses(asked["message_id"], "PRICING")
    assert first[0] == 200
    assert first[1]["response"]["text"] == "Ответ PRICING."
    assert ids(first[1]["response"]) == ["helped", "person"]
    assert ids(first[1]["line"]) == []
    assert await program.chooses(asked["message_id"], "PRICING") == first
    assert (await program.chooses(asked["message_id"], "person"))[0] == 409
    assert len(await program.history()) == 3


async def test_help_and_calling_a_person(program: Program) -> None:
    answer = await program.says("доставка")
    status, told = await program.chooses(answer["message_id"], "helped")
    assert (status, told["response"], ids(told["line"])) == (200, None, [])
    other = await program.says("цена")
    status, told = await program.chooses(other["message_id"], "person")
    assert (status, told["response"]["kind"]) == (200, "handover")
    ticket = await program.world.store.read(lambda unit: unit.tickets.get(1))
    assert ticket is not None
    assert ticket.reason == "unhelped"


@pytest.mark.parametrize(
    ("choice", "client", "status"), [("DELIVERY", "c-1", 404), ("PRICING", "c-2", 404), ("; DROP", "c-1", 422)]
)
async def test_only_what_was_offered_to_this_customer_counts(
    program: Program, choice: str, client: str, status: int
) -> None:
    asked = await program.says("наверное")
    assert (await program.chooses(asked["message_id"], choice, client=client))[0] == status
    assert len(await program.history()) == 2


async def test_a_customer_rates_how_they_were_helped_and_comments(program: Program) -> None:
    await program.says("позовите оператора")
    await program.world.passes(5)
    await program.world.operator_says(50, "готово", reply_to=card_at(program.world))
    await program.world.passes(5)
    await program.world.presses(GROUP_ID, "Закрыть")
    await program.world.passes(5)
    closed = (await program.history())[-1]
    assert ids(closed) == ["score_1", "score_2", "score_3", "score_4", "score_5"]
    assert await program.rating() is None, "a program may show the scores to nobody"
    status, told = await program.chooses(closed["message_id"], "score_5")
    assert (status, ids(told["line"])) == (200, ["comment"])
    assert "5" in told["line"]["text"]
    found = await program.rating()
    assert found is not None
    assert (found.score, found.operator_name) == (5, "Ольга")
    assert (await program.chooses(closed["message_id"], "score_5"))[0] == 200
    assert (await program.chooses(closed["message_id"], "score_1"))[0] in (404, 409)
    status, told = await program.chooses(closed["message_id"], "comment")
    assert (status, told["response"]["author"]) == (200, "bot")
