"""`GET /api/openapi.json`: the whole API, described."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from aiohttp import web

from handlers.http.descriptions import Description, document
from handlers.http.guard import open_to


class OpenApiRoute:
    """Made once, when it is first asked for: what it is made of does not change while the process runs."""

    def __init__(self, *, described: Iterable[Description], title: str, version: str, server: str) -> None:
        self._made_of = (tuple(described), title, version, server)

    @cached_property
    def _document(self) -> dict[str, Any]:
        described, title, version, server = self._made_of
        return document(described, title=title, version=version, server=server)

    def add_to(self, app: web.Application) -> None:
        app.router.add_get("/api/openapi.json", self.show)

    @open_to("everybody")
    async def show(self, _request: web.Request) -> web.Response:
        return web.json_response(self._document)
