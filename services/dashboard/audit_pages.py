"""The audit log as the page reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from storage.audit import AuditFilters, Entry
from storage.closed_sets import AuditAction, AuditPlace
from storage.store import Store

__all__ = ["AuditAction", "AuditFilters", "AuditPage", "AuditPages", "AuditPlace", "Entry"]
A_PAGE: Final = 50
TABLE_MOST: Final = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPage:
    """Some rows, the newest first."""

    entries: Sequence[Entry]
    next: int | None
    """Before which row to go on; None at the end."""


class AuditPages:
    """Reads them."""

    def __init__(self, *, store: Store) -> None:
        self._store = store

    async def page(self, filters: AuditFilters, *, before: int | None) -> AuditPage:
        found = await self._store.read(lambda unit: unit.audit.page(filters, before=before, most=A_PAGE + 1))
        shown = found[:A_PAGE]
        return AuditPage(entries=shown, next=shown[-1].id if len(found) > A_PAGE else None)

    async def all(self, filters: AuditFilters) -> list[Entry]:
        """Return what the filters leave, for a table."""
        return await self._store.read(lambda unit: unit.audit.page(filters, before=None, most=TABLE_MOST))
