"""Answers that the team has written for itself: nobody is given them but by an operator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, func, insert, select, update

from storage.tables import canned_replies


@dataclass(frozen=True, slots=True, kw_only=True)
class CannedReply:
    """One of them: Jinja2 source, checked before it is stored."""

    id: int
    title: str
    text: str
    author: str
    created_at: datetime
    retired_at: datetime | None = None
    """When it was taken off the list; None: it stands there."""


_COLUMNS: Final = [canned_replies.c[name] for name in CannedReply.__slots__]
_STANDING: Final = canned_replies.c.retired_at.is_(None)


class CannedReplies:
    """Canned replies in the order of their titles."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def add(self, *, title: str, text: str, author: str) -> CannedReply:
        """Put a reply on the list; one of the same title makes room for it."""
        same = (canned_replies.c.title == title, _STANDING)
        self._connection.execute(update(canned_replies).where(*same).values(retired_at=self._now))
        row = self._connection.execute(
            insert(canned_replies)
            .values(title=title, text=text, author=author, created_at=self._now)
            .returning(*_COLUMNS)
        )
        return CannedReply(**row.mappings().one())

    def get(self, reply_id: int) -> CannedReply | None:
        row = self._connection.execute(select(*_COLUMNS).where(canned_replies.c.id == reply_id))
        found = row.mappings().one_or_none()
        return CannedReply(**found) if found else None

    def count(self) -> int:
        return self._connection.scalar(select(func.count()).select_from(canned_replies).where(_STANDING)) or 0

    def page(self, number: int, *, most: int) -> Sequence[CannedReply]:
        """Return a page of the list, the first under 0."""
        rows = self._connection.execute(
            select(*_COLUMNS)
            .where(_STANDING)
            .order_by(canned_replies.c.title, canned_replies.c.id)
            .limit(most)
            .offset(number * most)
        )
        return [CannedReply(**row) for row in rows.mappings()]

    def retire(self, reply_id: int) -> None:
        """Take a reply off the list."""
        self._change(reply_id, self._now)

    def restore(self, reply_id: int) -> None:
        """Put a reply back, in the place of one that has its title by now."""
        reply = self.get(reply_id)
        if reply is not None:
            same = (canned_replies.c.title == reply.title, _STANDING)
            self._connection.execute(update(canned_replies).where(*same).values(retired_at=self._now))
            self._change(reply_id, None)

    def _change(self, reply_id: int, retired_at: datetime | None) -> None:
        self._connection.execute(
            update(canned_replies).where(canned_replies.c.id == reply_id).values(retired_at=retired_at)
        )
