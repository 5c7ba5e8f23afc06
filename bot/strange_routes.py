"""Routes by scenarios that the bot does not know: no ticket would ever take them."""

from __future__ import annotations

from collections.abc import Collection

from bot.settings import Settings


def strange_routes(settings: Settings, known: Collection[str]) -> list[str]:
    """Return the scenarios that routes name and nobody knows."""
    named = (route.scenario for route in settings.operators.routes)
    return list(dict.fromkeys(key for key in named if key is not None and key not in known))
