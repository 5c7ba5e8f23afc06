"""Who may drive the page: a browser on this machine that shows the page itself, and nobody else.

A foreign site could reach a loopback port through a visitor's browser, by a plain form or by pointing its own
name at 127.0.0.1. Browsers tell on both: by `Origin`, `Sec-Fetch-Site` and `Host`. Bots send none of the first two,
and browsers leave them out for a site without https that seems to ask itself: there `Host` alone tells.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import urlsplit

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

HTTP_PORT: Final = 80
LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
OWN: Final = frozenset({"same-origin", "none"})
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    foreign = _foreign_to_bot if _for_bots(request) else _foreign_to_page
    if not _by_own_name(request) or foreign(request):
        raise web.HTTPForbidden(text="This page answers only to itself, on this machine.\n")
    return await handler(request)


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    if not _for_bots(request):
        response.headers.update(HEADERS)


def _for_bots(request: web.Request) -> bool:
    return request.path.startswith(("/bot", "/file/bot"))


def _foreign_to_bot(request: web.Request) -> bool:
    return "Origin" in request.headers or "Sec-Fetch-Site" in request.headers


def _by_own_name(request: web.Request) -> bool:
    """Whether `Host` is a name of this machine, with the port that is listened on."""
    try:
        named = urlsplit(f"//{request.host}")
        host, port = named.hostname, named.port or HTTP_PORT
    except ValueError:
        return False
    sockname = request.transport.get_extra_info("sockname") if request.transport else None
    return host in LOOPBACK and isinstance(sockname, tuple) and port == sockname[1]


def _foreign_to_page(request: web.Request) -> bool:
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"http://{request.host}":
        return True
    # A link from elsewhere may open the page: that is how people come. It may not fetch anything else.
    return request.path != "/" and request.headers.get("Sec-Fetch-Site", "none") not in OWN
