"""Tokens by which programs call the desk. None is kept itself: only its hash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from sqlalchemy import Connection, insert, select, update

from storage.tables import api_tokens

Role = Literal["operator", "admin"]
"""What somebody may do on the dashboard, a person or a program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiToken:
    """One of them."""

    id: int
    name: str
    """What the team calls the program; its lines and actions stand under it."""
    role: Role
    made_by: str
    """The name of the admin who made it."""
    created_at: datetime
    used_at: datetime | None
    """About when it was used last; None: never yet."""


_COLUMNS: Final = [api_tokens.c[name] for name in ApiToken.__slots__]
_IN_FORCE: Final = api_tokens.c.revoked_at.is_(None)


class ApiTokens:
    """Tokens by their hashes. Whatever is revoked is found no more."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def make(self, digest: str, *, name: str, role: Role, made_by: str) -> ApiToken:
        """Keep a new one."""
        values = {"name": name, "role": role, "made_by": made_by, "created_at": self._now, "used_at": None}
        statement = insert(api_tokens).values(digest=digest, **values).returning(*_COLUMNS)
        return ApiToken(**self._connection.execute(statement).mappings().one())

    def find(self, digest: str) -> ApiToken | None:
        rows = self._connection.execute(select(*_COLUMNS).where(api_tokens.c.digest == digest, _IN_FORCE))
        found = rows.mappings().one_or_none()
        return ApiToken(**found) if found else None

    def all(self) -> list[ApiToken]:
        """Return those in force, the newest first."""
        rows = self._connection.execute(select(*_COLUMNS).where(_IN_FORCE).order_by(api_tokens.c.id.desc()))
        return [ApiToken(**row) for row in rows.mappings()]

    def used(self, token_id: int) -> None:
        self._connection.execute(update(api_tokens).where(api_tokens.c.id == token_id).values(used_at=self._now))

    def revoke(self, token_id: int) -> ApiToken | None:
        """Take one out of force and return it; None where it was not."""
        rows = self._connection.execute(
            update(api_tokens)
            .where(api_tokens.c.id == token_id, _IN_FORCE)
            .values(revoked_at=self._now)
            .returning(*_COLUMNS)
        )
        found = rows.mappings().one_or_none()
        return ApiToken(**found) if found else None
