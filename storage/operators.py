"""Everybody who has ever acted as an operator, and what customers call them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, select, update

from storage.queue_statements import INSERTS
from storage.tables import operators


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownOperator:
    """One of them, by their Telegram id."""

    id: int
    name: str
    alias: str | None
    """What customers read under their lines, where the team signs with aliases."""
    acted_at: datetime


_COLUMNS: Final = [operators.c[name] for name in KnownOperator.__slots__]


class Operators:
    """Operators by id, and by when they last acted."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def acted(self, operator_id: int, name: str) -> None:
        """Note that somebody has pressed or written. An anonymous admin is nobody in particular."""
        if operator_id > 0:
            self._write(operator_id, name=name, acted_at=self._now)

    def call(self, operator_id: int, name: str, alias: str | None) -> None:
        """Note what customers shall call somebody."""
        self._write(operator_id, name=name, acted_at=self._now)
        self._connection.execute(update(operators).where(operators.c.id == operator_id).values(alias=alias))

    def get(self, operator_id: int) -> KnownOperator | None:
        row = self._connection.execute(select(*_COLUMNS).where(operators.c.id == operator_id))
        found = row.mappings().one_or_none()
        return KnownOperator(**found) if found else None

    def known(self, *, most: int) -> list[KnownOperator]:
        """Return operators, whoever acted last first."""
        rows = self._connection.execute(
            select(*_COLUMNS).order_by(operators.c.acted_at.desc(), operators.c.id).limit(most)
        )
        return [KnownOperator(**row) for row in rows.mappings()]

    def _write(self, operator_id: int, **values: object) -> None:
        new = INSERTS[self._connection.dialect.name](operators).values(id=operator_id, **values)
        self._connection.execute(new.on_conflict_do_update(index_elements=["id"], set_=values))
