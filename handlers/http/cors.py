"""Which web pages may call the API from a browser."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final
from urllib.parse import urlsplit

from aiohttp import web

from handlers.http.log_throttle import LogThrottles
from handlers.http.problems import Problem

ANYBODY: Final = "*"
_PREFLIGHT: Final = {
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Idempotency-Key, Last-Event-ID",
    "Access-Control-Max-Age": "600",
}
_SHOWN: Final = 200


class Cors:
    """Origins as `http.cors_origins` lists them; `*` lets every page in, with the token all the same."""

    def __init__(self, origins: Collection[str], *, own: str | None = None) -> None:
        """`own`: where people reach this program itself."""
        self._origins = frozenset(origins)
        self._own = origin_of(own) if own else None
        self._refused = LogThrottles("http.origin_refused")

    def must_let_in(self, request: web.Request) -> None:
        """Raise Problem for a page of a site that is not named. A page of our own origin may send none."""
        origin = request.headers.get("Origin")
        if origin is not None and not self._lets_in(origin) and origin != self._own:
            self._note(origin, request)
            raise Problem(403, "pages of this origin may not use the chat: name it in http.cors_origins")

    def mark(self, request: web.Request, answer: web.StreamResponse) -> web.StreamResponse:
        """Tell the browser whether the page may read the answer."""
        origin = request.headers.get("Origin")
        if self._origins and ANYBODY not in self._origins:
            answer.headers["Vary"] = "Origin"
        if origin is not None and self._lets_in(origin):
            answer.headers["Access-Control-Allow-Origin"] = ANYBODY if ANYBODY in self._origins else origin
            answer.headers["Access-Control-Expose-Headers"] = "Retry-After"
        return answer

    def preflight(self, request: web.Request) -> web.Response:
        origin = request.headers.get("Origin")
        if origin is not None and not self._lets_in(origin):
            self._note(origin, request)
            return web.Response(status=204)
        return web.Response(status=204, headers={} if origin is None else _PREFLIGHT)

    def _note(self, origin: str, request: web.Request) -> None:
        """Tell whoever runs the bot: the visitor of the page reads only that there is no connection."""
        shown = origin[:_SHOWN]
        self._refused.note(shown, origin=shown, path=request.path, setting="http.cors_origins")

    def _lets_in(self, origin: str) -> bool:
        return ANYBODY in self._origins or origin in self._origins


def origin_of(url: str) -> str:
    """Return what a browser names as the origin of pages at an address."""
    scheme, netloc, *_ = urlsplit(url)
    return f"{scheme}://{netloc}".lower()
