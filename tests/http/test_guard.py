"""A new route is for programs with the token, without a line of its own about it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession, web

from handlers.http.guard import guarded, open_to
from handlers.http.problems import Problem
from handlers.http.tokens import Token
from storage.errors import DatabaseTrouble
from tests.http.conftest import serving
from tests.http.test_api import BEARER, TOKEN

SHOP = "https://shop.example"


async def secret(_request: web.Request) -> web.Response:
    return web.json_response({"status": "success"})


@open_to("everybody")
async def greeting(_request: web.Request) -> web.Response:
    return web.json_response({"status": "success"})


@open_to("everybody")
async def broken(request: web.Request) -> web.Response:
    raise {
        "refused": Problem(409, "not now"),
        "database": DatabaseTrouble("the disk is full", fix="make room", ailment="full"),
        "unforeseen": ValueError("somebody's words"),
    }[request.match_info["how"]]


def app(token: str | None) -> web.Application:
    made = guarded(token=Token(token) if token else None, origins=[SHOP])
    made.router.add_get("/api/new", secret)
    made.router.add_get("/elsewhere", secret)
    made.router.add_get("/greeting", greeting)
    made.router.add_get("/broken/{how}", broken)
    return made


@pytest.fixture
async def server() -> AsyncIterator[str]:
    async with serving(app(TOKEN)) as base:
        yield base


@pytest.mark.parametrize("path", ["/api/new", "/elsewhere"])
async def test_a_route_that_says_nothing_asks_for_the_token(http: ClientSession, server: str, path: str) -> None:
    async with http.get(server + path) as answer:
        assert (answer.status, (await answer.json())["code"]) == (401, "unauthorized")
        assert answer.headers["WWW-Authenticate"] == "Bearer"
    async with http.get(server + path, headers=BEARER) as answer:
        assert (answer.status, await answer.json()) == (200, {"status": "success"})


async def test_without_a_token_in_the_settings_it_is_off(http: ClientSession) -> None:
    async with serving(app(None)) as base:
        async with http.get(base + "/api/new", headers=BEARER) as answer:
            assert (answer.status, (await answer.json())["code"]) == (404, "not_found")
        async with http.get(base + "/greeting") as answer:
            assert answer.status == 200


async def test_what_is_open_says_so(http: ClientSession, server: str) -> None:
    async with http.get(server + "/greeting") as answer:
        assert answer.status == 200


@pytest.mark.parametrize("path", ["/api/new", "/api/missing", "/api"])
async def test_pages_may_read_what_stands_below_the_api(http: ClientSession, server: str, path: str) -> None:
    async with http.get(server + path, headers={"Origin": SHOP}) as answer:
        assert answer.headers["Access-Control-Allow-Origin"] == SHOP
    async with http.get(server + path, headers={"Origin": "https://evil.example"}) as answer:
        assert "Access-Control-Allow-Origin" not in answer.headers


async def test_pages_read_nothing_else(http: ClientSession, server: str) -> None:
    async with http.get(server + "/elsewhere", headers=BEARER | {"Origin": SHOP}) as answer:
        assert answer.status == 200
        assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize(
    ("how", "status", "code"),
    [("refused", 409, "conflict"), ("database", 503, "unavailable"), ("unforeseen", 500, "failed")],
)
async def test_whatever_goes_wrong_is_told_in_one_shape(
    http: ClientSession, server: str, how: str, status: int, code: str
) -> None:
    async with http.get(f"{server}/broken/{how}") as answer:
        told = await answer.json()
        assert (answer.status, told["status"], told["code"]) == (status, "error", code)
        assert "somebody" not in told["detail"]
        assert ("Retry-After" in answer.headers) == (status == 503)
