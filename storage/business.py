"""Telegram accounts that the bot is connected to."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, select, update

from storage.queue_statements import INSERTS
from storage.tables import business_connections

CAN_REPLY: Final = "can_reply"
DOUBTED: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""In place of when Telegram last told of a connection, where something has shown that it cannot be true any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessConnection:
    """One account, under the name that Telegram gives the connection."""

    id: str
    owner_id: int
    owner_name: str
    username: str | None = None
    rights: frozenset[str] = frozenset()
    """What the bot may do there, in Telegram's words."""
    enabled: bool
    since: datetime

    @property
    def can_reply(self) -> bool:
        """Whether the bot may write to customers there at all."""
        return self.enabled and CAN_REPLY in self.rights


_COLUMNS: Final = [business_connections.c[name] for name in BusinessConnection.__slots__]


class BusinessConnections:
    """Connections by name and by owner."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def get(self, connection_id: str) -> BusinessConnection | None:
        found = self._found(business_connections.c.id == connection_id)
        return found[0] if found else None

    def is_told_since(self, connection_id: str, moment: datetime) -> bool:
        """Whether Telegram has said how a connection stands since then."""
        there = (business_connections.c.id == connection_id, business_connections.c.changed_at > moment)
        return bool(self._found(*there))

    def doubt(self, owner_id: int) -> None:
        """Note that an account was refused, though the bot is connected to it as far as is known."""
        theirs = (business_connections.c.owner_id == owner_id, business_connections.c.enabled)
        self._connection.execute(update(business_connections).where(*theirs).values(changed_at=DOUBTED))

    def of_owner(self, owner_id: int) -> BusinessConnection | None:
        """Return the connection through which an account is written from now; None: it is not connected any more."""
        found = self._found(business_connections.c.owner_id == owner_id, business_connections.c.enabled)
        return found[0] if found else None

    def all(self) -> list[BusinessConnection]:
        """Return what is known of each account, the newest connection alone."""
        newest: dict[int, BusinessConnection] = {}
        for one in self._found():
            newest.setdefault(one.owner_id, one)
        return sorted(newest.values(), key=lambda one: one.since)

    def save(self, connection: BusinessConnection) -> None:
        values: dict[str, Any] = asdict(connection) | {"rights": " ".join(sorted(connection.rights))}
        values |= {"changed_at": self._now}
        insert = INSERTS[self._connection.dialect.name](business_connections).values(**values)
        self._connection.execute(
            insert.on_conflict_do_update(
                index_elements=["id"], set_={name: insert.excluded[name] for name in values if name != "id"}
            )
        )

    def _found(self, *conditions: Any) -> list[BusinessConnection]:
        rows = self._connection.execute(
            select(*_COLUMNS)
            .where(*conditions)
            .order_by(business_connections.c.enabled.desc(), business_connections.c.changed_at.desc())
        )
        return [BusinessConnection(**{**row, "rights": frozenset(row["rights"].split())}) for row in rows.mappings()]
