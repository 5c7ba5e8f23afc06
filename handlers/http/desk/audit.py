"""The audit log, for admins: who of the team did what, when and where; as pages, and as a table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from aiohttp import web

from handlers.http.csv_table import CSV, csv_answer
from handlers.http.desk.audit_responses import AuditEntry, AuditLog
from handlers.http.desk.entering import HERE
from handlers.http.desk.operations import Ask, Operation
from handlers.http.desk.requests import OperatorId, Row, Strict
from services.dashboard.audit_pages import AuditAction, AuditFilters, AuditPages
from services.texts import label, text_key
from services.texts.team import Team

COLUMNS = ("at", "operator_id", "operator", "place", "deed", "ticket", "customer", "detail")


class AuditQuery(Strict):
    """Which rows: by what was done, by whom, to which ticket or customer, on which days."""

    deed: AuditAction | None = None
    operator: OperatorId | None = None
    ticket: Row | None = None
    customer: Row | None = None
    first: date | None = None
    last: date | None = None


class AuditPageQuery(AuditQuery):
    """The same, from a row on."""

    before: Row | None = None


class Audit:
    """Reads; rows are written where things are done."""

    def __init__(self, *, pages: AuditPages, team: Team) -> None:
        self._pages = pages
        self._team = team

    def operations(self) -> Iterator[Operation]:
        yield Operation(
            method="GET",
            path=f"{HERE}/audit",
            summary="Who of the team did what, when and where; the newest first",
            does=self.page,
            query=AuditPageQuery,
            answer=AuditLog,
            access="admins",
        )
        yield Operation(
            method="GET",
            path=f"{HERE}/audit/table",
            summary="The same as CSV; no cell is a formula for a spreadsheet",
            does=self.table,
            query=AuditQuery,
            answer=None,
            media=CSV,
            access="admins",
        )

    async def page(self, ask: Ask) -> AuditLog:
        query: AuditPageQuery = ask.query
        found = await self._pages.page(self._filters(query), before=query.before)
        return AuditLog(entries=[AuditEntry.model_validate(one) for one in found.entries], next=found.next)

    async def table(self, ask: Ask) -> web.StreamResponse:
        language = ask.language or self._team.language
        rows = [
            (
                one.at.astimezone(self._team.zone).isoformat(timespec="seconds"),
                one.operator_id,
                one.operator_name,
                label(text_key("audit_place", one.place), language),
                label(text_key("audit", one.action), language),
                one.ticket_id,
                one.customer,
                one.detail,
            )
            for one in await self._pages.all(self._filters(ask.query))
        ]
        return csv_answer("audit", COLUMNS, rows)

    def _filters(self, query: AuditQuery) -> AuditFilters:
        return AuditFilters(
            action=query.deed,
            operator_id=query.operator,
            ticket_id=query.ticket,
            customer_id=query.customer,
            since=self._begin(query.first),
            until=self._begin(query.last + timedelta(days=1)) if query.last and query.last < date.max else None,
        )

    def _begin(self, day: date | None) -> datetime | None:
        """Return when a day begins where the team lives."""
        return datetime.combine(day, time.min, self._team.zone) if day else None
