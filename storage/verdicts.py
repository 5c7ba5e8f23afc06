"""What the engines said, message by message."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import Connection, insert, select

from storage.prepared import Prepared
from storage.records import StoredVerdict
from storage.tables import messages, verdicts

_ADD: Final = Prepared(insert(verdicts))
_VALUES: Final = [verdicts.c[name] for name in StoredVerdict.__slots__]


class Verdicts:
    """Verdicts by message; the newest counts."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def add(self, message_id: int, verdict: StoredVerdict) -> None:
        said = {name: getattr(verdict, name) for name in StoredVerdict.__slots__}
        _ADD.run(self._connection, {"message_id": message_id, "created_at": self._now} | said)

    def of_message(self, message_id: int) -> StoredVerdict | None:
        """Return what was thought of a message as it reads now: what was thought before an edit is of other words."""
        row = self._connection.execute(
            select(*_VALUES)
            .join(messages, messages.c.id == verdicts.c.message_id)
            .where(verdicts.c.message_id == message_id, verdicts.c.engine != "audit")
            .where(messages.c.edited_at.is_(None) | (verdicts.c.created_at >= messages.c.edited_at))
            .order_by(verdicts.c.id.desc())
            .limit(1)
        )
        found = row.mappings().one_or_none()
        return StoredVerdict(**found) if found else None
