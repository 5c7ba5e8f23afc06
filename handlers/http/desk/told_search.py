"""What the desk tells of a search, field by field."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from handlers.http.desk.told import Ticket, Told
from handlers.http.desk.told_customers import Client


class Piece(Told):
    """A piece of a line. `hit`: it is one of the words that were looked for."""

    text: str
    hit: bool


class Hit(Told):
    """A line with the words. `ticket_id`: in whose conversation it stands; null where the customer has had none."""

    line_id: int
    ticket_id: int | None
    customer_id: int
    customer: str
    author: Literal["customer", "bot", "operator"]
    author_name: str | None
    created_at: datetime
    pieces: Sequence[Piece]


class SearchPage(Told):
    """A page of what was found, the newest lines first; tickets and customers stand on the first one."""

    tickets: Sequence[Ticket]
    customers: Sequence[Client]
    hits: Sequence[Hit]
    more: bool
    now: datetime
