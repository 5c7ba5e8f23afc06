"""The parts of the dashboard that look at the desk as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.http.desk.reports import ReportDesk
from services.dashboard.report import Reports
from services.texts.team import Team

if TYPE_CHECKING:
    from bot.wiring import Parts


def overview_parts(parts: Parts, team: Team) -> tuple[ReportDesk, ...]:
    """Return reports."""
    reports = Reports(store=parts.store, knowledge=parts.knowledge, team=team)
    return (ReportDesk(reports=reports, team=team),)
