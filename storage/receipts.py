"""What API clients were answered: the same key hears the same again, whatever has changed since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from storage.tables import receipts


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """One answered request."""

    key: str
    customer_id: int
    digest: str
    """Digest of the request: another request under the same key is a mistake of the caller."""
    answer: str


class Receipts:
    """Receipts by key."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def add(self, new: Receipt) -> None:
        self._connection.execute(
            insert(receipts).values(
                key=new.key,
                customer_id=new.customer_id,
                digest=new.digest,
                answer=new.answer,
                created_at=self._now,
            )
        )

    def find(self, key: str) -> Receipt | None:
        row = self._connection.execute(
            select(*(receipts.c[name] for name in Receipt.__slots__)).where(receipts.c.key == key)
        )
        found = row.mappings().one_or_none()
        return Receipt(**found) if found else None
