"""A customer's whole conversation, over all tickets, from its end upwards."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from sqlalchemy import Connection, func, select

from storage.message_statements import COLUMNS
from storage.records import Message, StoredVerdict
from storage.statistics import AUDIT, LABEL
from storage.tables import messages, tickets, verdicts

_VERDICT: Final = [verdicts.c[name] for name in StoredVerdict.__slots__]


class Dialogues:
    """Lines and verdicts of one customer."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def before(self, customer_id: int, row: int | None, *, most: int) -> list[Message]:
        """Return the lines above a row, or the last ones, the oldest first; notes of operators are among them."""
        theirs = select(*COLUMNS).where(messages.c.customer_id == customer_id)
        if row is not None:
            theirs = theirs.where(messages.c.id < row)
        rows = self._connection.execute(theirs.order_by(messages.c.id.desc()).limit(most))
        return [Message(**one) for one in rows.mappings()][::-1]

    def verdicts(self, message_ids: Collection[int]) -> dict[int, StoredVerdict]:
        """Return what was thought of messages, by their rows; of several the newest."""
        rows = self._connection.execute(
            select(verdicts.c.message_id, *_VERDICT)
            .where(verdicts.c.message_id.in_(message_ids), verdicts.c.engine.not_in((AUDIT, LABEL)))
            .order_by(verdicts.c.id)
        )
        found: dict[int, StoredVerdict] = {}
        for row in rows.mappings():
            values = dict(row)
            message_id = values.pop("message_id")
            found[message_id] = StoredVerdict(**values)
        return found

    def count_tickets(self, customer_id: int) -> int:
        theirs = select(func.count()).select_from(tickets).where(tickets.c.customer_id == customer_id)
        return self._connection.scalar(theirs) or 0
