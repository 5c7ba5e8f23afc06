"""Who knows the API's token."""

from __future__ import annotations

import asyncio
import hmac
import time
from collections.abc import Callable
from typing import Final

from aiohttp import hdrs, web

from handlers.http.guesses import Guesses, Sleep

BEARER: Final = "bearer"


def bearer_of(request: web.Request) -> str:
    """Return the token that a request brings; nothing where it brings none."""
    scheme, _, told = request.headers.get(hdrs.AUTHORIZATION, "").partition(" ")
    return told.strip() if scheme.lower() == BEARER else ""


class Token:
    """The right token is let in at once, whatever others from the same address have tried before."""

    def __init__(
        self, token: str, *, clock: Callable[[], float] = time.monotonic, sleep: Sleep = asyncio.sleep
    ) -> None:
        self._token = token.encode()
        self._guesses = Guesses(clock=clock, sleep=sleep)

    async def is_told(self, request: web.Request) -> bool:
        """Whether the request brings it; the answer no takes a while. Raises Problem where many guess at once."""
        told = request.headers.get(hdrs.AUTHORIZATION, "").partition(" ")[2].strip()
        if hmac.compare_digest(bearer_of(request).encode("utf-8", "surrogateescape"), self._token):
            return True
        if told:
            await self._guesses.slow_down(request.remote)
        return False
