"""What lines said before their authors changed them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, delete, insert, literal, select

from storage.tables import Moment, earlier_wordings, messages


def keep(connection: Connection, message_id: int, now: datetime) -> None:
    """Note what a line says, as it is about to say something else."""
    said = (messages.c.text, messages.c.entities, messages.c.media)
    moment = literal(now, type_=Moment)
    old = select(messages.c.id, *said, moment).where(messages.c.id == message_id)
    connection.execute(
        insert(earlier_wordings).from_select(["message_id", "text", "entities", "media", "changed_at"], old)
    )


def forget(connection: Connection, message_id: int) -> None:
    """Forget what a line has said: it is taken back."""
    connection.execute(delete(earlier_wordings).where(earlier_wordings.c.message_id == message_id))


def of(connection: Connection, message_ids: Collection[int]) -> dict[int, list[str]]:
    """Return the earlier words of lines, the first wording of each first."""
    rows = connection.execute(
        select(earlier_wordings.c.message_id, earlier_wordings.c.text)
        .where(earlier_wordings.c.message_id.in_(message_ids), earlier_wordings.c.text != "")
        .order_by(earlier_wordings.c.id)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for message_id, text in rows:
        found[message_id].append(text)
    return dict(found)
