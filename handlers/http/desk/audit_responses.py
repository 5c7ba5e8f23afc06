"""What the desk tells of the audit log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pydantic import Field

from handlers.http.desk.responses import Response
from services.dashboard.audit_pages import AuditAction, AuditPlace


class AuditEntry(Response):
    """One thing that somebody of the team did. `customer` is their name as it is now; `detail`: what was chosen."""

    id: int
    at: datetime
    operator_id: int | None
    operator_name: str
    place: AuditPlace
    deed: AuditAction = Field(validation_alias="action")
    """What was done; programs know it by this name."""
    ticket_id: int | None
    customer_id: int | None
    customer: str | None
    detail: str | None


class AuditLog(Response):
    """A page of it, the newest first. `next`: what `before` takes to go on; null at the end."""

    entries: Sequence[AuditEntry]
    next: int | None
