"""How the desk tells how the bot is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from handlers.http.desk.responses import Response

Status = Literal["healthy", "degraded", "unhealthy", "disabled"]


class PartState(Response):
    """One part of the bot. `facts`: as in `/health/full`; `next_steps`: what to do, in words."""

    part: str
    title: str
    status: Status
    words: str
    next_steps: Sequence[str]
    facts: Mapping[str, Any]


class Limit(Response):
    """What a group has taken in the last minute, of what it may take."""

    chat_id: int
    used: int
    most: int


class Logged(Response):
    """A warning or an error of the process that answers."""

    at: datetime | None
    level: str
    event: str
    fields: Mapping[str, str]


class BotState(Response):
    """How the bot is. `about`: versions and modes by name; `engines`: counters of the model since the start."""

    status: Status
    words: str
    parts: Sequence[PartState]
    about: Mapping[str, str]
    size_bytes: int | None
    limits: Sequence[Limit]
    engines: Mapping[str, float]
    logged: Sequence[Logged]
    now: datetime


class QuarantinedTask(Response):
    """Work that kept failing and was set aside. `payload`: as it stands in the queue, cut where it is long."""

    queue: Literal["inbox", "outbox"]
    id: int
    key: str
    words: str
    error: str
    payload: str
    created_at: datetime
    settled_at: datetime


class QuarantineList(Response):
    tasks: Sequence[QuarantinedTask]


class Settled(Response):
    """How many of the tasks were set aside until now."""

    count: int
