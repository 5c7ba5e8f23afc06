"""How the bot is, for admins: each part with what to do next, versions, limits, sizes, and the last warnings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.dashboard.advice import advice
from services.delivery.group_budget import Budget
from services.delivery.group_minute import MOST
from services.delivery.operator_groups import Groups
from services.health.checks import Health, Part, Status
from services.texts import label, text_key
from storage.errors import DatabaseTrouble
from storage.store import Store
from storage.units import Unit

__all__ = ["Limit", "Logged", "PartState", "State", "StateOfTheBot"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """A warning or an error of the log."""

    at: datetime | None
    level: str
    event: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartState:
    """One part, as `/health/full` tells of it."""

    part: Part
    title: str
    status: Status
    words: str
    next_steps: Sequence[str]
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """What an operator group has taken in the last minute, of what Telegram lets a bot say there."""

    chat_id: int
    used: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """All of it."""

    status: Status
    words: str
    parts: Sequence[PartState]
    about: Mapping[str, str]
    """Versions, modes, names, as they are."""
    size_bytes: int | None
    """Of the database; None while it does not answer."""
    limits: Sequence[Limit]
    engines: Mapping[str, float]
    """Counters of the model since the start of this process; none where there is no model."""
    logged: Sequence[Logged]
    """The newest first, of this process."""
    now: datetime


class StateOfTheBot:
    """Asks every part."""

    def __init__(
        self,
        *,
        store: Store,
        health: Health,
        budget: Budget,
        groups: Groups,
        engines: Callable[[], Mapping[str, float]],
        logged: Callable[[], Sequence[Logged]],
        about: Mapping[str, str],
    ) -> None:
        self._store = store
        self._health = health
        self._budget = budget
        self._groups = groups
        self._engines = engines
        self._logged = logged
        self._about = about

    async def look(self, language: str) -> State:
        report = await self._health.full()
        size, about = await self._database()
        return State(
            status=report.status,
            words=label(text_key("health", report.status), language),
            parts=[
                PartState(
                    part=part,
                    title=label(text_key("health", part), language),
                    status=check.status,
                    words=label(text_key("health", check.status), language),
                    next_steps=advice(part, check, language),
                    facts=check.facts,
                )
                for part, check in report.checks.items()
            ],
            about=dict(self._about) | about,
            size_bytes=size,
            limits=await self._limits() if size is not None else [],
            engines=self._engines(),
            logged=self._logged(),
            now=self._store.now(),
        )

    async def _database(self) -> tuple[int | None, dict[str, str]]:
        try:
            return await self._store.read(_insides)
        except DatabaseTrouble:  # its part says what is wrong
            return None, {}

    async def _limits(self) -> list[Limit]:
        chats = [one.chat_id for one in self._groups if one.chat_id is not None]
        return [
            Limit(chat_id=chat, used=(await self._budget.look(chat)).used, most=max(MOST.values())) for chat in chats
        ]


def _insides(unit: Unit) -> tuple[int, dict[str, str]]:
    found = unit.database_info
    return found.size_bytes(), {"database": found.version(), "schema": found.revision()}
