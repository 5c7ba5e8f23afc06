"""Taking back at once what was just done to a ticket: as it stood before, if nothing has happened to it since."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any, Final, cast

from services.desk import audit
from services.desk.pressed import Pressed
from services.desk.toasts import Toast, toast
from services.messages.effects import TurnTopic
from services.queues.outbox import WORK
from storage.audit import Entry
from storage.changes import TicketChanges
from storage.closed_sets import AuditAction, Priority
from storage.records import Ticket
from storage.units import Unit

WITHIN: Final = timedelta(minutes=2)
"""The page offers it for some seconds; a slow line may need longer."""
TAKEN_BACK: Final[frozenset[AuditAction]] = frozenset(
    ("taken", "released", "handed", "snoozed", "woken", "priority_set", "corrected", "corrected_none", "closed")
)
_MOMENTS: Final = (
    "taken_at",
    "closed_at",
    "waiting_since",
    "reminded_at",
    "awaited_since",
    "warned_at",
    "snoozed_at",
    "snoozed_until",
)
_VALUES: Final = (
    "status",
    "operator_id",
    "operator_name",
    "priority",
    "ending",
    "scenario",
    "answer",
    "confidence",
    "reminders",
)


def difference(before: Ticket, after: Ticket) -> str:
    """Return what a press has changed, so that it can be taken back."""
    changed = [name for name in (*_MOMENTS, *_VALUES) if getattr(before, name) != getattr(after, name)]
    return json.dumps({name: [_told(getattr(before, name)), _told(getattr(after, name))] for name in changed})


def take_back(here: Pressed, entry: Entry) -> Toast:
    """Let a ticket stand as it did before an entry of the log."""
    unit, ticket = here.unit, here.ticket
    changed: dict[str, list[Any]] = json.loads(entry.before or "{}")
    since = unit.audit.last_of(ticket.id) != entry.id
    if since or not changed or any(_told(getattr(ticket, name)) != after for name, (_, after) in changed.items()):
        return toast("undo_changed")
    other = unit.tickets.open_of(ticket.customer_id)
    if ticket.status == "closed" and other is not None:
        return toast("another_open", ticket=other.id)
    back = {name: _value(name, before) for name, (before, _) in changed.items()}
    unit.tickets.change(ticket.id, **cast("TicketChanges", back))
    if "priority" in back:
        here.outgoing.renamed(ticket, cast("Priority", back["priority"]))
    if entry.action in ("corrected", "corrected_none"):
        unit.labels.retire(ticket.id, "correct")
    if ticket.status == "closed" and "status" in back:
        here.outgoing.put(TurnTopic(ticket_id=ticket.id, closed=False), rank=WORK)
    return toast("undone")


def may_take_back(unit: Unit, entry: Entry | None, who: audit.Actor) -> bool:
    """Whether it is somebody's own action of a moment ago."""
    if entry is None or entry.before is None or entry.ticket_id is None:
        return False
    return entry.operator_id == who.id and unit.now - entry.at <= WITHIN


def _told(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _value(name: str, told: Any) -> Any:
    return datetime.fromisoformat(told) if name in _MOMENTS and told is not None else told
