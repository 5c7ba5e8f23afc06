"""The parts of the dashboard that look at the desk as a whole: figures, and how the bot is."""

from __future__ import annotations

import platform
from importlib.metadata import version

from bot.engines import mode_of
from bot.foundation import Foundation
from bot.recent import recent
from handlers.http.desk.lessons import LessonRoutes
from handlers.http.desk.reports import ReportDesk
from handlers.http.desk.state import StateDesk
from handlers.http.desk.unanswered import UnansweredDesk
from services.dashboard.quarantine import Quarantine
from services.dashboard.report import Reports
from services.dashboard.state import StateOfTheBot
from services.health.checks import Health
from services.unanswered.lesson_desk import LessonDesk
from services.unanswered.lesson_page import LessonPage
from services.unanswered.question_desk import QuestionDesk


def overview_parts(parts: Foundation, health: Health) -> tuple[ReportDesk, StateDesk, UnansweredDesk, LessonRoutes]:
    team = parts.team
    reports = Reports(store=parts.store, knowledge=parts.knowledge, policies=parts.policies, team=team)
    state = StateOfTheBot(
        store=parts.store,
        health=health,
        budget=parts.budget,
        groups=parts.groups,
        engines=parts.engines.figures,
        logged=recent,
        about=_about(parts),
    )
    return (
        ReportDesk(reports=reports, team=team),
        StateDesk(state=state, quarantine=Quarantine(store=parts.store), team=team),
        UnansweredDesk(
            questions=QuestionDesk(store=parts.store, knowledge=parts.knowledge),
            knowledge=parts.knowledge,
            shutdown=parts.shutdown,
        ),
        LessonRoutes(
            lessons=LessonPage(store=parts.store, desk=LessonDesk(knowledge=parts.knowledge)), shutdown=parts.shutdown
        ),
    )


def _about(parts: Foundation) -> dict[str, str]:
    settings = parts.settings
    mode = mode_of(settings)
    return {
        "version": parts.version,
        "python": platform.python_version(),
        "aiogram": version("aiogram"),
        "telegram": settings.telegram.mode,
        "classifier": mode or "local",
        "model": settings.openai.model if mode else "",
        "public_url": settings.http.public_url or "",
    }
