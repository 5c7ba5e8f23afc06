"""A few facts the bot must remember across restarts: the polling offset, a generated secret, what the group is."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Connection, String, bindparam, cast, delete, select

from storage.prepared import Prepared
from storage.queue_statements import INSERTS
from storage.tables import key_values

_READ: Final = Prepared(select(key_values.c.text).where(key_values.c.name == bindparam("n")))


class KeyValues:
    """Texts by name."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def read(self, name: str) -> str | None:
        found: str | None = _READ.scalar(self._connection, {"n": name})
        return found

    def keep(self, name: str, value: str) -> str:
        """Write a text unless the name has one already, and return the one it has: replicas starting at once agree."""
        new = INSERTS[self._connection.dialect.name](key_values).values(name=name, text=value)
        self._connection.execute(new.on_conflict_do_nothing(index_elements=["name"]))
        return self.read(name) or value

    def turn(self, name: str, value: str) -> bool:
        """Write a text; False when it stood there already. Of replicas that write the same at once one does."""
        new = INSERTS[self._connection.dialect.name](key_values).values(name=name, text=value)
        done = self._connection.execute(
            new.on_conflict_do_update(
                index_elements=["name"], set_={"text": new.excluded.text}, where=key_values.c.text != value
            )
        )
        return bool(done.rowcount)

    def forget(self, name: str) -> None:
        self._connection.execute(delete(key_values).where(key_values.c.name == name))

    def write(self, name: str, value: str) -> None:
        new = INSERTS[self._connection.dialect.name](key_values).values(name=name, text=value)
        self._connection.execute(new.on_conflict_do_update(index_elements=["name"], set_={"text": new.excluded.text}))

    def add(self, name: str, number: int) -> None:
        """Count something on; replicas that count at once all count."""
        new = INSERTS[self._connection.dialect.name](key_values).values(name=name, text=str(number))
        counted = cast(cast(key_values.c.text, BigInteger) + number, String)
        self._connection.execute(new.on_conflict_do_update(index_elements=["name"], set_={"text": counted}))
