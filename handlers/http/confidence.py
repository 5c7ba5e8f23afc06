"""Who may see what the model is and what it costs."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from handlers.http.hosts import is_local
from handlers.http.tokens import Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Confidence:
    """Programs with the API's token, and this machine itself where the bot listens to nobody else."""

    token: Token | None
    on_loopback: bool

    async def has(self, request: web.Request) -> bool:
        """Raises Problem for one guess at the token too many."""
        if self.on_loopback and is_local(request):
            return True
        return self.token is not None and await self.token.is_told(request)
