"""The health routes, in the shapes of the original backend."""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import web

from services.health import Check, Health, Status


class HealthRoutes:
    """`/health` and what lies under it."""

    def __init__(self, *, health: Health, app_name: str, version: str) -> None:
        self._health = health
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
            app.router.add_get(path, handler)

    async def alive(self, _request: web.Request) -> web.Response:
        """Who it is, and what is known to be wrong, without asking anybody; answering at all is 200."""
        standing = self._health.standing()
        about = {"app_name": self._app_name, "version": self._version}
        return web.json_response(_body(standing) | about)

    async def database(self, _request: web.Request) -> web.Response:
        check = await self._health.check("database")
        return _answer({"database": "error"} | _body(check), check.status)

    async def openai(self, _request: web.Request) -> web.Response:
        check = await self._health.check("openai")
        return _answer(_body(check), check.status)

    async def full(self, _request: web.Request) -> web.Response:
        report = await self._health.full()
        checks = {name: _body(check) for name, check in report.checks.items()}
        return _answer({"status": report.status, "checks": checks}, report.status)

    async def live(self, _request: web.Request) -> web.Response:
        """Answering at all is the proof: the loop turns."""
        return web.json_response({"status": "healthy"})

    async def ready(self, _request: web.Request) -> web.Response:
        """Whether the database commits and updates come in."""
        database, intake = await asyncio.gather(self._health.check("database"), self._health.check("intake"))
        checks = {"database": database, "intake": intake}
        ready = all(check.status == "healthy" for check in checks.values())
        status: Status = "healthy" if ready else "unhealthy"
        return _answer({"status": status, "checks": {name: _body(one) for name, one in checks.items()}}, status)


def _body(check: Check) -> dict[str, Any]:
    return {"status": check.status, **check.facts}


def _answer(body: dict[str, Any], status: Status) -> web.Response:
    return web.json_response(body, status=503 if status == "unhealthy" else 200)
