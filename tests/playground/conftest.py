"""A playground that listens, a real aiogram bot pointed at it, and a raw way in."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiohttp import ClientSession

from playground.server import Playground

Raw = Callable[..., Coroutine[Any, Any, dict[str, Any]]]


class Clock:
    """Time that passes when a test says so."""

    def __init__(self) -> None:
        self.now = 1_790_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def playground(clock: Clock) -> Playground:
    return Playground(clock=clock, webhook_scale=0.01)


@pytest.fixture
async def url(playground: Playground) -> AsyncIterator[str]:
    async with playground.serve() as address:
        yield address


@pytest.fixture
async def http() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


@pytest.fixture
async def bot(playground: Playground, url: str, http: ClientSession) -> Bot:
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    session._session, session._should_reset_connector = http, False
    return Bot(playground.token, session=session)


@pytest.fixture
def call(playground: Playground, url: str, http: ClientSession) -> Raw:
    """Call a method with a JSON body; give the whole answer."""

    async def raw(method: str, **params: Any) -> dict[str, Any]:
        async with http.post(f"{url}/bot{playground.token}/{method}", json=params) as answer:
            body: dict[str, Any] = await answer.json()
            assert body.get("error_code", 200) == answer.status
            return body

    return raw
