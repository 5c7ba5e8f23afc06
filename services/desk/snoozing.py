"""A ticket is put off until a moment or until its customer writes, and taken up again."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from services.desk.pressed import Pressed
from services.desk.toasts import Toast, toast
from services.messages.choices import moment_of
from services.working_hours.reckoning import next_opening
from services.working_hours.schedule import Schedule

MORNING: Final = time(9)
LONGEST: Final = timedelta(days=366)


def snooze(here: Pressed, choice: str | None, zone: ZoneInfo, hours: Schedule | None) -> Toast:
    now = here.unit.now
    until = moment_of(choice) or snoozed_until(choice, now, zone, hours)
    if until is not None and not now < until <= now + LONGEST:
        return toast("snooze_when")
    here.unit.tickets.change(here.ticket.id, snoozed_at=now, snoozed_until=until, face=None)
    return toast("snoozed")


def wake(here: Pressed) -> Toast:
    """Let a ticket stand among the others again."""
    if here.ticket.snoozed_at is None:
        return toast("not_snoozed")
    here.unit.tickets.change(here.ticket.id, snoozed_at=None, snoozed_until=None, face=None)
    return toast("woken")


def snoozed_until(choice: str | None, now: datetime, zone: ZoneInfo, hours: Schedule | None = None) -> datetime | None:
    """Return when a ticket comes back by itself; None: with the customer's next line."""
    match choice:
        case "hour":
            return now + timedelta(hours=1)
        case "hours":
            return now + timedelta(hours=4)
        case "morning":
            return _next_working_day(now, zone, hours)
        case _:
            return None


def _next_working_day(now: datetime, zone: ZoneInfo, hours: Schedule | None) -> datetime:
    """Return when the team begins a day's work next: not after a break of today's. Nobody knows: tomorrow at nine."""
    today = datetime.combine(now.astimezone(zone).date(), time.min, zone)
    tomorrow = datetime.combine(today.date() + timedelta(days=1), time.min, zone)
    for day in (today, tomorrow):
        opening = next_opening(hours, zone, day.astimezone(UTC)) if hours is not None else None
        if opening is not None and opening > now:
            return opening
    return datetime.combine(tomorrow.date(), MORNING, zone).astimezone(UTC)
