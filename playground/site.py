"""The web page: its files, its state, its live stream, its actions; all of it behind the guard."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from aiohttp import web

from playground import actions, guard, view
from playground.server import Playground
from playground.shop import Shop
from playground.stream import Stream

FOLDER: Final = Path(__file__).parent / "page"
SHOWN: Final = frozenset(
    {"image/png", "image/jpeg", "image/gif", "image/webp", "audio/x-wav", "audio/wav", "audio/ogg"}
)
"""Served as what they are; the rest is a download of unknown bytes: no file of a customer runs as a page."""


def build(playground: Playground) -> web.Application:
    """Give the Bot API and the page as one application."""
    app = playground.app()
    app.middlewares.append(guard.guard)
    app.on_response_prepare.append(guard.add_headers)
    site = _Site(playground)
    app.router.add_get("/", site.index)
    app.router.add_get("/playground/state", site.state)
    app.router.add_get("/playground/events", Stream(playground).serve)
    app.router.add_get("/playground/files/{file_id}", site.file)
    actions.attach(app, playground)
    app.router.add_static("/page/", FOLDER)
    if playground.widget:
        Shop(playground.widget).add_to(app)
    return app


class _Site:
    def __init__(self, playground: Playground) -> None:
        self._playground = playground

    async def index(self, _: web.Request) -> web.StreamResponse:
        return web.FileResponse(FOLDER / "index.html")

    async def state(self, _: web.Request) -> web.StreamResponse:
        return web.json_response(view.state(self._playground))

    async def file(self, request: web.Request) -> web.StreamResponse:
        stored = self._playground.world.files.find(request.match_info["file_id"])
        if stored is None:
            raise web.HTTPNotFound
        if stored.mime in SHOWN:
            return web.Response(body=stored.content, content_type=stored.mime)
        headers = {"Content-Disposition": "attachment"}
        return web.Response(body=stored.content, content_type="application/octet-stream", headers=headers)
