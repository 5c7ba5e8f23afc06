"""`/api/desk/events`: what has changed, as it happens, in the form that browsers call server-sent events."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from typing import Final

from aiohttp import web

from handlers.http.desk.entering import HERE
from handlers.http.desk.operations import Ask, Operation
from handlers.http.desk.responses import Done
from handlers.http.desk.visits import Visits
from services.dashboard.live_updates import LiveUpdate, LiveUpdates, Mark

HEADERS: Final = {
    "Content-Type": "text/event-stream",
    "Cache-Control": "no-store",
    "X-Accel-Buffering": "no",  # proxies that would gather it are asked not to
}
CHECK_S: Final = 10.0
"""How often is asked whether the session goes on; something is told every quarter of a minute at least."""
READ_S: Final = 20.0
"""A page that does not read what it is told for so long is given up, and comes again."""
_ID: Final = re.compile(r"(\d{1,18})-(\d{1,18})", re.ASCII)


class Events:
    """Names tickets and customers; what became of them is asked for by whoever shows them."""

    def __init__(self, *, live_updates: LiveUpdates, visits: Visits) -> None:
        self._live_updates = live_updates
        self._visits = visits

    def add_to(self, app: web.Application) -> None:
        app.on_shutdown.append(self._close)

    def operations(self) -> Iterator[Operation]:
        yield Operation(
            method="GET",
            path=f"{HERE}/events",
            summary="Server-sent events: numbers of tickets and customers that have changed",
            does=self.follow,
            answer=None,
            headers=(("Last-Event-ID", "the id of the last event that was read: goes on from there"),),
        )

        yield Operation(
            method="POST",
            path=f"{HERE}/tickets/{{ticket}}/typing",
            summary="Tell the other pages that you are writing",
            does=self.typing,
            answer=Done,
        )

    async def typing(self, ask: Ask) -> Done:
        self._live_updates.typed(ask.number("ticket"), ask.visitor.operator)
        return Done()

    async def follow(self, ask: Ask) -> web.StreamResponse:
        answer = web.StreamResponse(headers=HEADERS)
        await answer.prepare(ask.request)
        since = _mark(ask.request.headers.get("Last-Event-ID", ""))
        with contextlib.suppress(ConnectionError):  # the page is closed
            async with aclosing(self._live_updates.follow(since, ask.visitor.operator.id)) as updates:
                await self._tell(ask.request, answer, updates)
        return answer

    async def _tell(self, request: web.Request, answer: web.StreamResponse, updates: AsyncIterator[LiveUpdate]) -> None:
        """Tell what comes, as long as the session goes on and the page reads."""
        clock = asyncio.get_running_loop().time
        checked_at = clock()
        async for update in updates:
            if clock() - checked_at >= CHECK_S:
                if not await self._visits.still_there(request):
                    return
                checked_at = clock()
            try:
                async with asyncio.timeout(READ_S):
                    await answer.write(_event(update))
            except TimeoutError:
                return

    async def _close(self, _app: web.Application) -> None:
        self._live_updates.close()


def _mark(told: str) -> Mark | None:
    found = _ID.fullmatch(told)
    return Mark(outbox=int(found[1]), message=int(found[2])) if found else None


def _event(update: LiveUpdate) -> bytes:
    told: dict[str, object] = {
        "tickets": sorted(update.tickets),
        "customers": sorted(update.customers),
        "everything": update.everything,
    }
    if update.typing:
        told["typing"] = [{"ticket": ticket, "name": name} for ticket, name in sorted(update.typing)]
    return f"id: {update.mark.outbox}-{update.mark.message}\ndata: {json.dumps(told)}\n\n".encode()
