"""Who writes to the business."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any, Final, Unpack

from sqlalchemy import Connection, Select, bindparam, func, select, update

from storage.address import Address
from storage.changes import CustomerChanges
from storage.closed_sets import Language
from storage.prepared import Prepared
from storage.queue_statements import INSERTS
from storage.records import Customer
from storage.tables import customers

_COLUMNS: Final = [customers.c[name] for name in Customer.__slots__]
_NAMES_MOST: Final = 256


def _found(statement: Select[Any]) -> dict[bool, Prepared]:
    """Return a query as it is, and as it locks what it finds."""
    return {False: Prepared(statement), True: Prepared(statement.with_for_update())}


_BY_ID: Final = _found(select(*_COLUMNS).where(customers.c.id == bindparam("customer")))
_BY_ADDRESS: Final = _found(
    select(*_COLUMNS).where(
        customers.c.channel == bindparam("channel"), customers.c.external_id == bindparam("outside")
    )
)
_RENEWED: Final = ("first_name", "last_name", "username", "topic_id")
_BANNED: Final = customers.c.banned_at.is_not(None)
_CHANGE: Final = Prepared(update(customers).where(customers.c.id == bindparam("row")))


class Customers:
    """Customers by id and by address."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def find(self, address: Address, *, lock: bool = False) -> Customer | None:
        """Return a customer; with `lock` nobody else writes in their conversation until the unit closes."""
        return self._one(_BY_ADDRESS, lock=lock, channel=address.channel, outside=address.id)

    def get(self, customer_id: int, *, lock: bool = False) -> Customer | None:
        return self._one(_BY_ID, lock=lock, customer=customer_id)

    def add(
        self,
        address: Address,
        *,
        first_name: str,
        last_name: str,
        username: str | None,
        language: Language,
        topic_id: int | None = None,
    ) -> Customer:
        """Return the customer, who may have been added meanwhile by somebody faster."""
        row = self._connection.execute(
            INSERTS[self._connection.dialect.name](customers)
            .values(
                channel=address.channel,
                external_id=address.id,
                first_name=first_name[:_NAMES_MOST],
                last_name=last_name[:_NAMES_MOST],
                username=username,
                language=language,
                language_chosen=False,
                reachable=True,
                created_at=self._now,
                topic_id=topic_id,
            )
            .on_conflict_do_nothing(index_elements=["channel", "external_id"])
            .returning(*_COLUMNS)
        )
        added = row.mappings().one_or_none()
        known = Customer(**added) if added else self.find(address, lock=True)
        if known is None:
            raise RuntimeError("a customer was erased in the very moment they wrote")
        return known

    def renew(
        self, known: Customer, *, first_name: str, last_name: str, username: str | None, topic_id: int | None
    ) -> Customer:
        """Take over what changed in a customer's names, and in where they write."""
        now = replace(
            known,
            first_name=first_name[:_NAMES_MOST],
            last_name=last_name[:_NAMES_MOST],
            username=username[:_NAMES_MOST] if username else username,
            topic_id=topic_id,
        )
        changed = {name: getattr(now, name) for name in _RENEWED if getattr(now, name) != getattr(known, name)}
        if not changed:
            return known
        _CHANGE.run(self._connection, {"row": known.id} | changed)
        return now

    def change(self, customer_id: int, **changes: Unpack[CustomerChanges]) -> None:
        _CHANGE.run(self._connection, {"row": customer_id, **changes})

    def in_accounts(self, number: str) -> list[Customer]:
        """Return whom a Telegram user is in the accounts that they write to."""
        if not number.isdecimal():
            return []
        theirs = (customers.c.channel == "business", customers.c.external_id.like(f"%:{number}"))
        rows = self._connection.execute(select(*_COLUMNS).where(*theirs).order_by(customers.c.id))
        return [Customer(**row) for row in rows.mappings()]

    def left_by_owner(self, *, most: int, lock: bool = False) -> list[Customer]:
        """Return whose account's or channel's owner has been silent for as long as the bot waits for them."""
        over = select(*_COLUMNS).where(customers.c.owner_until <= self._now).order_by(customers.c.owner_until)
        rows = self._connection.execute((over.with_for_update(skip_locked=True) if lock else over).limit(most))
        return [Customer(**row) for row in rows.mappings()]

    def banned(self, *, most: int) -> list[Customer]:
        """Return who is banned, the last one first."""
        rows = self._connection.execute(
            select(*_COLUMNS).where(_BANNED).order_by(customers.c.banned_at.desc(), customers.c.id).limit(most)
        )
        return [Customer(**row) for row in rows.mappings()]

    def count_banned(self) -> int:
        return self._connection.scalar(select(func.count()).select_from(customers).where(_BANNED)) or 0

    def _one(self, found: dict[bool, Prepared], *, lock: bool, **known: Any) -> Customer | None:
        # SQLite knows no row locks and needs none: its write units are alone.
        return found[lock].record(self._connection, known, Customer)
