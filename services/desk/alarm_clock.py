"""The one clock of the desk: looks which tickets are due, and does what `timetable` says of them.

What it goes by is in the rows of tickets, so a restart forgets nothing. As it starts, and whenever working hours change
or the wall clock jumps, every open ticket is looked at anew; else only what is due costs more than one look.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, Literal, assert_never

import structlog

from services.classify.urgency import raised
from services.desk import lapsing
from services.desk.reminders import Reminder, Reminders
from services.desk.timetable import Clock, Timeouts, next_step
from services.messages.effects import Say, ShowCard, TicketPlace, Words
from services.queues.outbox import LINE, TOUCH, Outgoing
from services.texts import say
from services.texts.team import Team
from services.working_hours.schedule import ALWAYS, Schedule
from storage.changes import TicketChanges
from storage.records import Ticket
from storage.store import Store
from storage.units import Unit

log = structlog.get_logger()
AT_ONCE: Final = 200
"""Tickets looked at in one unit."""
A_JUMP: Final = timedelta(minutes=1)
"""Of the wall clock; less is put right by itself."""


class AlarmClock:
    """Looks for tickets that are due."""

    def __init__(
        self, *, store: Store, timeouts: Timeouts, team: Team, hours: Callable[[], Schedule | None] = lambda: None
    ) -> None:
        """`hours` tells when the team works, as it is known at the moment."""
        self._store = store
        self._timeouts = timeouts
        self._team = team
        self._hours = hours
        self._reminders = Reminders(team=team)
        self._reckoned_by: Schedule | None = None
        self._ahead = timedelta(0)
        """How far the wall clock was ahead of the steady one, at the last look."""

    async def look(self) -> int:
        """Do all that is due; return how much that was. Each once, whichever process looks first."""
        hours = self._hours() or ALWAYS
        ahead = self._store.now() - self._store.steady()
        if hours != self._reckoned_by or abs(ahead - self._ahead) > A_JUMP:
            await self._store.write(lambda unit: unit.timers.reset())
        self._reckoned_by, self._ahead = hours, ahead
        clock = Clock(hours=hours, zone=self._team.zone)
        done = 0
        while await self._store.read(lambda unit: unit.timers.due(most=1)):
            done += await self._store.write(lambda unit: self._ring(unit, unit.timers.due(most=AT_ONCE), clock))
        return done

    def _ring(self, unit: Unit, due: Sequence[Ticket], clock: Clock) -> int:
        """Do what is due; what is not yet has its moment noted."""
        done = 0
        waiting: list[Reminder] = []
        for ticket in sorted(due, key=lambda one: one.id):
            step = next_step(ticket, unit.now, clock, self._timeouts)
            if step is None or step.at > unit.now:
                changes = _not_in_the_future(ticket, unit.now)
                changes["due_at"] = step.at if step else None
                unit.timers.ring(ticket, **changes)
            elif step.step == "remind":
                waiting += self._remind(unit, ticket)
            else:
                done += self._do(unit, step.step, ticket)
        self._reminders.tell(unit, waiting)
        return done + len(waiting)

    def _do(self, unit: Unit, step: Literal["wake", "warn", "close"], ticket: Ticket) -> bool:
        match step:
            case "wake":
                done = self._wake(unit, ticket)
            case "warn":
                done = lapsing.warn(unit, ticket, self._timeouts.notice, self._team)
            case "close":
                done = lapsing.close(unit, ticket)
            case _:
                assert_never(step)
        if done:
            log.info("ticket.due", ticket=ticket.id, step=step)
        return done

    @staticmethod
    def _remind(unit: Unit, ticket: Ticket) -> list[Reminder]:
        """Note a reminder, the first one a step more urgent; nothing when somebody was faster."""
        priority = raised(ticket.priority) if ticket.reminders == 0 else ticket.priority
        number = ticket.reminders
        if not unit.timers.ring(ticket, reminders=number + 1, reminded_at=unit.now, priority=priority):
            return []
        log.info("ticket.due", ticket=ticket.id, step="remind", number=number)
        if priority != ticket.priority:
            outgoing = Outgoing(unit, f"raised:{ticket.id}:{unit.now.isoformat()}")
            outgoing.put(ShowCard(ticket_id=ticket.id), rank=TOUCH)
            outgoing.renamed(ticket, priority)
        return [Reminder(replace(ticket, priority=priority), number)]

    def _wake(self, unit: Unit, ticket: Ticket) -> bool:
        """Bring back a ticket that was put off. Who waits in it has been reminded of with that."""
        awaited = None if ticket.awaited_since is None else unit.now
        reminded = max(1, ticket.reminders)
        if not unit.timers.ring(
            ticket,
            snoozed_at=None,
            snoozed_until=None,
            reminded_at=unit.now,
            reminders=reminded,
            awaited_since=awaited,
        ):
            return False
        moment = ticket.snoozed_until.isoformat() if ticket.snoozed_until else ""
        outgoing = Outgoing(unit, f"woken:{ticket.id}:{moment}")
        operator = ticket.operator_name if ticket.status == "taken" else None
        text = say("desk.woken", self._team.language, ticket=ticket.id, id=ticket.operator_id, operator=operator)
        outgoing.put(Say(to=TicketPlace(ticket_id=ticket.id), words=Words(text=text)), rank=LINE)
        outgoing.put(ShowCard(ticket_id=ticket.id), rank=TOUCH)
        return True


def _not_in_the_future(ticket: Ticket, now: datetime) -> TicketChanges:
    """Return the moments that a clock set back since has left in the future, as now: what they begin begins anew."""
    changes: TicketChanges = {}
    if ticket.waiting_since is not None and ticket.waiting_since > now:
        changes["waiting_since"] = now
    if ticket.reminded_at is not None and ticket.reminded_at > now:
        changes["reminded_at"] = now
    if ticket.awaited_since is not None and ticket.awaited_since > now:
        changes["awaited_since"] = now
    if ticket.warned_at is not None and ticket.warned_at > now:
        changes["warned_at"] = now
    return changes
