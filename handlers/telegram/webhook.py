"""Where Telegram delivers in webhook mode: what it says is on disk before it hears 200."""

from __future__ import annotations

import asyncio
import hmac
import json
from typing import Final

import structlog
from aiohttp import web

from handlers.http.guard import open_to
from handlers.http.paths import with_or_without_slash
from handlers.http.problems import Problem
from handlers.http.reading import body_of
from handlers.http.shutdown_gate import AWAY_S, ShutdownGate
from handlers.telegram.arrival import arrival
from services.health.database_log import DatabaseTrouble
from services.queues.intake import Arrival, Intake

log = structlog.get_logger()

BODY_MOST: Final = 4 * 1024 * 1024
PATH: Final = "/telegram/webhook"
SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # the name of a header
ACCEPT_S: Final = 20.0
"""Telegram gives up after about a minute; a database that takes longer than this is as good as away."""
AGAIN_S: Final = 2


class WebhookRoute:
    """`POST /telegram/webhook`, for those who know the secret."""

    def __init__(self, *, secret: str, intake: Intake, shutdown: ShutdownGate) -> None:
        self._secret = secret.encode()
        self._intake = intake
        self._shutdown = shutdown

    def add_to(self, app: web.Application) -> None:
        app.router.add_post(with_or_without_slash(PATH), self.deliver)

    @open_to("telegram")
    async def deliver(self, request: web.Request) -> web.Response:
        if not self._from_telegram(request):
            raise Problem(401, f"only Telegram delivers here, with the secret in {SECRET_HEADER}")
        if not self._shutdown.open:
            raise Problem(503, "restarting; deliver again", Retry_After=str(AWAY_S))
        arrived = _arrival(await body_of(request, BODY_MOST))
        if arrived is None:
            raise Problem(400, "the body is not JSON")
        if not await self._stored(arrived):
            raise Problem(503, "not stored; deliver again", Retry_After=str(AGAIN_S))
        return web.Response()

    def _from_telegram(self, request: web.Request) -> bool:
        """Compare bytes: a header need not be ASCII, and text that is not cannot be compared in constant time."""
        told = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        return hmac.compare_digest(told, self._secret)

    async def _stored(self, arrived: Arrival) -> bool:
        try:
            async with asyncio.timeout(ACCEPT_S):
                await self._intake.accept([arrived])
        except DatabaseTrouble:
            return False  # told once in the log, whatever is delivered meanwhile
        except Exception:  # whatever it was, the update is not stored, and Telegram keeps it
            log.exception("webhook.not_stored", cause=arrived.key)
            return False
        self._intake.spoke()
        return True


def _arrival(body: bytes) -> Arrival | None:
    """Return what came, whatever it is, as long as it is JSON."""
    try:
        return arrival(json.loads(body))
    except (ValueError, RecursionError):
        return None
