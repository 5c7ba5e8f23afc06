"""What people of the team ask for, and the files that answer them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from bot.dashboard import Dashboard
from bot.foundation import Foundation
from bot.learning import labels_desk_of
from bot.setup import dialog_of
from handlers.telegram.menu_buttons import MenuButtons
from services.delivery.generated_files import Make
from services.delivery.messenger import File
from services.delivery.uploaded import uploaded
from services.desk import roster
from services.desk.posting import PAPER
from services.finding.finder import Finder
from services.health.checks import Health
from services.privacy.erasure import exported
from services.reports.admins import Reports
from services.reports.chart import drawn
from services.reports.guide import Guide
from services.reports.statistics import Statistics
from services.unanswered.lesson_chat import LessonChat
from services.unanswered.lesson_desk import LessonDesk
from services.unanswered.question_chat import QuestionChat
from services.unanswered.question_desk import QuestionDesk
from storage.store import Store


def lookups(parts: Foundation, dashboard: Dashboard, health: Health) -> dict[str, Any]:
    """Return what answers questions of the team, by the names that handlers ask for."""
    store, team = parts.store, parts.team
    desk = QuestionDesk(store=store, knowledge=parts.knowledge)
    reports = Reports(store=store, health=health, app=parts.settings.app.name, version=parts.version, team=team)
    return {
        "dialog": dialog_of(parts),
        "reports": reports,
        "statistics": statistics_of(parts),
        "guide": Guide(store=store, team=team),
        "questions": QuestionChat(store=store, desk=desk, knowledge=parts.knowledge, team=team),
        "lessons": LessonChat(store=store, desk=LessonDesk(knowledge=parts.knowledge), team=team),
        "learned_from": labels_desk_of(parts),
        "finder": Finder(store=store, knowledge=parts.knowledge, team=team),
        "entrance": dashboard.entrance,
        "authorization": dashboard.authorization,
        "menu_buttons": menu_buttons_of(parts, dashboard),
    }


def menu_buttons_of(parts: Foundation, dashboard: Dashboard) -> MenuButtons:
    """Return what gives the team a button beside the composer."""
    return MenuButtons(
        bot=parts.bot,
        known=lambda: parts.store.read(lambda unit: [one.id for one in roster.known(unit)]),
        authorization=dashboard.authorization,
        links=dashboard.links,
        team=parts.team,
        public_url=parts.settings.http.public_url,
    )


def statistics_of(parts: Foundation) -> Statistics:
    return Statistics(
        store=parts.store,
        knowledge=parts.knowledge,
        policies=parts.policies,
        groups=parts.groups,
        team=parts.team,
    )


def makers(store: Store) -> Mapping[str, Make]:
    """Return what makes files, by the names that effects know them by."""

    async def export(about: str) -> File | None:
        found = await exported(store, int(about))
        return File(name=f"customer-{about}.json", content=found.encode()) if found is not None else None

    return {"export": export, "chart": drawn, PAPER: partial(uploaded, store)}
