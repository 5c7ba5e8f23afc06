"""What is due in a ticket, and when: a function of how it stands, of working hours and of what the team has set.

| the ticket | what is due |
|---|---|
| put off until a moment | it comes back then |
| its customer waits | reminders: in the ticket, then to the group, then to admins; in working time unless critical |
| its customer is awaited | a line that it will be closed, and a day later it is |
| closed, or put off until the customer writes | nothing |

Every moment is reckoned from one that is noted in the ticket, and none from a moment in the future: after a clock was
set back a wait begins anew at most.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from services.working_hours.reckoning import after_work
from services.working_hours.schedule import Schedule
from storage.closed_sets import Priority
from storage.records import Ticket

Step = Literal["wake", "remind", "warn", "close"]
PAUSES: Final = (1, 1, 2)
"""Before each reminder of a wait, in parts of what the team has set: in the ticket, to the group, to admins."""
NOTICE: Final = timedelta(days=1)
"""Between the line that a ticket will be closed and the closing; less where the whole silence is short."""
NONE: Final = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """What the team has set."""

    remind: Mapping[Priority, timedelta]
    """Until the first reminder; none: never."""
    close_after: timedelta
    """Silence of an awaited customer; none: never closed."""

    @property
    def notice(self) -> timedelta:
        return min(NOTICE, self.close_after / 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """When the team works, and where its clock hangs."""

    hours: Schedule
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Due:
    """A step, and when it is to be made."""

    step: Step
    at: datetime


def next_step(ticket: Ticket, now: datetime, clock: Clock, timeouts: Timeouts) -> Due | None:
    """Return what is due next; None where nothing happens by itself."""
    match ticket.state:
        case "closed":
            return None
        case "snoozed":
            return Due("wake", ticket.snoozed_until) if ticket.snoozed_until else None
        case "waiting":
            return _reminder(ticket, now, clock, timeouts)
        case "awaiting_customer":
            return _closing(ticket, now, timeouts)


def _reminder(ticket: Ticket, now: datetime, clock: Clock, timeouts: Timeouts) -> Due | None:
    wait = timeouts.remind[ticket.priority]
    if ticket.reminders >= len(PAUSES) or not wait:
        return None
    since = min(now, ticket.reminded_at or ticket.waiting_since or ticket.opened_at)
    pause = wait * PAUSES[ticket.reminders]
    at = since + pause if ticket.priority == "critical" else after_work(clock.hours, clock.zone, since, pause)
    return Due("remind", at) if at else None


def _closing(ticket: Ticket, now: datetime, timeouts: Timeouts) -> Due | None:
    if not timeouts.close_after or ticket.awaited_since is None:
        return None
    if ticket.warned_at is None:
        return Due("warn", min(now, ticket.awaited_since) + timeouts.close_after - timeouts.notice)
    return Due("close", min(now, ticket.warned_at) + timeouts.notice)
