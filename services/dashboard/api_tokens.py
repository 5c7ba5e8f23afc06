"""Tokens by which programs of the business call the desk: made by admins, shown once, kept as hashes."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import structlog

from services.dashboard.digests import digest_of
from services.dashboard.visitor import Visitor
from services.desk import audit
from services.messages.incoming import Operator
from storage.api_tokens import ApiToken, Role
from storage.store import Store
from storage.units import Unit

__all__ = ["ApiToken", "ApiTokens", "Made"]
log = structlog.get_logger()
PREFIX: Final = "desk_"
"""By which people, and scanners for leaked secrets, know one."""
SEEN: Final = timedelta(minutes=5)
"""How exactly it is kept when one was last used."""
LONGEST: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A new token, and what the program has to send; nobody can read that later."""

    token: ApiToken
    secret: str


class ApiTokens:
    """Makes them, knows them again, revokes them."""

    def __init__(self, *, store: Store) -> None:
        self._store = store

    async def make(self, name: str, role: Role, *, by: Operator) -> Made:
        secret = PREFIX + secrets.token_urlsafe(32)

        def act(unit: Unit) -> ApiToken:
            made = unit.api_tokens.make(digest_of(secret), name=name, role=role, made_by=by.name)
            audit.note(unit, audit.web(by), "token_made", detail=name)
            return made

        token = await self._store.write(act)
        log.info("api_token.made", token=token.id, name=name, role=role)
        return Made(token=token, secret=secret)

    async def all(self) -> list[ApiToken]:
        return await self._store.read(lambda unit: unit.api_tokens.all())

    async def revoke(self, token_id: int, *, by: Operator) -> bool:
        """Whether it was in force until now."""

        def act(unit: Unit) -> ApiToken | None:
            revoked = unit.api_tokens.revoke(token_id)
            if revoked is not None:
                audit.note(unit, audit.web(by), "token_revoked", detail=revoked.name)
            return revoked

        token = await self._store.write(act)
        if token is not None:
            log.info("api_token.revoked", token=token.id, name=token.name)
        return token is not None

    async def visitor(self, secret: str) -> Visitor | None:
        """Return which program it is. None for a token that is revoked or made up."""
        if not secret.startswith(PREFIX) or len(secret) > LONGEST:
            return None
        token = await self._store.read(lambda unit: unit.api_tokens.find(digest_of(secret)))
        if token is None:
            return None
        if token.used_at is None or self._store.now() - token.used_at >= SEEN:
            await self._store.write(lambda unit: unit.api_tokens.used(token.id))
        return Visitor(operator=Operator(id=-token.id, name=token.name), role=token.role)
