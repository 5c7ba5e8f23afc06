"""A browser of an operator, as far as HTTP goes: signed in, with a cookie and the token for changes."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from aiohttp import ClientSession

from bot.surface import pages
from handlers.http.desk.visits import COOKIE, CSRF
from services.messages.incoming import Operator
from tests.http.conftest import serving
from tests.lines.world import OPERATOR_ID, World

MARIA: Final = Operator(id=601, name="Мария")
OLGA: Final = Operator(id=OPERATOR_ID, name="Ольга")
API_TOKEN: Final = "t" * 32
KEYS = itertools.count(1)


@dataclass(kw_only=True)
class Browser:
    """Asks as somebody who is signed in; `cookie` and `csrf` can be bent."""

    http: ClientSession
    base: str
    cookie: str = ""
    csrf: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    async def get(self, path: str, **query: Any) -> tuple[int, Any]:
        return await self._ask("GET", path, params={name: str(value) for name, value in query.items()})

    async def post(self, path: str, **body: Any) -> tuple[int, Any]:
        return await self._ask("POST", path, json=body)

    async def put(self, path: str, **body: Any) -> tuple[int, Any]:
        return await self._ask("PUT", path, json=body)

    async def delete(self, path: str) -> tuple[int, Any]:
        return await self._ask("DELETE", path)

    async def does(self, ticket: int, action: str, choice: str | None = None) -> tuple[int, Any]:
        return await self.post(f"tickets/{ticket}/actions", action=action, choice=choice, key=new_key())

    async def writes(self, ticket: int, text: str, *, what: str = "replies") -> tuple[int, Any]:
        return await self.post(f"tickets/{ticket}/{what}", text=text, key=new_key())

    async def lines(self, customer: int = 1) -> list[dict[str, Any]]:
        """Return what was said, the oldest first."""
        status, said = await self.get(f"customers/{customer}/lines")
        assert status == 200, said
        found: list[dict[str, Any]] = said["lines"]
        return found

    async def writes_as(self, client: str, text: str) -> None:
        """Let a customer write who has no messenger."""
        headers = {"Authorization": f"Bearer {API_TOKEN}"}
        body = {"client_id": client, "content": text, "name": client}
        async with self.http.post(f"{self.base}/api/messages/", json=body, headers=headers) as answer:
            assert answer.status == 200, await answer.text()

    async def _ask(self, method: str, path: str, **more: Any) -> tuple[int, Any]:
        async with self.http.request(method, self._at(path), headers=self._headers, **more) as answer:
            return answer.status, await answer.json()

    @asynccontextmanager
    async def events(self, last: str | None = None) -> AsyncIterator[AsyncIterator[tuple[str, Any]]]:
        more = {"Last-Event-ID": last} if last else {}
        async with self.http.get(self._at("events"), headers=self._headers | more) as answer:
            assert answer.status == 200, await answer.text()
            assert answer.content_type == "text/event-stream"
            yield _events(answer)

    def _at(self, path: str) -> str:
        return f"{self.base}/api/desk/{path}"

    @property
    def _headers(self) -> dict[str, str]:
        return {"Cookie": f"{COOKIE}={self.cookie}", CSRF: self.csrf} | self.headers


async def _events(answer: Any) -> AsyncIterator[tuple[str, Any]]:
    number = ""
    async for raw in answer.content:
        line = raw.decode().rstrip("\n")
        if line.startswith("id: "):
            number = line[4:]
        elif line.startswith("data: "):
            yield number, json.loads(line[6:])


async def next_of(events: AsyncIterator[tuple[str, Any]], within_s: float = 90) -> tuple[str, Any]:
    async with asyncio.timeout(within_s):
        return await anext(events)


def new_key() -> str:
    return f"key-{next(KEYS):08}"


@asynccontextmanager
async def visited(world: World, http: ClientSession) -> AsyncIterator[Browser]:
    """Serve the world's HTTP; nobody is signed in yet."""
    async with serving(pages(world.parts)) as base:
        yield Browser(http=http, base=base)


async def sign_in(world: World, browser: Browser, operator: Operator = MARIA) -> Browser:
    cookie = await world.parts.dashboard.visits.sessions.enter(operator, "link", device="a test")
    assert cookie is not None
    found = Browser(http=browser.http, base=browser.base, cookie=cookie)
    status, me = await found.get("me")
    assert status == 200
    found.csrf = me["csrf"]
    return found
