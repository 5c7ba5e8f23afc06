"""The page itself: its files, and what a browser may do with them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from aiohttp import web

from handlers.http.guard import open_to

FOLDER: Final = Path(__file__).parent / "page"
INDEX: Final = "index.html"
PAGE: Final = "/dashboard"
FRAMES: Final = "https://web.telegram.org https://*.web.telegram.org"
"""Telegram in a browser shows Mini Apps in a frame."""
HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
        "media-src 'self' blob:; connect-src 'self'; "
        f"base-uri 'none'; form-action 'none'; frame-ancestors 'self' {FRAMES}"
    ),
    "Cache-Control": "no-cache",  # asked for again each time, sent again only when it has changed
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}


class PageRoutes:
    """Serves the files that are there as the process starts, and nothing else. The page holds no secret."""

    def __init__(self) -> None:
        files = (file for file in FOLDER.rglob("*") if file.suffix in _TYPES)
        self._files = {file.relative_to(FOLDER).as_posix(): file for file in files}

    def add_to(self, app: web.Application) -> None:
        app.router.add_get(PAGE, self.index)
        app.router.add_get(f"{PAGE}/", self.without_slash)
        app.router.add_get(f"{PAGE}/{{file:.+}}", self.file)

    @open_to("everybody")
    async def index(self, _request: web.Request) -> web.StreamResponse:
        return _served(FOLDER / INDEX)

    @open_to("everybody")
    async def without_slash(self, _request: web.Request) -> web.StreamResponse:
        """The page's addresses are relative, so that it works behind any prefix; a slash would turn them elsewhere."""
        return web.Response(status=308, headers={"Location": f"..{PAGE}"})

    @open_to("everybody")
    async def file(self, request: web.Request) -> web.StreamResponse:
        found = self._files.get(request.match_info["file"])
        if found is None:
            raise web.HTTPNotFound
        return _served(found)


def _served(file: Path) -> web.StreamResponse:
    return web.FileResponse(file, headers=HEADERS | {"Content-Type": _TYPES[file.suffix]})
