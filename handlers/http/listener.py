"""Listens for HTTP, whoever comes and however many."""

from __future__ import annotations

import asyncio
import resource
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any, Final

from aiohttp import web

from handlers.http.connection import HEAD_S, Connection
from handlers.http.connection_limit import ConnectionLimit
from handlers.http.log_throttle import LogThrottle

MOST: Final = 1000
"""Connections at once; fewer where there are not twice as many file handles."""
LEAST: Final = 16
SHARE: Final = 4
"""One address of the internet gets one of so many parts."""
BACKLOG: Final = 512
"""Connections that are taken in at once, before any is looked at: they need handles too."""


class CannotListen(Exception):  # a state: the settings do not fit the world
    """The address cannot be had."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@asynccontextmanager
async def listening(
    app: web.Application, *, host: str, port: int, last_requests_s: float, head_s: float = HEAD_S
) -> AsyncIterator[None]:
    """Serve the application. Raises CannotListen."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=last_requests_s)
    await runner.setup()
    try:
        server = await _listen(runner, host, port, head_s)
        try:
            with _quiet_without_handles():
                yield
        finally:
            server.close()
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, host: str, port: int, head_s: float) -> asyncio.AbstractServer:
    server = runner.server
    if server is None:
        raise RuntimeError("the runner is not set up")
    most = _most()
    limit = ConnectionLimit(most=most, most_each=most // SHARE)
    malformed = LogThrottle("http.malformed")
    try:
        return await asyncio.get_running_loop().create_server(
            lambda: Connection(server, limit=limit, malformed=malformed, head_s=head_s),
            host,
            port,
            backlog=min(BACKLOG, most // 2),
        )
    except OSError as error:
        raise CannotListen(error.strerror or str(error)) from None


def _most() -> int:
    """Leave half of the file handles to what the bot is there for: Telegram, the database, the model."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST if soft == resource.RLIM_INFINITY else max(LEAST, min(MOST, soft // 2))


@contextmanager
def _quiet_without_handles() -> Iterator[None]:
    """Say seldom that no connection can be taken in: asyncio would say it a hundred times a second."""
    loop = asyncio.get_running_loop()
    usual = loop.get_exception_handler()
    refused = LogThrottle("http.no_handles")

    def handle(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, OSError) and "accept" in str(context.get("message")):
            refused.note(error=error.strerror)
        elif usual is not None:
            usual(loop, context)
        else:
            loop.default_exception_handler(context)

    loop.set_exception_handler(handle)
    try:
        yield
    finally:
        loop.set_exception_handler(usual)
