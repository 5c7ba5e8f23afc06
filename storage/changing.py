"""What becomes of lines that are stored: where they stand, what they say since their authors changed them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any, Final, Unpack

from sqlalchemy import Connection, delete

from storage import attachments, earlier_wordings
from storage.attachments import Attachment
from storage.changes import MessageChanges
from storage.closed_sets import MessageKind
from storage.message_statements import CHANGE, STAND
from storage.search import Search
from storage.tables import uploads

NOTE: Final = "note"
"""The kind of an operator's line that they have taken back: it stands inside now."""


def as_stored(entities: Sequence[dict[str, Any]]) -> str | None:
    """Return formatting as it stands in the table."""
    return json.dumps(entities, ensure_ascii=False) if entities else None


def as_entities(stored: str | None) -> tuple[dict[str, Any], ...]:
    """Return formatting out of the table."""
    return tuple(json.loads(stored)) if stored else ()


class Changing:
    """Changes of lines, each by its row."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def change(self, message_id: int, **changes: Unpack[MessageChanges]) -> None:
        self._connection.execute(CHANGE, {"row": message_id, **changes})

    def stand(self, telegram_ids: Iterable[tuple[int, int | None]]) -> None:
        """Note where messages now stand, each by its own id."""
        rows = [{"row": message_id, "telegram_id": at} for message_id, at in sorted(telegram_ids, key=itemgetter(0))]
        if rows:
            STAND.each(self._connection, rows)

    def edit(
        self,
        line: int,
        *,
        text: str,
        kind: MessageKind,
        entities: Sequence[Any],
        media: str | None,
        file: Attachment | None = None,
    ) -> None:
        """Note what its author has made of a line; what it said before is kept."""
        earlier_wordings.keep(self._connection, line, self._now)
        Search(self._connection).change(line, text)
        self.change(line, text=text, kind=kind, entities=as_stored(entities), media=media, edited_at=self._now)
        attachments.keep(self._connection, line, file)

    def take_back(self, message_id: int) -> None:
        """Leave nothing of a line but that it was there, among colleagues."""
        earlier_wordings.forget(self._connection, message_id)
        attachments.keep(self._connection, message_id, None)
        self._connection.execute(delete(uploads).where(uploads.c.message_id == message_id))
        Search(self._connection).change(message_id, "")
        self.change(message_id, text="", entities=None, kind=NOTE, edited_at=self._now)
