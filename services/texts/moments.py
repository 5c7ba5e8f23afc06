"""Moments and spans as people read them."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from services.texts import label

EXACT_MOST: Final = 10
"""Longer waits are told to five minutes."""
MINUTES_MOST: Final = 55
HOURS_MOST: Final = 23


def clock(at: datetime, zone: ZoneInfo, language: str) -> str:
    """Return day and time where the team lives: unlike a span, it stays true however long it stands there."""
    return at.astimezone(zone).strftime(label("moment.day_and_time", language))


def day(at: datetime, zone: ZoneInfo, language: str) -> str:
    """Return the day where the team lives."""
    return at.astimezone(zone).strftime(label("moment.day", language))


def spell_roughly(span: timedelta, language: str) -> str:
    """Return about how long something takes, never less than it does."""
    minutes = max(1, math.ceil(span.total_seconds() / 60))
    if minutes <= MINUTES_MOST:
        return label("moment.minutes", language, count=minutes if minutes <= EXACT_MOST else 5 * math.ceil(minutes / 5))
    hours = math.ceil(minutes / 60)
    if hours <= HOURS_MOST:
        return label("moment.hours", language, count=hours)
    return label("moment.days", language, count=math.ceil(hours / 24))
