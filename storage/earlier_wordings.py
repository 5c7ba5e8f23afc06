"""What lines said before their authors changed them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, literal, select

from storage.tables import Moment, earlier_wordings, messages


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What a line said until it was changed."""

    text: str
    entities: str | None
    changed_at: datetime


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
    found = versions(connection, message_ids)
    return {line: words for line, before in found.items() if (words := [one.text for one in before if one.text])}


def versions(connection: Connection, message_ids: Collection[int]) -> dict[int, list[Wording]]:
    """Return what lines said before, each with when that ended, the first first."""
    rows = connection.execute(
        select(*(earlier_wordings.c[name] for name in ("message_id", *Wording.__slots__)))
        .where(earlier_wordings.c.message_id.in_(message_ids))
        .order_by(earlier_wordings.c.id)
    )
    found: dict[int, list[Wording]] = defaultdict(list)
    for row in rows.mappings():
        values = dict(row)
        found[values.pop("message_id")].append(Wording(**values))
    return dict(found)
