"""Who administers the bot beside those whom the settings name, and the codes by which one becomes an admin.

Of a code only its hash is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, delete, select

from storage.queue_statements import INSERTS
from storage.tables import admin_codes, admins


@dataclass(frozen=True, slots=True, kw_only=True)
class Admin:
    """One of them, by their Telegram id."""

    id: int
    name: str
    """As it was when they became one; empty where only the id was given."""
    since: datetime
    made_by: str
    """The name of the admin who made them one, or the place where it was done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminCode:
    """A code that has not been used."""

    digest: str
    first: bool
    """It is for the first admin, so it counts while there is none."""
    made_at: datetime
    ends_at: datetime | None
    """None: it counts until the next one."""
    made_by: str


_ADMIN: Final = [admins.c[name] for name in Admin.__slots__]
_CODE: Final = [admin_codes.c[name] for name in AdminCode.__slots__]


class Admins:
    """Admins by id, codes by their hashes."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def all(self) -> list[Admin]:
        """Return them, the first one first."""
        rows = self._connection.execute(select(*_ADMIN).order_by(admins.c.since, admins.c.id))
        return [Admin(**row) for row in rows.mappings()]

    def add(self, admin_id: int, *, name: str, made_by: str) -> bool:
        """Make somebody an admin; False where they are one."""
        values = {"id": admin_id, "name": name, "since": self._now, "made_by": made_by}
        new = INSERTS[self._connection.dialect.name](admins).values(**values)
        return bool(self._connection.execute(new.on_conflict_do_nothing(index_elements=["id"])).rowcount)

    def remove(self, admin_id: int) -> Admin | None:
        """Take the office from somebody and return who it was; None where they have none here."""
        gone = self._connection.execute(delete(admins).where(admins.c.id == admin_id).returning(*_ADMIN))
        found = gone.mappings().one_or_none()
        return Admin(**found) if found else None

    def codes(self) -> list[AdminCode]:
        """Return the codes that can be used."""
        rows = self._connection.execute(select(*_CODE).order_by(admin_codes.c.made_at))
        return [AdminCode(**row) for row in rows.mappings()]

    def keep_code(self, digest: str, *, first: bool, ends_at: datetime | None, made_by: str) -> None:
        """Keep a new code."""
        values = {"digest": digest, "first": first, "made_at": self._now, "ends_at": ends_at, "made_by": made_by}
        self._connection.execute(INSERTS[self._connection.dialect.name](admin_codes).values(**values))

    def use_code(self, digest: str) -> bool:
        """Take a code out of use; False where it was. Of two who use it at once one does."""
        return bool(self._connection.execute(delete(admin_codes).where(admin_codes.c.digest == digest)).rowcount)

    def drop_codes(self, *, first_before: datetime) -> None:
        """Delete codes for a first admin of before a moment, and all whose time is over."""
        old = admin_codes.c.first & (admin_codes.c.made_at < first_before)
        self._connection.execute(delete(admin_codes).where(old | (admin_codes.c.ends_at < self._now)))
