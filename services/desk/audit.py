"""The audit log: what somebody of the team does is written in the same unit as it is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

from services.desk.toasts import Toast
from services.desk.wording import from_page
from services.messages.choices import moment_of
from services.messages.incoming import Operator, Person
from services.templates.variables import plain_words
from storage.closed_sets import AuditAction, AuditPlace
from storage.records import Ticket
from storage.units import Unit

NAME_MOST: Final = 64
DETAIL_MOST: Final = 200
_CHOSEN: Final = ("closed", "snoozed", "priority_set", "banned")
_NAMED: Final = {"handed": "name", "moved": "name", "corrected": "title"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who does something, and where."""

    id: int | None
    name: str
    place: AuditPlace


SHELL: Final = Actor(id=None, name="support-bot", place="shell")
"""Whoever is at the command line."""


def presser(operator: Operator, cause: str) -> Actor:
    """Return who pressed a button of a card: in the group, or on the page."""
    return Actor(id=operator.id, name=operator.name, place="web" if from_page(cause) else "group")


def web(operator: Operator) -> Actor:
    """Return who does something on the page."""
    return Actor(id=operator.id, name=operator.name, place="web")


def where(kind: Literal["private", "hall"]) -> AuditPlace:
    """Return what the log calls the place of a command."""
    return "private" if kind == "private" else "group"


def member(person: Person, kind: Literal["private", "hall"]) -> Actor:
    """Return who uses a command, in private or in a group."""
    name = plain_words(f"{person.first_name} {person.last_name}", cap=NAME_MOST)
    number = int(person.address.id)
    return Actor(id=number, name=name or str(number), place=where(kind))


def note(
    unit: Unit,
    who: Actor,
    action: AuditAction,
    *,
    ticket: Ticket | None = None,
    customer_id: int | None = None,
    detail: str | None = None,
    before: str | None = None,
) -> int:
    """Write what was done, and return its row."""
    return unit.audit.add(
        operator_id=who.id,
        operator_name=who.name[:NAME_MOST],
        place=who.place,
        action=action,
        ticket_id=ticket.id if ticket else None,
        customer_id=ticket.customer_id if ticket else customer_id,
        detail=detail[:DETAIL_MOST] if detail else None,
        before=before,
    )


def action_of(said: Toast) -> AuditAction | None:
    """Return what a press has done, by what its presser reads; None where nothing has changed."""
    return next((one for one in get_args(AuditAction) if one == said.key), None)


def detail_of(said: Toast, choice: str | None) -> str | None:
    """Return what was chosen."""
    if said.key in _CHOSEN:
        moment = moment_of(choice)
        return moment.isoformat() if moment else choice
    return str(said.fields.get(_NAMED[said.key], "")) or None if said.key in _NAMED else None
