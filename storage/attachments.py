"""The files that lines show: by what the messenger hands each out, and what is known of it without fetching it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, delete, insert, select, update

from storage.tables import attachments


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """One file. Its content stays with the messenger."""

    file_id: str
    """By what the messenger hands it out; other than `media` of a line, this name may change."""
    thumb_id: str | None = None
    """A small picture of it."""
    name: str | None = None
    mime: str | None = None
    """What its sender's program says of it: not to be relied on."""
    size: int | None = None
    seconds: int | None = None


_COLUMNS = [attachments.c[name] for name in Attachment.__slots__]


def keep(connection: Connection, message_id: int, file: Attachment | None) -> None:
    """Note which file a line shows now; None: it shows none any more."""
    connection.execute(delete(attachments).where(attachments.c.message_id == message_id))
    if file is not None:
        connection.execute(insert(attachments).values(message_id=message_id, **asdict(file)))


class Attachments:
    """Files by the lines that show them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, message_ids: Collection[int]) -> dict[int, Attachment]:
        rows = self._connection.execute(
            select(attachments.c.message_id, *_COLUMNS).where(attachments.c.message_id.in_(message_ids))
        )
        found = {}
        for row in rows.mappings():
            values = dict(row)
            message_id = values.pop("message_id")
            found[message_id] = Attachment(**values)
        return found

    def get(self, message_id: int) -> Attachment | None:
        return self.of([message_id]).get(message_id)

    def name(self, message_id: int, file_id: str) -> None:
        """Note what the messenger calls a file that it has been given."""
        self._connection.execute(
            update(attachments).where(attachments.c.message_id == message_id).values(file_id=file_id)
        )

    def keep(self, message_id: int, file: Attachment) -> None:
        keep(self._connection, message_id, file)
