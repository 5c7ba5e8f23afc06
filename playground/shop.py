"""A page that stands for the site of a business, with the bot's chat on it: another place to write from."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from aiohttp import web

from playground.actions import LANGUAGES

FOLDER: Final = Path(__file__).parent / "page"
PATH: Final = "/site"
OTHERWISE: Final = "en"


class Shop:
    """Served where the bot has a script for sites; the page may load that script, and let it ask the bot."""

    def __init__(self, widget: str) -> None:
        """`widget`: the address of the script."""
        self._widget = widget
        scheme, netloc, *_ = urlsplit(widget)
        bot = f"{scheme}://{netloc}"
        self._policy = (
            f"default-src 'none'; script-src {bot}; connect-src {bot}; style-src 'self'; img-src 'self'; "
            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )

    def add_to(self, app: web.Application) -> None:
        app.router.add_get(PATH, self.show)
        app.on_response_prepare.append(self._allow)

    async def show(self, request: web.Request) -> web.Response:
        wished = request.query.get("lang", "")
        language = wished if wished in LANGUAGES else OTHERWISE
        text = (FOLDER / f"site.{language}.html").read_text("utf-8").replace("{widget}", self._widget)
        return web.Response(text=text, content_type="text/html")

    async def _allow(self, request: web.Request, response: web.StreamResponse) -> None:
        """Write over what the guard says of the other pages: they load nothing from anywhere."""
        if request.path == PATH:
            response.headers["Content-Security-Policy"] = self._policy
