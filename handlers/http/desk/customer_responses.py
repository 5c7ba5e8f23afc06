"""What the desk tells of customers, field by field."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from handlers.http.desk.responses import Customer, PastTicket, Response


class Client(Response):
    """A customer in a list, with their newest ticket."""

    customer: Customer
    ticket: PastTicket | None


class ClientList(Response):
    customers: Sequence[Client]


class Profile(Response):
    """A customer with all that the team knows of them; the newest tickets first."""

    customer: Customer
    messages: int
    """How many lines they have written."""
    last_at: datetime | None
    """When they last wrote."""
    rated: int
    average: float | None
    """How satisfied they were, from 1 to 5."""
    banned_at: datetime | None
    banned_by: str | None
    tickets: Sequence[PastTicket]
    now: datetime


class Erased(Response):
    """How much is gone. `wiped`: nothing of it is left in SQLite's files either."""

    messages: int
    verdicts: int
    tickets: int
    wiped: bool
