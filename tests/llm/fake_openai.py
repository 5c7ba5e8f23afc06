"""A server that speaks OpenAI's chat completions on loopback, and misbehaves as told."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import web

KEY = "sk-test-0123456789abcdef"
Act = Callable[[web.Request, Mapping[str, Any]], Awaitable[web.StreamResponse]]
USAGE = {"prompt_tokens": 1000, "completion_tokens": 50, "total_tokens": 1050}


def verdict(scenario: Any = "REFUND", confidence: Any = 0.95, reasoning: Any = "wants money back", **more: Any) -> str:
    """Return the content of an answer."""
    return json.dumps({"reasoning": reasoning, "scenario": scenario, "confidence": confidence, "urgency": "low"} | more)


def completion(content: Any, **message: Any) -> dict[str, Any]:
    finish = message.pop("finish_reason", "stop")
    choice = {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": content} | message}
    return {"id": "c-1", "object": "chat.completion", "model": "gpt-4o-mini", "choices": [choice], "usage": USAGE}


def says(content: Any, **message: Any) -> Act:
    return answers(completion(content, **message))


def answers(body: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Act:
    async def act(_request: web.Request, _asked: Mapping[str, Any]) -> web.StreamResponse:
        return web.json_response(body, status=status, headers=headers)

    return act


def raw(text: str, content_type: str = "application/json") -> Act:
    async def act(_request: web.Request, _asked: Mapping[str, Any]) -> web.StreamResponse:
        return web.Response(text=text, content_type=content_type)

    return act


def fails(status: int, code: str | None = None, message: str = "no", **headers: str) -> Act:
    return answers({"error": {"message": message, "code": code}}, status, headers)


async def cut(request: web.Request, _asked: Mapping[str, Any]) -> web.StreamResponse:
    """Promise a long body, send half of it and hang up."""
    response = web.StreamResponse(headers={"Content-Length": "1000", "Content-Type": "application/json"})
    await response.prepare(request)
    await response.write(b'{"choices": [{"message":')
    return _hung_up(request, response)


def packed(body: bytes, encoding: str = "gzip", status: int = 200) -> Act:
    """Send a body that is packed as the header says."""

    async def act(_request: web.Request, _asked: Mapping[str, Any]) -> web.StreamResponse:
        headers = {"Content-Encoding": encoding, "Content-Type": "application/json"}
        return web.Response(body=body, headers=headers, status=status)

    return act


class Endless:
    """Goes on sending until the other side has had enough: floods, or drops where there is a pause."""

    def __init__(self, status: int = 200, pause_s: float = 0.0) -> None:
        self._status = status
        self._pause_s = pause_s
        self.sent = 0
        self.ended = asyncio.Event()

    async def __call__(self, request: web.Request, _asked: Mapping[str, Any]) -> web.StreamResponse:
        response = web.StreamResponse(status=self._status)
        try:
            await response.prepare(request)
            while True:
                self.sent += (size := 10 if self._pause_s else 100_000)
                await response.write(b" " * size)
                await asyncio.sleep(self._pause_s)
        except ConnectionError:
            self.ended.set()
        return response


async def reset(request: web.Request, _asked: Mapping[str, Any]) -> web.StreamResponse:
    return _hung_up(request, web.Response())


def _hung_up(request: web.Request, response: web.StreamResponse) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    return response


class FakeOpenAI:
    """Acts by the script, then by `usual`; keeps every request."""

    def __init__(self) -> None:
        self.script: deque[Act] = deque()
        self.usual: Act = says(verdict())
        self.models: Act = answers({"id": "gpt-4o-mini", "object": "model"})
        self.asked: list[dict[str, Any]] = []
        self.keys: set[str | None] = set()
        self.looks = 0
        self.at_once = 0
        self.most_at_once = 0
        self.opened = asyncio.Event()
        """What `gated` and `hangs` wait for."""
        self.url = ""
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        app = web.Application()
        app.router.add_post("/v1/chat/completions", self._chat)
        app.router.add_get("/v1/models/{model}", self._model)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0, backlog=1024)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/v1"

    async def stop(self) -> None:
        self.opened.set()
        if self._runner is not None:
            await self._runner.cleanup()

    def data(self, place: int = -1) -> dict[str, Any]:
        """Return the customer's data of a request, decoded."""
        content: str = self.asked[place]["messages"][1]["content"]
        data: dict[str, Any] = json.loads(content.splitlines()[1])
        return data

    async def gated(self, request: web.Request, asked: Mapping[str, Any]) -> web.StreamResponse:
        """Answer as usual, once `opened`."""
        await self.opened.wait()
        return await says(verdict())(request, asked)

    async def _chat(self, request: web.Request) -> web.StreamResponse:
        self.keys.add(request.headers.get("Authorization"))
        asked = await request.json()
        self.asked.append(asked)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            act = self.script.popleft() if self.script else self.usual
            return await act(request, asked)
        finally:
            self.at_once -= 1

    async def _model(self, request: web.Request) -> web.StreamResponse:
        self.looks += 1
        return await self.models(request, {})
