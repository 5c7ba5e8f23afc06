"""The audit log as the page reads it, and as a table for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from services.dashboard.formulas import harmless
from services.texts import label, text_key
from services.texts.team import Team
from storage.audit import AuditFilters, Entry
from storage.store import Store

__all__ = ["AuditFilters", "AuditPage", "AuditPages", "Entry"]
A_PAGE: Final = 50
CSV_MOST: Final = 50_000
COLUMNS: Final = ("at", "operator_id", "operator", "place", "deed", "ticket", "customer", "detail")


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPage:
    """Some rows, the newest first."""

    entries: Sequence[Entry]
    next: int | None
    """Before which row to go on; None at the end."""


class AuditPages:
    """Reads them."""

    def __init__(self, *, store: Store, team: Team) -> None:
        self._store = store
        self._team = team

    async def page(self, filters: AuditFilters, *, before: int | None) -> AuditPage:
        found = await self._store.read(lambda unit: unit.audit.page(filters, before=before, most=A_PAGE + 1))
        shown = found[:A_PAGE]
        return AuditPage(entries=shown, next=shown[-1].id if len(found) > A_PAGE else None)

    async def table(self, filters: AuditFilters, language: str) -> str:
        """Return what the filters leave, as CSV; a cell that a spreadsheet would reckon is made plain text."""
        found = await self._store.read(lambda unit: unit.audit.page(filters, before=None, most=CSV_MOST))
        written = io.StringIO()
        rows = csv.writer(written)
        rows.writerow(COLUMNS)
        for one in found:
            rows.writerow(harmless(cell) for cell in self._cells(one, language))
        return written.getvalue()

    def _cells(self, one: Entry, language: str) -> Sequence[object]:
        at = one.at.astimezone(self._team.zone).isoformat(timespec="seconds")
        place, deed = (label(text_key("audit_place", one.place), language), label(text_key("audit", one.deed), language))
        return at, one.operator_id, one.operator_name, place, deed, one.ticket_id, one.customer, one.detail
