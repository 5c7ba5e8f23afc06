"""Messages by their words. SQLite's index is FTS5, PostgreSQL's a GIN index; both follow the table by themselves.

What is stored are stems (`storage.stems`), so that both databases find the same.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, func, select, text, update

from storage.key_values import KeyValues
from storage.message_statements import COLUMNS
from storage.queue_statements import INSERTS
from storage.records import Customer, Message
from storage.stems import stems
from storage.tables import customers, messages, placements, search, tickets
from storage.ticket_pages import EVERYTHING, Filters, narrowed

UNTIL: Final = "search_until"
"""Key of the row up to which messages are looked at."""
MARGIN: Final = 500
"""Rows before it that are looked at again: one that commits late stands among its elders."""
_PEOPLE: Final = ("customer", "operator")
"""The bot's own texts are the same for everybody: nobody looks for them."""
_MATCH: Final = {
    "sqlite": "search.message_id IN (SELECT rowid FROM search_index WHERE search_index MATCH :words)",
    "postgresql": "array_to_tsvector(string_to_array(search.stems, ' ')) @@ CAST(:words AS tsquery)",
}
_CUSTOMER: Final = [customers.c[name] for name in Customer.__slots__]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A message that has all the words, and where it stands in a group."""

    message: Message
    customer: Customer
    chat_id: int | None
    telegram_id: int | None


class Search:
    """Finds, and keeps what it finds by."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def unread(self, *, most: int) -> list[tuple[int, str]]:
        """Return row and stems of the next messages that are not found yet, the oldest first."""
        until = int(KeyValues(self._connection).read(UNTIL) or 0)
        rows = self._connection.execute(
            select(messages.c.id, messages.c.text)
            .outerjoin(search, search.c.message_id == messages.c.id)
            .where(
                messages.c.id > until - MARGIN,
                search.c.message_id.is_(None),
                messages.c.author.in_(_PEOPLE),
                messages.c.text != "",
            )
            .order_by(messages.c.id)
            .limit(most)
        )
        return [(row.id, stems(row.text)) for row in rows]

    def newest(self) -> int:
        return self._connection.scalar(select(func.max(messages.c.id))) or 0

    def add(self, found: Sequence[tuple[int, str]]) -> None:
        """Let messages be found by their stems; those that another process has added meanwhile stay as they are."""
        asked = select(messages.c.id).where(messages.c.id.in_([row for row, _ in found]))
        # One may have been erased since, and none is while its words are added.
        kept = set(self._connection.scalars(asked.with_for_update(read=True, key_share=True)))
        rows = [{"message_id": row, "stems": words} for row, words in found if row in kept]
        if rows:
            new = INSERTS[self._connection.dialect.name](search).values(rows)  # one statement: one part of its index
            self._connection.execute(new.on_conflict_do_nothing(index_elements=["message_id"]))
        key_values = KeyValues(self._connection)
        until = max(int(key_values.read(UNTIL) or 0), *(row for row, _ in found))
        key_values.write(UNTIL, str(until))

    def change(self, message_id: int, words: str) -> None:
        """Let a message be found by what it says now, if it was found before."""
        self._connection.execute(update(search).where(search.c.message_id == message_id).values(stems=stems(words)))

    def find(
        self, words: Collection[str], *, past: int = 0, most: int = 10, filters: Filters = EVERYTHING
    ) -> list[Found]:
        """Return messages that have all these stems, the last one being the beginning of a word; the newest first.

        `filters`: of their tickets.
        """
        if not words:
            return []
        matches = text(_MATCH[self._connection.dialect.name]).bindparams(words=self._query(list(words)))
        wanted = select(*COLUMNS).join(search, search.c.message_id == messages.c.id)
        if filters != EVERYTHING:
            wanted = wanted.join(tickets, tickets.c.id == messages.c.ticket_id)
            wanted = wanted.join(customers, customers.c.id == messages.c.customer_id).where(*narrowed(filters))
        rows = self._connection.execute(wanted.where(matches).order_by(messages.c.id.desc()).offset(past).limit(most))
        found = [Message(**row) for row in rows.mappings()]
        return self._placed(found)

    def named(self, name: str, *, most: int = 5) -> list[Customer]:
        """Return customers whose names have this in them; SQLite knows capitals of Latin letters only."""
        forms = {name, name.lower(), name.capitalize(), name.title(), name.upper()}
        full = customers.c.first_name + " " + customers.c.last_name
        found = [full.contains(form, autoescape=True) for form in forms]
        found.append(func.lower(customers.c.username) == name.lower().removeprefix("@"))
        rows = self._connection.execute(
            select(*_CUSTOMER).where(_any(found)).order_by(customers.c.id.desc()).limit(most)
        )
        return [Customer(**row) for row in rows.mappings()]

    def _query(self, words: list[str]) -> str:
        """Return stems as the database asks for them: quoted, so that no letter of them is a sign of its own."""
        if self._connection.dialect.name == "sqlite":
            return " ".join(f'"{word}"' for word in words) + "*"
        return " & ".join(f"'{word}'" for word in words) + ":*"

    def _placed(self, found: Sequence[Message]) -> list[Found]:
        ids, people = [line.id for line in found], {line.customer_id for line in found}
        at = self._connection.execute(
            select(placements.c.message_id, placements.c.chat_id, placements.c.telegram_id).where(
                placements.c.message_id.in_(ids)
            )
        )
        spots = {row.message_id: (row.chat_id, row.telegram_id) for row in at}
        rows = self._connection.execute(select(*_CUSTOMER).where(customers.c.id.in_(people)))
        known = {row["id"]: Customer(**row) for row in rows.mappings()}
        return [
            Found(
                message=line,
                customer=known[line.customer_id],
                chat_id=spots.get(line.id, (None, None))[0],
                telegram_id=spots.get(line.id, (None, None))[1],
            )
            for line in found
        ]


def _any(conditions: Sequence[Any]) -> Any:
    whole = conditions[0]
    for one in conditions[1:]:
        whole |= one
    return whole
