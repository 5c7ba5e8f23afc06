"""Who of the team did what, when and where: rows that nobody changes, the newest read first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, delete, func, insert, select

from storage.closed_sets import AuditAction, AuditPlace
from storage.tables import audit, customers

AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that was done."""

    id: int
    at: datetime
    operator_id: int | None
    """None: nobody in particular; somebody at the command line."""
    operator_name: str
    place: AuditPlace
    action: AuditAction
    ticket_id: int | None
    customer_id: int | None
    detail: str | None
    """What was chosen: a priority, a colleague, a key of the pack."""
    before: str | None
    customer: str | None = None
    """Their name, as it is now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFilters:
    """Which rows count; None: whatever it is."""

    action: AuditAction | None = None
    operator_id: int | None = None
    ticket_id: int | None = None
    customer_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None


_COLUMNS: Final = [
    audit.c.deed.label("action") if name == "action" else audit.c[name]
    for name in Entry.__slots__
    if name != "customer"
]
_NAME: Final = func.trim(customers.c.first_name + " " + customers.c.last_name)


class AuditLog:
    """Writes rows, reads pages of them."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def add(
        self,
        *,
        operator_id: int | None,
        operator_name: str,
        place: AuditPlace,
        action: AuditAction,
        ticket_id: int | None = None,
        customer_id: int | None = None,
        detail: str | None = None,
        before: str | None = None,
    ) -> int:
        """Write a row and return its number."""
        row = self._connection.execute(
            insert(audit)
            .values(
                at=self._now,
                operator_id=operator_id,
                operator_name=operator_name,
                place=place,
                deed=action,
                ticket_id=ticket_id,
                customer_id=customer_id,
                detail=detail,
                before=before,
            )
            .returning(audit.c.id)
        )
        return int(row.scalar_one())

    def get(self, entry_id: int) -> Entry | None:
        row = self._connection.execute(select(*_COLUMNS).where(audit.c.id == entry_id)).mappings().one_or_none()
        return Entry(**row) if row else None

    def last_of(self, ticket_id: int) -> int | None:
        """Return the row of what was last done to a ticket."""
        last: int | None = self._connection.scalar(select(func.max(audit.c.id)).where(audit.c.ticket_id == ticket_id))
        return last

    def page(self, filters: AuditFilters, *, before: int | None, most: int) -> list[Entry]:
        """Return the rows next before one, the newest first."""
        wanted = select(*_COLUMNS, _NAME.label("customer")).outerjoin(customers, customers.c.id == audit.c.customer_id)
        if before is not None:
            wanted = wanted.where(audit.c.id < before)
        rows = self._connection.execute(
            wanted.where(*_conditions(filters)).order_by(audit.c.id.desc()).limit(most)
        ).mappings()
        return [Entry(**row) for row in rows]

    def forget(self, before: datetime, *, most: int = AT_ONCE) -> int:
        """Delete the oldest rows of before a moment, and say how many."""
        old = select(audit.c.id).where(audit.c.at < before).order_by(audit.c.id).limit(most)
        return self._connection.execute(delete(audit).where(audit.c.id.in_(old.scalar_subquery()))).rowcount


def _conditions(filters: AuditFilters) -> list[Any]:
    asked = (
        (audit.c.deed, filters.action),
        (audit.c.operator_id, filters.operator_id),
        (audit.c.ticket_id, filters.ticket_id),
        (audit.c.customer_id, filters.customer_id),
    )
    found: list[Any] = [column == value for column, value in asked if value is not None]
    if filters.since is not None:
        found.append(audit.c.at >= filters.since)
    if filters.until is not None:
        found.append(audit.c.at < filters.until)
    return found
