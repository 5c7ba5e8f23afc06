"""What is due in a ticket, and when: the table that stands in the module's own words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from services.desk.timetable import Clock, Timeouts, next_step
from services.working_hours.reading import read
from services.working_hours.schedule import ALWAYS, Schedule
from storage.closed_sets import Priority
from storage.records import Ticket

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
"""A Monday."""
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
WAITS: dict[Priority, timedelta] = {
    "low": 120 * MINUTE,
    "medium": 30 * MINUTE,
    "high": 15 * MINUTE,
    "critical": 10 * MINUTE,
}
TIMEOUTS = Timeouts(remind=WAITS, close_after=72 * HOUR)


def clock(hours: str | None = None, zone: str = "UTC") -> Clock:
    schedule = read(hours) if hours else ALWAYS
    assert isinstance(schedule, Schedule)
    return Clock(hours=schedule, zone=ZoneInfo(zone))


def ticket(**more: Any) -> Ticket:
    known: dict[str, Any] = dict.fromkeys(Ticket.__slots__)
    standing = {"id": 3, "customer_id": 1, "status": "open", "reason": "unsure", "priority": "medium"}
    return Ticket(**known | standing | {"question": "?", "opened_at": NOON, "reminders": 0} | more)


def waiting(since: datetime = NOON, **more: Any) -> Ticket:
    return ticket(waiting_since=since, **more)


@pytest.mark.parametrize(
    ("stands", "step", "after"),
    [
        pytest.param(waiting(), "remind", 30 * MINUTE, id="nobody has answered"),
        pytest.param(waiting(status="taken"), "remind", 30 * MINUTE, id="taken, and nobody has answered"),
        pytest.param(waiting(priority="high"), "remind", 15 * MINUTE, id="urgent"),
        pytest.param(waiting(priority="low"), "remind", 2 * HOUR, id="low"),
        pytest.param(waiting(reminders=1, reminded_at=NOON), "remind", 30 * MINUTE, id="then to the group"),
        pytest.param(waiting(reminders=2, reminded_at=NOON), "remind", HOUR, id="then to admins"),
        pytest.param(waiting(reminders=3, reminded_at=NOON), None, None, id="then no more"),
        pytest.param(waiting(snoozed_at=NOON, snoozed_until=NOON + HOUR), "wake", HOUR, id="put off"),
        pytest.param(waiting(snoozed_at=NOON), None, None, id="put off until the customer writes"),
        pytest.param(ticket(awaited_since=NOON), "warn", 48 * HOUR, id="the customer is awaited"),
        pytest.param(ticket(awaited_since=NOON, warned_at=NOON), "close", 24 * HOUR, id="told of the closing"),
        pytest.param(ticket(), None, None, id="nobody is awaited"),
        pytest.param(ticket(status="closed", waiting_since=NOON), None, None, id="closed"),
        pytest.param(waiting(NOON + 9 * HOUR), "remind", 30 * MINUTE, id="a future that the clock took back"),
        pytest.param(ticket(awaited_since=NOON, warned_at=NOON + 9 * HOUR), "close", 24 * HOUR, id="told in a future"),
    ],
)
def test_what_is_due(stands: Ticket, step: str | None, after: timedelta | None) -> None:
    due = next_step(stands, NOON, clock(), TIMEOUTS)
    assert (due and due.step, due and due.at - NOON) == (step, after)


@pytest.mark.parametrize(
    ("priority", "since", "at"),
    [
        ("medium", "2026-03-02 17:50", "2026-03-03 09:20"),
        ("medium", "2026-03-06 17:50", "2026-03-09 09:20"),
        ("low", "2026-03-02 12:30", "2026-03-02 15:30"),
        ("critical", "2026-03-07 03:00", "2026-03-07 03:10"),
    ],
)
def test_reminders_wait_for_working_time_unless_critical(priority: Priority, since: str, at: str) -> None:
    moments = [datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=UTC) for text in (since, at)]
    due = next_step(waiting(moments[0], priority=priority), moments[0], clock("Mo-Fr 9-13 14-18"), TIMEOUTS)
    assert due is not None
    assert due.at == moments[1]


def test_working_time_goes_by_the_clock_on_the_wall_of_the_team() -> None:
    """In Berlin the clock was put forward in the night to Sunday 29 March 2026: nine o'clock comes an hour earlier."""
    friday = datetime(2026, 3, 27, 16, 50, tzinfo=UTC)  # 17:50 there
    due = next_step(waiting(friday), friday, clock("Mo-Fr 9-18", "Europe/Berlin"), TIMEOUTS)
    assert due is not None
    assert due.at == datetime(2026, 3, 30, 7, 20, tzinfo=UTC)


def test_what_is_switched_off_never_comes() -> None:
    off = Timeouts(remind=dict.fromkeys(WAITS, 0 * MINUTE), close_after=0 * HOUR)
    assert next_step(waiting(), NOON, clock(), off) is None
    assert next_step(ticket(awaited_since=NOON), NOON, clock(), off) is None
    assert next_step(waiting(), NOON, clock("Mo-Su closed"), TIMEOUTS) is None
    short = Timeouts(remind=WAITS, close_after=4 * HOUR)
    due = next_step(ticket(awaited_since=NOON), NOON, clock(), short)
    assert due is not None
    assert due.at == NOON + 2 * HOUR, "half of a short silence is left to answer in"
