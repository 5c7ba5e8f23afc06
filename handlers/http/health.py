"""The health routes, in the shapes of the original backend."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any, Final

from aiohttp import web

from handlers.http.cached import Cached
from handlers.http.confidence import Confidence
from handlers.http.guard import open_to
from handlers.http.paths import with_or_without_slash
from services.health.checks import Check, Health, Status

INNER: Final = frozenset({"model", "spent_today_usd", "note"})
"""Facts of the business: for those who are trusted. The rest tells whether all is well."""
ONCE: Final = ("database", "openai", "intake")


class HealthRoutes:
    """`/health` and what lies under it. Each look costs a write; who asks at the same time shares one."""

    def __init__(self, *, health: Health, app_name: str, version: str, confidence: Confidence | None = None) -> None:
        """Without `confidence` everybody may see everything."""
        self._standing = health.standing
        self._full = Cached(health.full)
        self._parts = {name: Cached(partial(health.check, name), hold_s=0.0) for name in ONCE}
        self._confidence = confidence
        self._app_name = app_name
        self._version = version

    def add_to(self, app: web.Application) -> None:
        for path, handler in (
            ("/health", self.alive),
            ("/health/database", self.database),
            ("/health/openai", self.openai),
            ("/health/full", self.full),
            ("/health/live", self.live),
            ("/health/ready", self.ready),
        ):
            app.router.add_get(with_or_without_slash(path), handler)

    @open_to("everybody")
    async def alive(self, _request: web.Request) -> web.Response:
        """Who it is, and what is known to be wrong, without asking anybody; answering at all is 200."""
        standing = self._standing()
        about = {"app_name": self._app_name, "version": self._version}
        return web.json_response(_body(standing) | about)

    @open_to("everybody")
    async def database(self, _request: web.Request) -> web.Response:
        check = await self._parts["database"].get()
        return _answer({"database": "error"} | _body(check), check.status)

    @open_to("everybody")
    async def openai(self, request: web.Request) -> web.Response:
        trusted = await self._trusts(request)
        check = await self._parts["openai"].get()
        return _answer(_body(check, trusted=trusted), check.status)

    @open_to("everybody")
    async def full(self, request: web.Request) -> web.Response:
        trusted = await self._trusts(request)
        report = await self._full.get()
        checks = {name: _body(check, trusted=trusted) for name, check in report.checks.items()}
        return _answer({"status": report.status, "checks": checks}, report.status)

    @open_to("everybody")
    async def live(self, _request: web.Request) -> web.Response:
        """Answering at all is the proof: the loop turns."""
        return web.json_response({"status": "healthy"})

    @open_to("everybody")
    async def ready(self, _request: web.Request) -> web.Response:
        """Whether the database commits and updates come in."""
        database, intake = await asyncio.gather(self._parts["database"].get(), self._parts["intake"].get())
        checks = {"database": database, "intake": intake}
        ready = all(check.status != "unhealthy" for check in checks.values())
        status: Status = "healthy" if ready else "unhealthy"
        return _answer({"status": status, "checks": {name: _body(one) for name, one in checks.items()}}, status)

    async def _trusts(self, request: web.Request) -> bool:
        return self._confidence is None or await self._confidence.has(request)


def _body(check: Check, *, trusted: bool = True) -> dict[str, Any]:
    facts = {name: fact for name, fact in check.facts.items() if trusted or name not in INNER}
    return {"status": check.status, **facts}


def _answer(body: dict[str, Any], status: Status) -> web.Response:
    return web.json_response(body, status=503 if status == "unhealthy" else 200)
