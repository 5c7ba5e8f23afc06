"""Live updates of the page by Server-Sent Events."""

from __future__ import annotations

import asyncio
import json
from typing import Any, Final

from aiohttp import web

from playground import view
from playground.server import Playground
from playground.world import Change

LOOK_S: Final = 1.0
"""How often a listening page is told when the bot comes or goes."""
BACKLOG: Final = 10_000
SMALL: Final = ("language", "bot", "customers", "operators", "accounts", "channels")
HEADERS: Final = {"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"}


class Stream:
    """Hands every change to every open page."""

    def __init__(self, playground: Playground) -> None:
        self._playground = playground

    async def serve(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers=HEADERS)
        await response.prepare(request)
        queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue(BACKLOG)

        def listen(change: Change) -> None:
            event = view.event(change)
            if event is not None and not queue.full():
                queue.put_nowait(event)

        self._playground.world.listeners.append(listen)
        try:
            await self._pump(response, queue)
        except ConnectionError:
            pass  # the page was closed
        finally:
            self._playground.world.listeners.remove(listen)
        return response

    async def _pump(self, response: web.StreamResponse, queue: asyncio.Queue[dict[str, Any]]) -> None:
        connected: bool | None = None
        while True:
            if connected is not self._playground.bot_connected:
                connected = self._playground.bot_connected
                await self._bot(response)
            try:
                async with asyncio.timeout(LOOK_S):
                    event = await queue.get()
            except TimeoutError:
                await response.write(b":\n\n")
                continue
            if event["kind"] in {"bot", "people"}:
                await self._bot(response)
            else:
                await _write(response, event)

    async def _bot(self, response: web.StreamResponse) -> None:
        """Tell what is small enough to be told whole."""
        full = view.state(self._playground)
        await _write(response, {"kind": "bot"} | {key: full[key] for key in SMALL})


async def _write(response: web.StreamResponse, event: dict[str, Any]) -> None:
    await response.write(b"data: " + json.dumps(event, ensure_ascii=False).encode("utf-8", "replace") + b"\n\n")
