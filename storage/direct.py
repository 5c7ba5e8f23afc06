"""Direct messages of channels: which chats of them the bot knows."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, select, update

from storage.queue_statements import INSERTS
from storage.tables import direct_chats


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectChat:
    """The direct messages of one channel."""

    chat_id: int
    channel_id: int | None
    title: str
    served: bool
    """Whether somebody of the team is among the channel's administrators."""
    may_manage: bool
    """Whether the bot has the right for direct messages there."""
    changed_at: datetime
    """When this was last asked."""


_COLUMNS: Final = [direct_chats.c[name] for name in DirectChat.__slots__]


class DirectChats:
    """Chats by their number."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, chat_id: int) -> DirectChat | None:
        found = self._found(direct_chats.c.chat_id == chat_id)
        return found[0] if found else None

    def all(self) -> list[DirectChat]:
        return self._found()

    def save(self, chat: DirectChat) -> None:
        values = asdict(chat)
        insert = INSERTS[self._connection.dialect.name](direct_chats).values(**values)
        self._connection.execute(
            insert.on_conflict_do_update(
                index_elements=["chat_id"], set_={name: insert.excluded[name] for name in values if name != "chat_id"}
            )
        )

    def in_doubt(self, channel_id: int, *, may_manage: bool, since: datetime) -> None:
        """Note what the bot may do in a channel from now on; the rest is asked anew when it is next needed."""
        self._connection.execute(
            update(direct_chats)
            .where(direct_chats.c.channel_id == channel_id)
            .values(may_manage=may_manage, changed_at=since)
        )

    def _found(self, *conditions: Any) -> list[DirectChat]:
        rows = self._connection.execute(select(*_COLUMNS).where(*conditions).order_by(direct_chats.c.chat_id))
        return [DirectChat(**row) for row in rows.mappings()]
