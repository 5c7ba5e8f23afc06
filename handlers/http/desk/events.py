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
from services.dashboard.newsroom import Bulletin, Mark, Newsroom

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

    def __init__(self, *, newsroom: Newsroom, visits: Visits) -> None:
        self._newsroom = newsroom
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
        self._newsroom.typed(ask.number("ticket"), ask.visitor.operator)
        return Done()

    async def follow(self, ask: Ask) -> web.StreamResponse:
        answer = web.StreamResponse(headers=HEADERS)
        await answer.prepare(ask.request)
        since = _mark(ask.request.headers.get("Last-Event-ID", ""))
        with contextlib.suppress(ConnectionError):  # the page is closed
            async with aclosing(self._newsroom.follow(since, ask.visitor.operator.id)) as bulletins:
                await self._tell(ask.request, answer, bulletins)
        return answer

    async def _tell(self, request: web.Request, answer: web.StreamResponse, bulletins: AsyncIterator[Bulletin]) -> None:
        """Tell what comes, as long as the session goes on and the page reads."""
        clock = asyncio.get_running_loop().time
        checked_at = clock()
        async for bulletin in bulletins:
            if clock() - checked_at >= CHECK_S:
                if not await self._visits.still_there(request):
                    return
                checked_at = clock()
            try:
                async with asyncio.timeout(READ_S):
                    await answer.write(_event(bulletin))
            except TimeoutError:
                return

    async def _close(self, _app: web.Application) -> None:
        self._newsroom.close()


def _mark(told: str) -> Mark | None:
    found = _ID.fullmatch(told)
    return Mark(outbox=int(found[1]), message=int(found[2])) if found else None


def _event(bulletin: Bulletin) -> bytes:
    told: dict[str, object] = {
        "tickets": sorted(bulletin.tickets),
        "customers": sorted(bulletin.customers),
        "everything": bulletin.everything,
    }
    if bulletin.typing:
        told["typing"] = [{"ticket": ticket, "name": name} for ticket, name in sorted(bulletin.typing)]
    return f"id: {bulletin.mark.outbox}-{bulletin.mark.message}\ndata: {json.dumps(told)}\n\n".encode()
