"""The team, as the settings tell of it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.settings import Settings
from bot.settings.routes import Route as Setting
from services.texts.team import Destination, Route, Team


def team_of(settings: Settings) -> Team:
    return Team(
        language=settings.app.language,
        fallback=settings.app.fallback_language,
        zone=ZoneInfo(settings.app.timezone),
        admin_ids=tuple(settings.telegram.admin_ids),
        asks_rating=settings.operators.ask_rating,
        names_group=settings.operators.chat_id is not None,
        routes=tuple(_route(route, settings.operators.chat_id) for route in settings.operators.routes),
    )


def _route(set_: Setting, first: int | None) -> Route:
    """Return a route in the words of tickets, in which the first group has no id."""
    group_id = None if set_.chat_id == first else set_.chat_id
    return Route(
        to=Destination(group_id=group_id, thread_id=set_.topic_id),
        name=set_.name or "",
        scenario=set_.scenario,
        language=set_.language,
        channel=set_.channel,
        priority=set_.priority,
    )
