"""Files that operators have brought from a page, until the messenger has them."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import Connection, delete, insert, select

from storage.tables import uploads

MARK: Final = "upload:"
"""A file whose content stands here has a name that begins so."""


class Uploads:
    """Contents by the lines that show them."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def keep(self, message_id: int, content: bytes) -> None:
        self._connection.execute(insert(uploads).values(message_id=message_id, content=content, created_at=self._now))

    def get(self, message_id: int) -> bytes | None:
        found = self._connection.scalar(select(uploads.c.content).where(uploads.c.message_id == message_id))
        return None if found is None else bytes(found)

    def forget(self, before: datetime, *, most: int) -> int:
        """Delete what came long ago: the messenger has it, or will not take it any more."""
        old = select(uploads.c.message_id).where(uploads.c.created_at < before).limit(most)
        return self._connection.execute(delete(uploads).where(uploads.c.message_id.in_(old))).rowcount
