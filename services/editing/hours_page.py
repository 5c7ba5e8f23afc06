"""What an admin sees of working hours: how they were understood, or what of them was not."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from services.scenarios.facts import HOURS, Facts
from services.texts import say
from services.working_hours.reading import read
from services.working_hours.reckoning import is_open, next_opening
from services.working_hours.tokens import Unreadable
from services.working_hours.writing import back


def understood(facts: Facts, speak: str, zone: ZoneInfo, now: datetime) -> str | None:
    """Return how the hours read, and whether they are on; None where nobody has said them."""
    said = facts.value(HOURS, speak)
    if said is None:
        return None
    schedule = facts.hours
    if schedule is None:
        why = read(said)
        return say("facts.hours_unread", speak, part=why.part if isinstance(why, Unreadable) else said)
    opens = next_opening(schedule, zone, now)
    return say(
        "facts.hours_read",
        speak,
        hours=facts.value(HOURS, speak, now.astimezone(zone).date()),
        open=is_open(schedule, zone, now),
        back=back(opens, now, zone, speak) if opens else None,
    )


def how_to_write(zone: ZoneInfo, speak: str) -> Markup:
    """Return what an owner types."""
    return say("facts.hours_help", speak, zone=zone.key)
