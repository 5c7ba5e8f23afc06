"""`GET /widget.js`: the script that a page of a site loads by one line."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Final

from aiohttp import web

from handlers.http.guard import open_to
from handlers.http.widget.gate import Gate
from services.texts import LANGUAGES

FOLDER: Final = Path(__file__).parent / "page"
PARTS: Final = (
    "texts.js",
    "memory.js",
    "shelf.js",
    "net.js",
    "dom.js",
    "lines.js",
    "composer.js",
    "panel.js",
    "chat.js",
)
"""In the order in which each needs those before it."""
STYLE: Final = "style.css"
TEXTS: Final = FOLDER / "texts"
PATH: Final = "/widget.js"
_COMMENT: Final = re.compile(r"(^|\s)//\s.*")
_SPACE: Final = re.compile(r"(?<=[{};:,])\s+|\s+(?=[{}])")
"""Of a style sheet, where it parts nothing."""
HEADERS: Final = {
    "Content-Type": "text/javascript; charset=utf-8",
    "Cache-Control": "public, max-age=300",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Access-Control-Allow-Origin": "*",
}


def script() -> bytes:
    """Return the parts as one: a function that leaves no names on the page but its own.

    No part has a text that goes over several lines, or one with a space on both sides of two slashes: so indentation
    and comments can go.
    """
    style = json.dumps(_SPACE.sub("", _squeezed((FOLDER / STYLE).read_text("utf-8"))), ensure_ascii=False)
    texts = {name: json.loads((TEXTS / f"{name}.json").read_text("utf-8")) for name in LANGUAGES}
    parts = _squeezed("\n".join((FOLDER / name).read_text("utf-8") for name in PARTS))
    told = json.dumps(texts, ensure_ascii=False, separators=(",", ":"))
    head = f'"use strict";\nconst STYLE = {style};\nconst TEXTS = {told};'
    return f"(() => {{\n{head}\n{parts}\n}})();\n".encode()


def _squeezed(source: str) -> str:
    lines = (_COMMENT.sub("", line).strip() for line in source.splitlines())
    return "\n".join(line for line in lines if line)


class WidgetScript:
    """Serves it, once it is put together; a browser that has it asks seldom."""

    def __init__(self, *, gate: Gate) -> None:
        self._gate = gate
        self._script = script()
        self._mark = f'"{hashlib.sha256(self._script).hexdigest()[:32]}"'

    def add_to(self, app: web.Application) -> None:
        app.router.add_get(PATH, self.show)

    @open_to("everybody")
    async def show(self, request: web.Request) -> web.StreamResponse:
        self._gate.must_be_on()
        headers = HEADERS | {"ETag": self._mark}
        if request.headers.get("If-None-Match") == self._mark:
            return web.Response(status=304, headers=headers)
        answer = web.Response(body=self._script, headers=headers)
        answer.enable_compression()
        return answer
