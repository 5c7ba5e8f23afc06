"""The team, as the settings tell of it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.settings import Settings
from services.texts.team import Team


def team_of(settings: Settings) -> Team:
    return Team(
        language=settings.app.language,
        fallback=settings.app.fallback_language,
        zone=ZoneInfo(settings.app.timezone),
        admin_ids=tuple(settings.telegram.admin_ids),
        asks_rating=settings.operators.ask_rating,
        has_group=settings.operators.chat_id is not None,
    )
