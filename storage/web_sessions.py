"""Who is signed in to the dashboard, and the links by which one gets there. Neither is kept itself: only its hash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from sqlalchemy import Connection, delete, insert, select, update

from storage.tables import web_links, web_sessions

Entrance = Literal["link", "telegram", "playground"]
"""How somebody came in: by a link from the bot, inside Telegram, or from the header of the playground."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSession:
    """One browser that is signed in."""

    id: int
    operator_id: int
    operator_name: str
    entrance: Entrance
    device: str
    """What the browser calls itself."""
    created_at: datetime
    seen_at: datetime
    expires_at: datetime


_COLUMNS: Final = [web_sessions.c[name] for name in WebSession.__slots__]


class WebSessions:
    """Sessions and links by their hashes."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def forget(self) -> int:
        """Delete what has run out, and say how many rows."""
        gone = (delete(table).where(table.c.expires_at <= self._now) for table in (web_links, web_sessions))
        return sum(self._connection.execute(statement).rowcount for statement in gone)

    def invite(self, digest: str, *, operator_id: int, operator_name: str, until: datetime) -> None:
        """Keep a link."""
        self._connection.execute(
            insert(web_links).values(
                digest=digest, operator_id=operator_id, operator_name=operator_name, expires_at=until
            )
        )

    def knows(self, digest: str) -> bool:
        """Whether a link leads in still."""
        there = (web_links.c.digest == digest, web_links.c.expires_at > self._now)
        return self._connection.scalar(select(web_links.c.operator_id).where(*there)) is not None

    def redeem(self, digest: str) -> tuple[int, str] | None:
        """Use a link up, and return id and name of whom it was for; of two who come at once one gets in."""
        row = self._connection.execute(
            delete(web_links)
            .where(web_links.c.digest == digest, web_links.c.expires_at > self._now)
            .returning(web_links.c.operator_id, web_links.c.operator_name)
        ).one_or_none()
        return (row.operator_id, row.operator_name) if row else None

    def open(
        self,
        digest: str,
        *,
        operator_id: int,
        operator_name: str,
        entrance: Entrance,
        device: str,
        until: datetime,
    ) -> None:
        """Keep a session."""
        self._connection.execute(
            insert(web_sessions).values(
                digest=digest,
                operator_id=operator_id,
                operator_name=operator_name,
                entrance=entrance,
                device=device,
                created_at=self._now,
                seen_at=self._now,
                expires_at=until,
            )
        )

    def find(self, digest: str) -> WebSession | None:
        row = self._connection.execute(
            select(*_COLUMNS).where(web_sessions.c.digest == digest, web_sessions.c.expires_at > self._now)
        )
        found = row.mappings().one_or_none()
        return WebSession(**found) if found else None

    def saw(self, session_id: int, *, until: datetime) -> None:
        """Note that it is in use, and let it last on; one that has ended since it was looked up stays ended."""
        lasting = (web_sessions.c.id == session_id, web_sessions.c.expires_at > self._now)
        self._connection.execute(update(web_sessions).where(*lasting).values(seen_at=self._now, expires_at=until))

    def of(self, operator_id: int) -> list[WebSession]:
        """Return where somebody is signed in, the last seen first."""
        rows = self._connection.execute(
            select(*_COLUMNS)
            .where(web_sessions.c.operator_id == operator_id, web_sessions.c.expires_at > self._now)
            .order_by(web_sessions.c.seen_at.desc(), web_sessions.c.id)
        )
        return [WebSession(**row) for row in rows.mappings()]

    def end(self, session_id: int, *, operator_id: int) -> bool:
        """End one of somebody's own sessions."""
        theirs = (web_sessions.c.id == session_id, web_sessions.c.operator_id == operator_id)
        return bool(self._connection.execute(delete(web_sessions).where(*theirs)).rowcount)

    def end_all(self, operator_id: int) -> int:
        """End every session of somebody, and let no link of theirs lead in any more."""
        self._connection.execute(delete(web_links).where(web_links.c.operator_id == operator_id))
        ended = self._connection.execute(delete(web_sessions).where(web_sessions.c.operator_id == operator_id))
        return ended.rowcount
