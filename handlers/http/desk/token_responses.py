"""What the desk answers about tokens for programs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from handlers.http.desk.responses import Response


class ApiToken(Response):
    """A program that may call the desk."""

    id: int
    name: str
    role: Literal["operator", "admin"]
    made_by: str
    created_at: datetime
    used_at: datetime | None
    """To some minutes; null: never yet."""


class ApiTokenList(Response):
    tokens: Sequence[ApiToken]


class NewApiToken(Response):
    """`secret` goes into `Authorization: Bearer …`; it is told this once."""

    token: ApiToken
    secret: str
