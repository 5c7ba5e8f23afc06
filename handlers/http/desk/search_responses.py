"""What the desk tells of a search, field by field."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from handlers.http.desk.customer_responses import Client
from handlers.http.desk.responses import Response, Ticket


class Piece(Response):
    """A piece of a line. `hit`: it is one of the words that were looked for."""

    text: str
    hit: bool


class Hit(Response):
    """A line with the words. `ticket_id`: in whose conversation it stands; null where the customer has had none."""

    line_id: int
    ticket_id: int | None
    customer_id: int
    customer: str
    author: Literal["customer", "bot", "operator"]
    author_name: str | None
    created_at: datetime
    pieces: Sequence[Piece]


class SearchPage(Response):
    """A page of what was found, the newest lines first; tickets and customers stand on the first one."""

    tickets: Sequence[Ticket]
    customers: Sequence[Client]
    hits: Sequence[Hit]
    more: bool
    now: datetime
