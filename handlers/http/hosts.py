"""Whether a request was addressed to this machine by its own names.

A page elsewhere can point its own name at 127.0.0.1 and then read what a visitor's browser is answered here. It cannot
choose what the browser sends as `Host`: that is its own name.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from aiohttp import web

from services.health.hosts import is_loopback

HTTP_PORT: Final = 80
FORWARDED: Final = ("Forwarded", "X-Forwarded-For", "X-Real-IP")


def is_local(request: web.Request) -> bool:
    """Whether `Host` is a name of the loopback interface, with the port that is listened on.

    A proxy on this machine may name itself there; that it speaks for somebody else it says in other headers.
    """
    if any(name in request.headers for name in FORWARDED):
        return False
    try:
        named = urlsplit(f"//{request.host}")
        host, port = named.hostname or "", named.port or HTTP_PORT
    except ValueError:
        return False
    return is_loopback(host) and port == _port_of(request)


def _port_of(request: web.Request) -> int | None:
    sockname = request.transport.get_extra_info("sockname") if request.transport else None
    return sockname[1] if isinstance(sockname, tuple) else None
