"""All that is kept of one customer, found by the foreign keys: a table added later belongs here by itself."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Table, delete, func, or_, select, update

from storage.forgotten import forget_words
from storage.queue_statements import BLANK, DONE, NOBODY, WAITING
from storage.tables import customers, inbox, lanes, messages, metadata, outbox, tickets, verdicts
from storage.tickets import keep_numbers

_ALARMS_MOST: Final = 10
"""One task raises an alarm a group, or one an admin."""
_AT_ONCE: Final = 500


def _belonging(customer_id: int) -> dict[Table, ColumnElement[bool]]:
    """Return each table that holds something of the customer, with the condition for their rows; parents first."""
    found: dict[Table, ColumnElement[bool]] = {customers: customers.c.id == customer_id}
    for table in metadata.sorted_tables:
        links = [
            key.parent.in_(select(key.column).where(found[key.column.table]))
            for key in table.foreign_keys
            if key.column.table in found
        ]
        if links and table is not customers:
            found[table] = or_(*links)
    return found


class PersonalData:
    """Reads them, erases them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rows(self, customer_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return all rows by table."""
        found = {}
        for table, theirs in _belonging(customer_id).items():
            rows = self._connection.execute(select(table).where(theirs).order_by(*table.primary_key))
            found[table.name] = [dict(row) for row in rows.mappings()]
        return found

    def payloads(self, lanes_of: Collection[str]) -> list[str]:
        """Return the raw updates that came in through these lanes."""
        rows = self._connection.scalars(select(inbox.c.payload).where(inbox.c.lane.in_(lanes_of)).order_by(inbox.c.id))
        return list(rows)

    def effects(self, lanes_of: Collection[str]) -> list[dict[str, Any]]:
        """Return what was sent, or waits to be, in these lanes."""
        rows = self._connection.execute(
            select(outbox.c.key, outbox.c.payload, outbox.c.created_at, outbox.c.settled_at, outbox.c.error)
            .where(outbox.c.lane.in_(lanes_of))
            .order_by(outbox.c.id)
        )
        return [dict(row) for row in rows.mappings()]

    def places(self, customer_id: int) -> list[tuple[int, int | None, int | None]]:
        """Return id, group and topic of each of their tickets."""
        rows = self._connection.execute(
            select(tickets.c.id, tickets.c.chat_id, tickets.c.topic_id).where(tickets.c.customer_id == customer_id)
        )
        return [(row.id, row.chat_id, row.topic_id) for row in rows]

    def count(self, customer_id: int) -> tuple[dict[str, int], dict[str, tuple[int, float]]]:
        """Return how many messages by author, and how many verdicts at what cost by engine."""
        theirs = _belonging(customer_id)
        written = self._connection.execute(
            select(messages.c.author, func.count()).where(theirs[messages]).group_by(messages.c.author)
        )
        given = self._connection.execute(
            select(verdicts.c.engine, func.count(), func.sum(verdicts.c.cost_usd))
            .where(theirs[verdicts])
            .group_by(verdicts.c.engine)
        )
        return {row[0]: row[1] for row in written}, {engine: (n, float(cost or 0)) for engine, n, cost in given}

    def erase(self, customer_id: int, lanes_of: Collection[str]) -> None:
        """Erase rows and tasks. Of what came in the keys stay: an update that comes again must not revive anything."""
        belonging = _belonging(customer_id)
        for table, theirs in belonging.items():
            # Whoever is about to add what belongs to one of these rows waits, and then finds it gone.
            self._connection.execute(select(*table.primary_key).where(theirs).with_for_update())
        self._erase_tasks(lanes_of)
        keep_numbers(self._connection)
        for table, theirs in reversed(belonging.items()):
            self._connection.execute(delete(table).where(theirs))
        forget_words(self._connection)

    def _erase_tasks(self, lanes_of: Collection[str]) -> None:
        came = self._connection.scalars(
            update(inbox)
            .where(inbox.c.lane.in_(lanes_of))
            .values(lane=NOBODY, payload=BLANK, error=None, state=DONE)
            .returning(inbox.c.key)
        )
        went = self._connection.scalars(delete(outbox).where(outbox.c.lane.in_(lanes_of)).returning(outbox.c.key))
        self._erase_alarms([*(f"inbox:{key}" for key in came), *(f"outbox:{key}" for key in went)])
        self._connection.execute(delete(lanes).where(lanes.c.name.in_(lanes_of)))

    def _erase_alarms(self, causes: Sequence[str]) -> None:
        """Alarms quote what they are about. One that still waits is left: people have yet to hear of it."""
        keys = [f"alarm:{cause}/{number}" for cause in causes for number in range(_ALARMS_MOST)]
        for start in range(0, len(keys), _AT_ONCE):
            batch = keys[start : start + _AT_ONCE]
            self._connection.execute(delete(outbox).where(outbox.c.key.in_(batch), outbox.c.state != WAITING))
