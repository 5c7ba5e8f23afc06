"""`/api/widget/events`: what is new in a visitor's conversation, as server-sent events.

A page that comes again is told the last lines anew, so that it has whatever it missed, changed and taken back lines
included; it knows lines by their ids.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Iterator
from contextlib import aclosing
from typing import Final

from aiohttp import web

from handlers.http.desk.events import HEADERS, READ_S
from handlers.http.desk.operations import Ask, Operation
from handlers.http.widget import serializers
from handlers.http.widget.gate import Gate
from services.dashboard.site_news import SiteNews, SiteTold
from services.health.database_log import DatabaseTrouble

STANDS: Final = b": \n\n"


class WidgetEvents:
    """One stream a page; there are only so many."""

    def __init__(self, *, gate: Gate, news: SiteNews) -> None:
        self._gate = gate
        self._news = news

    def operations(self) -> Iterator[Operation]:
        yield Operation(
            method="GET",
            path="/api/widget/events",
            summary="Server-sent events: lines that are new or changed, ids of those that are gone, who writes",
            does=self.follow,
            answer=None,
            access="sites",
        )

    async def follow(self, ask: Ask) -> web.StreamResponse:
        visitor = self._gate.visitor(ask.request)
        with self._gate.stream(ask.request, visitor):
            answer = web.StreamResponse(headers=HEADERS | self._allowed(ask.request))
            await answer.prepare(ask.request)
            with contextlib.suppress(ConnectionError, TimeoutError, DatabaseTrouble):  # the page comes again
                async with aclosing(self._news.follow(visitor)) as news:
                    async for told in news:
                        if self._gate.known(ask.request) is None:  # it renews its token, and comes again
                            break
                        async with asyncio.timeout(READ_S):
                            await answer.write(_event(told))
        return answer

    @staticmethod
    def _allowed(request: web.Request) -> dict[str, str]:
        """Name the page that may read it: a stream's head is gone before the guard could write there."""
        origin = request.headers.get("Origin")
        return {"Access-Control-Allow-Origin": origin, "Vary": "Origin"} if origin else {}


def _event(told: SiteTold) -> bytes:
    if not (told.lines or told.gone or told.typing):
        return STANDS
    lines = [json.loads(serializers.line(one).model_dump_json()) for one in told.lines]
    words = {"lines": lines, "gone": [str(one) for one in told.gone], "typing": told.typing}
    last = f"id: {told.lines[-1].message_id}\n" if told.lines else ""
    return f"{last}data: {json.dumps(words)}\n\n".encode()
