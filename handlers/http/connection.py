"""One connection to the bot's HTTP: how long it may take, and what is made of one that speaks no HTTP."""

from __future__ import annotations

import asyncio
from typing import Any, Final

import structlog
from aiohttp import web

from handlers.http.connection_limit import ConnectionLimit, neighbourhood
from handlers.http.log_throttle import LogThrottle
from handlers.http.problems import Problem
from handlers.http.shapes import shaped

log = structlog.get_logger()

HEAD_S: Final = 10.0
"""From the first moment, or the first byte of a further request, until its head is whole."""
IDLE_S: Final = 75.0
"""Between two requests; longer than the reverse proxies in use keep a connection (60 s)."""
LINGER_S: Final = 2.0
"""So long the rest of a refused body is read, so that its sender gets to see the answer."""
WRITE_S: Final = 20.0
"""An answer that is not read by then is given up."""
_OPTIONS: Final[dict[str, Any]] = {
    "access_log": None,
    "auto_decompress": False,  # `reading.body_of` unpacks, up to a limit
    "keepalive_timeout": IDLE_S,
    "lingering_time": LINGER_S,
}


class Connection(web.RequestHandler):
    """aiohttp's own, with a deadline for whatever the other side has to do."""

    __slots__ = ("_head_s", "_late", "_limit", "_malformed", "address")

    def __init__(
        self, server: web.Server, *, limit: ConnectionLimit, malformed: LogThrottle, head_s: float = HEAD_S
    ) -> None:
        super().__init__(server, loop=asyncio.get_running_loop(), **_OPTIONS)
        self._limit = limit
        self._malformed = malformed
        self._head_s = head_s
        self._late: asyncio.TimerHandle | None = None
        self.address = ""

    @property
    def silent(self) -> bool:
        return self._request_count == 0

    @property
    def idle(self) -> bool:
        return not self._request_in_progress and not self._messages

    def drop(self) -> None:
        if isinstance(self.transport, asyncio.Transport):
            self.transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        peer = transport.get_extra_info("peername")
        self.address = neighbourhood(peer[0] if isinstance(peer, tuple) else None)
        if self._limit.enter(self):
            self._await_head()

    def connection_lost(self, exc: BaseException | None) -> None:
        self._limit.leave(self)
        self._head_is_whole()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        before = self._request_count
        super().data_received(data)
        if self._request_count != before:
            self._head_is_whole()
        elif self._late is None and self.idle:
            self._await_head()

    def _await_head(self) -> None:
        self._late = self._loop.call_later(self._head_s, self._give_up)

    def _head_is_whole(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _give_up(self) -> None:
        self._late = None
        if self.idle:
            self.force_close()

    async def finish_response(
        self, request: web.BaseRequest, resp: web.StreamResponse, start_time: float | None
    ) -> tuple[web.StreamResponse, bool]:
        try:
            async with asyncio.timeout(WRITE_S):
                return await super().finish_response(request, shaped(resp), start_time)
        except TimeoutError:
            self.drop()
            return resp, True

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,  # noqa: ARG002  # repeats what was sent
    ) -> web.StreamResponse:
        """Answer without a word of what came, and keep it out of the log as well."""
        if status < 500:  # noqa: PLR2004
            self._malformed.note(error=type(exc).__name__)
        elif not isinstance(exc, ConnectionError):
            log.error("http.failed", exc_info=exc)
        if request.writer.output_size > 0:
            raise ConnectionResetError("an answer was begun")
        answer = Problem(status, "this is no request that could be read" if status < 500 else "try again").answer  # noqa: PLR2004
        answer.force_close()
        return answer
